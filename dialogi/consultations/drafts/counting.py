"""Numbers in the shapes that lists use, and small figures beside letters."""

BULLET = "•"
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
_LETTERS = 26
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_FIGURES = set("0123456789+-")


def shaped(number: int, shape: str) -> str:
    """Return the number as Word and ODF name the shapes: decimal or 1, lowerLetter or a, upperRoman or I; empty for none."""
    if shape in {"none", ""}:
        return ""
    if shape in {"lowerLetter", "a", "upperLetter", "A"} and number > 0:
        # After z comes aa, then bb.
        letters = chr(ord("a") + (number - 1) % _LETTERS) * min((number - 1) // _LETTERS + 1, 4)
        return letters.upper() if shape in {"upperLetter", "A"} else letters
    if shape in {"lowerRoman", "i", "upperRoman", "I"} and 0 < number < 4000:
        return _roman(number).upper() if shape in {"upperRoman", "I"} else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def raised(text: str) -> str:
    """Return figures as small ones above the line, as in m²; other text as it is."""
    return text.translate(_RAISED) if set(text) <= _FIGURES else text


def lowered(text: str) -> str:
    """Return figures as small ones below the line, as in CO₂; other text as it is."""
    return text.translate(_LOWERED) if set(text) <= _FIGURES else text
