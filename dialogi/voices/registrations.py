"""How the room plugs into the house."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import machine
from dialogi.commons.models import Audience, Duty, Subject
from dialogi.commons.registry import DutyKind, Job, NounPlug, Panel, Retention, SearchText, SubjectFacts, registry
from dialogi.people.models import Person
from dialogi.people.rules import SWEEPER
from dialogi.services.rules import PROMISED_KINDS
from dialogi.voices import (
    actions,
    registers,  # noqa: F401 - plugs the registers in
)
from dialogi.voices.kinds import Happened
from dialogi.voices.models import OWN_KINDS, Kind, Publication, State, Theme, Voice
from dialogi.voices.queries import rule_name
from dialogi.voices.queries.keeping import ASK_BATCH, is_anybody_to_be_asked, to_be_asked
from dialogi.voices.queries.mine import held_in_voices, voices_of
from dialogi.voices.queries.reading import voices_about
from dialogi.voices.queries.record import frozen_theme, frozen_voice
from dialogi.voices.rules import ANSWER_DUTY, APPEAL_DUTY, CALL_DUTY, CHECK_DUTY, CONTACT_MONTHS, PAPERS_MONTHS, REWORD_THEME, STATUTORY_CLOCKS, SUPPORT_MONTHS

TITLE_LENGTH = 90
AUDIENCES = {
    Publication.PUBLISHED: Audience.PUBLIC,
    Publication.WAITING: Audience.REVIEW,
    Publication.REFUSED: Audience.REVIEW,
    Publication.WITHDRAWN: Audience.REVIEW,
    Publication.STAFF: Audience.OFFICIALS,
    Publication.NOT_ASKED: Audience.UNIT,
}


def _opening(words: str) -> str:
    """The first words of a voice, cut at a word, as its title."""
    line = " ".join(words.split())
    if len(line) <= TITLE_LENGTH:
        return line
    return line[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def describe_voice(voice: Voice) -> SubjectFacts:
    """Say what a voice looks like to the house; the public reads the masked words only."""
    return SubjectFacts(
        title={voice.language: _opening(voice.public_words)},
        audience=AUDIENCES[Publication(voice.publication)],
        state=voice.state,
        unit_id=voice.unit.subject_id if voice.unit else None,
        part_of_id=voice.about_id,
        area_id=voice.area.subject_id if voice.area else None,
        owner_id=voice.author.account_id if voice.author else None,
        place_words=voice.place_words,
        latitude=voice.latitude,
        longitude=voice.longitude,
        is_need=voice.kind == Kind.NEED,
    )


def search_voice(voice: Voice) -> Sequence[SearchText]:
    """Index the words that the public reads, never what was masked."""
    return [SearchText(language=voice.language, title="", body=f"{voice.public_words} {voice.place_words}".strip())]


def describe_theme(theme: Theme) -> SubjectFacts:
    """Say what a theme looks like to the house."""
    return SubjectFacts(
        title={"sv": theme.title_sv, "fi": theme.title_fi, "en": theme.title_en},
        summary={"sv": theme.summary_sv, "fi": theme.summary_fi, "en": theme.summary_en},
        audience=Audience.PUBLIC,
        unit_id=theme.unit.subject_id,
        is_need=theme.is_need,
    )


def search_theme(theme: Theme) -> Sequence[SearchText]:
    """Index the theme's title and summary in each language that has them."""
    facts = describe_theme(theme)
    return [SearchText(language, facts.title[language], facts.summary[language]) for language in ("sv", "fi", "en") if facts.title[language]]


def _case_address(subject: Subject) -> str:
    return f"/desk/voices/{subject.code}/"


def _check_address(subject: Subject) -> str:
    return f"/desk/moderation/{subject.code}/"


def _remind(duty: Duty) -> None:
    voice = Voice.objects.filter(subject=duty.subject_id).first()
    if voice is not None:
        actions.remind(voice)


def _escalate(duty: Duty) -> None:
    voice = Voice.objects.filter(subject=duty.subject_id).first()
    if voice is not None:
        actions.mark_overdue(voice)


def _escalate_check(duty: Duty) -> None:
    voice = Voice.objects.filter(subject=duty.subject_id).first()
    if voice is not None:
        actions.mark_check_overdue(voice, what=duty.what)


def _ask_whether_it_helped() -> int:
    return actions.mark_asked(list(to_be_asked()[:ASK_BATCH]), by=machine("ask_helpful"))


