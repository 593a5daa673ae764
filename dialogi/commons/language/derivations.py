"""Nouns and participles made of verbs lead to their verb, so that hiekoitus finds hiekoittaa and plogning finds plogad."""

from collections.abc import Iterator

from dialogi.commons.language.dictionaries import bases, dictionary

BACK = str.maketrans("yäö", "uao")
FRONT = str.maketrans("uao", "yäö")
FI_ENDINGS = (
    ("itus", "ittaa"), ("tus", "ttaa"), ("stus", "staa"), ("stus", "sta"), ("nnus", "ntaa"), ("aus", "ata"), ("eus", "eta"), ("tos", "ttaa"),
    ("emus", "ea"), ("lto", "ltaa"), ("ito", "itaa"), ("tto", "ttaa"), ("oto", "otaa"), ("rto", "rtaa"), ("ato", "ataa"), ("ely", "ella"),
    ("ttelu", "tella"), ("elu", "ella"), ("ilu", "illa"), ("ointi", "oida"), ("inti", "ida"), ("ilija", "illa"), ("elija", "ella"), ("ttu", "ta"),
    ("tettu", "ttaa"), ("nnettu", "ntaa"), ("ettu", "aa"), ("annut", "ata"), ("anut", "aa"), ("minen", "a"), ("aminen", "ata"), ("minen", "da"),
)  # fmt: skip
SV_ENDINGS = (("ning", "a"), ("ing", "a"), ("ande", "a"), ("ende", "a"), ("else", "a"), ("ation", "era"))


def verb_of(noun: str, language: str) -> str | None:
    """Return the verb that a noun or participle is made of, when the dictionary knows it and it is no noun itself; else None."""
    if language not in {"fi", "sv"}:
        return None
    for candidate in _fi_verbs(noun) if language == "fi" else _sv_verbs(noun):
        if len(candidate) >= 4 and candidate in bases(language):
            return candidate
    return None


def _fi_verbs(noun: str) -> Iterator[str]:
    back = noun.translate(BACK)
    for ending, verbal in FI_ENDINGS:
        if back.endswith(ending.translate(BACK)) and len(noun) > len(ending) + 1:
            stem = noun[: -len(ending)]
            if not set(stem) & set("yäö"):
                yield stem + verbal
            if not set(stem) & set("auo"):
                yield stem + verbal.translate(FRONT)


def _sv_verbs(noun: str) -> Iterator[str]:
    forms = dictionary("sv")
    for ending, verbal in SV_ENDINGS:
        if noun.endswith(ending):
            candidate = noun[: -len(ending)] + verbal
            # skolning is no kind of skola: a verb that looks like a noun would find the noun.
            if candidate + "n" not in forms and candidate[:-1] + "orna" not in forms:
                yield candidate
