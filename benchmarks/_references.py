"""What Dialogi is compared with, as plain Django on the same server and the same database: no middleware, no frame, no rights."""

from __future__ import annotations

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from benchmarks._installation import ROWS_TABLE
from dialogi.voices.models import Voice

ROWS = 20
LIST = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Voices</title></head><body><main><h1>Voices</h1><ul>
{% for voice in voices %}<li><a href="/sv/voices/{{ voice.pk }}/">{{ voice.text|truncatechars:220 }}</a>
<p>{{ voice.get_kind_display }}, {{ voice.get_state_display }}, <time>{{ voice.arrived_at|date:"j.n.Y H:i" }}</time></p></li>
{% endfor %}</ul></main></body></html>"""


def bare(request: HttpRequest) -> HttpResponse:
    """Answer at once."""
    return HttpResponse("ok", content_type="text/plain", headers={"Content-Length": "2"})


def twenty(request: HttpRequest) -> HttpResponse:
    """One select of twenty rows by an index, and a template."""
    rows = Voice.objects.filter(publication="published").order_by("-arrived_at", "-id")[:ROWS]
    body = _LIST.render(Context({"voices": rows})).encode()
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """One row, written for good."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {ROWS_TABLE} (said_at, words) VALUES (%s, %s)", ["2026-11-22", request.POST.get("text", "")])
    return HttpResponse("ok", content_type="text/plain", headers={"Content-Length": "2"})


_LIST = Template(LIST)
urlpatterns = [path("reference/bare/", bare), path("reference/twenty/", twenty), path("reference/insert/", insert)]
