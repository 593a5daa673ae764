"""Asking the virus scanner (clamd, command INSTREAM), when the settings name its socket."""

import logging
import socket
import struct

from django.conf import settings

from dialogi.commons.models.attachments import ScanState

PATIENCE = 5.0  # seconds: a person waits for the page
_CHUNK = 1 << 16
_log = logging.getLogger(__name__)


def scan(data: bytes) -> ScanState:
    """Return what the scanner says; WAITING when it gives no answer, so that the file stays in quarantine."""
    if not settings.CLAMD_SOCKET:
        return ScanState.UNSCANNED
    try:
        answer = _ask(data)
    except OSError as error:
        _log.warning("the scanner is silent: %s", type(error).__name__)
        return ScanState.WAITING
    if answer.endswith(b" FOUND"):
        _log.warning("the scanner found something in a file of %s bytes", len(data))
        return ScanState.INFECTED
    if answer == b"stream: OK":
        return ScanState.CLEAN
    _log.warning("the scanner gave no clear answer")
    return ScanState.WAITING


def _ask(data: bytes) -> bytes:
    with _connection(settings.CLAMD_SOCKET) as line:
        line.sendall(b"zINSTREAM\x00")
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\x00") and (piece := line.recv(4096)) and len(answer) < 8192:
            answer += piece
    return answer.rstrip(b"\x00\n ")


def _connection(address: str) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal() and not address.startswith("/"):
        return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(address.removeprefix("unix:"))
    except OSError:
        line.close()
        raise
    return line
