"""The little words of a language: they tell which language a text is in, and are not worth searching for."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the little words of fi, sv or en; empty for other languages."""
    path = DATA / f"function-words-{language}.txt"
    if language not in {"fi", "sv", "en"}:
        return frozenset()
    lines = (line.partition("#")[0].split() for line in path.read_text("utf-8").splitlines())
    return frozenset(word for line in lines for word in line)
