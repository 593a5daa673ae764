"""The address of a chart's picture."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dialogi.commons.charts.chart import read_signed
from dialogi.commons.charts.drawing import svg
from dialogi.commons.web import open_to_all

DRAWINGS = {"light", "dark", "narrow-light", "narrow-dark"}
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
@open_to_all("whoever has the signed address has the numbers already")
def picture(request: HttpRequest, signed: str, drawing: str) -> HttpResponse:
    """Draw a chart that we signed; anything else is not there. The address never means another picture."""
    if drawing not in DRAWINGS:
        raise Http404
    try:
        chart = read_signed(signed)
    except BadSignature:
        raise Http404 from None
    response = HttpResponse(svg(chart, drawing), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Security-Policy"] = _POLICY
    return response