def _my_voices(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    person = Person.objects.filter(subject=subject.pk).only("pk").first()
    return {"voices": voices_of(person.pk)} if person else None


def _voices_about(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    if not registry.nouns[subject.kind].can_be_spoken_about:
        return None
    cards, total = voices_about(subject)
    return {"cards": cards, "total": total, "code": subject.code}


PROMISED_KINDS += [(kind, label) for kind, label in OWN_KINDS if kind not in STATUTORY_CLOCKS]
registry.panels.append(Panel(kind="*", template="voices/_panel_voices.html", context=_voices_about, order=40))
registry.add_kinds(Happened)
registry.add_noun(
    NounPlug(
        kind="voices.voice",
        model=Voice,
        label=_("feedback"),
        label_plural=_("feedback"),
        describe=describe_voice,
        search=search_voice,
        holds=held_in_voices,
        forget=lambda person_id: actions.forget_in_voices(person_id, by=machine(SWEEPER)),
        freeze=frozen_voice,
        can_be_spoken_about=False,
        retention="voices.feedback",
        read_along=("unit", "area", "author"),
        moves_matters=True,
    )
)
registry.add_noun(
    NounPlug(
        kind="voices.theme",
        model=Theme,
        label=_("theme"),
        label_plural=_("themes"),
        describe=describe_theme,
        search=search_theme,
        freeze=frozen_theme,
        retention="voices.theme",
        read_along=("unit",),
        reword=actions.reword_theme,
        rewording=REWORD_THEME,
        changed_by=("edited",),
        moves_matters=True,
    )
)
registry.data_words["state_key"] = lambda value: str(State(value).label) if value in State.values else str(value)
registry.unseen_words["voice_id"] = _("one that is not public")
registry.data_words["rule_key"] = rule_name
for duty_kind in (
    DutyKind(ANSWER_DUTY, _("Answer"), _case_address, on_due_soon=_remind, on_overdue=_escalate),
    DutyKind(CHECK_DUTY, _("Check for publication"), _check_address, on_overdue=_escalate_check),
    DutyKind(APPEAL_DUTY, _("Decide on the appeal"), _check_address, on_overdue=_escalate_check),
    DutyKind(CALL_DUTY, _("Call the author"), lambda subject: "/desk/calls/"),
):
    registry.duties[duty_kind.what] = duty_kind
registry.jobs["voices.ask_helpful"] = Job("voices.ask_helpful", every=3600, run=_ask_whether_it_helped, wanted=is_anybody_to_be_asked)
registry.panels.append(Panel("people.person", "voices/_my_voices.html", _my_voices, order=10))

PUBLIC_TASK = _("A task in the public interest (Regulation (EU) 2016/679, article 6(1)(e); Data Protection Act 1050/2018, section 4).")
for retention in (
    Retention(
        "voices.feedback",
        _("The words of feedback, and the answers"),
        _("A task in the public interest, and openness of public documents (Act 621/1999). The words stay without their author as part of the public record."),
        None,
    ),
    Retention(
        "voices.matter",
        _("Feedback that starts a matter, under its case number"),
        _("Documents of the authority, kept by the records plan (Archives Act 831/1994, section 8)."),
        None,
    ),
    Retention(
        "voices.contact",
        _("Contact details that came with feedback, and who helped"),
        PUBLIC_TASK,
        CONTACT_MONTHS,
        lambda: actions.expire_contacts(by=machine(SWEEPER)),
    ),
    Retention(
        "voices.papers",
        _("Internal notes and handed-in originals, when no matter was started"),
        PUBLIC_TASK,
        PAPERS_MONTHS,
        lambda: actions.expire_papers(by=machine(SWEEPER)),
    ),
    Retention(
        "voices.support",
        _("What counts a support once for each browser"),
        PUBLIC_TASK,
        SUPPORT_MONTHS,
        lambda: actions.expire_support_keys(by=machine(SWEEPER)),
    ),
    Retention(
        "voices.moderation",
        _("Decisions on publication and their reviews"),
        _("The right to have a decision reviewed, and openness of what is hidden and why (Act 621/1999). The public log names no people."),
        None,
    ),
    Retention("voices.theme", _("Themes and the answers to them"), _("No personal data. Kept for good with their history."), None),
):
    registry.retentions[retention.name] = retention
