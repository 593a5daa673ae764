"""Figures for a monitoring system, in the format of Prometheus, at an address that only the operator's network or a token opens."""

import hmac
import ipaddress
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dialogi.commons.limits import address_of
from dialogi.commons.watching.standing import Standing, how_it_stands
from dialogi.commons.watching.troubles import sentences
from dialogi.commons.web import open_to_all

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
OF_PROCESS = re.compile(r"_(\d+)\.db$")


@require_safe
@never_cache
@open_to_all("asks for the operator's network or token by itself, and is not there for others")
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures; 404 to whoever is not the operator's."""
    if not _may_read(request):
        raise Http404
    shown = CollectorRegistry()
    shown.register(OfTheHouse())
    figures = generate_latest(shown)
    requests = CollectorRegistry() if settings.METRICS_FOLDER else REGISTRY
    if settings.METRICS_FOLDER:
        MultiProcessCollector(requests, path=settings.METRICS_FOLDER)
    return HttpResponse(figures + generate_latest(requests), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        scheme, _blank, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme == "Bearer" and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
            return True
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(network) for network in settings.METRICS_NETWORKS)


class OfTheHouse(Collector):
    """What is read from the database and the disk when somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each figure."""
        standing = how_it_stands()
        for name, words, value in _figures(standing):
            yield GaugeMetricFamily(f"dialogi_{name}", words, value=value)
        wrong = GaugeMetricFamily("dialogi_trouble", "What is wrong now, by kind", labels=["kind"])
        for kind in sentences(standing):
            wrong.add_metric([kind.value], 1)
        yield wrong


def _figures(standing: Standing) -> Iterator[tuple[str, str, float]]:
    yield "outbox_waiting", "Happenings that are not carried on yet", standing.outbox_waiting
    yield "outbox_parked", "Happenings that failed too often", standing.outbox_parked
    yield "outbox_oldest_seconds", "How long the oldest of them should have been carried on", standing.outbox_oldest_seconds
    yield "messages_unsent", "E-mails that wait", standing.unsent
    yield "messages_oldest_unsent_seconds", "How long the oldest of them has waited", standing.unsent_oldest_seconds
    yield "messages_failed", "Messages that could not be sent", standing.failed_messages
    yield "jobs_failing", "Jobs that have failed three times or more", standing.failing_jobs
    yield "duties_overdue", "Promises and other duties that are late", standing.duties_overdue
    yield "database_bytes", "Size of the database", standing.database_bytes
    yield "disk_free_bytes", "Free on the disk of the installation", standing.disk_free
    if standing.worker_seen:
        yield "worker_seen_timestamp_seconds", "When a worker last did something", standing.worker_seen.timestamp()
    if standing.backup:
        yield "backup_timestamp_seconds", "When the latest backup was taken", standing.backup.taken_at.timestamp()
        yield "backup_bytes", "Its size", standing.backup.size


def forget_dead_processes() -> None:
    """Delete the counts of processes that are gone: a monitoring system takes it for a new start."""
    for path in Path(settings.METRICS_FOLDER).glob("*.db") if settings.METRICS_FOLDER else ():
        found = OF_PROCESS.search(path.name)
        if found and not _lives(int(found[1])):
            with suppress(FileNotFoundError):
                path.unlink()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
