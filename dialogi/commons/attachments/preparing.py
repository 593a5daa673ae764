"""Everything slow about an upload, done before the transaction: recognise, scan, make harmless."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dialogi.commons.attachments.images import draw_anew
from dialogi.commons.attachments.kinds import EVERY_KIND, IMAGES, FileKind, refusal, refuse_kind, signature_of
from dialogi.commons.attachments.packages import office_kind
from dialogi.commons.attachments.plain import as_plain_text, plain_kind
from dialogi.commons.attachments.scanning import scan
from dialogi.commons.models.attachments import ScanState
from dialogi.commons.text import safe_filename

_TOO_LARGE = ngettext_lazy(
    "“%(name)s” is too large: a file may have at most %(megabytes)s megabyte.",
    "“%(name)s” is too large: a file may have at most %(megabytes)s megabytes.",
    "megabytes",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file fit to be kept: harmless, measured, with a safe name. Sizes in bytes and pixels."""

    kind: FileKind
    data: bytes
    name: str
    thumbnail: bytes | None = None
    width: int | None = None
    height: int | None = None
    scan: ScanState = ScanState.UNSCANNED

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the file as it is kept."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of the file as it is kept."""
        return len(self.data)


def prepare_upload(file: File[bytes], *, kinds: frozenset[FileKind] = EVERY_KIND) -> Prepared:
    """Return the file made fit to be kept; raises ValidationError that names the file and says what to do.

    Takes up to a second or two: call it outside any transaction.
    """
    name = safe_filename(file.name or "")
    try:
        data = _read(file)
        kind = _recognised(data, name, kinds)
        return _harmless(data, kind, name, _scanned(data))
    except ValidationError as error:
        error.params = {**(error.params or {}), "name": name}
        raise


def _read(file: File[bytes]) -> bytes:
    limit = settings.ATTACHMENT_MAX_BYTES
    file.seek(0)
    data = file.read(limit + 1)
    if len(data) > limit:
        raise refusal(_TOO_LARGE, megabytes=limit // 1_000_000)
    if not data:
        raise refusal(_("“%(name)s” is empty. Choose the file again."))
    return data


def _recognised(data: bytes, name: str, kinds: frozenset[FileKind]) -> FileKind:
    kind = signature_of(data)
    if kinds <= IMAGES and kind not in IMAGES:
        raise refuse_kind(data, kinds)
    if kind is FileKind.DOCX:
        kind = office_kind(data)
    kind = kind or plain_kind(data, name)
    if kind not in kinds:
        raise refuse_kind(data, kinds)
    return kind


def _scanned(data: bytes) -> ScanState:
    state = scan(data)
    if state is ScanState.INFECTED:
        raise refusal(_("The virus scanner found something in “%(name)s”, so it cannot be sent."))
    return state


def _harmless(data: bytes, kind: FileKind, name: str, state: ScanState) -> Prepared:
    if kind in IMAGES:
        picture = draw_anew(data, kind)
        return Prepared(picture.kind, picture.data, _named(name, picture.kind), picture.thumbnail, picture.width, picture.height, state)
    if kind is FileKind.TXT:
        data = as_plain_text(data)
    return Prepared(kind, data, _named(name, kind), scan=state)


def _named(name: str, kind: FileKind) -> str:
    """Give the name the ending of what the file is, so that "letter.pdf" never opens as something else."""
    stem, _dot, ending = name.rpartition(".")
    return name if stem and ending.lower() == kind.ending else f"{stem or ending}.{kind.ending}"
