"""The filters of the public list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import current_language
from dialogi.commons.text.fields import LineField
from dialogi.consultations.models import TALKING_KINDS, PhaseKind
from dialogi.consultations.parts import is_offered
from dialogi.consultations.queries.reading import STAGES, ListFilter
from dialogi.people.models import Area

ANY = [("", _("All"))]


class ListForm(forms.Form):
    """The filters as they lie in the address; what makes no sense is left out."""

    words = LineField(label=_("Words"), max_length=100, required=False)
    stage = forms.ChoiceField(label=_("State"), choices=[*ANY, *((stage.value, stage.label) for stage in STAGES)], required=False)
    kind = forms.ChoiceField(label=_("How one takes part"), choices=[*ANY, *((kind, PhaseKind(kind).label) for kind in TALKING_KINDS)], required=False)
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False, empty_label=_("All"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [*ANY, *((kind, PhaseKind(kind).label) for kind in TALKING_KINDS if is_offered(kind))]  # type: ignore[attr-defined]
        self.fields["area"].queryset = Area.objects.active().order_by(f"name_{current_language()}", "name_sv")  # type: ignore[attr-defined]

    def wanted(self) -> ListFilter:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        data = self.cleaned_data
        return ListFilter(words=data.get("words", ""), stage=data.get("stage", ""), kind=data.get("kind", ""), area=data.get("area"))
