"""Is the house well? For load balancers and watchmen; says nothing about anybody."""

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from dialogi.commons import outbox
from dialogi.commons.models import ScheduledJob
from dialogi.commons.web import open_to_all

LATE_SECONDS = 900
LEAST_FREE_BYTES = 200_000_000


@dataclass(slots=True)
class _Seen:
    """Applied migrations stay applied while a process lives."""

    migrations: bool = False


_seen = _Seen()


@require_safe
@open_to_all("says only that the process answers")
def live(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives, whatever has happened to the database."""
    return JsonResponse({"live": True})


@require_safe
@open_to_all("says how the machinery is, nothing about anybody")
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when pages can be served, else 503.

    A late queue or a disk nearly full is told but is no reason to take a server out of service: pages can still be read.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated = _migrated()
        age = outbox.oldest_waiting_seconds() if migrated else 0
        failing = ScheduledJob.objects.exclude(error="").count() if migrated else 0
        parked = outbox.parked().count() if migrated else 0
    except (DatabaseError, InterfaceError):
        return JsonResponse({"ready": False, "database": "away"}, status=503)
    told = {
        "ready": migrated,
        "database": "ok",
        "migrations": "ok" if migrated else "missing",
        "queue": {"state": "late" if age > LATE_SECONDS else "ok", "oldest_seconds": age, "parked": parked, "failing_jobs": failing},
        "disk": "ok" if shutil.disk_usage(settings.HOME).free > LEAST_FREE_BYTES else "low",
    }
    return JsonResponse(told, status=200 if migrated else 503)


def _migrated() -> bool:
    if not _seen.migrations:
        executor = MigrationExecutor(connection)
        _seen.migrations = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _seen.migrations
