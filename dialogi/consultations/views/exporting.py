"""Taking away: the public tables, and the full record for those with the right."""

import json
from typing import Any, cast

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dialogi.commons.limits import Limit, check
from dialogi.commons.web import DialogiRequest, needs
from dialogi.consultations import actions
from dialogi.consultations.exports import CSV, EXPORTS, GEOJSON, JSON, XLSX, as_csv, as_geojson, as_json, as_xlsx, full_record
from dialogi.consultations.models import Consultation, State
from dialogi.consultations.rules import READ, TAKE_OUT

EXPORTING = Limit("export_consultation", 60, 3600)


@require_GET
@needs(READ, Consultation)
def export(request: DialogiRequest, consultation: Consultation, slug: str, ending: str) -> HttpResponse:
    """Return one table without personal data."""
    wanted = EXPORTS.get(slug)
    if wanted is None or consultation.state == State.DRAFT:
        raise Http404
    check(EXPORTING, actor=request.actor, request=request)
    response: Any
    if ending == "csv":
        response = StreamingHttpResponse(as_csv(wanted, consultation), content_type=CSV)
    elif ending == "json":
        response = StreamingHttpResponse(as_json(wanted, consultation), content_type=JSON)
    elif ending == "xlsx":
        response = HttpResponse(as_xlsx(wanted, consultation), content_type=XLSX)
    elif (slug, ending) == ("comments", "geojson"):
        response = StreamingHttpResponse(as_geojson(consultation), content_type=GEOJSON)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{consultation.subject.code}-{slug}.{ending}"'
    return cast(HttpResponse, response)


@never_cache
@require_POST
@needs(TAKE_OUT, Consultation)
def take_out(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Return the full record with personal data; that it was taken out is written down first."""
    actions.note_taking_out(consultation, by=request.actor)
    response = HttpResponse(json.dumps(full_record(consultation), ensure_ascii=False, indent=1), content_type=JSON)
    response["Content-Disposition"] = f'attachment; filename="{consultation.subject.code}-record.json"'
    return response
