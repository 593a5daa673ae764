"""The speaking form: the words first, all else offered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.attachments import PhotosField
from dialogi.commons.language import detect_language
from dialogi.commons.models import Subject
from dialogi.commons.places import PlaceField
from dialogi.commons.reaching import ReachableForm
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.traps import TrapMixin
from dialogi.commons.web import ActionFormMixin
from dialogi.people.models import LANGUAGE_CHOICES
from dialogi.voices.actions import ContactDetails, Place, Said, capacities
from dialogi.voices.models import OWN_KINDS, Kind, Publication, SpeaksAs
from dialogi.voices.queries.recognising import area_for, misdirection_in, service_of, subjects_about
from dialogi.voices.rules import MAX_PHOTOS, MAX_WORDS

WISHES = [
    (Publication.WAITING, _("Yes. Others may read my words and the answer, but never my name or contact details.")),
    (Publication.NOT_ASKED, _("No. Only those who handle the matter read it.")),
]
STAFF_WISH = (Publication.STAFF, _("Only staff and elected officials read it."))


class VoiceFields(ReachableForm):
    """What every voice has, whoever writes it down."""

    text = PlainTextField(
        label=_("Your words"),
        max_length=MAX_WORDS,
        help_text=_("Write as you speak, in your own language. Do not write about other people's private matters."),
        error_messages={"required": _("Write what you want to say. A few words are enough.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind is it?"), choices=OWN_KINDS, initial=Kind.FEEDBACK, required=False, widget=forms.RadioSelect(attrs={"class": "across"})
    )
    about_words = LineField(
        label=_("What is it about?"),
        max_length=120,
        required=False,
        help_text=_("For example snow clearing, the library or a place. You can leave this empty."),
    )
    about = forms.ChoiceField(label=_("Is it one of these?"), required=False, widget=forms.RadioSelect)
    place = PlaceField(label=_("Where is it?"), required=False)
    photos = PhotosField(
        label=_("Photos"), limit=MAX_PHOTOS, required=False, help_text=_("At most five. The place and time that a camera writes into a photo are removed.")
    )
    language = forms.ChoiceField(label=_("The language of the words"), choices=[("", _("Recognise it for me")), *LANGUAGE_CHOICES], required=False)

    def __init__(self, *args: Any, actor: Actor, about: Subject | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.suggested: list[Subject] = [about] if about else []
        if about:
            self.initial.setdefault("about", about.code)
        self._offer_subjects()

    def _offer_subjects(self) -> None:
        """Offer what the words find; a choice made earlier stays offered."""
        chosen = str(self.data.get("about", "")) if self.is_bound else ""
        words = str(self.data.get("about_words", ""))[:120] if self.is_bound else ""
        if chosen and chosen not in {s.code for s in self.suggested}:
            self.suggested += list(Subject.objects.visible_to(self.actor).filter(code=chosen[:12]))
        if words.strip():
            known = {s.code for s in self.suggested}
            self.suggested += [s for s in subjects_about(words, actor=self.actor) if s.code not in known]
        choices = [(s.code, str(s.title)) for s in self.suggested]
        self.fields["about"].choices = [*choices, ("", _("None of these"))] if choices else [("", _("None of these"))]  # type: ignore[attr-defined]

    @property
    def about_subject(self) -> Subject | None:
        """The chosen Subject, or None."""
        code = self.cleaned_data.get("about") or ""
        return next((s for s in self.suggested if s.code == code), None)

    @property
    def recognised_language(self) -> str:
        """The language chosen, else recognised."""
        return self.cleaned_data.get("language") or detect_language(self.cleaned_data["text"], default=self.actor.language).language

    def _said(self, *, publication: str, speaks_as: str, misdirected: str) -> Said:
        data, place = self.cleaned_data, self.cleaned_data["place"]
        contact = ContactDetails(**self.reached())
        return Said(
            text=data["text"],
            language=self.recognised_language,
            kind=data.get("kind") or Kind.FEEDBACK,
            publication=publication,
            speaks_as=speaks_as,
            about=self.about_subject,
            service=service_of(self.about_subject),
            place=Place(
                words=place.words,
                latitude=place.latitude,
                longitude=place.longitude,
                area=area_for(place.words or data["text"], place.latitude, place.longitude),
            ),
            photos=data["photos"],
            contact=contact or None,
            misdirected=misdirected,
        )


class SpeakForm(TrapMixin, ActionFormMixin, VoiceFields):
    """The page where anybody speaks."""

    publication = forms.ChoiceField(
        label=_("May others read it?"), choices=WISHES, initial=Publication.NOT_ASKED, required=False, widget=forms.RadioSelect(attrs={"class": "cards"})
    )
    speaks_as = forms.ChoiceField(label=_("In which capacity do you speak?"), required=False, widget=forms.RadioSelect(attrs={"class": "across"}))
    send_anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["text"].widget.attrs["data-draft"] = "words"
        roles = capacities(actor)
        labels = {role.value: role.label for role in SpeaksAs}
        self.fields["speaks_as"].choices = [(role, labels[role]) for role in roles]  # type: ignore[attr-defined]
        self.fields["speaks_as"].initial = SpeaksAs.RESIDENT
        if len(roles) == 1:
            self.fields["speaks_as"].widget = forms.HiddenInput()
        else:
            self.fields["publication"].choices = [*WISHES, STAFF_WISH]  # type: ignore[attr-defined]

    def said(self) -> Said:
        """Return what was said, parsed."""
        data = self.cleaned_data
        return self._said(
            publication=data.get("publication") or Publication.NOT_ASKED,
            speaks_as=data.get("speaks_as") or SpeaksAs.RESIDENT,
            misdirected=misdirection_in(data["text"]),
        )
