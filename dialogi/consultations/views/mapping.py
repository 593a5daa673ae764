"""The comments on a map: their places for the map that moves, and the same as a still picture."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dialogi.commons.places import places_answer, places_picture
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, needs
from dialogi.consultations.models import Consultation, Phase
from dialogi.consultations.queries import mapping as reads
from dialogi.consultations.rules import READ
from dialogi.voices.models import Voice

OF_COMMENTS = of_kinds("consultations.*", "voices.voice.*")


def _phase(request: HttpRequest, consultation: Consultation) -> Phase | None:
    wanted = request.GET.get("phase", "")
    return next((one for one in consultation.phases.all() if str(one.pk) == wanted), None)


@require_GET
@needs(READ, Consultation)
@public_page(OF_COMMENTS)
def comment_places(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Return the places, lines and areas of the public comments."""

    def properties(voice: Voice) -> dict[str, Any]:
        return {"title": str(voice.subject.title), "href": voice.get_absolute_url(), "lang": voice.language}

    phase = _phase(request, consultation)
    voices = reads.placed_voices(consultation, phase=phase)
    return places_answer(request, voices, properties=properties, drawn=reads.drawn(consultation, phase=phase))


@require_GET
@needs(READ, Consultation)
@public_page(OF_COMMENTS)
def comment_map(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Return the same as a still picture."""
    phase = _phase(request, consultation)
    return places_picture(reads.placed_voices(consultation, phase=phase), drawn=reads.drawn(consultation, phase=phase))
