"""What an answer is, and when it is possible. Nothing here writes."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from dialogi.commons.permissions import NotPossible
from dialogi.people.models import Organisation
from dialogi.voices.kinds import Happened
from dialogi.voices.models import FLOW, State, Voice

NO_SUCH_VOICE = _("There is no other voice with this code. The code has six signs and stands on the page of the voice.")
CLOSED_STATES = (State.DONE, State.NOT_OURS, State.CANNOT, State.SAME_AS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The words of an answer per language, and the state that the voice then has. Minutes are what the answer took."""

    state: str
    text_sv: str = ""
    text_fi: str = ""
    text_en: str = ""
    minutes: int | None = None
    forwarded_to: Organisation | None = None
    same_as: Voice | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The words as columns of Reply."""
        return {"text_sv": self.text_sv.strip(), "text_fi": self.text_fi.strip(), "text_en": self.text_en.strip()}


def check_answer(voice: Voice, answer: Answer) -> None:
    """Raise NotPossible with a reason when the voice, as it stands, cannot be answered so."""
    if not answer.texts[f"text_{voice.language}"]:
        raise NotPossible(_("Write the answer in the language of the voice. You can add other languages beside it."))
    if answer.state == State.RECEIVED:
        raise NotPossible(_("Choose where the matter stands after the answer."))
    if answer.state != voice.state:
        FLOW.require(voice.state, answer.state)
    if answer.state == State.NOT_OURS and answer.forwarded_to is None:
        raise NotPossible(_("Say to whom the matter is forwarded."))
    if answer.state == State.SAME_AS and answer.same_as is None:
        raise NotPossible(_("Say which other voice it is the same as."))
    if answer.same_as is not None and answer.same_as.pk == voice.pk:
        raise NotPossible(_("A voice cannot be the same as itself."))


def kind_of(answer: Answer) -> Happened:
    """Return what the ledger says of the answer."""
    if answer.state == State.NOT_OURS:
        return Happened.FORWARDED
    return Happened.MERGED if answer.state == State.SAME_AS else Happened.REPLIED


def told_of(answer: Answer) -> dict[str, str | int]:
    """Return what fills the sentence of the ledger; no personal data."""
    data: dict[str, str | int] = {"state_key": str(answer.state)}
    if answer.forwarded_to is not None:
        data["organisation_id"] = answer.forwarded_to.subject_id
    if answer.same_as is not None:
        data["voice_id"] = answer.same_as.subject_id
    return data
