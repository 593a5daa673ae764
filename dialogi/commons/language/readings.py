"""Every base form that a form may belong to.

The dictionary names one base form for each form, often a rare verb (`snö` -> `snöa`, `keinut` -> `keinua`). Two more witnesses:
a form that is itself a base form, and sister forms of the same stem (`sillan` -> `silla`, but `sillalla` -> `silta`).
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from dialogi.commons.language.derivations import verb_of
from dialogi.commons.language.dictionaries import bases, dictionary

DATA = Path(__file__).with_name("data")
SISTERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "fi": (
        ("n", "t", "lla", "ssa", "sta", "lle", "lta"),
        ("n", "t", "llä", "ssä", "stä", "lle", "ltä"),
    ),
    "sv": (
        ("ar", "arna", "arnas"),
        ("er", "erna", "ernas"),
        ("or", "orna", "ornas"),
        ("en", "ens", "et", "ets"),
        ("n", "ns"),
        ("na", "nas"),
    ),
}
SV_NOUNS = ("ens", "en", "ars", "arna", "arnas", "ar", "s")
SV_DEFINITE = ("en", "et", "ens", "ets", "arna", "erna", "arnas", "ernas")
FI_CASES = ("n", "t", "lla", "llä", "ssa", "ssä", "sta", "stä", "lle", "lta", "ltä", "ksi")
FI_STRONG = {"ll": "lt", "nn": "nt", "rr": "rt", "mm": "mp", "ng": "nk"}


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of words from data/, one or more a line; # begins a remark."""
    lines = (line.partition("#")[0].split() for line in (DATA / name).read_text("utf-8").splitlines())
    return frozenset(word for line in lines for word in line)


@cache
def extra_readings(language: str) -> dict[str, tuple[str, ...]]:
    """Return form -> base forms that no rule finds, from data/readings-<language>.txt."""
    lines = (line.partition("#")[0].split() for line in (DATA / f"readings-{language}.txt").read_text("utf-8").splitlines())
    return {line[0]: tuple(line[1:]) for line in lines if line}


@lru_cache(maxsize=50_000)
def readings(form: str, language: str) -> tuple[str, ...]:
    """Return the base forms of a lower-case form, most likely first; empty when no witness knows it."""
    return tuple(dict.fromkeys(_readings(form, language)))


def _readings(form: str, language: str) -> Iterator[str]:
    forms = dictionary(language)
    yield from extra_readings(language).get(form, ())
    if form in bases(language):
        yield form
    base = forms.get(form)
    # `buss` is the noun, hardly ever "kiss!": an imperative gives way to a noun.
    if base is not None and not (language == "sv" and base == form + "a" and form in bases(language)):
        yield base.lower()
    for group in SISTERS.get(language, ()):
        for ending in group:
            stem = form[: -len(ending)]
            if len(stem) >= 3 and form.endswith(ending):
                for sister in group:
                    base = forms.get(stem + sister) if sister != ending else None
                    if base is not None and base.lower() != stem + sister:
                        yield base.lower()
    if language == "sv":
        yield from _hidden_nouns(form)
        yield from _made_of_verbs(form)
    if language == "fi":
        yield from _strong_grade(form)


def _strong_grade(form: str) -> Iterator[str]:
    """The dictionary takes `silla` for the base of every form of `silta`; a doubled consonant may stand for a strong one."""
    for ending in FI_CASES:
        stem = form.removesuffix(ending)
        if stem != form and stem[-3:-1] in FI_STRONG and dictionary("fi").get(form) == stem:
            strong = stem[:-3] + FI_STRONG[stem[-3:-1]] + stem[-1]
            if strong in bases("fi"):
                yield strong


def _hidden_nouns(form: str) -> Iterator[str]:
    """Nouns behind a verb that looks the same (`avfall`, `avfalla`) and behind a rarer noun (`träden`: `träd`, not `träde`)."""
    forms = dictionary("sv")
    if forms.get(form) == form + "a":
        yield form
    if form in bases("sv"):
        return
    for ending in SV_DEFINITE:
        noun = form.removesuffix(ending)
        if noun != form and len(noun) >= 3 and (noun in bases("sv") or forms.get(noun) == noun + "a"):
            yield noun


def _made_of_verbs(form: str) -> Iterator[str]:
    """-ning is alive in Swedish: plogning is in no dictionary, ploga is."""
    for ending in ("", *SV_NOUNS):
        noun = form.removesuffix(ending)
        if noun.endswith("ning") and len(form) == len(noun) + len(ending) and verb_of(noun, "sv"):
            yield noun


def as_name(form: str, language: str) -> str | None:
    """Return the base form of a proper name in the dictionary (Vaasassa -> vaasa), lower-case."""
    base = dictionary(language).get(form.capitalize())
    return None if base is None else base.lower()
