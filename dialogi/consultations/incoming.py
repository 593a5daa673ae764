"""A statement that came as an e-mail: the file is read, its words and files taken out, and whatever is hostile or broken is refused with a sentence."""

import contextlib
import email
import email.policy
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import nh3
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.attachments import Prepared, prepare_upload
from dialogi.commons.text import clean_text

MOST_BYTES = 30_000_000
MOST_WORDS = 20_000
MOST_PARTS = 200
MOST_FILES = 10
BREAKS = re.compile(r"<br[^>]*>|</(?:p|div|li|tr|h[1-6])\s*>", re.IGNORECASE)
UNREADABLE = (LookupError, UnicodeError, ValueError, TypeError, AttributeError, KeyError)


@dataclass(frozen=True, slots=True)
class Letter:
    """What an e-mail holds. `problems` are sentences about files that were not taken."""

    words: str
    sender: str
    sent_at: datetime | None
    files: list[Prepared]
    problems: list[str]


def read_email(data: bytes) -> Letter:
    """Read an e-mail file; raises ValidationError that says what is wrong with it. Slow: call it outside any transaction."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The e-mail is too large: at most %(megabytes)s megabytes are taken.") % {"megabytes": MOST_BYTES // 1_000_000})
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = _parts(message)
        if not isinstance(message, EmailMessage) or not message["From"] or not parts:
            raise ValidationError(_("This is no e-mail file. Save the message from your mail program as a file that ends with .eml, and choose that one."))
        if any(part.get_content_type() in {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"} for part in parts):
            raise ValidationError(_("The e-mail is encrypted. Open it in your mail program and save it without encryption, or type the words here."))
        files, problems = _files(message, parts)
        return Letter(_words(parts), _sender(message), _sent_at(message), files, problems)
    except (RecursionError, *UNREADABLE):
        raise ValidationError(_("The e-mail is broken and cannot be read. Type the words here, and add the files one by one.")) from None


def _parts(message: EmailMessage) -> list[EmailMessage]:
    parts: list[EmailMessage] = []
    for part in message.walk():
        if len(parts) >= MOST_PARTS:
            raise ValidationError(_("The e-mail has too many parts inside one another. Type the words here, and add the files one by one."))
        parts.append(part)
    return parts


def _words(parts: list[EmailMessage]) -> str:
    """The plain words; where there are none, those of the formatted text."""
    bodies = [part for part in parts if not part.is_multipart() and not _is_file(part)]
    for kind in ("text/plain", "text/html"):
        found = [_text(part) for part in bodies if part.get_content_type() == kind]
        words = "\n\n".join(text for text in found if text.strip())
        if words.strip():
            return clean_text(words[:MOST_WORDS], max_length=MOST_WORDS)
    return ""


def _text(part: EmailMessage) -> str:
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError):  # a character set that nobody knows
        text = _bytes(part).decode("utf-8", "replace")
    return _plain(text) if part.get_content_type() == "text/html" else text


def _files(message: EmailMessage, parts: list[EmailMessage]) -> tuple[list[Prepared], list[str]]:
    files: list[Prepared] = []
    problems: list[str] = []
    for name, data in _attached(parts):
        if len(files) >= MOST_FILES:
            problems.append(_("Only the first ten files were taken."))
            break
        try:
            files.append(prepare_upload(ContentFile(data, name=name)))
        except ValidationError as error:
            problems += error.messages
    return files, problems


def _attached(parts: list[EmailMessage]) -> Iterator[tuple[str, bytes]]:
    """Yield the files; pictures that belong to a signature are none."""
    for part in parts:
        is_decoration = part.get_content_maintype() == "image" and bool(part["Content-ID"])
        if not part.is_multipart() and _is_file(part) and not is_decoration:
            yield part.get_filename() or _("file without a name"), _bytes(part)


def _is_file(part: EmailMessage) -> bool:
    return part.is_attachment() or bool(part.get_filename()) or part.get_content_maintype() not in {"text", "multipart", "message"}


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _sender(message: EmailMessage) -> str:
    addresses = getattr(message["From"], "addresses", ())
    name = str(addresses[0].display_name) if addresses else ""
    return clean_text(name[:150], max_length=150, single_line=True)


def _sent_at(message: EmailMessage) -> datetime | None:
    """When it was sent, by its own word: the clerk checks it."""
    moment: datetime | None = None
    with contextlib.suppress(*UNREADABLE):
        moment = parsedate_to_datetime(str(message["Date"]))
    if moment is None:
        return None
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return min(moment, clock.now())


def _plain(markup: str) -> str:
    """The words of formatted text, a line for each of its lines."""
    bare = nh3.clean(BREAKS.sub("\n", " ".join(markup.splitlines())), tags=set())
    return "\n".join(line.strip() for line in html.unescape(bare).splitlines()).strip()
