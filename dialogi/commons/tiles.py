"""Where map tiles come from, read while the settings are being made: this module knows no settings."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_HOST = re.compile(r"^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$", re.IGNORECASE)
_NEEDED = ("{z}", "{x}", "{y}")


def tile_sources(template: str) -> list[str]:
    """Return what `img-src` of the content security policy must allow so that the tiles show: one host, or nothing.

    `template` is an address such as https://tiles.example.fi/{z}/{x}/{y}.png; empty means the map shipped with the product.
    Raises ImproperlyConfigured for one that cannot work.
    """
    if not template:
        return []
    missing = [part for part in _NEEDED if part not in template]
    if missing:
        raise ImproperlyConfigured(f"The address of the map tiles lacks {', '.join(missing)}: {template!r}")
    if template.startswith("/") and not template.startswith("//"):
        return []
    parts = urlsplit(template.replace("{s}", "*"))
    if parts.scheme not in {"https", "http"} or not _HOST.match(parts.netloc):
        raise ImproperlyConfigured(f"The address of the map tiles must begin with https:// and a host, or with /: {template!r}")
    return [f"{parts.scheme}://{parts.netloc}"]


def reach(text: str) -> tuple[float, float, float, float]:
    """Read "south,west,north,east" in degrees; raises ImproperlyConfigured when that is no area."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ImproperlyConfigured(f"The reach of the map is south,west,north,east in degrees, not {text!r}") from error
    if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
        raise ImproperlyConfigured(f"The reach of the map is no area: {text!r}")
    return south, west, north, east
