"""The operator is told once of each trouble and once of its end, sees how things stand, and reads figures that nobody else reads."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from dialogi.commons import clock, outbox
from dialogi.commons.models import BackupTaken, Delivery, OutboxMessage, ScheduledJob, Trouble
from dialogi.commons.models.watching import TroubleKind
from dialogi.commons.watching import standing
from dialogi.commons.watching.metrics import forget_dead_processes
from dialogi.commons.watching.requests import Counted
from dialogi.commons.watching.standing import how_it_stands
from dialogi.commons.watching.troubles import look_after, sentences
from dialogi.testing import Cast, Town, days_later
from dialogi.voices.actions import ContactDetails
from dialogi.voices.tests import factories

pytestmark = pytest.mark.django_db
FIGURE = re.compile(r"^(dialogi_\w+)(?:\{[^}]*\})? ([\d.e+-]+)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def operator(settings: Any) -> None:
    settings.OPERATOR_ADDRESSES, settings.OPERATOR_LANGUAGE = ["operator@town.example"], "sv"
    settings.BACKUP_HOURS = 26


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing is wrong."""
    BackupTaken.objects.create(name="dialogi.zip", size=1, rows=1, files=1)
    ScheduledJob.objects.create(name="commons.look_after", last_run_at=clock.now())
    free(monkeypatch, 0.5)


def free(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    usage = type("Usage", (), {"total": 10**11, "free": int(share * 10**11)})
    monkeypatch.setattr(standing.shutil, "disk_usage", lambda path: usage)


def wrong() -> set[TroubleKind]:
    return set(sentences(how_it_stands()))


@pytest.mark.usefixtures("well")
def test_a_machine_that_is_well_has_no_trouble() -> None:
    assert wrong() == set()
    assert look_after() == {}
    assert mail.outbox == []


def test_a_new_machine_without_worker_and_backup_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 0.5)
    assert wrong() == {TroubleKind.WORKER, TroubleKind.BACKUP}


@pytest.mark.usefixtures("well")
def test_each_trouble_is_seen(town: Town, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    with days_later(0.02):
        assert wrong() == {TroubleKind.WORKER}
    ScheduledJob.objects.create(name="voices.remind", attempts=3, error="X", last_run_at=clock.now())
    assert wrong() == {TroubleKind.JOBS}
    ScheduledJob.objects.filter(name="voices.remind").delete()
    factories.given(contact=ContactDetails(email="rea@town.example"))
    OutboxMessage.objects.update(attempts=outbox.MOST_ATTEMPTS)
    assert wrong() == {TroubleKind.QUEUE}
    OutboxMessage.objects.update(attempts=0, available_at=clock.now() - timedelta(hours=1))
    assert wrong() == {TroubleKind.QUEUE}
    outbox.drain()
    Delivery.objects.update(created_at=clock.now() - timedelta(hours=1))
    assert wrong() == {TroubleKind.MAIL}
    Delivery.objects.update(state="sent")
    free(monkeypatch, 0.04)
    assert wrong() == {TroubleKind.DISK}
    free(monkeypatch, 0.5)
    BackupTaken.objects.update(taken_at=clock.now() - timedelta(hours=27))
    assert wrong() == {TroubleKind.BACKUP}
    settings.BACKUP_HOURS = 0
    assert wrong() == set()


@pytest.mark.usefixtures("well")
def test_the_operator_is_told_once_and_once_when_it_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 0.01)
    for _again in range(3):
        look_after()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [(["operator@town.example"], "Dialogi: Fel: Disken är nästan full")]
    assert "1000 MB" in mail.outbox[0].body
    assert "/sv/desk/machinery/" in mail.outbox[0].body
    free(monkeypatch, 0.5)
    for _again in range(3):
        look_after()
    assert [letter.subject for letter in mail.outbox[1:]] == ["Dialogi: Åtgärdat: Disken är nästan full"]
    free(monkeypatch, 0.01)
    look_after()
    assert len(mail.outbox) == 3, "a new trouble is told again"
    assert Trouble.objects.count() == 2


