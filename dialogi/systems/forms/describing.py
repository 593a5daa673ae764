"""Forms of a description at the desk: write, approve, withdraw."""

from typing import Any

from django import forms
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.web import DeskForm, VersionedForm
from dialogi.decisions.models import Decision
from dialogi.people.models import Post
from dialogi.systems.describing.fields import FREE, PREFACE, FreeField
from dialogi.systems.describing.words import InEach
from dialogi.systems.models import Description, DescriptionKind, DescriptionVersion
from dialogi.systems.queries.describing import decisions_offered, posts_held

MOST_WORDS = 6_000
IN_LANGUAGE: dict[str, str | Lazy] = {"sv": _("%(field)s, in Swedish"), "fi": _("%(field)s, in Finnish"), "en": _("%(field)s, in English")}


class WriteForm(VersionedForm):
    """What no register holds: the opening words, and the texts that belong to this kind of description."""

    def __init__(self, description: Description, draft: DescriptionVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = (PREFACE, *FREE[DescriptionKind(description.kind)])
        self.initial["version"] = description.subject.version
        for field in self.asked:
            known = draft.free.get(field.key, {}) if field is not PREFACE else {language: getattr(draft, f"preface_{language}") for language in LANGUAGES}
            for language in LANGUAGES:
                label = str(IN_LANGUAGE[language]) % {"field": field.label}
                name = f"{field.key}_{language}"
                self.fields[name] = PlainTextField(label=label, max_length=MOST_WORDS, required=False)
                self.fields[name].widget.attrs |= {"lang": language, "rows": 4}
                self.initial[name] = known.get(language, "")

    @property
    def rows(self) -> list[tuple[FreeField, list[forms.BoundField]]]:
        """Each text with its languages beside each other."""
        return [(field, [self[f"{field.key}_{language}"] for language in LANGUAGES]) for field in self.asked]

    def written(self) -> dict[str, Any]:
        """Return what the verb takes."""
        texts: dict[str, InEach] = {field.key: {language: self.cleaned_data[f"{field.key}_{language}"] for language in LANGUAGES} for field in self.asked}
        return {"preface": texts.pop(PREFACE.key), "free": texts}


class ApproveForm(VersionedForm):
    """As which post, or by which decision."""

    post = forms.ModelChoiceField(label=_("I approve it as"), queryset=Post.objects.none(), required=False, empty_label=_("No post: a decision approved it"))
    decision = forms.ModelChoiceField(
        label=_("Decision that approved it"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("No decision"),
        help_text=_("When a body approves the description. The newest public decisions are offered."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts_held(actor)  # type: ignore[attr-defined]
        self.fields["decision"].queryset = decisions_offered()  # type: ignore[attr-defined]


class WithdrawForm(DeskForm):
    """Why it is taken from public view."""

    reason = LineField(label=_("Why is it taken from public view?"), max_length=300, help_text=_("Everybody can read it."))
