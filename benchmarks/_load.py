"""A small generator of load: some connections that stay open, each asking as soon as it has its answer.

It shares the machine with the server that it measures, so it does as little as it can for each answer.
"""

from __future__ import annotations

import gzip
import selectors
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

CONNECTIONS = 8
PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """An HTTP answer as it came over the wire."""

    head: bytes
    raw: bytes

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.head[9:12])

    @cached_property
    def headers(self) -> dict[str, list[str]]:
        """The headers, by their names in small letters."""
        found: dict[str, list[str]] = {}
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            name, _, value = line.partition(":")
            found.setdefault(name.strip().lower(), []).append(value.strip())
        return found

    @property
    def text(self) -> str:
        """The body as it was before it was compressed."""
        return (gzip.decompress(self.raw) if self.headers.get("content-encoding") == ["gzip"] else self.raw).decode()


Good = Callable[[Answer], bool]


@dataclass(frozen=True)
class Load:
    """What a load came to: how many answers, in how long, and how long each took; in seconds."""

    seconds: float
    times: list[float]
    failed: int

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.times) / self.seconds


def get(path: str, **headers: str) -> bytes:
    """A GET as it goes over the wire."""
    return _head(f"GET {path}", {"Accept-Encoding": "gzip"} | headers)


def post(path: str, fields: Mapping[str, str], **headers: str) -> bytes:
    """A POST of a form as it goes over the wire."""
    body = urlencode(fields).encode()
    return _head(f"POST {path}", {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))} | headers) + body


def _head(request: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"{request} HTTP/1.1", "Host: localhost", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class _Connection:
    """One connection that stays open and has one question under way."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got = b""
        self._end = -1

    def fileno(self) -> int:
        """For the selector."""
        return self.socket.fileno()

    def ask(self, wire: bytes) -> None:
        """Send a question."""
        self._got, self._end, self._head = b"", -1, -1
        self.begun = time.perf_counter()
        self.socket.sendall(wire)

    def read(self) -> Answer | None:
        """Take what has come; return the answer when it is whole."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server closed the connection")
        self._got = self._got + part if self._got else part
        if self._end < 0:
            self._look_for_the_end()
        if self._end < 0 or len(self._got) < self._end:
            return None
        return Answer(self._got[: self._head], self._got[self._head + 4 : self._end])

    def _look_for_the_end(self) -> None:
        self._head = self._got.find(b"\r\n\r\n")
        if self._head < 0:
            return
        head = self._got[: self._head].lower()
        begins = head.find(b"\r\ncontent-length:")
        if begins < 0:
            raise ConnectionError(f"an answer without its length: {head.decode('latin-1')}")
        self._end = self._head + 4 + int(head[begins + 17 :].split(b"\r\n", 1)[0])

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


def ask(port: int, wire: bytes) -> Answer:
    """One question, one answer."""
    connection = _Connection(port)
    try:
        connection.ask(wire)
        while (answer := connection.read()) is None:
            pass
        return answer
    finally:
        connection.close()


def load(port: int, wires: Iterator[bytes], *, good: Good, seconds: float, connections: int = CONNECTIONS) -> Load:
    """Ask what `wires` yields over so many connections until the time has passed, and wait for the last answers."""
    times: list[float] = []
    failed = 0
    with selectors.DefaultSelector() as selector:
        callers = [_Connection(port) for _ in range(connections)]
        begun = time.perf_counter()
        for caller in callers:
            selector.register(caller, selectors.EVENT_READ, caller)
            caller.ask(next(wires))
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                raise SystemExit(f"the server did not answer within {PATIENCE:.0f} s")
            for key, _ in ready:
                caller = key.data
                answer = caller.read()
                if answer is None:
                    continue
                now = time.perf_counter()
                times.append(now - caller.begun)
                failed += not good(answer)
                if now - begun < seconds:
                    caller.ask(next(wires))
                else:
                    selector.unregister(caller)
                    caller.close()
        took = time.perf_counter() - begun
    return Load(took, times, failed)