@pytest.mark.usefixtures("well")
def test_while_the_mail_server_is_away_the_trouble_waits_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 0.01)

    def away(*args: object, **options: object) -> int:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        look_after()
    assert Trouble.objects.get().told_at is None
    look_after()
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("well")
def test_without_an_address_nobody_is_told_and_the_command_still_says_it(monkeypatch: pytest.MonkeyPatch, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.OPERATOR_ADDRESSES = []
    call_command("look_after")
    assert "All is well" in capsys.readouterr().out
    free(monkeypatch, 0.01)
    with pytest.raises(CommandError, match="1 troubles"):
        call_command("look_after")
    assert "disk" in capsys.readouterr().err
    assert mail.outbox == []


def test_the_administrator_sees_how_things_stand_and_nobody_else(cast: Cast, client: Client, client_for: Callable[..., Client]) -> None:
    ScheduledJob.objects.create(name="voices.remind", attempts=3, error="KeyError in dialogi.voices.telling.remind:12")
    failed = Delivery.objects.create(channel="email", receiver="kanarie@brev.example", receiver_key="x", language="sv", heading="Kanarieord", body="b", message_id="1", state="failed", error="SMTPRecipientsRefused 550")
    for language, words in (("sv", "Så står det till med maskineriet"), ("fi", "Koneiston tila"), ("en", "How the machinery stands")):
        body = client_for(cast.administrator).get(f"/{language}/desk/machinery/").content.decode()
        assert words in body
        assert "KeyError in dialogi.voices" in body
        assert "SMTPRecipientsRefused 550" in body
        assert str(failed.pk) in body
        assert "kanarie" not in body.casefold()
    for name in ("resident", "handler", "registrar", "communications", "official"):
        assert client_for(getattr(cast, name)).get("/sv/desk/machinery/").status_code == 403
        assert client_for(getattr(cast, name)).post("/sv/desk/machinery/retry/").status_code == 403
    assert client.get("/sv/desk/machinery/").status_code == 403


def test_what_failed_tries_again_when_the_administrator_says_so(cast: Cast, client_for: Callable[..., Client]) -> None:
    factories.given()
    OutboxMessage.objects.update(attempts=outbox.MOST_ATTEMPTS)
    Delivery.objects.create(channel="email", receiver="a@b.example", receiver_key="x", language="sv", heading="h", body="b", message_id="1", state="failed", attempts=9)
    client_for(cast.handler).post("/sv/desk/machinery/retry/")
    assert outbox.parked().exists()
    answer = client_for(cast.administrator).post("/sv/desk/machinery/retry/", follow=True)
    assert "försöker igen" in answer.content.decode()
    assert not outbox.parked().exists()
    assert Delivery.objects.get().state == "waiting"


def test_figures_are_read_with_the_token_or_from_the_network_and_by_nobody_else(town: Town, client: Client, settings: Any) -> None:
    address = "/health/metrics"
    assert client.get(address).status_code == 404
    settings.METRICS_TOKEN = "a-token-of-the-operator"
    assert client.get(address).status_code == 404
    for given in ("Bearer wrong", "Bearer ", "Basic a-token-of-the-operator", "a-token-of-the-operator", "Bearer å"):
        assert client.get(address, headers={"authorization": given}).status_code == 404
    answer = client.get(address, headers={"authorization": "Bearer a-token-of-the-operator"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = "", ["192.0.2.0/24"]
    assert client.get(address, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert client.get(address, REMOTE_ADDR="198.51.100.9").status_code == 404
    assert client.get(address, REMOTE_ADDR="198.51.100.9", headers={"x-forwarded-for": "192.0.2.9"}).status_code == 404


def test_the_figures_are_those_of_the_house(town: Town, client: Client, settings: Any, well: None) -> None:
    settings.METRICS_NETWORKS = ["127.0.0.0/8"]
    factories.given(contact=ContactDetails(email="rea@town.example"))
    OutboxMessage.objects.update(attempts=outbox.MOST_ATTEMPTS)
    found = {name: float(value) for name, value in FIGURE.findall(client.get("/health/metrics").content.decode())}
    assert found["dialogi_outbox_parked"] == OutboxMessage.objects.count()
    assert found["dialogi_disk_free_bytes"] == 0.5 * 10**11
    assert found["dialogi_backup_timestamp_seconds"] == pytest.approx(clock.now().timestamp(), abs=60)
    assert found["dialogi_database_bytes"] > 0
    assert found["dialogi_trouble"] == 1


def test_requests_are_counted_by_view_and_status_and_not_by_address(client: Client, settings: Any) -> None:
    settings.METRICS_NETWORKS = ["127.0.0.0/8"]

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        environ["HOUSE_VIEW"] = "voices:voice"
        start("404 Not Found", [])
        return [b""]

    Counted(application)({"REQUEST_METHOD": "GET", "PATH_INFO": "/sv/voices/KANARIE/"}, lambda *given: None)
    Counted(application)({"REQUEST_METHOD": "KANARIE"}, lambda *given: None)
    told = client.get("/health/metrics").content.decode()
    assert 'dialogi_requests_total{method="GET",status="404",view="voices:voice"} 1.0' in told
    assert 'method="other"' in told
    assert "KANARIE" not in told


def test_counts_of_processes_that_are_gone_are_deleted(tmp_path: Path, settings: Any) -> None:
    import os

    settings.METRICS_FOLDER = str(tmp_path)
    for process in (os.getpid(), 999_999_999):
        (tmp_path / f"counter_{process}.db").write_bytes(b"")
    forget_dead_processes()
    assert [path.name for path in tmp_path.iterdir()] == [f"counter_{os.getpid()}.db"]
