"""Where a clerk begins who answers for somebody else: everything that people can take part in now, or could lately."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.consultations.queries.desk import phases_to_record
from dialogi.consultations.rules import RECORD_FOR_OTHER


@require_GET
@needs(RECORD_FOR_OTHER)
def recording(request: DialogiRequest) -> HttpResponse:
    """List the phases for which something can be typed in."""
    return page(request, "consultations/recording.html", phases=phases_to_record())
