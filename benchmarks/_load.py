"""A small generator of load: some connections that stay open, each asking as soon as it has its answer."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: dict[str, list[str]]
    body: bytes

    @property
    def text(self) -> str:
        """The body as it was before it was compressed."""
        return (gzip.decompress(self.body) if self.headers.get("content-encoding") == ["gzip"] else self.body).decode()


@dataclass(frozen=True)
class Load:
    """What a load came to. Times in seconds."""

    count: int
    seconds: float
    failed: int
    median: float
    p99: float

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self.count / self.seconds


def get(path: str, **headers: str) -> bytes:
    """A GET as it goes over the wire."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(path: str, fields: Mapping[str, str], **headers: str) -> bytes:
    """A POST of a form as it goes over the wire."""
    body = urlencode(fields).encode()
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), []).append(value.strip())
    if headers.get("transfer-encoding") == ["chunked"]:
        body = b""
        while size := int((await reader.readline()).strip() or b"0", 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
    else:
        body = await reader.readexactly(int(headers.get("content-length", ["0"])[0]))
    return Answer(int(head[0].split()[1]), headers, body)


async def _one(port: int, wire: bytes) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(wire)
        return await _answer(reader)
    finally:
        writer.close()


def ask(port: int, wire: bytes) -> Answer:
    """One question, one answer."""
    return asyncio.run(_one(port, wire))


async def _caller(port: int, wires: Iterator[bytes], good: Callable[[Answer], bool], until: float, times: list[float], failed: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for wire in wires:
        begun = time.perf_counter()
        if begun > until:
            break
        writer.write(wire)
        answer = await _answer(reader)
        times.append(time.perf_counter() - begun)
        if not good(answer):
            failed.append(answer.status)
        if answer.headers.get("connection") == ["close"]:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def _run(port: int, wires: Iterator[bytes], good: Callable[[Answer], bool], seconds: float, connections: int) -> Load:
    times: list[float] = []
    failed: list[int] = []
    begun = time.perf_counter()
    await asyncio.gather(*(_caller(port, wires, good, begun + seconds, times, failed) for _ in range(connections)))
    took = time.perf_counter() - begun
    times.sort()
    return Load(len(times), took, len(failed), times[len(times) // 2] if times else 0.0, times[int(len(times) * 0.99)] if times else 0.0)


def load(port: int, wires: Iterator[bytes], *, good: Callable[[Answer], bool], seconds: float, connections: int = 8) -> Load:
    """Ask what `wires` yields over so many connections, until it ends or the time has passed."""
    return asyncio.run(_run(port, wires, good, seconds, connections))
