"""Voting on statements: agree, disagree or pass, changed until closing; by oneself, or by a clerk for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.encryption import blind_index
from dialogi.commons.permissions import NotAllowed, NotPossible, require
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Access, AccessCode, OpinionStatement, OpinionVote, Participant, Phase, VoteValue
from dialogi.consultations.queries.codes import code_of
from dialogi.consultations.queries.timing import refuse_unless_votable
from dialogi.consultations.rules import RECORD_FOR_OTHER, TAKE_PART
from dialogi.people.models import Area

Votes = Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """Who votes: somebody known from before, or what makes a new participant once, however often the same form arrives."""

    language: str
    known: Participant | None = None
    form_key: str = ""
    access_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a participant tells voluntarily."""

    age_band: str = ""
    area: Area | None = None


def vote(phase: Phase, *, votes: Votes, voter: Voter, by: Actor) -> Participant:
    """Vote on statements (their ids to 1, 0 or -1) and return who voted; a later vote takes the place of an earlier one.

    Raises NotAllowed where the phase asks for an account or a code that is not there, NotPossible before the opening, after the closing, for a code that
    opens nothing, and for a statement that cannot be voted on.
    """
    participant = take_seat(phase, voter=voter, by=by)
    _write(participant, votes)
    return participant


def record_votes(phase: Phase, *, votes: Votes, told: Told, voter: Voter, channel: str, arrived_at: datetime, by: Actor) -> Participant:
    """Vote for somebody at a service point, by phone or from a paper. The arrival decides whether it was in time; the code on the paper is used up."""
    require(by, RECORD_FOR_OTHER, phase)
    if arrived_at > clock.now():
        raise NotPossible(_("The arrival cannot be in the future. Check the day and the time."))
    refuse_unless_votable(phase, at=arrived_at)
    known = Participant.objects.filter(phase=phase, key=_key(voter)).first()
    if known is None:
        code = _unused(phase, voter.access_code) if phase.access == Access.CODE or voter.access_code else None
        made = Participant(phase=phase, code=code, key=_key(voter), channel=channel, language=voter.language, recorded_by_id=by.person_id, since=arrived_at)
        made.age_band, made.area = told.age_band, told.area
        known = _join(made, by=by.on_behalf())
    _write(known, votes)
    return known


def tell_about_oneself(participant: Participant, *, told: Told, by: Actor) -> Participant:
    """Tell one's age band and village, once: it is asked so that everybody sees whom the map reaches."""
    with transaction.atomic():
        require(by, TAKE_PART, participant.phase)
        refuse_unless_votable(participant.phase)
        participant = Participant.objects.select_for_update().select_related("phase__consultation").get(pk=participant.pk)
        if participant.age_band or participant.area_id:
            raise NotPossible(_("You have told this already."))
        participant.age_band, participant.area = told.age_band, told.area
        save_clean(participant)
        _tell(participant, by=by)
    return participant


def take_seat(phase: Phase, *, voter: Voter, by: Actor) -> Participant:
    """Return the participant that somebody is, made when first needed; what it refuses is told at `vote`."""
    require(by, TAKE_PART, phase)
    refuse_unless_votable(phase)
    if voter.known is not None and voter.known.phase_id == phase.pk:
        return voter.known
    person_id, code = _let_in(phase, voter, by=by)
    if code is not None and hasattr(code, "participant"):
        return code.participant
    return _join(Participant(phase=phase, person_id=person_id, code=code, key="" if person_id or code else _key(voter), language=voter.language), by=by)


def _let_in(phase: Phase, voter: Voter, *, by: Actor) -> tuple[int | None, AccessCode | None]:
    """Who votes: a person's id, or a code, or neither where anybody may."""
    if phase.access == Access.OPEN:
        return None, None
    takes_code = phase.access in {Access.CODE, Access.ACCOUNT_OR_CODE}
    if takes_code and voter.access_code.strip():
        return None, code_of(phase, code=voter.access_code)
    if phase.access != Access.CODE and by.person_id is not None:
        return by.person_id, None
    if takes_code:
        raise NotAllowed(_("Write the single-use code that you were given."))
    raise NotAllowed(_("Sign in to vote: one participant for each account."))


def _unused(phase: Phase, access_code: str) -> AccessCode:
    code = code_of(phase, code=access_code)
    if hasattr(code, "participant"):
        raise NotPossible(_("Somebody has voted with this code already. With the code, they change their votes themselves until closing."))
    return code


def _join(made: Participant, *, by: Actor) -> Participant:
    """Save a new participant and say so; when the same form, account or code arrives twice at the same moment, the other one is returned."""
    same = {"person": made.person_id} if made.person_id else {"code": made.code_id} if made.code_id else {"key": made.key}
    known = Participant.objects.filter(phase=made.phase_id, **same).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made.save()
            _tell(made, by=by)
    except IntegrityError:
        return Participant.objects.get(phase=made.phase_id, **same)
    return made


def _tell(participant: Participant, *, by: Actor) -> None:
    """One entry for a participant, and none for each vote: the ledger says that somebody took part, never when they changed their mind."""
    with change(participant.phase.consultation) as consultation:
        record(Happened.OPINION_VOTED, on=consultation, by=by, data={"channel": participant.channel, "language": participant.language})


def _write(participant: Participant, votes: Votes) -> None:
    """The database sees to it that of many votes at once on one statement the last one stays, alone."""
    if set(votes.values()) - set(VoteValue.values):
        raise NotPossible(_("Choose agree, disagree or pass."))
    with transaction.atomic():
        open_ones = OpinionStatement.objects.open().filter(phase=participant.phase_id, pk__in=votes)
        if open_ones.count() != len(votes):
            raise NotPossible(_("This statement cannot be voted on any more."))
        rows = [OpinionVote(participant=participant, statement_id=pk, value=votes[pk], voted_at=clock.now()) for pk in sorted(votes)]
        OpinionVote.objects.bulk_create(rows, update_conflicts=True, unique_fields=["statement", "participant"], update_fields=["value", "voted_at"])


def _key(voter: Voter) -> str:
    if not voter.form_key:
        raise NotPossible(_("The page was too old. Open it again and vote."))
    return blind_index(voter.form_key, purpose="opinion map")
