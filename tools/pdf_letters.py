"""Write down which signs the fonts of our documents have: dialogi/commons/typst/fonts/letters.txt.

Run it when a font is changed. Needs `uv pip install fonttools`. Usage: python tools/pdf_letters.py
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "dialogi/commons/typst/fonts"


def ranges(points: list[int]) -> list[tuple[int, int]]:
    """Join neighbours."""
    joined: list[tuple[int, int]] = []
    for point in points:
        if joined and joined[-1][1] == point - 1:
            joined[-1] = (joined[-1][0], point)
        else:
            joined.append((point, point))
    return joined


def main() -> None:
    """Write the ranges that all of the fonts share."""
    shared = set.intersection(*(set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))))
    lines = [f"{first:04X}-{last:04X}" for first, last in ranges(sorted(shared))]
    (FONTS / "letters.txt").write_text("\n".join(lines) + "\n")
    print(f"{len(shared)} signs in {len(lines)} ranges")


if __name__ == "__main__":
    main()
