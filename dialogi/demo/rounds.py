"""The demo's statement round: councils, associations and neighbours are asked, and answer as such bodies do - on the web, by e-mail, late, or not at all."""

from datetime import datetime, timedelta
from typing import Any

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.consultations import actions
from dialogi.consultations.actions import Filled, Given, Invited, Stated, Wordings, read_draft
from dialogi.consultations.models import Invitation, Phase, PhaseKind, Question
from dialogi.demo.content.consultations import rounds
from dialogi.demo.story import HELSINKI
from dialogi.demo.telling import Telling
from dialogi.demo.town import MAKER
from dialogi.people import actions as people

OPENS = datetime(2026, 10, 5, 8, tzinfo=HELSINKI)


def ask_for_statements(telling: Telling) -> None:
    """Make the consultation, ask, and let each answer at its own moment."""
    phase = _made(telling)
    question = phase.questions.get()
    with clock.at(OPENS + timedelta(hours=2)):
        actions.tell_of_times()
        invitations = _invite(telling, phase)
    key, day, because = rounds.DECLINED
    with clock.at(OPENS + timedelta(days=day)):
        actions.decline(invitations[key], because=because, by=ANONYMOUS)
    _give_more_time(invitations)
    for said in rounds.SAID:
        _state(telling, _fresh(invitations[said.key]), question, said)
    with clock.at(OPENS + timedelta(days=39)):
        actions.remind_invited()
    with clock.at(phase.closes_at + timedelta(minutes=1)):
        actions.tell_of_times()
    with clock.at(OPENS + timedelta(days=45)):
        actions.remind_invited()
        late = _fresh(invitations["disability-council"]).comment
        if late is not None:
            actions.decide_late(late, taken=True, because=rounds.LATE_BECAUSE, by=MAKER)


def _made(telling: Telling) -> Phase:
    with clock.at(OPENS - timedelta(days=20)):
        made = actions.begin_from_blueprint(
            blueprint="statements",
            opens_on=OPENS.date(),
            unit=telling.town.units["central"],
            by=MAKER,
            contact_name="Registraturen",
            contact_email="registraturen@demo.invalid",
            **_columns(rounds.PLAN),
        )
        hearing, phase = made.phases.get(kind=PhaseKind.HEARING), made.phases.get(kind=PhaseKind.STATEMENTS)
        drafts = {language: read_draft(text.encode(), name=f"plan.{language}.md") for language, text in rounds.DRAFT.items()}
        actions.publish_version(actions.write_version(hearing, drafts=drafts, change_words={}, by=MAKER), by=MAKER)
        choices = [dict(zip(("sv", "fi", "en"), words, strict=True)) for words in rounds.CHOICES]
        actions.add_question(phase, kind="one", by=MAKER, wordings=Wordings(choices=choices), **_columns({"text": rounds.QUESTION}))
    with clock.at(OPENS - timedelta(days=7)):
        actions.publish(made, by=MAKER)
    return Phase.objects.select_related("consultation__subject").get(pk=phase.pk)


def _columns(words: dict[str, rounds.Three]) -> dict[str, str]:
    return {f"{name}_{language}": text for name, texts in words.items() for language, text in zip(("sv", "fi", "en"), texts, strict=True)}


def _invite(telling: Telling, phase: Phase) -> dict[str, Invitation]:
    town = telling.town
    asked: dict[str, Any] = {key: town.bodies[key] for key in ("youth-council", "older-peoples-council", "disability-council")}
    asked |= {key: town.elsewhere[key] for key in (rounds.SILENT, rounds.MORE_TIME[0])}
    asked |= {one.key: people.create_organisation(by=MAKER, email=one.email, **_columns({"name": one.name})) for one in rounds.NEW}
    finnish = {"parents", "disability-council", rounds.MORE_TIME[0]}
    invited = [Invited(who=who, language="fi" if key in finnish else "sv", email=who.email or f"{key}@demo.invalid") for key, who in asked.items()]
    return dict(zip(asked, actions.invite(phase, invited=invited, due_at=phase.closes_at, by=MAKER), strict=True))


def _give_more_time(invitations: dict[str, Invitation]) -> None:
    key, day, because, answer = rounds.MORE_TIME
    until = OPENS.date() + timedelta(days=67)
    with clock.at(OPENS + timedelta(days=day)):
        actions.ask_for_time(invitations[key], until=until, because=because, by=ANONYMOUS)
    with clock.at(OPENS + timedelta(days=day + 1)):
        actions.decide_extension(_fresh(invitations[key]), until=until, because=answer, by=MAKER)


def _state(telling: Telling, invitation: Invitation, question: Question, said: rounds.Said) -> None:
    choice = list(question.choices.all())[said.choice]
    filled = Filled(language=said.language, given=[Given(question=question, choice=choice)])
    name, role = said.signer
    stated = Stated(words=said.words, filled=filled, signer_name=name, signer_role=role)
    moment = OPENS + timedelta(days=said.day, hours=3)
    with clock.at(moment):
        if said.channel == "web":
            actions.send_statement(invitation, stated=stated, by=ANONYMOUS)
        else:
            clerk: Actor = telling.role("clerk-library")
            actions.record_statement(invitation, stated=stated, channel=said.channel, arrived_at=moment - timedelta(hours=2), by=clerk)


def _fresh(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_related("phase__consultation", "comment").get(pk=invitation.pk)
