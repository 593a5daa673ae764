"""Forms of the room: an amount and what it is about."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.models import Audience, Subject
from dialogi.commons.text import clean_text
from dialogi.commons.web import ActionModelForm
from dialogi.figures.models import Amount

CODE_AT_END = re.compile(r"\(?([A-Za-z0-9]{6})\)?\s*$")
SEEN = (Audience.PUBLIC, Audience.OFFICIALS, Audience.STAFF)


class AboutField(forms.CharField):
    """What an amount is about, by its code; shown as "Title (CODE)"."""

    def to_python(self, value: Any) -> Any:
        """Find what has the code; raises ValidationError when nothing has."""
        text = clean_text(value, max_length=400, single_line=True)
        if not text:
            return None
        code = CODE_AT_END.search(text)
        found = Subject.objects.filter(code__iexact=code[1], audience__in=SEEN).exclude(kind__startswith="voices.").first() if code else None
        if found is None:
            raise ValidationError(_("Nothing has this code. The code has six signs and stands on the page of what you mean."))
        return found


class EditAmountForm(ActionModelForm):
    """A sum; what it is about stays."""

    class Meta:
        model = Amount
        fields = ("certainty", "spending", "year", "euros", "source_kind", "source", "since", "until", "days")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("since", "until")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("year", clock.today().year)


class AmountForm(EditAmountForm):
    """A sum and what it is about."""

    about = AboutField(label=_("What it is about"), help_text=_("The code of a system, a contract or a unit."))
    field_order = ("about",)
