"""Photos, drawn anew: nothing of the sent file but its pixels goes further.

Place, camera, time and thumbnails inside (EXIF, XMP, IPTC), colour profiles, comments, further frames and whatever was
hidden behind the picture are gone, because a new file is written from the pixels. Orientation and colours are applied first.
"""

import contextlib
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from dialogi.commons.attachments.kinds import FileKind, refusal

# Pixels tell the memory that decoding takes, whatever the size of the file: a JPEG is decoded at reduced scale.
MOST_PIXELS = {FileKind.JPEG: 64_000_000, FileKind.PNG: 40_000_000, FileKind.WEBP: 40_000_000}
LONGEST_SIDE = 2560
THUMBNAIL_SIDE = 480
HEAVY_PNG = 3_000_000
_LARGEST_PROFILE = 1_000_000
_AT_ONCE = BoundedSemaphore(2)  # the web server's threads together must not decode more than memory holds


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo drawn anew, with its small picture (always JPEG); sizes in pixels."""

    kind: FileKind
    data: bytes
    thumbnail: bytes
    width: int
    height: int


def draw_anew(data: bytes, kind: FileKind) -> Picture:
    """Return the photo re-encoded, turned upright, at most 2560 pixels wide or high; raises ValidationError for what is no fit photo."""
    try:
        with _AT_ONCE, Image.open(BytesIO(data), formats=[kind.name]) as opened:
            _refuse_huge(opened, kind)
            return _finish(_pixels(opened), kind)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(kind) from error
    except Exception as error:  # a decoder fed with noise fails in more ways than it documents
        raise refusal(_("“%(name)s” is damaged and cannot be shown. Take the photo again, or save it again as JPEG.")) from error


def _refuse_huge(image: Image.Image, kind: FileKind) -> None:
    if image.width * image.height > MOST_PIXELS[kind]:
        raise _too_many_pixels(kind)


def _too_many_pixels(kind: FileKind) -> ValidationError:
    return refusal(
        _("“%(name)s” has too many pixels: at most %(millions)s million are taken. Make the photo smaller."), millions=MOST_PIXELS[kind] // 1_000_000
    )


def _pixels(opened: Image.Image) -> Image.Image:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image: Image.Image = opened
    image.load()
    profile = image.info.get("icc_profile")
    with contextlib.suppress(Exception):  # a broken orientation is no reason to refuse a whole photo
        image = ImageOps.exif_transpose(image)
    image = _in_plain_mode(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _in_plain_colours(image, profile)


def _in_plain_mode(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256)
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("RGB")


def _in_plain_colours(image: Image.Image, profile: object) -> Image.Image:
    # Phones photograph in wider colours than sRGB; without its profile such a photo would look pale.
    if isinstance(profile, bytes) and 0 < len(profile) <= _LARGEST_PROFILE:
        with contextlib.suppress(Exception):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode) or image
    image.info = {}
    return image


def _finish(image: Image.Image, kind: FileKind) -> Picture:
    data = _written(image, kind)
    if kind is FileKind.PNG and len(data) > HEAVY_PNG:
        kind, data = FileKind.WEBP, _written(image, FileKind.WEBP)
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Picture(kind, data, _written(small, FileKind.JPEG), image.width, image.height)


def _written(image: Image.Image, kind: FileKind) -> bytes:
    out = BytesIO()
    if kind is FileKind.JPEG:
        _on_white(image).save(out, "JPEG", quality=82, optimize=True, progressive=True)
    elif kind is FileKind.WEBP:
        image.save(out, "WEBP", quality=82, method=4)
    else:
        image.save(out, "PNG")
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
