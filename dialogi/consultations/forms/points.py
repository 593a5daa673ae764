"""The planner's forms for points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.web import ActionForm
from dialogi.consultations.actions.pointing import FIELDS
from dialogi.consultations.forms.preparing import InLanguagesForm
from dialogi.consultations.models import Comment, Consultation, Point, Verdict


class GatherForm(ActionForm):
    """What is done with the chosen comments: a new point, or one that is there."""

    pick = forms.ModelMultipleChoiceField(label=_("Comments"), queryset=Comment.objects.none(), error_messages={"required": _("Choose at least one comment.")})
    point = forms.ModelChoiceField(label=_("Into the point"), queryset=Point.objects.none(), required=False, empty_label=_("A new point"))
    title = LineField(label=_("Title of the new point"), max_length=300, required=False)
    language = forms.ChoiceField(choices=[(language, language) for language in LANGUAGES], required=False, widget=forms.HiddenInput)

    def __init__(self, consultation: Consultation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pick"].queryset = Comment.objects.filter(consultation=consultation)  # type: ignore[attr-defined]
        self.fields["point"].queryset = consultation.points.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new point has a title."""
        data = super().clean() or {}
        if not data.get("point") and not data.get("title"):
            self.add_error("title", _("Give the point a title."))
        return data


class PointForm(InLanguagesForm):
    """A point and its answer, side by side in the languages."""

    line_names = {"title": (_("Point"), 300)}
    prose_names = {"summary": (_("What is raised"), 3000), "answer": (_("The answer"), 6000), "change": (_("What changed"), 2000)}
    verdict = forms.ChoiceField(label=_("What comes of it"), choices=Verdict.choices, required=False, widget=forms.RadioSelect(attrs={"class": "across"}))
    changed_number = LineField(label=_("Paragraph that changed"), max_length=20, required=False, help_text=_("Its number, such as 4.2."))

    def __init__(self, point: Point, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(point, name) for name in FIELDS}
        super().__init__(*args, initial={**initial, "version": point.version}, **kwargs)
        names = [f"{name}_{language}" for name in ("title", "summary") for language in LANGUAGES]
        rest = [f"{name}_{language}" for name in ("answer", "change") for language in LANGUAGES]
        self.order_fields([*names, "verdict", *rest, "changed_number"])

    def values(self) -> dict[str, Any]:
        """Return the point's columns."""
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class LateForm(ActionForm):
    """Whether what came late counts, and why."""

    because = PlainTextField(label=_("Reason"), max_length=1000)
