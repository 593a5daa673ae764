"""Find every message a person may read, in Python and in templates.

Run by hand it prints what still lacks a translation, as a skeleton for tools/translate.py:
    tools/messages.py [ROOM]
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import catalogue as catalogues
from tools.translate import BARE, placeholders

SINGULAR, CONTEXT, PLURAL, BOTH = ("id",), ("context", "id"), ("id", "plural"), ("context", "id", "plural")
CALLS = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), SINGULAR),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), CONTEXT),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), BOTH),
}
LITERAL = r"""[uU]?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)


@dataclass(frozen=True)
class Message:
    """One message as it is written in the source, and where."""

    id: str
    where: str
    plural: str | None = None
    context: str | None = None


@dataclass(frozen=True)
class Found:
    """The messages of some sources and what is wrong with how they are written."""

    messages: tuple[Message, ...]
    faults: tuple[str, ...]


def _names(tree: ast.Module) -> tuple[dict[str, str], set[str]]:
    """What this module calls the functions of translation, and the translation module itself."""
    functions: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            functions |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in CALLS}
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils":
            modules |= {alias.asname or alias.name for alias in node.names if alias.name == "translation"}
    return functions, modules


def _called(call: ast.Call, functions: dict[str, str], modules: set[str]) -> str | None:
    if isinstance(call.func, ast.Name):
        return functions.get(call.func.id)
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id in modules:
        return call.func.attr if call.func.attr in CALLS else None
    return None


def in_python(source: str, where: str) -> Found:
    """The messages of a module. A text put together at run time cannot be translated: a fault."""
    tree = ast.parse(source)
    functions, modules = _names(tree)
    messages, faults = [], []
    for node in ast.walk(tree):
        name = _called(node, functions, modules) if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or name is None:
            continue
        place = f"{where}:{node.lineno}"
        parts = dict(zip(CALLS[name], node.args, strict=False))
        if any(isinstance(part, (ast.JoinedStr, ast.BinOp, ast.Call)) for part in parts.values()):
            faults.append(f"{place}: a message must be one literal, with named placeholders filled in afterwards")
        texts = {key: part.value for key, part in parts.items() if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if "id" in texts:
            messages.append(Message(where=place, **texts))
    return Found(tuple(messages), tuple(faults))


def in_template(source: str, where: str) -> Found:
    """The messages of a template, as Django itself would look them up."""
    messages = []
    text = templatize(source, origin=where)
    for match in IN_TEMPLATE.finditer(text):
        name = "gettext" if match[1] == "_" else match[1]
        values = ast.literal_eval(f"[{match[2]}]")
        place = f"{where}:{text.count(chr(10), 0, match.start()) + 1}"
        messages.append(Message(where=place, **dict(zip(CALLS[name], values, strict=False))))
    return Found(tuple(messages), ())


def sources(root: Path, room: str = "*") -> Iterator[Path]:
    """The files whose words people read: never tests."""
    for pattern in (f"dialogi/{room}/**/*.py", f"dialogi/{room}/**/*.html", f"dialogi/{room}/**/*.txt", *(("dialogi/*.py",) if room == "*" else ())):
        for path in sorted(root.glob(pattern)):
            if "tests" not in path.relative_to(root).parts and path.name != "testing.py" and (path.suffix == ".py" or "templates" in path.parts):
                yield path


def find(root: Path, room: str = "*") -> Found:
    """All messages of the house, or of one room."""
    if not settings.configured:
        settings.configure()
        django.setup()
    messages: list[Message] = []
    faults: list[str] = []
    for path in sources(root, room):
        found = (in_python if path.suffix == ".py" else in_template)(path.read_text(), str(path.relative_to(root)))
        messages += found.messages
        faults += found.faults
    for message in messages:
        faults += [f"{message.where}: name the placeholder in {text!r}" for text in (message.id, message.plural or "") if BARE.search(text)]
    return Found(tuple(messages), tuple(faults))


def translations(root: Path, language: str) -> dict[tuple[str | None, str], polib.POEntry]:
    """Every entry of a language, over all rooms."""
    known: dict[tuple[str | None, str], polib.POEntry] = {}
    for path in sorted((root / "dialogi").glob(f"**/locale/{language}/LC_MESSAGES/django.po")):
        known |= {catalogues.key_of(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    return known


def flaw(message: Message, entry: polib.POEntry | None) -> str | None:
    """What is wrong with the translation of a message, or nothing."""
    if entry is None:
        return "is not translated"
    forms = list(entry.msgstr_plural.values()) if message.plural else [entry.msgstr]
    if message.plural and (entry.msgid_plural != message.plural or len(forms) != 2):
        return "needs a translation for one and for many"
    if not all(form.strip() for form in forms):
        return "has an empty translation"
    if entry.fuzzy:
        return "has a translation nobody has checked (fuzzy)"
    named = placeholders(message.id) | placeholders(message.plural or "")
    if set().union(*map(placeholders, forms)) - named or placeholders(message.plural or message.id) - placeholders(forms[-1]):
        return "is translated with other placeholders"
    return None


def flaws(root: Path, language: str, messages: tuple[Message, ...]) -> list[tuple[Message, str]]:
    """The messages of a language that a person could not read, each once."""
    known = translations(root, language)
    seen: dict[tuple[str | None, str], tuple[Message, str]] = {}
    for message in messages:
        what = flaw(message, known.get((message.context, message.id)))
        if what and message.id:
            seen.setdefault((message.context, message.id), (message, what))
    return list(seen.values())


def main() -> None:
    """Print the skeleton of what is missing."""
    room = sys.argv[1] if len(sys.argv) > 1 else "*"
    found = find(catalogues.ROOT, room)
    missing: dict[tuple[str | None, str], dict[str, object]] = {}
    for language in catalogues.LANGUAGES:
        for message, what in flaws(catalogues.ROOT, language, found.messages):
            entry = missing.setdefault((message.context, message.id), {"id": message.id, "where": message.where})
            entry |= {key: value for key, value in (("plural", message.plural), ("context", message.context)) if value}
            entry[language] = ["", ""] if message.plural else ""
            print(f"{message.where}: {language}: {message.id!r} {what}", file=sys.stderr)
    print("\n".join(found.faults), file=sys.stderr)
    print(json.dumps(list(missing.values()), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
