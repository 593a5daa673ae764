"""Merge translations into a room's catalogues: tools/translate.py ROOM < entries.json

entries.json is a list of
    {"id": "Hello %(name)s", "sv": "Hej %(name)s", "fi": "Hei %(name)s"}
    {"id": "%(n)s day", "plural": "%(n)s days", "sv": ["one", "many"], "fi": ["one", "many"]}
each optionally with "context" (for pgettext) and "comment" (for the next translator).
{"id": "...", "drop": true} takes an entry out. What is named replaces what was there.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import polib

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import catalogue as catalogues

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*[a-zA-Z]")
BARE = re.compile(r"(?<!%)(?:%%)*%[sd]")


def placeholders(text: str) -> set[str]:
    """The named placeholders of a text."""
    return set(PLACEHOLDER.findall(text))


def forms_of(entry: dict[str, Any], language: str) -> list[str]:
    """The translation as a list: one form, or two when the entry counts."""
    text = entry.get(language)
    forms = [text] if isinstance(text, str) else list(text or [])
    wanted = 2 if "plural" in entry else 1
    if len(forms) != wanted or not all(isinstance(form, str) and form.strip() for form in forms):
        raise SystemExit(f"{entry['id']!r}: {language} needs {wanted} text(s) that are not empty, got {text!r}")
    return forms


def check(entry: dict[str, Any]) -> None:
    """Refuse what would break or blur a sentence at run time."""
    if not isinstance(entry.get("id"), str) or not entry["id"]:
        raise SystemExit(f"an entry without id: {entry!r}")
    originals = [entry["id"], *([entry["plural"]] if "plural" in entry else [])]
    named = set().union(*map(placeholders, originals))
    for text in [*originals, *forms_of(entry, "sv"), *forms_of(entry, "fi")]:
        if BARE.search(text):
            raise SystemExit(f"{text!r}: use a named placeholder, %(name)s")
    for language in catalogues.LANGUAGES:
        forms = forms_of(entry, language)
        found = set().union(*map(placeholders, forms))
        missing = placeholders(originals[-1]) - placeholders(forms[-1])
        if found - named or missing:
            raise SystemExit(f"{entry['id']!r}: {language} has the placeholders {sorted(found)}, the original {sorted(named)}")
        for original, form in zip(originals, forms, strict=True):
            if original.startswith("\n") != form.startswith("\n") or original.endswith("\n") != form.endswith("\n"):
                raise SystemExit(f"{entry['id']!r}: {language} must begin and end with a newline exactly as the original does")


def merge(catalogue: polib.POFile, entries: list[dict[str, Any]], language: str) -> None:
    """Put the entries into one catalogue, each replacing its earlier self."""
    known = {catalogues.key_of(entry): entry for entry in catalogue}
    for data in entries:
        old = known.pop((data.get("context"), data["id"]), None)
        if old is not None:
            catalogue.remove(old)
        if data.get("drop"):
            continue
        new = polib.POEntry(msgid=data["id"], msgctxt=data.get("context"), comment=data.get("comment") or (old.comment if old else ""))
        forms = forms_of(data, language)
        if "plural" in data:
            new.msgid_plural = data["plural"]
            new.msgstr_plural = dict(enumerate(forms))
        else:
            new.msgstr = forms[0]
        if placeholders(data["id"]) or placeholders(data.get("plural", "")):
            new.flags.append("python-format")
        catalogue.append(new)
        known[catalogues.key_of(new)] = new


def main() -> None:
    """Read the entries from standard input and merge them into both languages, or into none."""
    if len(sys.argv) != 2 or not (catalogues.ROOT / "dialogi" / sys.argv[1]).is_dir():
        raise SystemExit(f"usage: tools/translate.py ROOM < entries.json   (rooms: {' '.join(catalogues.rooms()) or 'none yet'})")
    entries = json.load(sys.stdin)
    for entry in entries:
        if not entry.get("drop"):
            check(entry)
    with catalogues.locked():
        for language in catalogues.LANGUAGES:
            path = catalogues.path_of(sys.argv[1], language)
            catalogue = catalogues.load(path, language)
            merge(catalogue, entries, language)
            catalogues.save(catalogue, path)
    print(f"{len(entries)} entries into {sys.argv[1]}")


if __name__ == "__main__":
    main()
