"""Texts that are alike: the rarest runs of letters find candidates in the database, the candidates' own texts are then compared with care."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import SearchEntry, Subject
from dialogi.commons.search import grams
from dialogi.commons.search.searching import of_entry
from dialogi.commons.search.tables import ENTRY, GRAMS

SAMPLE = 5_000
MAX_RUNS = 40
MAX_TOUCHED = 6_000
CANDIDATES = 30
LEAST = 0.10
NEAR_METRES = 300.0
FRESH_DAYS = 120.0
EARTH_METRES = 6_371_000.0


@dataclass(frozen=True, slots=True)
class Similar:
    """A Subject whose text is like another text: why, and how much (0 to 1)."""

    subject_id: int
    score: float
    words: float
    metres: float | None
    days: float


def similar(
    text: str,
    *,
    language: str | None = None,
    actor: Actor,
    kinds: Collection[str],
    near: tuple[float, float] | None = None,
    without: int | None = None,
    limit: int = 5,
) -> list[Similar]:
    """Return the Subjects whose texts are most alike, of what the actor may see, best first; `near` is (latitude, longitude).

    Likeness of words decides; nearness and freshness lift it. `without` leaves out one Subject (the text's own).
    """
    weights = grams.current()
    runs = _runs(text, weights)
    if not runs:
        return []
    visible = Subject.objects.visible_to(actor).filter(kind__in=list(kinds)).exclude(pk=without or 0).order_by()
    entries = SearchEntry.objects.select_related("subject").defer("terms", "grams").in_bulk(_candidates(runs, visible, language))
    ours = _vector(text, weights)
    found: dict[int, Similar] = {}
    for entry in entries.values():
        alike = _compare(ours, entry, near, weights)
        if alike.words >= LEAST and alike.score > found.get(entry.subject_id, _NOTHING).score:
            found[entry.subject_id] = alike
    return sorted(found.values(), key=lambda alike: (-alike.score, -alike.subject_id))[:limit]


def likenesses(text: str, others: Sequence[str]) -> list[float]:
    """Return how alike each of some short texts is to a text (0 to 1), for texts that are no Subjects' own; makes one query at most."""
    weights = grams.current()
    ours = _vector(text, weights)
    return [min(1.0, sum(value * ours.get(bucket, 0.0) for bucket, value in _vector(other, weights).items())) for other in others]


_NOTHING = Similar(0, -1.0, 0.0, None, 0.0)


def refresh_weights() -> int:
    """Count again how rare each run of letters is among the newest texts; returns how many were counted. A job for the night."""
    newest = SearchEntry.objects.order_by("-id").values_list("title", "body")[:SAMPLE]
    weights = grams.count(f"{title} {body}" for title, body in newest.iterator(chunk_size=500))
    grams.keep(weights)
    return weights.texts


def _runs(text: str, weights: grams.Weights) -> list[tuple[int, float]]:
    """Return the rarest runs with their weights, as many as touch at most MAX_TOUCHED texts, but eight at least."""
    texts = SearchEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    rarest = sorted(grams.of(text, (grams.INDEXED_LENGTH,)), key=lambda bucket: (-weights[bucket], bucket))[:MAX_RUNS]
    chosen: list[tuple[int, float]] = []
    touched = 0.0
    for bucket in rarest:
        touched += weights.expected(bucket, texts) if weights.texts else 0
        if len(chosen) >= 8 and touched > MAX_TOUCHED:
            break
        chosen.append((bucket, weights[bucket] ** 2))
    return chosen


def _candidates(runs: Sequence[tuple[int, float]], visible: QuerySet[Subject], language: str | None) -> list[int]:
    if connection.vendor == "sqlite":
        part = f"SELECT rowid AS id, %s AS weight FROM {GRAMS} WHERE {GRAMS} MATCH %s"  # noqa: S608 our own tables
        values: list[Any] = [value for bucket, weight in runs for value in (weight, f'"{grams.name(bucket)}"')]
    else:
        part = f"SELECT id, %s::float AS weight FROM {ENTRY} WHERE string_to_array(grams, ' ') @> ARRAY[%s]"  # noqa: S608
        values = [value for bucket, weight in runs for value in (weight, grams.name(bucket))]
    subjects, narrowing = of_entry(visible)
    sql = f"""
        SELECT entry.id FROM (SELECT id, SUM(weight) AS weight FROM ({" UNION ALL ".join([part] * len(runs))}) run GROUP BY id) matched
        JOIN {ENTRY} entry ON entry.id = matched.id
        WHERE EXISTS ({subjects}) {"AND entry.language = %s" if language else ""}
        ORDER BY matched.weight DESC, entry.id DESC LIMIT %s"""  # noqa: S608 every word from outside is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *narrowing, *([language] if language else []), CANDIDATES])
        return [row[0] for row in cursor.fetchall()]


def _vector(text: str, weights: grams.Weights) -> dict[int, float]:
    raw = {bucket: (1 + math.log(times)) * weights[bucket] for bucket, times in grams.of(text).items()}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {bucket: value / length for bucket, value in raw.items()}


def _compare(ours: dict[int, float], entry: SearchEntry, near: tuple[float, float] | None, weights: grams.Weights) -> Similar:
    theirs = _vector(f"{entry.title} {entry.body}", weights)
    likeness = min(1.0, sum(value * ours.get(bucket, 0.0) for bucket, value in theirs.items()))
    distance = _metres(near, entry.subject)
    age = _days(entry.subject.created_at)
    nearness = 0.0 if distance is None else math.exp(-distance / NEAR_METRES)
    freshness = math.exp(-age / FRESH_DAYS)
    score = likeness * (0.75 + 0.15 * nearness + 0.10 * freshness) if near else likeness * (0.9 + 0.1 * freshness)
    return Similar(entry.subject_id, round(score, 4), round(likeness, 4), distance, round(age, 1))


def _metres(near: tuple[float, float] | None, subject: Subject) -> float | None:
    if near is None or subject.latitude is None or subject.longitude is None:
        return None
    north = math.radians(subject.latitude - near[0])
    east = math.radians(subject.longitude - near[1]) * math.cos(math.radians(near[0]))
    return round(EARTH_METRES * math.hypot(north, east), 1)


def _days(since: datetime) -> float:
    return max(0.0, (clock.now() - since).total_seconds() / 86_400)
