"""The form for a comment: the words first; where it stands is known already."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments import FilesField, PhotosField
from dialogi.commons.drawings import Drawing, DrawingField, as_drawing
from dialogi.commons.language import detect_language
from dialogi.commons.languages import current_language
from dialogi.commons.places import PlaceField
from dialogi.commons.reaching import ReachableForm
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.traps import TrapMixin
from dialogi.commons.web import ActionFormMixin
from dialogi.consultations.actions.commenting import Commented
from dialogi.consultations.models import AgeBand, MapTools, Phase, PhaseKind
from dialogi.people.models import LANGUAGE_CHOICES, Area
from dialogi.voices.actions import ContactDetails, Place, Recorded, Said, capacities
from dialogi.voices.models import Channel, Kind, Publication, SpeaksAs
from dialogi.voices.queries.recognising import area_for
from dialogi.voices.rules import MAX_PHOTOS, MAX_WORDS

WISHES = [
    (Publication.WAITING, _("Yes. Others may read my words, but never my name or contact details.")),
    (Publication.NOT_ASKED, _("No. Only those who prepare the matter read them.")),
]
CONSENT = _("I agree that the municipality keeps my contact details to answer this. I can withdraw it at any time.")


class CommentFields(ActionFormMixin, ReachableForm):
    """What every comment has, whoever writes it down."""

    text = PlainTextField(label=_("Your words"), max_length=MAX_WORDS, error_messages={"required": _("Write what you want to say. A few words are enough.")})
    place = PlaceField(label=_("Where is it?"), required=False)
    photos = PhotosField(label=_("Photos"), limit=MAX_PHOTOS, required=False)
    language = forms.ChoiceField(label=_("The language of the words"), choices=[("", _("Recognise it for me")), *LANGUAGE_CHOICES], required=False)
    age_band = forms.ChoiceField(label=_("Your age"), choices=[("", _("I do not want to say")), *AgeBand.choices], required=False)
    area = forms.ModelChoiceField(label=_("Your village"), queryset=Area.objects.none(), required=False, empty_label=_("I do not want to say"))
    publication = forms.ChoiceField(
        label=_("May others read it?"), choices=WISHES, initial=Publication.WAITING, required=False, widget=forms.RadioSelect(attrs={"class": "cards"})
    )

    def __init__(self, *args: Any, actor: Actor, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.phase = actor, phase
        self.fields["area"].queryset = Area.objects.active().select_related("subject").order_by(f"name_{current_language()}", "name_sv")  # type: ignore[attr-defined]
        unasked = {
            "age_band": not phase.asks_age,
            "area": not phase.asks_area,
            "place": phase.map_tools == MapTools.NONE,
            "photos": phase.kind != PhaseKind.IDEAS,
        }
        if phase.map_tools == MapTools.ANY:
            self.fields["place"] = DrawingField(label=_("Where is it?"), required=False)
        for name, is_unasked in unasked.items():
            if is_unasked:
                del self.fields[name]

    def said(self) -> Said:
        """Return what was said, parsed."""
        data = self.cleaned_data
        drawing = self._drawing()
        words, (latitude, longitude) = drawing.words, drawing.middle
        contact = ContactDetails(**self.reached())
        return Said(
            text=data["text"],
            language=data.get("language") or detect_language(data["text"], default=self.actor.language).language,
            kind=Kind.IDEA if self.phase.kind == PhaseKind.IDEAS else Kind.OPINION,
            publication=data.get("publication") or Publication.NOT_ASKED,
            speaks_as=data.get("speaks_as") or SpeaksAs.RESIDENT,
            about=self.phase.consultation.subject,
            place=Place(words=words, latitude=latitude, longitude=longitude, area=data.get("area") or area_for(words, latitude, longitude)),
            photos=data.get("photos") or (),
            contact=contact or None,
            is_answered_together=True,
        )

    def commented(self, *, anchor: str = "", **where: Any) -> Commented:
        """Return where it stands, parsed."""
        told = {"geometry": self._drawing().geometry, "age_band": self.cleaned_data.get("age_band", "")}
        return Commented(phase=self.phase, anchor=anchor, **told, **where)

    def _drawing(self) -> Drawing:
        return as_drawing(self.cleaned_data.get("place"))


class CommentForm(TrapMixin, CommentFields):
    """The page where anybody comments."""

    speaks_as = forms.ChoiceField(label=_("In which capacity do you speak?"), required=False, widget=forms.RadioSelect(attrs={"class": "across"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-draft"] = "words"
        roles = capacities(self.actor)
        labels = {role.value: role.label for role in SpeaksAs}
        self.fields["speaks_as"].choices = [(role, labels[role]) for role in roles]  # type: ignore[attr-defined]
        self.fields["speaks_as"].initial = SpeaksAs.RESIDENT
        if len(roles) == 1:
            self.fields["speaks_as"].widget = forms.HiddenInput()


class RecordCommentForm(CommentFields):
    """A comment that came otherwise than through the web, written down for its author."""

    number = LineField(label=_("Paragraph"), max_length=20, required=False, help_text=_("Its number, such as 4.2, if the person named one."))
    channel = forms.ChoiceField(
        label=_("How did it come?"), choices=[c for c in Channel.choices if c[0] != Channel.WEB], widget=forms.RadioSelect(attrs={"class": "across"})
    )
    arrived_at = forms.DateTimeField(
        label=_("When did it arrive?"),
        help_text=_("Whether it came in time is judged by this moment."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y"],
    )
    original = FilesField(label=_("The original"), required=False, limit=5, help_text=_("A scanned letter or form, or the e-mail. It is never public."))
    helped_by = LineField(label=_("Who helped, if somebody did"), max_length=120, required=False)
    was_read_back = forms.BooleanField(label=_("I have read the words back, and the person agreed that they are right."), required=False)
    consents = forms.BooleanField(label=CONSENT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The person's words")
        self.fields["arrived_at"].initial = lambda: timezone.localtime(clock.now())
        self.fields["language"].required = True
        self.fields["language"].choices = self.fields["language"].choices[1:]  # type: ignore[attr-defined]
        if self.phase.kind != PhaseKind.HEARING:
            del self.fields["number"]

    def clean_arrived_at(self) -> datetime:
        """Refuse a moment that has not come."""
        arrived: datetime = self.cleaned_data["arrived_at"]
        if arrived > clock.now() + timedelta(minutes=2):
            raise forms.ValidationError(_("The arrival cannot be in the future. Check the day and the time."))
        return min(arrived, clock.now())

    def clean(self) -> dict[str, Any]:
        """Contact details need the person's consent."""
        data = super().clean() or {}
        if any(data.get(name) for name in ("email", "phone", "postal_address", "name")) and not data.get("consents"):
            self.add_error("consents", _("Ask the person whether their contact details may be kept, or leave them empty."))
        return data

    def recorded(self) -> Recorded:
        """Return how it came, parsed."""
        data = self.cleaned_data
        consent = str(CONSENT) if data["consents"] else ""
        how = {name: data[name] for name in ("channel", "arrived_at", "original", "helped_by", "was_read_back")}
        return Recorded(**how, consent_wording=consent)
