"""The clerk's form: the same words as everybody's, and how they came."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.attachments import FilesField
from dialogi.commons.text import LineField
from dialogi.commons.web import ActionFormMixin
from dialogi.voices.actions import Recorded, Said
from dialogi.voices.forms.speaking import WISHES, VoiceFields
from dialogi.voices.models import Channel, Publication, SpeaksAs
from dialogi.voices.queries.recognising import misdirection_in

CONSENT = _("I agree that the municipality keeps my contact details to answer this. I can withdraw it at any time.")


class RecordForm(ActionFormMixin, VoiceFields):
    """What somebody else said, recorded for them."""

    channel = forms.ChoiceField(
        label=_("How did it come?"), choices=[c for c in Channel.choices if c[0] != Channel.WEB], widget=forms.RadioSelect(attrs={"class": "across"})
    )
    arrived_at = forms.DateTimeField(
        label=_("When did it arrive?"),
        help_text=_("The promised time counts from this moment, not from when you record it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y"],
    )
    original = FilesField(label=_("The original"), required=False, limit=5, help_text=_("A scanned letter or form, or the e-mail. It is never public."))
    post_address = forms.URLField(
        label=_("Address of the post"), required=False, max_length=400, assume_scheme="https", help_text=_("Only for what was written in social media.")
    )
    publication = forms.ChoiceField(
        label=_("May others read it?"), choices=WISHES, initial=Publication.NOT_ASKED, widget=forms.RadioSelect(attrs={"class": "cards"})
    )
    helped_by = LineField(
        label=_("Who helped, if somebody did"),
        max_length=120,
        required=False,
        help_text=_("For example a relative or an interpreter. The helper is never shown as the author."),
    )
    was_read_back = forms.BooleanField(label=_("I have read the words back, and the person agreed that they are right."), required=False)
    consents = forms.BooleanField(label=CONSENT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The person's words")
        self.fields["text"].help_text = _("Write them as they were said, in the language in which they were said.")
        self.fields["arrived_at"].initial = lambda: timezone.localtime(clock.now())
        self.fields["language"].required = True
        self.fields["language"].choices = self.fields["language"].choices[1:]  # type: ignore[attr-defined]

    def clean_arrived_at(self) -> datetime:
        """Refuse a moment that has not come."""
        arrived: datetime = self.cleaned_data["arrived_at"]
        if arrived > clock.now() + timedelta(minutes=2):
            raise forms.ValidationError(_("The arrival cannot be in the future. Check the day and the time."))
        return min(arrived, clock.now())

    def clean(self) -> dict[str, Any]:
        """Contact details need the person's consent; a post in social media needs its address."""
        data = super().clean() or {}
        if any(data.get(name) for name in ("email", "phone", "postal_address", "name")) and not data.get("consents"):
            self.add_error("consents", _("Ask the person whether their contact details may be kept, or leave them empty."))
        if data.get("channel") == Channel.SOCIAL and not data.get("post_address") and "post_address" not in self.errors:
            self.add_error("post_address", _("Give the address of the post, so that the answer can go out there too."))
        return data

    def said(self) -> Said:
        """Return what was said, parsed."""
        data = self.cleaned_data
        return self._said(publication=data["publication"], speaks_as=SpeaksAs.RESIDENT, misdirected=misdirection_in(data["text"]))

    def recorded(self) -> Recorded:
        """Return how it came, parsed."""
        data = self.cleaned_data
        return Recorded(
            channel=data["channel"],
            arrived_at=data["arrived_at"],
            original=data["original"],
            post_address=data["post_address"],
            helped_by=data["helped_by"],
            was_read_back=data["was_read_back"],
            consent_wording=str(CONSENT) if data["consents"] else "",
        )
