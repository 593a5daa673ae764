"""Processes count together, and a cache that is away costs time, never a page."""

import os
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory
from pytest_django import Settings

from dialogi.commons import cache_server, caching
from dialogi.commons.cache_server import ServerCache
from dialogi.commons.caching import FileCache
from dialogi.commons.limits import Limit, TooMany, check
from dialogi.testing import Cast, Town

ROOT = Path(__file__).resolve().parents[3]
COUNT = """
import sys
from dialogi.commons.caching import FileCache
cache = FileCache(sys.argv[1], {})
for _ in range(400):
    cache.add("shared", 0, 60)
    cache.incr("shared")
"""


@pytest.fixture
def file(tmp_path: Path) -> FileCache:
    return FileCache(str(tmp_path / "cache.sqlite3"), {})


def test_what_is_kept_comes_back_until_its_time_is_up(file: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    file.set("words", {"å": [1, 2]}, 60)
    file.set("truth", True, None)
    assert (file.get("words"), file.get("truth"), file.get("nothing", 7)) == ({"å": [1, 2]}, True, 7)
    assert not file.add("words", "others", 60)
    assert file.touch("words", 600)
    now = caching.time.time()
    monkeypatch.setattr(caching.time, "time", lambda: now + 601)
    assert file.get("words") is None
    assert not file.touch("words", 60)
    assert file.add("words", "others", 60)
    assert file.get("truth") is True
    assert file.delete("truth")
    assert not file.delete("truth")
    file.clear()
    assert file.get("words") is None


def test_a_count_needs_a_beginning(file: FileCache) -> None:
    with pytest.raises(ValueError, match="not counted"):
        file.incr("times")
    file.add("times", 0, 60)
    assert [file.incr("times"), file.incr("times", 3), file.decr("times")] == [1, 4, 3]
    file.set("words", "no number", 60)
    with pytest.raises(ValueError, match="not counted"):
        file.incr("words")


def test_processes_count_together_and_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "cache.sqlite3")
    running = [subprocess.Popen([sys.executable, "-c", COUNT, path], cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert FileCache(path, {}).get("shared") == 1200


def test_a_limit_is_one_limit_for_every_process(settings: Settings) -> None:
    """Another process's instance lies on the same file, as with two web workers."""
    ours = caches["default"]
    assert isinstance(ours, FileCache)
    limit, request = Limit("two workers", 4, 3600), RequestFactory(REMOTE_ADDR="192.0.2.44").get("/")
    check(limit, request=request)
    other = FileCache(settings.CACHES["default"]["LOCATION"], {})
    [key] = [row[0] for row in other._opened().execute("SELECT key FROM kept WHERE key LIKE '%two-workers%'")]
    for _ in range(3):
        other.incr(key.removeprefix(":1:"))
    with pytest.raises(TooMany):
        check(limit, request=request)


def test_the_file_is_its_owners_alone_and_stays_small(file: FileCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = FileCache(str(tmp_path / "small.sqlite3"), {"max_entries": 50})
    monkeypatch.setattr(caching, "CLEANED_EVERY", 10)
    for number in range(200):
        small.set(f"key {number}".replace(" ", "-"), number, 600)
    assert small.get("key-199") == 199
    assert small.get("key-0") is None
    assert small._opened().execute("SELECT count(*) FROM kept").fetchone()[0] <= 60
    assert os.stat(tmp_path / "small.sqlite3").st_mode & 0o077 == 0


def test_a_broken_file_is_made_anew_and_the_fault_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(b"this is no database, but long enough to be taken for one" * 100)
    broken = FileCache(str(path), {})
    assert broken.get("x") is None
    broken.set("x", 1, 60)
    assert broken.get("x") == 1
    assert "made anew" in caplog.text


def test_where_nothing_can_be_kept_nothing_is_found_and_nothing_breaks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    nowhere = FileCache(str(tmp_path), {})  # a folder
    nowhere._opened_by = -1
    path = tmp_path / "not" / "there.sqlite3"
    gone = FileCache(str(path), {})
    for cache in (nowhere, gone):
        cache.set("x", 1, 60)
        assert cache.get("x") is None
        assert not cache.add("x", 1, 60)
    assert "could not be used" in caplog.text


# A server


class Answers(socketserver.StreamRequestHandler):
    """As much of the protocol of Redis as Django speaks; `shared` is what the server keeps."""

    shared: dict[bytes, bytes]

    def handle(self) -> None:
        while head := self.rfile.readline():
            parts = []
            for _ in range(int(head[1:])):
                length = int(self.rfile.readline()[1:])
                parts.append(self.rfile.read(length + 2)[:-2])
            self.wfile.write(self.answer(parts[0].upper(), parts[1:]))

    def answer(self, command: bytes, rest: list[bytes]) -> bytes:
        kept = self.shared
        if command == b"HELLO":
            return b"%1\r\n$5\r\nproto\r\n:3\r\n"
        if command == b"SET":
            if b"NX" in rest and rest[0] in kept:
                return b"_\r\n"
            kept[rest[0]] = rest[1]
            return b"+OK\r\n"
        if command == b"GET":
            return b"$%d\r\n%b\r\n" % (len(kept[rest[0]]), kept[rest[0]]) if rest[0] in kept else b"_\r\n"
        if command == b"EXISTS":
            return b":%d\r\n" % (rest[0] in kept)
        if command == b"INCRBY":
            kept[rest[0]] = b"%d" % (int(kept[rest[0]]) + int(rest[1]))
            return b":%b\r\n" % kept[rest[0]]
        if command == b"DEL":
            return b":%d\r\n" % (kept.pop(rest[0], None) is not None)
        return b"+OK\r\n"


@pytest.fixture
def server() -> Iterator[Callable[[int], tuple[socketserver.ThreadingTCPServer, str]]]:
    """Start a server on a port (0: any that is free)."""
    running = []

    def start(port: int = 0) -> tuple[socketserver.ThreadingTCPServer, str]:
        handler = type("Handler", (Answers,), {"shared": {}})
        socketserver.ThreadingTCPServer.allow_reuse_address = True
        made = socketserver.ThreadingTCPServer(("127.0.0.1", port), handler)
        made.daemon_threads, made.block_on_close = True, False
        threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
        running.append(made)
        return made, f"redis://127.0.0.1:{made.server_address[1]}/0"

    yield start
    for made in running:
        made.shutdown()
        made.server_close()


def silent_port() -> tuple[socket.socket, str]:
    """A server that takes connections and says nothing."""
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


def with_spare(address: str, tmp_path: Path) -> ServerCache:
    return ServerCache(address, {"OPTIONS": {"spare": "file", "spare_location": str(tmp_path / "spare.sqlite3")}})


@pytest.fixture(autouse=True)
def _nobody_is_away() -> Iterator[None]:
    cache_server._away.clear()
    yield
    cache_server._away.clear()


def test_a_server_that_answers_is_asked_and_its_spare_is_not(server: Callable[..., tuple[object, str]], tmp_path: Path) -> None:
    _made, address = server()
    cache = with_spare(address, tmp_path)
    cache.set("words", ["å"], 60)
    assert cache.add("times", 0, 60)
    assert not cache.add("times", 0, 60)
    assert [cache.incr("times"), cache.incr("times"), cache.get("words"), cache.delete("words"), cache.get("words")] == [1, 2, ["å"], True, None]
    assert cache.spare.get("times") is None
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")


def test_while_the_server_is_away_the_spare_counts_and_afterwards_the_server_again(
    server: Callable[..., tuple[socketserver.ThreadingTCPServer, str]], tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = closed_port()
    cache = with_spare(address, tmp_path)
    assert cache.add("times", 0, 60)
    assert [cache.incr("times"), cache.incr("times")] == [1, 2]
    assert caplog.text.count("does not answer") == 1, "said once, and then left alone for some seconds"
    server(int(address.rsplit(":", 1)[1].removesuffix("/0")))
    assert cache.get("times") == 2
    now = caching.time.monotonic()
    monkeypatch.setattr(caching.time, "monotonic", lambda: now + cache_server.AWAY_SECONDS + 1)
    assert cache.get("times") is None, "the server never heard of it"


def test_a_silent_server_does_not_hold_up_a_page(tmp_path: Path) -> None:
    listening, address = silent_port()
    with listening:
        cache = with_spare(address, tmp_path)
        begun = caching.time.monotonic()
        for number in range(20):
            cache.set(f"key-{number}", 1, 60)
        assert caching.time.monotonic() - begun < 3


@pytest.mark.django_db
def test_pages_are_made_anew_and_limits_still_hold_while_the_server_is_away(
    settings: Settings, town: Town, cast: Cast, tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = {"BACKEND": "dialogi.commons.cache_server.ServerCache", "LOCATION": closed_port()}
    settings.PUBLIC_DOOR = True
    settings.CACHES = {
        "default": {**backend, "OPTIONS": {"spare": "file", "spare_location": str(tmp_path / "spare.sqlite3")}},
        "pages": backend,
    }
    for path in ("/sv/", "/sv/voices/", "/sv/statistics/", town.snow.subject.url_in("sv")):
        for _ in range(2):
            assert client.get(path).status_code == 200, path
    monkeypatch.setattr("dialogi.commons.pages.FOLLOWING", Limit("tests away", 2, 3600))
    code = town.smedsby.subject.code
    answers = [client.post(f"/sv/follow/{code}/", {"email": "rea@town.example"}).status_code for _ in range(3)]
    assert answers[-1] == 429
    assert 429 not in answers[:2]


def test_a_spare_that_nobody_knows_is_refused_at_the_start() -> None:
    with pytest.raises(Exception, match="no spare"):
        ServerCache("redis://127.0.0.1:1/0", {"OPTIONS": {"spare": "wheel"}})
