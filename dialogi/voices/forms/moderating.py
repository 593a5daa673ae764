"""Forms of the publication check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.text import PlainTextField
from dialogi.voices.forms.desk import DeskForm
from dialogi.voices.models import ModerationRule
from dialogi.voices.models.moderation import Outcome
from dialogi.voices.rules import MAX_WORDS

REASON_HELP = _("The author reads this, and nobody else. Write in the author's language.")


class RuledForm(DeskForm):
    """A decision that names its rule."""

    rule = forms.ModelChoiceField(label=_("By which rule?"), queryset=ModerationRule.objects.none(), widget=forms.RadioSelect, empty_label=None)
    explanation = PlainTextField(
        label=_("Reason in your own words"), max_length=2000, required=False, help_text=REASON_HELP, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = ModerationRule.objects.filter(is_active=True)  # type: ignore[attr-defined]


class MaskForm(RuledForm):
    """The words as the public will read them."""

    text = PlainTextField(
        label=_("The words as everybody reads them"),
        max_length=MAX_WORDS + 1000,
        help_text=_("What looks like personal data is already taken out. Change nothing else: they are the author's words."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    field_order = ("text", "rule", "explanation")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language


class HideForm(RuledForm):
    """Not publishing, or taking away what was public: the reason is required."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explanation"].required = True


class DecideAppealForm(DeskForm):
    """The answer to an appeal."""

    upheld = forms.TypedChoiceField(
        label=_("What does the review come to?"),
        choices=[("yes", _("The author is right: make the words public as written")), ("no", _("The decision stays"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = PlainTextField(label=_("The reason"), max_length=4000, help_text=REASON_HELP, widget=forms.Textarea(attrs={"rows": 5}))


class LogForm(forms.Form):
    """Which decisions the public log shows; lies in the address."""

    outcome = forms.ChoiceField(label=_("Show"), choices=[("", _("What was hidden or masked")), ("all", _("All decisions")), *Outcome.choices], required=False)

    def wanted(self) -> str:
        """Return the wish; one that makes no sense counts as none."""
        self.is_valid()
        return self.cleaned_data.get("outcome", "")
