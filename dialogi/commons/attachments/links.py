"""Addresses that open one file for an hour to somebody without an account: the page behind a receipt code makes them anew each time."""

from datetime import timedelta

from django.core import signing

from dialogi.commons.models.attachments import Attachment

OPEN_FOR = timedelta(hours=1)
_SALT = "commons.attachment"


def open_address(attachment: Attachment, variant: str = "original") -> str:
    """Return the address that opens the file for an hour, also when its Subject is not public; never one with an audience of its own."""
    address = attachment.get_thumbnail_url() if variant == "thumbnail" else attachment.get_absolute_url()
    return f"{address}?key={signing.dumps(attachment.storage_name, salt=_SALT)}"


def opens(key: str, storage_name: str) -> bool:
    """Tell whether the key from an address opens this file now."""
    try:
        return bool(key) and signing.loads(key, salt=_SALT, max_age=OPEN_FOR) == storage_name
    except signing.BadSignature:
        return False
