"""The demo's opinion map: open now, voted on by people who think in three ways, with proposals that were taken in, refused and wait."""

import random
from datetime import datetime, timedelta

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.consultations import actions
from dialogi.consultations.actions import Told, Voter
from dialogi.consultations.actions.mapping import draw_opinion_map
from dialogi.consultations.models import Consultation, OpinionStatement, Phase, PhaseKind
from dialogi.demo.content.consultations.opinions import CAMPS, MAP, PROPOSALS, STATEMENTS, Camp
from dialogi.demo.story import HELSINKI, LAST_MOMENT
from dialogi.demo.telling import Telling
from dialogi.demo.town import MAKER
from dialogi.voices.models import Channel

BEGINS = datetime(2026, 11, 2, 8, tzinfo=HELSINKI)
CLOSES = datetime(2027, 1, 31, 16, tzinfo=HELSINKI)
LANGUAGES = ("sv", "fi", "en")
SURE, PASSES, UNSEEN = 0.7, 0.07, 0.1


def ask_opinions(telling: Telling) -> None:
    """Prepare the map, let people vote and propose, each at their own moment, and draw it."""
    phase = _prepare(telling)
    dice = random.Random(1126)
    crowd = [(place, camp) for place, camp in enumerate(CAMPS) for _person in range(camp.people)]
    dice.shuffle(crowd)
    span = (LAST_MOMENT - BEGINS) / (len(crowd) + 1)
    for number, (place, camp) in enumerate(crowd):
        with clock.at(BEGINS + span * (number + 1)):
            _vote(telling, phase, number, place, camp, dice)
    _propose(telling, phase)
    with clock.at(LAST_MOMENT):
        draw_opinion_map(phase)


def _columns(words: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    return {f"{name}_{language}": text for name, texts in words.items() for language, text in zip(LANGUAGES, texts, strict=True)}


def _prepare(telling: Telling) -> Phase:
    with clock.at(BEGINS - timedelta(days=14)):
        unit = telling.town.units["customer-service"]
        made = actions.begin_from_blueprint(blueprint="opinions", opens_on=BEGINS.date(), unit=unit, by=MAKER, **_columns(MAP))
        phase = made.phases.get(kind=PhaseKind.OPINION_MAP)
        for later in made.phases.exclude(pk=phase.pk):
            actions.change_phase(later, opens_at=CLOSES, closes_at=CLOSES + timedelta(days=21), by=MAKER)
        actions.change_phase(phase, closes_at=CLOSES, shown="live", by=MAKER)
        for statement in STATEMENTS:
            actions.add_statement(phase, texts=dict(zip(LANGUAGES, statement.text, strict=True)), by=MAKER)
    with clock.at(BEGINS - timedelta(days=3)):
        actions.publish(Consultation.objects.get(pk=made.pk), by=MAKER)
    with clock.at(BEGINS):
        actions.tell_of_times()
    return Phase.objects.select_related("consultation__subject", "consultation__unit").get(pk=phase.pk)


def _vote(telling: Telling, phase: Phase, number: int, place: int, camp: Camp, dice: random.Random) -> None:
    """One person: as their camp leans, with moods of their own; what they did not get to is left open."""
    ids = dict(OpinionStatement.objects.open().filter(phase=phase).values_list("number", "pk"))
    votes = {}
    for at, statement in enumerate(STATEMENTS, start=1):
        lean = statement.leans[place]
        likely = lean if lean and dice.random() < SURE else dice.choice((1, -1))
        value = 0 if dice.random() < PASSES else likely
        if dice.random() >= UNSEEN:
            votes[ids[at]] = value
    area = telling.town.areas[dice.choice(sorted(telling.town.areas))] if dice.random() < 0.7 else None
    told = Told(age_band=dice.choice(camp.ages), area=area)
    who = Voter(language=dice.choices(LANGUAGES, (66, 32, 2))[0], form_key=f"{number + 8192:032x}")
    if dice.randrange(10) < camp.on_paper:
        how = dice.choice((Channel.PAPER, Channel.COUNTER))
        clerk = telling.role("clerk-library")
        actions.record_votes(phase, votes=votes, told=told, voter=who, channel=how, arrived_at=clock.now(), by=clerk)
        return
    made = actions.vote(phase, votes=votes, voter=who, by=ANONYMOUS)
    if told.age_band or told.area:
        actions.tell_about_oneself(made, told=told, by=ANONYMOUS)


def _propose(telling: Telling, phase: Phase) -> None:
    for number, proposal in enumerate(PROPOSALS):
        with clock.at(BEGINS + timedelta(days=6 + 4 * number, hours=5)):
            who = Voter(language=proposal.language, form_key=f"{number + 8192:032x}")
            made = actions.propose_statement(phase, text=proposal.text, language=proposal.language, voter=who, by=ANONYMOUS)
        with clock.at(BEGINS + timedelta(days=7 + 4 * number)):
            if proposal.rule:
                actions.refuse_statement(made, rule=telling.town.rules[proposal.rule], explanation=proposal.because, by=MAKER)
            elif proposal.other:
                actions.take_in(made, texts={"sv" if proposal.language == "fi" else "fi": proposal.other}, by=MAKER)
