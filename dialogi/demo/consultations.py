"""What the demo's municipality has asked: the vision under its three-year review, answered point by point; a survey and an opinion map that are open."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.drawings import DrawingField
from dialogi.consultations import actions
from dialogi.consultations.actions import Commented, Filled, Given, Wordings, read_draft
from dialogi.consultations.models import Choice, Comment, Consultation, Phase, PhaseKind, Question
from dialogi.consultations.queries.drafts import place_by_number
from dialogi.demo.content.consultations import asked, walking
from dialogi.demo.opinions import ask_opinions
from dialogi.demo.rounds import ask_for_statements
from dialogi.demo.story import HELSINKI, LAST_MOMENT
from dialogi.demo.telling import Telling
from dialogi.demo.town import MAKER
from dialogi.voices.actions import ContactDetails, Place, Recorded, Said, publish
from dialogi.voices.models import Channel, Publication

CONTENT = Path(__file__).parent / "content" / "consultations"
REVIEW_BEGINS = datetime(2026, 8, 17, 8, tzinfo=HELSINKI)
ANSWERED = datetime(2026, 11, 12, 13, tzinfo=HELSINKI)
SURVEY_BEGINS = datetime(2026, 11, 9, 8, tzinfo=HELSINKI)
WALKING_BEGINS = datetime(2026, 11, 16, 8, tzinfo=HELSINKI)
RESPONSES = 86
Act = Callable[[], None]


def ask(telling: Telling, tell: Callable[[str], None]) -> None:
    """Ask, let people answer, answer them; each at its own moment, through the same actions as everything else."""
    tell("The review of the vision ...")
    _review(telling)
    tell("The survey on service points ...")
    _survey(telling)
    tell("The ways to school, drawn on a map ...")
    _walking(telling)
    tell("The opinion map on meeting in person ...")
    ask_opinions(telling)
    tell("The statement round on ways to school ...")
    ask_for_statements(telling)


def _in_languages(words: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    return {f"{name}_{language}": text for name, texts in words.items() for language, text in zip(("sv", "fi", "en"), texts, strict=True)}


def _review(telling: Telling) -> None:
    town, begins = telling.town, REVIEW_BEGINS
    with clock.at(begins - timedelta(days=21)):
        made = actions.begin_from_blueprint(
            blueprint="hearing",
            opens_on=begins.date(),
            unit=town.units["central"],
            by=MAKER,
            planner=town.people["it-head"],
            decided_by=town.bodies["board"],
            contact_name="It-chefen",
            contact_email="it@demo.invalid",
            **_in_languages(asked.REVIEW),
        )
        phase = made.phases.get(kind=PhaseKind.HEARING)
        texts = {language: read_draft((CONTENT / f"vision.{language}.md").read_bytes(), name=f"vision.{language}.md") for language in ("sv", "fi")}
        actions.publish_version(actions.write_version(phase, drafts=texts, change_words={}, by=MAKER), by=MAKER)
    with clock.at(begins - timedelta(days=14)):
        actions.publish(made, by=MAKER)
    with clock.at(begins):
        actions.tell_of_times()
    comments = [_comment(telling, made, phase, number, said) for number, said in enumerate(asked.COMMENTS)]
    with clock.at(phase.closes_at):
        actions.tell_of_times()
    _answer(telling, made, comments)


def _comment(telling: Telling, made: Consultation, phase: Phase, number: int, said: asked.Comment) -> Comment:
    """One comment, at its own moment; what came on paper or by phone is recorded by the clerk."""
    town = telling.town
    moment = REVIEW_BEGINS + timedelta(days=said.day, hours=3, minutes=7 * number)
    with clock.at(moment):
        fresh = Phase.objects.select_related("consultation__subject").get(pk=phase.pk)
        at = place_by_number(fresh, number=said.paragraph)
        where = Commented(phase=fresh, age_band=said.age, **(at.columns if at else {}))
        words = Said(
            text=said.text,
            language=said.language,
            kind="opinion",
            publication=Publication.WAITING,
            about=made.subject,
            place=Place(area=town.areas[said.area]) if said.area else Place(),
            contact=ContactDetails(email=f"invanare{number}@demo.invalid") if said.channel == Channel.WEB else None,
            is_answered_together=True,
        )
        key = f"{number:032x}"
        if said.channel == Channel.WEB:
            comment, _receipt = actions.comment(words, where, form_key=key, by=ANONYMOUS)
        else:
            how = Recorded(channel=said.channel, arrived_at=moment - timedelta(hours=1), was_read_back=said.channel == Channel.PHONE)
            comment, _receipt = actions.record_comment(words, where, recorded=how, form_key=key, by=telling.role("clerk-library"))
    with clock.at(moment + timedelta(hours=20)):
        publish(comment.voice, by=telling.role("communications"))
    return comment


def _answer(telling: Telling, made: Consultation, comments: list[Comment]) -> None:
    planner = MAKER
    with clock.at(ANSWERED - timedelta(days=3)):
        for point in asked.POINTS:
            gathered = [comments[number] for number in point.comments]
            raised = actions.make_point(Consultation.objects.get(pk=made.pk), comments=gathered, by=planner, title_sv=point.title[0])
            words: dict[str, Any] = {**_in_languages({"title": point.title, "answer": point.answer, "change": point.change})}
            actions.edit_point(raised, by=planner, verdict=point.verdict, changed_number=point.paragraph, **words)
    with clock.at(ANSWERED):
        fresh = Consultation.objects.get(pk=made.pk)
        actions.state_result(fresh, result=dict(zip(("sv", "fi", "en"), asked.RESULT, strict=True)), by=MAKER)
        actions.answer_consultation(Consultation.objects.get(pk=made.pk), by=MAKER)
        while actions.tell_authors():
            pass


def _survey(telling: Telling) -> None:
    town, begins = telling.town, SURVEY_BEGINS
    with clock.at(begins - timedelta(days=10)):
        made = actions.begin_from_blueprint(
            blueprint="survey",
            opens_on=begins.date(),
            unit=town.units["customer-service"],
            by=MAKER,
            about=town.services["library"].subject if "library" in town.services else None,
            **_in_languages(asked.SURVEY),
        )
        phase = made.phases.get(kind=PhaseKind.SURVEY)
        actions.change_phase(phase, by=MAKER, shown="live")
        questions = [_question(phase, content) for content in asked.QUESTIONS]
    with clock.at(begins - timedelta(days=3)):
        actions.publish(made, by=MAKER)
    with clock.at(begins):
        actions.tell_of_times()
    dice = random.Random(2026)
    for number in range(RESPONSES):
        _respond(telling, phase, questions, number, dice)


def _question(phase: Phase, content: asked.Question) -> Question:
    choices = tuple(dict(zip(("sv", "fi", "en"), words, strict=True)) for words in content.choices)
    named = {"text": content.text, **({"low": content.ends[0], "high": content.ends[1]} if content.ends else {})}
    fields: dict[str, Any] = {**_in_languages(named), **content.limits, "is_required": content.is_required}
    return actions.add_question(phase, kind=content.kind, wordings=Wordings(choices=choices), by=MAKER, **fields)


def _respond(telling: Telling, phase: Phase, questions: list[Question], number: int, dice: random.Random) -> None:
    span = (LAST_MOMENT - SURVEY_BEGINS).total_seconds()
    moment = SURVEY_BEGINS + timedelta(seconds=int(span * (number + 0.5) / RESPONSES))
    language = dice.choices(("sv", "fi", "en"), (66, 32, 2))[0]
    age = dice.choices(("under_18", "18_29", "30_44", "45_64", "65_74", "75_up", ""), (4, 9, 18, 26, 20, 15, 8))[0]
    area = telling.town.areas[dice.choice(sorted(telling.town.areas))] if dice.random() < 0.8 else None
    given = [one for question in questions for one in _given(question, dice, language)]
    filled = Filled(language=language, given=given, age_band=age, area=area)
    with clock.at(moment):
        fresh = Phase.objects.get(pk=phase.pk)
        key = f"{number + 4096:032x}"
        if number % 6 == 5:
            clerk = telling.role("clerk-book-bus")
            actions.record_response(filled, phase=fresh, channel=Channel.PAPER, arrived_at=moment, form_key=key, by=clerk)
        else:
            actions.respond(filled, phase=fresh, form_key=key, by=ANONYMOUS)


def _given(question: Question, dice: random.Random, language: str) -> list[Given]:
    choices: list[Choice] = list(question.choices.all())
    if question.kind == "one":
        return [Given(question=question, choice=dice.choices(choices, range(len(choices), 0, -1))[0])]
    if question.kind == "several":
        return [Given(question=question, choice=choice) for choice in choices if dice.random() < 0.45]
    if question.kind == "scale":
        return [Given(question=question, number=dice.choice((2, 3, 3, 4, 4, 4, 5)))]  # type: ignore[arg-type]
    if question.kind == "ranking":
        ranked: list[Any] = dice.sample(choices, len(choices))
        return [Given(question=question, choice=choice, number=place) for place, choice in enumerate(ranked, start=1)]  # type: ignore[arg-type]
    words = asked.OWN_WORDS.get(language, ())
    return [Given(question=question, words=dice.choice(words))] if words and dice.random() < 0.4 else []


def _walking(telling: Telling) -> None:
    town, begins = telling.town, WALKING_BEGINS
    with clock.at(begins - timedelta(days=6)):
        made = actions.begin_from_blueprint(
            blueprint="ideas", opens_on=begins.date(), unit=town.units["streets"], by=MAKER, **_in_languages(walking.WALKING)
        )
    with clock.at(begins - timedelta(days=3)):
        actions.publish(made, by=MAKER)
    with clock.at(begins):
        actions.tell_of_times()
    for number, idea in enumerate(walking.IDEAS):
        _idea(telling, made, number, idea)


def _idea(telling: Telling, made: Consultation, number: int, idea: walking.Idea) -> None:
    drawing = DrawingField().clean([idea.place, idea.shape, idea.corners])
    latitude, longitude = drawing.middle
    moment = WALKING_BEGINS + timedelta(days=idea.day, hours=9, minutes=11 * number)
    with clock.at(moment):
        phase = Phase.objects.select_related("consultation__subject").get(consultation=made, kind=PhaseKind.IDEAS)
        words = Said(
            text=idea.text,
            language=idea.language,
            kind="idea",
            publication=Publication.WAITING,
            about=made.subject,
            place=Place(words=idea.place, latitude=latitude, longitude=longitude),
            is_answered_together=True,
        )
        where = Commented(phase=phase, geometry=drawing.geometry, age_band=idea.age)
        comment, _receipt = actions.comment(words, where, form_key=f"{number + 8192:032x}", by=ANONYMOUS)
    with clock.at(moment + timedelta(hours=3)):
        publish(comment.voice, by=telling.role("communications"))
