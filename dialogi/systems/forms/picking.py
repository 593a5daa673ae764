"""Fields in which one names a system, or a decision, by its code or its name: there are too many for a list to choose from."""

import re
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dialogi.commons.text import clean_text
from dialogi.decisions.models import Decision
from dialogi.systems.models import InformationStore, System

CODE_AT_END = re.compile(r"\(([A-Za-z0-9]{6})\)\s*$")
MOST = 200
SHOWN = 4
M = TypeVar("M", bound=models.Model)


class PickField(forms.CharField, Generic[M]):
    """One noun by its code, its own number or its whole name; shown as "Name (CODE)"."""

    model: type[Any]
    names: tuple[str, ...] = ()

    def candidates(self) -> QuerySet[Any]:
        """Return what may be picked."""
        return self.model._default_manager.select_related("subject")

    def to_python(self, value: Any) -> Any:
        """Find what is meant; raises ValidationError that says what was found instead."""
        text = clean_text(value, max_length=400, single_line=True)
        return self.find(text) if text else None

    def find(self, text: str) -> Any:
        """Return the one that the text names."""
        ending = CODE_AT_END.search(text)
        found = list(self.candidates().filter(subject__code__iexact=ending[1] if ending else text)[:1])
        if not found:
            wanted = Q()
            for name in self.names:
                wanted |= Q(**{name: text}) | Q(**{f"{name}__iexact": text})
            found = list(self.candidates().filter(wanted)[: SHOWN + 1])
        if not found:
            raise ValidationError(_("Nothing here is called “%(text)s”. Write the whole name, or the code of six signs."), params={"text": text})
        if len(found) > 1:
            told = ", ".join(self.shown(each) for each in found[:SHOWN])
            raise ValidationError(_("Several are called so. Write the code of the right one: %(found)s"), params={"found": told})
        return found[0]

    def shown(self, picked: Any) -> str:
        """Return how a pick stands in the field."""
        return f"{picked} ({picked.subject.code})"

    def prepare_value(self, value: Any) -> Any:
        """Show a row, or the number of one, by its name."""
        if isinstance(value, int):
            value = self.candidates().filter(pk=value).first()
        return self.shown(value) if isinstance(value, models.Model) else value


class SystemField(PickField[System]):
    """A system."""

    model = System
    names = ("identifier", "name_sv", "name_fi", "name_en")


class StoreField(PickField[InformationStore]):
    """An information store."""

    model = InformationStore
    names = ("name_sv", "name_fi", "name_en")


class DecisionField(PickField[Decision]):
    """A decision."""

    model = Decision
    names = ("subject__title_sv", "subject__title_fi")

    def candidates(self) -> QuerySet[Any]:
        """Only public ones: the page shows them."""
        return Decision.objects.published().select_related("subject")


class SystemsField(SystemField):
    """Several systems, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        """Find each; what is wrong with one is told with its line."""
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(_("At most %(most)s at a time."), params={"most": MOST})
        return list(dict.fromkeys(self.find(clean_text(line, max_length=400, single_line=True)) for line in lines))

    def prepare_value(self, value: Any) -> Any:
        """Show each on a line of its own."""
        return "\n".join(self.shown(each) for each in value) if isinstance(value, list | tuple | QuerySet) else value
