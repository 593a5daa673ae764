"""How the room plugs into the house."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from dialogi.commons.models import Audience, Subject
from dialogi.commons.registry import DutyKind, NounPlug, SearchText, SubjectFacts, registry
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Kind, Publication, State, Theme, Voice
from dialogi.voices.queries import rule_name
from dialogi.voices.rules import ANSWER_DUTY, APPEAL_DUTY, CHECK_DUTY

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


registry.add_kinds(Happened)
registry.add_noun(
    NounPlug(
        kind="voices.voice",
        model=Voice,
        label=_("feedback"),
        label_plural=_("feedback"),
        describe=describe_voice,
        search=search_voice,
        can_be_spoken_about=False,
        retention="voices.feedback",
    )
)
registry.add_noun(
    NounPlug(
        kind="voices.theme", model=Theme, label=_("theme"), label_plural=_("themes"), describe=describe_theme, search=search_theme, retention="voices.theme"
    )
)
registry.data_words["state_key"] = lambda value: str(State(value).label) if value in State.values else str(value)
registry.data_words["rule_key"] = rule_name
registry.duties[ANSWER_DUTY] = DutyKind(ANSWER_DUTY, _("Answer"), _case_address)
registry.duties[CHECK_DUTY] = DutyKind(CHECK_DUTY, _("Check for publication"), lambda subject: f"/desk/moderation/{subject.code}/")
registry.duties[APPEAL_DUTY] = DutyKind(APPEAL_DUTY, _("Decide on the appeal"), lambda subject: f"/desk/moderation/{subject.code}/")
