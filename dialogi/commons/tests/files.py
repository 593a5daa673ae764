"""Files as people and attackers send them, made small and without a network."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

PLACE = b"GPS-63.1-N-21.7-E"
ODT = "application/vnd.oasis.opendocument.text"


def sent(data: bytes, name: str = "file.bin", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=content_type)


def photo(ending: str = "JPEG", *, size: tuple[int, int] = (60, 40), mode: str = "RGB", colour: object = "red", **options) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, ending, **options)
    return out.getvalue()


def tell_tale_photo(*, size: tuple[int, int] = (60, 40), orientation: int = 6) -> bytes:
    """A phone's photo: position, camera, comment, XMP, profile, a thumbnail inside, turned by its orientation mark."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif[0x8825] = {1: "N", 2: (63.0, 6.0, 0.0), 29: PLACE.decode()}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta>SecretXmp</x:xmpmeta>"
    return photo(size=size, exif=exif.tobytes(), icc_profile=profile, comment=b"SecretComment", xmp=xmp) + b"<script>SecretTail</script>"


def tell_tale_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SecretComment")
    notes.add_itxt("XML:com.adobe.xmp", "SecretXmp")
    return photo("PNG", pnginfo=notes, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def huge_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A picture of 900 million pixels in a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"\x00" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(ending: str, frames: int = 40) -> bytes:
    out = BytesIO()
    pictures = [Image.new("RGB", (20, 20), (n % 256, 0, 0)) for n in range(frames)]
    pictures[0].save(out, ending, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def package(parts: dict[str, bytes], **options) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def docx(**extra: bytes) -> bytes:
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **extra})


def odt(**extra: bytes) -> bytes:
    return package({"mimetype": ODT.encode(), "content.xml": b"<office/>", **extra})


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def email() -> bytes:
    return b"From: anna@example.org\r\nTo: kommun@example.org\r\nSubject: Hej\r\nDate: Mon, 23 Nov 2026 10:00:00 +0200\r\n\r\nHej\r\n"
