"""The piece of a text that shows why it was found, as plain pieces; templates decide how a hit is marked."""

from dialogi.commons.language import Word, analyse, normal, words

Pieces = list[tuple[str, bool]]
WIDTH = 220
LEAD = 60


def marked(text: str, wanted: frozenset[str], *, language: str, begun: tuple[str, ...] = ()) -> Pieces:
    """Return the whole text as (text, is_hit) pieces."""
    text = normal(text)
    return _pieces(text, _hits(text, wanted, language, begun), 0, len(text))


def excerpt(text: str, wanted: frozenset[str], *, language: str, begun: tuple[str, ...] = ()) -> Pieces:
    """Return about WIDTH characters around the place with most hits, as (text, is_hit) pieces; … stands where words are left out."""
    text = " ".join(normal(text).split())
    hits = _hits(text, wanted, language, begun)
    best = max(hits, key=lambda hit: (sum(hit.start <= other.start < hit.start + WIDTH - LEAD for other in hits), -hit.start), default=None)
    start = _word_start(text, best.start - LEAD) if best and best.start > LEAD else 0
    end = len(text) if len(text) - start <= WIDTH + LEAD else _word_end(text, start + WIDTH)
    pieces = _pieces(text, hits, start, end)
    return [*([("… ", False)] if start else []), *pieces, *([(" …", False)] if end < len(text) else [])]


def _hits(text: str, wanted: frozenset[str], language: str, begun: tuple[str, ...]) -> list[Word]:
    return [word for word in words(text) if not wanted.isdisjoint(analyse(word.form, language).all) or word.form.startswith(begun or ("\0",))]


def _pieces(text: str, hits: list[Word], start: int, end: int) -> Pieces:
    pieces: Pieces = []
    place = start
    for hit in hits:
        if hit.start < place or hit.end > end:
            continue
        if hit.start > place:
            pieces.append((text[place : hit.start], False))
        pieces.append((text[hit.start : hit.end], True))
        place = hit.end
    if place < end:
        pieces.append((text[place:end], False))
    return pieces


def _word_start(text: str, place: int) -> int:
    found = text.find(" ", max(0, place))
    return found + 1 if found != -1 else max(0, place)


def _word_end(text: str, place: int) -> int:
    found = text.rfind(" ", 0, place)
    return found if found > place - 80 else place
