"""The word lists behind the analyser: packed once into tries on disk, then mapped into memory and shared by all processes.

Built naively a process would hold half a gigabyte of dictionaries; mapped tries cost a few tens of megabytes, shared.
The build itself needs 700 MB for some ten seconds, so it always runs in a process of its own.
"""

import fcntl
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import islice
from pathlib import Path

from marisa_trie import BytesTrie, Trie
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieWrapDict

ANALYSED = ("fi", "sv", "en")


def folder() -> Path:
    """Return where the tries lie: DIALOGI_DICTIONARIES, or `dictionaries` in the installation's folder."""
    given = os.environ.get("DIALOGI_DICTIONARIES")
    home = os.environ.get("DIALOGI_HOME") or Path(__file__).resolve().parents[3] / "var"
    return Path(given) if given else Path(home) / "dictionaries"


def missing() -> list[str]:
    """Return the languages whose trie is not built yet."""
    return [language for language in ANALYSED if not (folder() / f"{language}.dic").exists()]  # moved in last


def build() -> list[str]:
    """Build the tries that are missing and return their languages; safe when several processes ask at once."""
    if not missing():
        return []
    folder().mkdir(parents=True, exist_ok=True)
    with open(folder() / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        languages = missing()
        for language in languages:
            command = [sys.executable, "-c", f"from {__name__} import build_one; build_one({language!r})"]
            subprocess.run(command, check=True, cwd=Path(__file__).resolve().parents[3])  # noqa: S603 our own function, no words from outside
    return languages


def build_one(language: str) -> None:
    """Build one trie beside its place and move it in whole, so that nobody ever reads half a dictionary."""
    target = folder()
    with tempfile.TemporaryDirectory(dir=target) as aside:
        forms = TrieDictionaryFactory(disk_cache_dir=aside).get_dictionary(language)
        Trie(set(forms.values())).save(str(Path(aside) / f"{language}.bases"))
        (Path(aside) / f"{language}.letters").write_text(json.dumps(_count_letters(forms), ensure_ascii=False), "utf-8")
        for name in (f"{language}.bases", f"{language}.letters", f"{language}.dic"):
            os.replace(Path(aside) / name, target / name)


def _count_letters(forms: Mapping[str, str]) -> dict[str, int]:
    """Count the runs of three letters in every ninth form: enough to tell one language's spelling from another's."""
    counts: Counter[str] = Counter()
    for form in islice(forms, 0, None, 9):
        padded = f" {form.lower()} "
        counts.update(padded[start : start + 3] for start in range(len(padded) - 2))
    return {run: times for run, times in counts.items() if times > 2 and run.replace(" ", "a").isalpha()}


@cache
def dictionary(language: str) -> Mapping[str, str]:
    """Return form -> base form for fi, sv or en; builds what is missing first."""
    build()
    return TrieWrapDict(BytesTrie().mmap(str(folder() / f"{language}.dic")))


@cache
def bases(language: str) -> Trie:
    """Return the set of base forms; a dictionary names one base per form, so `snö` may hide behind `snöa`."""
    build()
    return Trie().mmap(str(folder() / f"{language}.bases"))


class MappedFactory:
    """Hands the mapped tries to the lemmatizer."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Return the dictionary of a language."""
        return dictionary(lang)


@cache
def lemmatizer() -> Lemmatizer:
    """Return the one lemmatizer of the process; its own cache is small because the analyser keeps one."""
    return Lemmatizer(cache_max_size=1024, lemmatization_strategy=DefaultStrategy(dictionary_factory=MappedFactory()))

