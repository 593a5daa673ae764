"""Office documents are packages of files (ZIP). They are measured before they are trusted, and never unpacked to disk.

The code of a refusal says why: `damaged`, `too_much`, `programs`, `locked`, or `file` for a package of another kind. A room that
takes only documents to read can so say something else than "send it as PDF".
"""

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from dialogi.commons.attachments.kinds import EVERY_KIND, FileKind, refusal, refuse_kind

MOST_ENTRIES = 2_000
LARGEST_INDEX = 500_000
MOST_UNPACKED = 100_000_000
_CHUNK = 1 << 16
_END_OF_INDEX = b"PK\x05\x06"
_LOCKED = 0x1
_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
_MIMETYPES = {kind.content_type.encode(): kind for kind in (FileKind.ODT, FileKind.ODS)}
_PROGRAMS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".docm", ".xlsm", ".zip", ".jar", ".7z", ".rar", ".gz", ".bz2", ".xz")
_PROGRAM_FOLDERS = ("basic/", "scripts/")
_DAMAGED = _("“%(name)s” is damaged and cannot be opened. Save the document again, or send it as PDF.")
_TOO_MUCH = _("“%(name)s” holds more than can be checked. Send it as PDF.")
_UNSAFE = _("“%(name)s” holds programs, packed files or a lock, which cannot be sent. Save it as a plain document or as PDF.")


def office_kind(data: bytes) -> FileKind:
    """Return which office document it is; raises ValidationError for bombs, escapes, programs, locked documents and other packages."""
    _refuse_large_index(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            _refuse_dangerous(entries)
            _refuse_bomb(package, entries)
            kind = _kind(package, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, LookupError, RuntimeError) as error:
        raise refusal(_DAMAGED, code="damaged") from error
    if kind is None:
        raise refuse_kind(data, EVERY_KIND)
    return kind


def _refuse_large_index(data: bytes) -> None:
    # Read by hand: the library reads the whole index before it can be asked how large it is, and believes its length, not its count.
    place = data.rfind(_END_OF_INDEX, max(0, len(data) - 66_000))
    if place < 0 or len(data) < place + 22:
        raise refusal(_DAMAGED, code="damaged")
    count, size = struct.unpack_from("<HI", data, place + 10)
    if count > MOST_ENTRIES or size > LARGEST_INDEX:
        raise refusal(_TOO_MUCH, code="too_much")


def _refuse_dangerous(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise refusal(_DAMAGED, code="damaged")
    for entry, name in zip(entries, names, strict=True):
        is_escape = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        is_strange = entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        is_program = name.endswith(_PROGRAMS) or name.startswith(_PROGRAM_FOLDERS)
        if entry.flag_bits & _LOCKED:
            raise refusal(_UNSAFE, code="locked")
        if is_escape or is_link or is_strange or is_program:
            raise refusal(_UNSAFE, code="programs")


def _refuse_bomb(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise refusal(_TOO_MUCH, code="too_much")
    unpacked = 0
    for entry in entries:
        with package.open(entry) as part:
            while chunk := part.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise refusal(_TOO_MUCH, code="too_much")


def _kind(package: zipfile.ZipFile, names: set[str]) -> FileKind | None:
    if "mimetype" in names:
        return _MIMETYPES.get(package.read("mimetype")[:100].strip())
    if "[Content_Types].xml" not in names:
        return None
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise refusal(_UNSAFE, code="programs")
    return next((kind for part, kind in _PARTS.items() if part in names), None)
