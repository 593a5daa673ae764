"""Make the one font file: the Latin part plus the four caron letters of Finnish, as one variable font."""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Finnish and Swedish, the neighbours' names (Danish, Estonian, German, French, Sámi loans), and the signs of running text.
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0§©«°±²³·»¼½¾ÀÁÂÄÅÆÇÈÉÊËÍÎÏÐÑÓÔÕÖ×ØÚÛÜÝÞßàáâäåæçèéêëíîïðñóôõö÷øúûüýþÿŠšŽž" + "–—‘’‚“”„•…€−"
CARONS = "ŠšŽž"


def add_carons(font: TTFont, extra: TTFont) -> None:
    """Carry the caron letters over; both files are cut from the same drawing, so axes and scale agree."""
    source, shapes = extra.getBestCmap(), font["gvar"].variations
    wanted = {source[ord(letter)] for letter in CARONS}
    for name in list(wanted):
        wanted |= {part.glyphName for part in extra["glyf"][name].components} if extra["glyf"][name].isComposite() else set()
    missing = [name for name in extra.getGlyphOrder() if name in wanted and name not in font.getGlyphOrder()]
    for name in missing:
        font["glyf"][name] = extra["glyf"][name]
        font["hmtx"][name] = extra["hmtx"][name]
        shapes[name] = extra["gvar"].variations.get(name, [])
    font.setGlyphOrder(font["glyf"].glyphOrder)
    for letter in CARONS:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(letter)] = source[ord(letter)]
    # Widths then come from the outlines' own variation data, which holds for old and new letters alike.
    del font["HVAR"]


def make(latin: Path, latin_ext: Path, out: Path) -> None:
    """Write the subset as WOFF2."""
    font = TTFont(latin, recalcTimestamp=False)
    add_carons(font, TTFont(latin_ext))
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
    options.hinting = False
    options.flavor = "woff2"
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": (400, 700)})
    font.flavor = "woff2"
    font.save(out)
