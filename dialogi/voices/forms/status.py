"""Forms of the status page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.codes import read_code
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.web import ActionForm


class CodeForm(forms.Form):
    """The follow-up code, forgiving in how it is written."""

    code = LineField(
        label=_("Follow-up code"),
        max_length=60,
        help_text=_("It stands on your receipt: four groups of four signs. Small letters and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "class": "code"}),
    )

    def clean_code(self) -> str:
        """Say what is wrong with the code before looking for it."""
        return read_code(self.cleaned_data["code"])


class ReopenForm(ActionForm):
    """Why the answer did not help."""

    reason = PlainTextField(label=_("What is still wrong?"), max_length=2000, help_text=_("The handler reads this. A sentence is enough."))


class AppealForm(ActionForm):
    """Why the decision should be looked at again."""

    text = PlainTextField(label=_("Why should it be made public?"), max_length=2000, help_text=_("Somebody else than the one who decided reads this."))


class HandOnForm(ActionForm):
    """What another organisation may get beside the bare fact that somebody asked."""

    contact = forms.BooleanField(label=_("They may know how to reach me."), required=False)
    words = forms.BooleanField(label=_("They may have my words."), required=False)

    @property
    def wording(self) -> str:
        """What was agreed to, as it was read."""
        return " ".join(str(self.fields[name].label) for name in ("contact", "words") if self.cleaned_data.get(name))
