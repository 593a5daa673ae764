"""The demo's voices: the same seed gives the same town, word for word, at any size."""

from collections.abc import Iterator
from dataclasses import fields
from random import Random

from dialogi.demo import outcome
from dialogi.demo.families import compose
from dialogi.demo.handwritten import handwritten
from dialogi.demo.story import Draft, Story

SHARES = {"sv": 0.65, "fi": 0.33, "en": 0.02}
CARRIED = tuple(field.name for field in fields(Draft) if field.name not in {"lead", "replies", "supports", "is_public"})


def stories(count: int, *, seed: int = 2026) -> Iterator[Story]:
    """So many voices in the order they came. Hand-written ones first fill the town; families make up the rest, no two alike."""
    rng = Random(seed)
    drafts = handwritten(rng)
    if count < len(drafts):
        drafts = [draft for draft in drafts if not draft.lead][:count]
    seen = {draft.text for draft in drafts}
    for language, share in SHARES.items():
        have = sum(draft.language == language for draft in drafts)
        wanted = round(count * share) - have if language != "sv" else count - round(count * SHARES["fi"]) - round(count * SHARES["en"]) - have
        drafts += _family_drafts(language, max(0, wanted), seen=seen, rng=rng)
    drafts = drafts[:count] if len(drafts) > count else drafts
    for draft in drafts:
        outcome.complete(draft, rng)
    yield from _in_order(drafts, rng)


def _family_drafts(language: str, wanted: int, *, seen: set[str], rng: Random) -> list[Draft]:
    made: list[Draft] = []
    while len(made) < wanted:
        for draft in compose(language, rng)[: wanted - len(made)]:
            while draft.text in seen:
                number = str(1 + int(rng.random() * 400))
                draft.text += " " + outcome.pick(rng, outcome.phrases(language)["detail"]).replace("{nr}", number)
            seen.add(draft.text)
            made.append(draft)
    return made


def _in_order(drafts: list[Draft], rng: Random) -> Iterator[Story]:
    drafts.sort(key=lambda draft: (draft.given_at, draft.text))
    keys = {id(draft): f"d{number:06d}" for number, draft in enumerate(drafts, start=1)}
    for draft in drafts:
        yield Story(
            key=keys[id(draft)],
            same_as=keys[id(draft.lead)] if draft.lead else "",
            replies=tuple(draft.replies),
            supports=draft.supports or 0,
            is_public=bool(draft.is_public),
            moderation=outcome.moderation(draft),
            contact_number=1 + int(rng.random() * 19000) if draft.contact != "none" else 0,
            **{name: getattr(draft, name) for name in CARRIED},
        )
