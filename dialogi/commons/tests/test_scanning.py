"""The virus scanner: what it finds is refused, and when it is silent nothing is shown until it has spoken."""

import socket
import threading

import pytest
from django.core.exceptions import ValidationError

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.attachments import attach, prepare_upload
from dialogi.commons.attachments.scanning import scan
from dialogi.commons.attachments.storing import scan_waiting
from dialogi.commons.models import Attachment, Audience, Subject
from dialogi.commons.models.attachments import ScanState
from dialogi.commons.tests import files

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """Speaks clamd's INSTREAM to one caller after another."""

    def __init__(self, line):
        self.line, self.heard, self.answer = line, b"", None
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                caller, _address = self.line.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as words:
                assert words.read(10) == b"zINSTREAM\x00"
                body = b""
                while size := int.from_bytes(words.read(4)):
                    body += words.read(size)
                self.heard = body
                caller.sendall(self.answer or (b"stream: Eicar-Test-Signature FOUND\x00" if EICAR in body else b"stream: OK\x00"))


@pytest.fixture
def scanner(settings, tmp_path):
    path = str(tmp_path / "clamd.sock")
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.bind(path)
    line.listen()
    settings.CLAMD_SOCKET = path
    yield Scanner(line)
    line.close()


def test_without_a_scanner_nothing_waits(settings):
    settings.CLAMD_SOCKET = ""
    assert scan(EICAR) is ScanState.UNSCANNED


def test_a_clean_file_is_clean_and_heard_whole(scanner):
    data = b"a" * 300_000
    assert scan(data) is ScanState.CLEAN
    assert scanner.heard == data


@pytest.mark.usefixtures("scanner")
def test_what_the_scanner_finds_is_refused():
    with pytest.raises(ValidationError, match="EICAR"):
        prepare_upload(files.sent(EICAR, "EICAR.txt"))
    assert prepare_upload(files.sent(b"hej", "x.txt")).scan is ScanState.CLEAN


def test_a_scanner_on_the_network_is_asked_too(settings):
    line = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_SOCKET = f"127.0.0.1:{line.getsockname()[1]}"
    Scanner(line)
    assert scan(EICAR) is ScanState.INFECTED
    line.close()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\x00", b"\x00", b"nonsense"])
def test_an_unclear_answer_is_no_answer(scanner, answer):
    scanner.answer = answer
    assert scan(b"x") is ScanState.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize(("data", "state"), [(b"hej", ScanState.CLEAN), (EICAR, ScanState.INFECTED)])
def test_a_silent_scanner_means_quarantine_until_it_answers(scanner, settings, tmp_path, data, state):
    settings.MEDIA_ROOT = str(tmp_path / "files")
    working, settings.CLAMD_SOCKET = settings.CLAMD_SOCKET, str(tmp_path / "nobody.sock")
    prepared = prepare_upload(files.sent(data, "x.txt"))
    assert prepared.scan is ScanState.WAITING
    page = Subject.objects.create(kind="test.page", code="X", address="/x/", audience=Audience.PUBLIC)
    attachment = attach(prepared, owner=page, by=ANONYMOUS)
    assert not Attachment.objects.visible_to(ANONYMOUS).exists()
    assert scan_waiting() == 0
    settings.CLAMD_SOCKET = working
    assert scan_waiting() == 1
    attachment.refresh_from_db()
    assert attachment.scan == state
    assert Attachment.objects.visible_to(ANONYMOUS).exists() == (state is ScanState.CLEAN)
    assert any(path.is_file() for path in (tmp_path / "files").rglob("*")) == (state is ScanState.CLEAN)


def test_without_quarantine_a_silent_scanner_would_let_everything_through(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    assert scan(EICAR) is not ScanState.CLEAN
