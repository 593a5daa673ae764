"""The voices that were written one by one, as drafts with a day and an outcome."""

from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from dialogi.demo import days, outcome
from dialogi.demo.story import ENDS, Draft, StoryReply
from dialogi.demo.structure import CONTENT, read, structure

FILES = tuple(sorted(path.stem for path in (CONTENT / "voices").glob("*.toml")))


@cache
def rows() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every hand-written voice with its language, in file order."""
    return tuple((name[:2], row) for name in FILES for row in read(f"voices/{name}")["voice"])


def handwritten(rng: Random) -> list[Draft]:
    """One draft for each; voices about one incident lie within four days of the first."""
    leads: dict[str, Draft] = {}
    drafts = []
    for language, row in rows():
        incident = row.get("incident", "")
        draft = _draft(language, row, rng=rng, lead=leads.get(incident))
        if incident:
            leads.setdefault(incident, draft)
        drafts.append(draft)
    return drafts


def _draft(language: str, row: dict[str, Any], *, rng: Random, lead: Draft | None) -> Draft:
    kind, service, area = row["about"].split("/")
    draft = Draft(
        text=row["text"],
        language=language,
        kind=kind,
        given_at=outcome.MOMENT_UNKNOWN,
        service=service,
        area="" if area == "-" else area,
        channel=row.get("channel") or outcome.some_channel(rng),
        place_words=row.get("place", ""),
        is_public=not row.get("private", False),
        contact=row.get("contact", ""),
        helper=row.get("helper", ""),
        speaks_as=row.get("speaks_as", "resident"),
        theme=row.get("theme", ""),
        misdirected=row.get("misdirected", ""),
        forwarded_to=row.get("to", ""),
        rule=row.get("rule", ""),
        published_text=row.get("published", ""),
        moderator_note=row.get("moderator_note", ""),
        supports=row.get("supports"),
        lead=lead,
    )
    _when(draft, row, rng=rng)
    _answer(draft, row, rng=rng)
    if draft.area and (draft.place_words or (kind in {"fault", "need", "idea"} and rng.random() < 0.5)):
        outcome.put_on_map(draft, rng, near=lead)
    return draft


def _when(draft: Draft, row: dict[str, Any], *, rng: Random) -> None:
    months = tuple(row.get("months", days.ALL_MONTHS))
    if draft.lead:
        day = min(draft.lead.given_at.date() + timedelta(days=int(rng.random() * 4)), ENDS)
        draft.given_at = max(days.at_some_hour(rng, day, draft.channel), draft.lead.given_at + timedelta(minutes=25))
    elif draft.theme:
        outcome.date_in_theme(draft, rng)
    else:
        margin = 75 if "reopened" in row else 7 + 2 * row.get("days", 3)
        day = days.some_day(rng, months=months, until=ENDS - timedelta(days=margin))
        draft.given_at = days.at_some_hour(rng, day, draft.channel)


def _answer(draft: Draft, row: dict[str, Any], *, rng: Random) -> None:
    if draft.lead:
        outcome.same_as_lead(draft, rng)
    elif draft.theme:
        outcome.answer_in_theme(draft, rng)
    elif "reply" in row:
        draft.replies = [StoryReply(row["reply"], row["state"], row["days"])]
        draft.state = row["state"]
        outcome.follow_up(draft, rng, reopened=row.get("reopened", ""))
    elif draft.rule and structure().rules[draft.rule].outcome == "refused":
        outcome.answer_refused(draft, rng)
    elif draft.kind == "thanks":
        outcome.answer_thanks(draft, rng)
