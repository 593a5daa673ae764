"""What a map's box needs to know: its source, where it begins, and the words it says."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from dialogi.commons.map_pictures import place_address

register = template.Library()


@register.simple_tag
def map_frame() -> dict[str, Any]:
    """Return the data of a map's box for `commons/_map_data.html`."""
    return {
        "tiles": settings.MAP_TILES_URL,
        "attribution": settings.MAP_TILES_ATTRIBUTION,
        "start": json.dumps(settings.MAP_START),
        "reach": json.dumps(settings.MAP_REACH),
        "texts": json.dumps(_texts(), ensure_ascii=False),
    }


@register.simple_tag
def place_picture(latitude: float, longitude: float) -> str:
    """Return where the still picture of one place lies."""
    return place_address(latitude, longitude)


@register.simple_tag
def draw_texts() -> str:
    """Return what a map says while somebody draws on it. Filled in by the script: {n}, {name}, {distance}, {row}."""
    return json.dumps(
        {
            "corner": _("Corner {n} is on the map."),
            "cornerNear": _("Corner {n} is on the map. Nearest name: {name}, {distance}."),
            "undone": _("The last corner is gone. Corners left: {n}."),
            "cleared": _("The drawing is gone. Your words stay."),
            "strange": _("The map does not understand the row “{row}”. Mend it first, or take it away."),
            "found": _("The map shows {name}. Put the corners where you mean."),
            "notFound": _("The map does not know that name. Your words are enough, or draw the place yourself."),
        },
        ensure_ascii=False,
    )


def _texts() -> dict[str, str]:
    # Filled in by the script: {name}, {distance}, {n}, {source}.
    return {
        "zoomIn": _("Closer"),
        "zoomOut": _("Farther away"),
        "drawn": _("Coastline {source}; roads and names approximate"),
        "open": _("Open"),
        "heap": _("Places here: {n}. Move closer."),
        "shown": _("Places on the map: {n}"),
        "none": _("There are no places to show here."),
        "unreached": _("The map cannot be shown just now. The words say the same."),
        "place": _("The place"),
        "put": _("The place is on the map."),
        "putNear": _("The place is on the map. Nearest name: {name}, {distance}."),
        "outside": _("That point is outside our area. Choose another, or say where it is in words."),
        "found": _("The map shows {name}. Put the place where you mean."),
        "notFound": _("The map does not know that name. Your words are enough, or point at the place yourself."),
        "asking": _("Asking your device where you are …"),
        "noPosition": _("Your device did not tell where you are. Point at the place, or say it in words."),
        "removed": _("The place is taken off the map. Your words stay."),
    }
