"""Anybody does anything in any order: only steps that the flow lists are taken, and the ledger alone tells where a voice stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from dialogi.commons.invariants import problems
from dialogi.commons.models import Duty, LedgerEntry
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.testing import Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer
from dialogi.voices.models import FLOW, Appeal, Publication, State, Voice
from dialogi.voices.rules import ANSWER_DUTY
from dialogi.voices.tests import factories

PEOPLE = ("resident", "another_resident", "handler", "other_handler", "head_of_unit", "communications", "registrar", "administrator", "clerk", "official")
WORDS = st.sampled_from(["Vi plogar i dag."] * 5 + ["Ja.", " ", ""])


def mostly(*right: str) -> st.SearchStrategy[str]:
    """Those who may, five times of six; anybody else now and then, or nothing would ever happen."""
    return st.one_of(*[st.sampled_from(right)] * 5, st.sampled_from(PEOPLE))


WISHES = st.sampled_from([Publication.WAITING, Publication.NOT_ASKED])
PUBLICATION_STEPS = {
    ("waiting", "published"),
    ("waiting", "refused"),
    ("refused", "published"),
    ("published", "withdrawn"),
    ("withdrawn", "published"),
}


def replayed(voice: Voice, begun_as: str) -> tuple[str, str, bool]:
    """(state, publication, answered) as the ledger alone tells it."""
    state, publication, answered = "", "", False
    for entry in LedgerEntry.objects.filter(subject=voice.subject_id).order_by("id"):
        step = entry.kind.removeprefix("voices.voice.")
        if step == "given":
            state, publication = "received", begun_as
        elif step in {"taken", "reopened"}:
            state, answered = "in_hand", answered and step == "taken"
        elif step in {"replied", "forwarded", "merged"}:
            state, answered = entry.data["state_key"], True
        elif step in {"published", "masked", "refused", "withdrawn"}:
            publication = "published" if step == "masked" else step
        elif step == "appeal_decided" and entry.data["upheld"]:
            publication = "published"
    return state, publication, answered


class Desk(RuleBasedStateMachine):
    """One voice among all the people of the town."""

    cast: ClassVar[Cast]
    actors: ClassVar[dict[str, Any]]
    other: ClassVar[Voice]

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        """What happened in one story is not part of the next."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(wish=WISHES)
    def give(self, wish: str) -> None:
        """Somebody speaks."""
        self.voice = factories.given(by=self.actors["resident"], service=self.cast.town.snow, publication=wish)
        self.begun_as = wish
        self.seen = (State.RECEIVED.value, str(wish))

    def attempt(self, verb: Any, *args: Any, **kwargs: Any) -> None:
        """Do it, or be told with a reason that it cannot be done; nothing else may happen."""
        entries = LedgerEntry.objects.count()
        try:
            with transaction.atomic():
                verb(*args, **kwargs)
        except (NotAllowed, NotPossible, ValidationError):
            assert LedgerEntry.objects.count() == entries, "who was refused left a trace"
        before, self.voice = self.voice, Voice.objects.get(pk=self.voice.pk)
        assert self.voice.state == before.state or FLOW.allows(before.state, self.voice.state)
        step = (str(before.publication), str(self.voice.publication))
        assert step[0] == step[1] or step in PUBLICATION_STEPS

    @rule(who=mostly("handler", "head_of_unit"))
    def take(self, who: str) -> None:
        """Take it in hand."""
        self.attempt(actions.take_in_hand, self.voice, by=self.actors[who])

    @rule(who=mostly("handler", "head_of_unit"), state=st.sampled_from(State), text=WORDS, careful=st.sampled_from([True] * 5 + [False]))
    def answer(self, who: str, state: State, text: str, careful: bool) -> None:
        """Answer, with what the state needs unless careless."""
        forwarded = self.cast.town.wellbeing_county if (state == State.NOT_OURS) == careful else None
        same_as = self.other if (state == State.SAME_AS) == careful else None
        answer = Answer(state=state.value, text_sv=text, forwarded_to=forwarded, same_as=same_as)
        self.attempt(actions.reply, self.voice, answer=answer, by=self.actors[who])

    @rule(who=mostly("resident"), reason=WORDS, receipt=st.booleans())
    def reopen(self, who: str, reason: str, receipt: bool) -> None:
        """Say that it did not help."""
        self.attempt(actions.reopen, self.voice, reason=reason, by=self.actors[who], with_receipt=receipt)

    @rule(who=mostly("resident"))
    def helped(self, who: str) -> None:
        """Say that it helped."""
        self.attempt(actions.say_it_helped, self.voice, by=self.actors[who])

    @rule(who=mostly("head_of_unit", "registrar"), text=WORDS)
    def assign(self, who: str, text: str) -> None:
        """Move it to another unit."""
        unit = self.cast.town.parks if self.voice.unit == self.cast.town.roads else self.cast.town.roads
        self.attempt(actions.assign, self.voice, unit=unit, reason=text, by=self.actors[who])

    @rule(who=mostly("communications"), masked=st.booleans(), named=st.booleans())
    def publish(self, who: str, masked: bool, named: bool) -> None:
        """Make it public."""
        rule = factories.rule() if named else None
        self.attempt(actions.publish, self.voice, by=self.actors[who], masked_text="Något annat." if masked else "", rule=rule, explanation="Därför.")

    @rule(who=mostly("communications"))
    def refuse(self, who: str) -> None:
        """Refuse to make it public."""
        self.attempt(actions.refuse, self.voice, rule=factories.rule(), explanation="Därför.", by=self.actors[who])

    @rule(who=mostly("communications"))
    def withdraw(self, who: str) -> None:
        """Take it out of public view."""
        self.attempt(actions.withdraw, self.voice, rule=factories.rule(), explanation="Därför.", by=self.actors[who])

    @rule(who=mostly("resident"), text=WORDS)
    def appeal(self, who: str, text: str) -> None:
        """Ask for a review."""
        self.attempt(actions.appeal, self.voice, text=text, by=self.actors[who])

    @rule(who=mostly("registrar"), upheld=st.booleans())
    def review(self, who: str, upheld: bool) -> None:
        """Decide on a review."""
        made = Appeal.objects.filter(decision__voice=self.voice).order_by("-pk").first()
        if made is not None:
            self.attempt(actions.decide_appeal, made, upheld=upheld, answer="Därför.", by=self.actors[who])

    @rule(who=mostly("another_resident"), back=st.booleans())
    def support(self, who: str, back: bool) -> None:
        """Say "me too", or take it back."""
        self.attempt(actions.end_support if back else actions.support, self.voice, by=self.actors[who])

    @invariant()
    def the_ledger_alone_tells_where_it_stands(self) -> None:
        """Replaying what happened gives what is."""
        if hasattr(self, "voice"):
            voice = self.voice
            assert replayed(voice, str(self.begun_as)) == (voice.state, voice.publication, voice.is_answered)

    @invariant()
    def who_waits_has_somebody_who_owes_the_answer(self) -> None:
        """An open voice has one open promise, an answered one has none."""
        if hasattr(self, "voice"):
            owed = Duty.objects.open().filter(subject=self.voice.subject_id, what=ANSWER_DUTY).count()
            assert owed == (0 if self.voice.is_answered else 1)


@pytest.fixture
def desk(cast: Cast, town: Town) -> Iterator[type[Desk]]:
    """The machine, its people made once."""
    Desk.cast = cast
    Desk.actors = {name: actor(getattr(cast, name)) for name in PEOPLE}
    Desk.actors |= {name: actor(getattr(cast, name)) for name in PEOPLE}
    _made = (town.roads, town.parks, town.wellbeing_county)
    Desk.other = factories.given("Någon annan sak.", service=town.snow)
    yield Desk
    del Desk.cast, Desk.actors, Desk.other


SHORTLY = settings(max_examples=20, stateful_step_count=24, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


def test_whatever_anybody_tries_only_listed_steps_are_taken_and_the_ledger_tells_them(desk: type[Desk]) -> None:
    run_state_machine_as_test(desk, settings=SHORTLY)
    assert list(problems()) == []


def test_a_flow_that_allowed_more_would_be_found(desk: type[Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogi.commons.states.Flow.require", lambda self, state, after: None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(desk, settings=SHORTLY)


def test_a_verb_that_kept_silent_would_be_found(desk: type[Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogi.voices.actions.replying.record", lambda *args, **kwargs: None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(desk, settings=SHORTLY)
