"""Forms of a statement round: the planner's for inviting, the invited one's for the statement, the clerk's for what came otherwise."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.attachments import FileKind, FilesField, Prepared, prepare_upload
from dialogi.commons.calendar import ZONE
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.models.attachments import HeldUpload
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.web import ActionForm, DeskForm
from dialogi.consultations.actions.giving_statements import Stated
from dialogi.consultations.actions.inviting import CLOSES, Invited
from dialogi.consultations.forms.answering import AnswerForm
from dialogi.consultations.forms.preparing import DAY
from dialogi.consultations.incoming import MOST_FILES, MOST_WORDS, Letter, read_email
from dialogi.consultations.models import Invitation, Phase
from dialogi.consultations.queries.invitations import councils, not_asked_in, organisations
from dialogi.people.models import LANGUAGE_CHOICES, Body, Organisation
from dialogi.voices.models import Channel

CAME_BY = [choice for choice in Channel.choices if choice[0] not in {Channel.WEB, Channel.SOCIAL}]
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y"]
REASON = _("Reason, which everybody sees")


class DueField(forms.DateField):
    """A day until the end of which (four in the afternoon) something is answered."""

    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")


def due_at(day: date) -> datetime:
    """Return the moment at which a day of answering ends."""
    return datetime.combine(day, CLOSES, tzinfo=ZONE)


def _by_name(rows: Any) -> Any:
    return rows.order_by(f"name_{current_language()}", "name_sv")


class ManyField(forms.ModelMultipleChoiceField):
    """Several of a register, each with the address that the invitation goes to."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Name and address; a letter where there is none."""
        return f"{obj.name} ({obj.email})" if obj.email else str(_("%(name)s (no e-mail address: you get a letter to post)") % {"name": obj.name})


