"""What was drawn beside the public comments: their places, lines and areas."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from dialogi.commons.places import MOST_POINTS
from dialogi.consultations.models import Consultation, Phase
from dialogi.consultations.queries.comments import public_comments
from dialogi.voices.models import Publication, Voice


def placed_voices(consultation: Consultation, *, phase: Phase | None = None) -> QuerySet[Voice]:
    """Return the public comments as voices with their places, newest first."""
    found = Voice.objects.filter(comment__consultation=consultation, publication=Publication.PUBLISHED, latitude__isnull=False)
    return (found if phase is None else found.filter(comment__phase=phase)).select_related("subject").order_by("-id")


def drawn(consultation: Consultation, *, phase: Phase | None = None) -> list[str]:
    """Return the newest lines and areas as geometries: as many as a map can show."""
    found = public_comments(consultation, phase=phase).exclude(geometry="").exclude(geometry__contains='"Point"')
    return list(found.values_list("geometry", flat=True)[:MOST_POINTS])


def features(consultation: Consultation) -> Iterator[dict[str, Any]]:
    """Yield every public comment that has a place as a GeoJSON feature, with its code and words."""
    for comment in public_comments(consultation).filter(voice__latitude__isnull=False).iterator(chunk_size=500):
        voice = comment.voice
        point = {"type": "Point", "coordinates": [voice.longitude, voice.latitude]}
        geometry = json.loads(comment.geometry) if comment.geometry else point
        told = {"code": voice.subject.code, "language": voice.language, "place": voice.place_words, "words": voice.public_words}
        yield {"type": "Feature", "geometry": geometry, "properties": told}
