"""Draw the wordmark: two people (the two i's) and the red thread between their dots."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHT = 640
TRACK = 4


def main(woff2: Path) -> None:
    """Print the letters' path, the two dots and the width."""
    font = instancer.instantiateVariableFont(TTFont(woff2), {"wght": WEIGHT})
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    pen, x, dots = SVGPathPen(glyphs, ntos=lambda v: f"{v:.0f}"), 0, []
    for letter in "Dıalogı":
        name = cmap.get(ord(letter)) or "dotlessi"
        if letter == "ı":
            dots.append(x + glyphs[name].width / 2)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, -1, x, 0)))
        x += glyphs[name].width + TRACK
    print("width", x, "dots", dots)
    print(pen.getCommands())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