class InviteForm(DeskForm):
    """Many at once: tick the councils and organisations that are asked."""

    bodies = ManyField(label=_("Councils and committees"), queryset=Body.objects.none(), required=False)
    organisations = ManyField(label=_("Organisations"), queryset=Organisation.objects.none(), required=False)
    language = forms.ChoiceField(
        label=_("The language of the invitation"), choices=LANGUAGE_CHOICES, help_text=_("The same for those you tick now. Invite the others after this.")
    )
    due = DueField(label=_("Answer by"), help_text=_("Until four in the afternoon."))

    def __init__(self, phase: Phase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due": timezone.localtime(phase.closes_at).date(), "language": current_language()}, **kwargs)
        self.fields["bodies"].queryset = _by_name(not_asked_in(phase, councils(), "body"))  # type: ignore[attr-defined]
        self.fields["organisations"].queryset = _by_name(not_asked_in(phase, organisations(), "organisation"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody is asked."""
        data = super().clean() or {}
        if not data.get("bodies") and not data.get("organisations"):
            self.add_error("bodies", _("Tick at least one."))
        return data

    def invited(self) -> list[Invited]:
        """Return who is asked, each at the address that the register knows."""
        language = self.cleaned_data["language"]
        return [Invited(who=who, language=language, email=who.email) for name in ("bodies", "organisations") for who in self.cleaned_data[name]]


class NewcomerForm(DeskForm):
    """An organisation that is not in the register yet: it is added and invited at once."""

    name_sv = LineField(label=_("Name in Swedish"), max_length=200)
    name_fi = LineField(label=_("Name in Finnish"), max_length=200, help_text=_("Write the name as it is where there is no Finnish one."))
    email = forms.EmailField(label=_("E-mail address"), required=False)
    language = forms.ChoiceField(label=_("The language of the invitation"), choices=LANGUAGE_CHOICES)
    due = DueField(label=_("Answer by"))

    def __init__(self, phase: Phase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due": timezone.localtime(phase.closes_at).date(), "language": current_language()}, **kwargs)

    def names(self) -> dict[str, str]:
        """Return the name by language."""
        return {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES if f"name_{language}" in self.cleaned_data}


class AddressForm(DeskForm):
    """Where the invitation goes, in which language, and whether it goes once more."""

    email = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("Never shown to the public."))
    language = forms.ChoiceField(label=_("The language of the invitation"), choices=LANGUAGE_CHOICES)
    send_again = forms.BooleanField(label=_("Send the invitation once more"), required=False)


class ExtensionForm(DeskForm):
    """The planner's answer to a request for more time."""

    do = forms.ChoiceField(
        label=_("What do you answer?"),
        choices=[("give", _("Give more time")), ("refuse", _("The day stays"))],
        widget=forms.RadioSelect(attrs={"class": "across"}),
    )
    until = DueField(label=_("Answer by"), required=False)
    because = PlainTextField(label=REASON, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """More time has a day."""
        data = super().clean() or {}
        if data.get("do") == "give" and not data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Give the new day."))
        return data


class MoreTimeForm(ActionForm):
    """The invited one's request for more time."""

    until = DueField(label=_("Until which day?"))
    because = PlainTextField(label=_("Why? Everybody sees the reason."), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class DeclineForm(ActionForm):
    """No statement is given."""

    because = PlainTextField(label=_("Why, if you want to say. Everybody sees it."), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))


class StatementForm(AnswerForm):
    """A statement: answers to the questions, free words, files, and who signs it. Merely saving demands nothing."""

    shows_saved = True
    words = PlainTextField(label=_("The statement in your own words"), max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 14}))
    papers = FilesField(label=_("Files"), limit=MOST_FILES, required=False, help_text=_("For example PDF or DOCX. They are published with the statement."))
    signer_name = LineField(label=_("Who signs"), max_length=150, required=False, help_text=_("The name is shown with the statement."))
    signer_role = LineField(label=_("In which role"), max_length=150, required=False, help_text=_("For example chair, secretary or director."))

    def __init__(self, invitation: Invitation, questions: list[Any], *args: Any, **kwargs: Any) -> None:
        self.invitation = invitation
        saved = {name: getattr(invitation, name) for name in ("words", "signer_name", "signer_role") if self.shows_saved}
        kwargs["initial"] = {"language": invitation.language, **saved, **kwargs.get("initial", {})}
        super().__init__(invitation.phase, questions, *args, response=invitation.response if self.shows_saved else None, **kwargs)
        for name in ("age_band", "area"):
            self.fields.pop(name, None)
        chosen = list(invitation.files.select_related("file")) if self.shows_saved else []
        self.fields["without"] = forms.MultipleChoiceField(
            label=_("Remove these files"), choices=[(str(one.pk), one.file.name) for one in chosen], required=False, widget=forms.CheckboxSelectMultiple
        )
        if not chosen:
            del self.fields["without"]
        self.fields["language"].required = True
        for name in ("signer_name", "signer_role"):
            # Not `required`: merely saving demands nothing.
            self.fields[name].is_demanded = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whoever sends says who signs."""
        data = super().clean() or {}
        if self.sending:
            for name, words in (("signer_name", _("Say who signs the statement.")), ("signer_role", _("Say in which role you sign."))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data

    def stated(self) -> Stated:
        """Return the statement, parsed."""
        data = self.cleaned_data
        return Stated(
            words=data["words"],
            filled=self.filled(),
            signer_name=data["signer_name"],
            signer_role=data["signer_role"],
            files=data["papers"],
            without=[int(key) for key in data.get("without", [])],
        )


class RecordStatementForm(StatementForm):
    """What came on paper, by phone or by e-mail, typed in or read from the e-mail's file. What the invited one has saved and not sent stays theirs."""

    shows_saved = False
    channel = forms.ChoiceField(label=_("How did it come?"), choices=CAME_BY, widget=forms.RadioSelect(attrs={"class": "across"}))
    arrived_at = forms.DateTimeField(
        label=_("When did it arrive?"),
        help_text=_("Whether it came in time is judged by this moment."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=MOMENTS,
    )

    original = FilesField(label=_("The original"), required=False, limit=5, help_text=_("A scanned letter or form, or the e-mail. It is never public."))

    def __init__(self, *args: Any, held: tuple[HeldUpload, ...] = (), original: tuple[HeldUpload, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("The statement in its own words")
        self.fields["arrived_at"].initial = lambda: timezone.localtime(clock.now())
        self.fields["papers"].widget.kept = held
        self.fields["original"].widget.kept = original

    def clean_arrived_at(self) -> datetime:
        """Refuse a moment that has not come."""
        arrived: datetime = self.cleaned_data["arrived_at"]
        if arrived > clock.now() + timedelta(minutes=2):
            raise forms.ValidationError(_("The arrival cannot be in the future. Check the day and the time."))
        return min(arrived, clock.now())


class EmailFileForm(DeskForm):
    """An e-mail that was saved as a file."""

    email_file = forms.FileField(label=_("E-mail as a file (.eml)"), widget=forms.FileInput(attrs={"accept": ".eml,message/rfc822"}))
    letter: Letter
    original: Prepared

    def clean_email_file(self) -> Any:
        """Read it; a broken or hostile one is refused with a sentence."""
        chosen = self.cleaned_data["email_file"]
        self.letter = read_email(chosen.read())
        self.original = prepare_upload(chosen, kinds=frozenset({FileKind.EML}))
        return chosen

    def found(self) -> Mapping[str, Any]:
        """Return what the e-mail fills in, for checking."""
        sent_at = timezone.localtime(self.letter.sent_at) if self.letter.sent_at else None
        return {"words": self.letter.words, "signer_name": self.letter.sender, "channel": Channel.EMAIL, **({"arrived_at": sent_at} if sent_at else {})}
