""" "This looks wrong": the form for everybody, and the one that decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.reaching import ReachableForm
from dialogi.commons.text import PlainTextField
from dialogi.commons.traps import TrapMixin
from dialogi.commons.web import ActionFormMixin, DeskForm
from dialogi.systems.describing.documents import CARD
from dialogi.systems.describing.fields import FIELDS, Sees

MOST_WORDS = 2_000
MOST_REASON = 500


class SayWrongForm(TrapMixin, ActionFormMixin, ReachableForm):
    """What looks wrong about a system; nobody needs an account, and how to be reached is left freely."""

    text = PlainTextField(
        label=_("What looks wrong?"),
        max_length=MOST_WORDS,
        help_text=_("Say what is wrong and, if you know, how it really is. Do not write about other people's private matters."),
        error_messages={"required": _("Write what looks wrong.")},
    )
    field = forms.ChoiceField(label=_("Which line of the page?"), required=False)

    field_order = ("text", "field")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(key, FIELDS[key].label) for key in ("name", *CARD) if FIELDS[key].sees == Sees.PUBLIC]
        self.fields["field"].choices = [("", _("I cannot say")), *lines]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """Return what the verb takes."""
        data = self.cleaned_data
        words = {"text": data["text"], "field": data.get("field") or "", "language": current_language()}
        return {**words, "reached": self.reached(), "form_key": data["form_key"]}


class DecideCorrectionForm(DeskForm):
    """Accept or refuse, with the reason in both languages."""

    reason_sv = PlainTextField(label=_("Reason in Swedish"), max_length=MOST_REASON, required=False)
    reason_fi = PlainTextField(label=_("Reason in Finnish"), max_length=MOST_REASON, required=False)
    reason_en = PlainTextField(label=_("Reason in English"), max_length=MOST_REASON, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"reason_{language}"].widget.attrs |= {"lang": language, "rows": 3}

    @property
    def reason(self) -> dict[str, str]:
        """Return the reason by language."""
        return {language: self.cleaned_data.get(f"reason_{language}") or "" for language in LANGUAGES}
