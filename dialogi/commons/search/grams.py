"""Runs of letters, by which texts are compared: robust against inflection, compounds and spelling faults, in any language."""

import math
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from dialogi.commons.language import normal, words
from dialogi.commons.models import GramWeights
from dialogi.commons.search.remembered import Remembered

LENGTHS = (3, 4, 5)
INDEXED_LENGTH = 4
BUCKETS = 1 << 18
KEPT = 96
MAX_LETTERS = 2_000
SIXTEENTHS = 16


def of(text: str, lengths: tuple[int, ...] = LENGTHS) -> Counter[int]:
    """Return how often each run of letters occurs, hashed to a bucket; words are padded with a space on both sides."""
    counts: Counter[int] = Counter()
    for word in words(normal(text)[:MAX_LETTERS]):
        counts.update(_of_word(word.form, lengths))
    return counts


@lru_cache(maxsize=20_000)
def _of_word(form: str, lengths: tuple[int, ...]) -> tuple[int, ...]:
    padded = f" {form} ".encode("utf-32-le")
    return tuple(zlib.crc32(padded[start : start + 4 * length]) % BUCKETS for length in lengths for start in range(0, len(padded) - 4 * length + 1, 4))


def rarest(text: str) -> list[str]:
    """Return at most KEPT names of runs under which a text is indexed: the rarest ones tell texts apart."""
    weights = current()
    found = sorted(of(text, (INDEXED_LENGTH,)), key=lambda bucket: (-weights[bucket], bucket))
    return [name(bucket) for bucket in found[:KEPT]]


def name(bucket: int) -> str:
    """Return the bucket as one token of letters and digits."""
    return f"g{bucket:x}"


class Weights:
    """Rareness by bucket: the natural logarithm of one over the share of texts that have it; what no text has is the rarest."""

    __slots__ = ("sixteenths", "texts")

    def __init__(self, texts: int, sixteenths: bytes) -> None:
        self.texts = texts
        self.sixteenths = sixteenths

    def __getitem__(self, bucket: int) -> float:
        return self.sixteenths[bucket] / SIXTEENTHS

    def expected(self, bucket: int, texts: int) -> float:
        """Return how many of so many texts are expected to have the bucket."""
        return texts * math.exp(-self[bucket])


def count(texts: Iterable[str]) -> Weights:
    """Count in how many of the texts each bucket occurs."""
    frequencies: Counter[int] = Counter()
    total = 0
    for text in texts:
        total += 1
        frequencies.update(set(of(text)))
    rarest_of_all = _sixteenths(total, 0)
    sixteenths = bytearray([rarest_of_all]) * BUCKETS
    for bucket, frequency in frequencies.items():
        sixteenths[bucket] = _sixteenths(total, frequency)
    return Weights(total, bytes(sixteenths))


def _sixteenths(total: int, frequency: int) -> int:
    return max(1, min(255, round(SIXTEENTHS * math.log((total + 2) / (frequency + 1)))))


def current() -> Weights:
    """Return the weights in force; before any were counted every run weighs the same."""
    return weights_in_force.get()


def _read() -> Weights:
    row = GramWeights.objects.order_by("-id").first()
    return Weights(row.texts, zlib.decompress(row.weights)) if row else Weights(0, bytes([SIXTEENTHS]) * BUCKETS)


weights_in_force = Remembered(_read, seconds=600)


def keep(weights: Weights) -> None:
    """Put the weights in force for every process."""
    row = GramWeights.objects.create(texts=weights.texts, weights=zlib.compress(weights.sixteenths))
    GramWeights.objects.filter(id__lt=row.pk).delete()
    weights_in_force.forget()
