"""Forms of the case register and of the letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.text import LineField
from dialogi.voices.queries.register import RegisterFilter, retention_classes

MOST_LETTERS = 200


class RegisterForm(forms.Form):
    """The register's filters, as they lie in the address."""

    words = LineField(label=_("Words, code or case number"), max_length=100, required=False)
    view = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", _("All")),
            ("numbered", _("With a case number")),
            ("unnumbered", _("Without a case number")),
            ("unrouted", _("Without a unit")),
            ("misdirected", _("Really something else")),
        ],
        required=False,
    )
    retention = forms.ChoiceField(label=_("Retention class"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["retention"].choices = [("", _("All")), *retention_classes()]  # type: ignore[attr-defined]

    def wanted(self) -> RegisterFilter:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        data = self.cleaned_data
        return RegisterFilter(view=data.get("view", ""), retention=data.get("retention", ""), words=data.get("words", ""))


class PrintedForm(forms.Form):
    """Which letters were printed: their numbers, as the page listed them."""

    letters = forms.TypedMultipleChoiceField(coerce=int, required=True)

    def __init__(self, *args: Any, known: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letters"].choices = [(str(number), str(number)) for number in known]  # type: ignore[attr-defined]
