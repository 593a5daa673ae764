"""What is written about Dialogi is true of it: links lead somewhere, words and pictures are the code's own, excerpts stand in the code as shown.

`DIALOGI_DOCS=write .venv/bin/pytest tests/test_docs.py` writes anew what is made from the code: the words of choices and of the ledger, and
the pictures of states.
"""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import models
from django.utils.functional import Promise as Lazy
from django.utils.translation import override

from dialogi.commons.registry import registry
from dialogi.commons.states import Flow
from dialogi.systems.describing.fields import FIELDS
from tests.architecture.floor_plan import PLAN

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LANGUAGES = ("fi", "sv", "en")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
NAMED_PATH = re.compile(r"`((?:dialogi|tests|tools|docs|benchmarks|requirements)/[\w./*-]*)")
NAMED_TEST = re.compile(r"`(test_\w+)`")
NAMED_COMMAND = re.compile(r"\./manage (\w+)")
NAMED_SETTING = re.compile(r"\bDIALOGI_[A-Z][A-Z_]*[A-Z]\b")
# The first line of an excerpt says where it stands; a line of three dots leaves something out.
EXCERPT = re.compile(r"(?:#|{#) ((?:dialogi|tests|tools)/[\w./-]+)")
LEFT_OUT = re.compile(r"^\s*(?:# )?\.\.\.$", re.MULTILINE)
DECISION = ["Context", "Decision", "Consequences", "Tried and not chosen"]
LAST_OF_HOW_TO = "What tells you if you forgot something"


def called(path: Path) -> str:
    """The name of a page in a fault."""
    return str(path.relative_to(ROOT))


def prose_of(text: str) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", text)


@cache
def anchors_of(path: Path) -> frozenset[str]:
    """What a link can point to inside a page, the way that forges of code make it from headings."""
    headings = re.findall(r"^#{1,6} (.+)$", prose_of(path.read_text()), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


@cache
def code() -> str:
    """Everything that is run, as one text."""
    folders = [*(ROOT / name for name in ("dialogi", "tools", "tests", "benchmarks")), ROOT / "conftest.py"]
    files = [path for folder in folders for path in ([folder] if folder.is_file() else sorted(folder.rglob("*.*")))]
    own = Path(__file__).resolve()
    scripts = [ROOT / name for name in ("run", "test", "manage", "bench")]
    return "\n".join(path.read_text() for path in [*files, *scripts] if path.suffix in {".py", ".sh", ""} and path != own)


def broken_links(path: Path) -> Iterator[str]:
    """Links of a page that lead nowhere."""
    for target in LINK.findall(prose_of(path.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        name, _hash, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists():
            yield f"{called(path)}: {target} is not there"
        elif anchor and (there.suffix != ".md" or anchor not in anchors_of(there)):
            yield f"{called(path)}: {target} has no such heading"


@pytest.mark.parametrize("path", PAGES, ids=called)
def test_every_link_leads_somewhere(path: Path) -> None:
    faults = list(broken_links(path))
    assert not faults, "\n".join(faults)


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / target.partition("#")[0]).resolve() for target in LINK.findall(index.read_text())}
    assert not [called(path) for path in PAGES if path != index and path not in linked]


@pytest.mark.parametrize("path", PAGES, ids=called)
def test_every_file_that_is_named_is_there(path: Path) -> None:
    missing = [name for name in NAMED_PATH.findall(prose_of(path.read_text())) if not list(ROOT.glob(name.rstrip("/.")))]
    assert not missing, f"{called(path)}: {missing}"


@pytest.mark.parametrize("path", PAGES, ids=called)
def test_every_test_that_is_named_is_there(path: Path) -> None:
    tests = code() + Path(__file__).read_text()
    missing = [name for name in NAMED_TEST.findall(path.read_text()) if f"def {name}(" not in tests]
    assert not missing, f"{called(path)}: {missing}"


@pytest.mark.parametrize("path", PAGES, ids=called)
def test_every_command_and_setting_that_is_named_is_there(path: Path) -> None:
    text = path.read_text()
    missing = [name for name in NAMED_COMMAND.findall(text) if name not in {*get_commands(), "NAME"}]
    missing += [name for name in NAMED_SETTING.findall(text) if name not in code() and name != "DIALOGI_DOCS"]
    assert not missing, f"{called(path)}: {missing}"


def test_every_setting_is_told_of() -> None:
    read = set(NAMED_SETTING.findall((ROOT / "dialogi" / "settings.py").read_text() + (ROOT / "dialogi" / "environment.py").read_text()))
    told = "\n".join(path.read_text() for path in PAGES)
    # A row may name several at once: DIALOGI_SMTP_HOST/PORT.
    shared = {f"{row[: row.rindex('_')]}_{last}" for row, lasts in re.findall(r"(DIALOGI_[A-Z_]+)((?:/[A-Z]+)+)", told) for last in lasts.strip("/").split("/")}
    assert not sorted(name for name in read if name not in told and name not in shared)


def untrue_excerpts(path: Path) -> Iterator[str]:
    """Blocks that say where they stand and do not stand there."""
    for _language, block in FENCE.findall(path.read_text()):
        first, _newline, rest = block.partition("\n")
        place = EXCERPT.match(first.strip())
        if place is None:
            continue
        if not (ROOT / place[1]).is_file():
            yield f"{called(path)}: {place[1]} is not there"
            continue
        source = (ROOT / place[1]).read_text()
        for part in LEFT_OUT.split(rest):
            wanted = textwrap.dedent(part).strip("\n")
            lines = [line.strip() for line in wanted.splitlines() if line.strip()]
            if "\n".join(lines) not in "\n".join(line.strip() for line in source.splitlines() if line.strip()):
                yield f"{called(path)}: {place[1]} does not say\n{wanted}"


@pytest.mark.parametrize("path", PAGES, ids=called)
def test_an_excerpt_stands_in_the_code_as_it_is_shown(path: Path) -> None:
    faults = list(untrue_excerpts(path))
    assert not faults, "\n".join(faults)


def test_an_excerpt_that_the_code_has_left_behind_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_docs.called", str)
    page = tmp_path / "page.md"
    block = "```python\n# dialogi/commons/states.py\nclass Flow:\n    ...\n    def follows(self) -> None:\n```\n"
    page.write_text(f"{block}\n1. A step\n\n{textwrap.indent(block, '   ')}[gone](nowhere.md)\n")
    assert ["does not say" in fault for fault in untrue_excerpts(page)] == [True, True]
    assert ["is not there" in fault for fault in broken_links(page)] == [True]


# Words of the code


def in_languages(label: str | Lazy) -> list[str]:
    """A label in Finnish, Swedish and English."""
    told = []
    for language in LANGUAGES:
        with override(language):
            told.append(str(label).replace("|", "\\|"))
    return told


def all_choices() -> list[type[models.TextChoices]]:
    """Every list of choices of the house."""

    def below(parent: type) -> Iterator[type]:
        for child in parent.__subclasses__():
            yield child
            yield from below(child)

    ours = {found for found in below(models.TextChoices) if found.__module__.startswith("dialogi.")}
    return sorted(ours, key=lambda found: (found.__module__, found.__qualname__))


def table(head: str, rows: list[list[str]], *, more: tuple[str, ...] = ()) -> str:
    """A table with the columns code, fi, sv, en, and more."""
    lines = [f"| {' | '.join([head, 'suomi', 'svenska', 'English', *more])} |", "|---" * (4 + len(more)) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def words_of_choices() -> str:
    """Each list of choices with its members."""
    parts = []
    for found in all_choices():
        room = found.__module__.split(".")[1]
        doc = (found.__doc__ or "").strip().splitlines()[0]
        rows = [[f"`{member.name}` = `{member.value}`", *in_languages(member.label)] for member in found]
        parts.append(f"### `{room}` {found.__qualname__}\n\n{doc}\n\n{table('code', rows)}")
    return "\n\n".join(parts)


def words_of_the_ledger() -> str:
    """Each kind of entry with its sentence; those on the public timeline are marked."""
    rows = [[f"`{name}`{' ●' if kind.is_public else ''}", *in_languages(kind.sentence)] for name, kind in sorted(registry.kinds.items())]
    return table("kind (● = on the public timeline)", rows)


def words_of_duties() -> str:
    """Each kind of duty."""
    return table("duty", [[f"`{name}`", *in_languages(kind.label)] for name, kind in sorted(registry.duties.items())])


def readers_of_fields() -> str:
    """Who may read which field of the register of systems."""
    rows = [[f"`{key}`", *in_languages(field.label), field.sees.name.lower(), ", ".join(f"`{of}`" for of in field.of)] for key, field in FIELDS.items()]
    return table("field", rows, more=("for", "shows"))


def flows() -> dict[str, Flow]:
    """Every flow of states, by where it stands."""
    found = {}
    for config in apps.get_app_configs():
        if config.name.startswith("dialogi.") and config.models_module is not None:
            module = import_module(f"{config.name}.models")
            found |= {f"{config.name}.models.{name}": flow for name, flow in vars(module).items() if isinstance(flow, Flow)}
    return found


def made_from_code() -> dict[tuple[str, str], str]:
    """(page, part) -> what stands between its marks."""
    glossary = {"choices": words_of_choices, "ledger": words_of_the_ledger, "duties": words_of_duties}
    made = {("docs/glossary.md", name): make() for name, make in glossary.items()}
    made["docs/descriptions.md", "readers of fields"] = readers_of_fields()
    return made | {("docs/architecture.md", name): f"```mermaid\n{flow.picture()}\n```" for name, flow in flows().items()}


def between_marks(text: str, name: str) -> re.Match[str] | None:
    """The part of a page that is made from the code."""
    mark = re.escape(name)
    return re.search(rf"<!-- from the code: {mark} -->\n\n(.*?)\n\n<!-- end: {mark} -->", text, re.DOTALL)


def test_pictures_of_states_and_words_of_the_code_are_those_of_the_code() -> None:
    faults = []
    for (name, part), made in made_from_code().items():
        page = ROOT / name
        found = between_marks(page.read_text(), part)
        if found is None:
            faults.append(f"{name} has no part {part}")
        elif os.environ.get("DIALOGI_DOCS") == "write":
            page.write_text(found.string[: found.start(1)] + made + found.string[found.end(1) :])
        elif found[1] != made:
            faults.append(f"{name}: {part} says otherwise than the code")
    assert not faults, "\n".join([*faults, "DIALOGI_DOCS=write writes them anew"])


def rows_of(text: str) -> dict[str, list[str]]:
    """The rows of a page's tables by their first cell, without its marks."""
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in text.splitlines() if line.startswith("|")]
    return {row[0].strip("`"): row[1:] for row in cells}


def test_every_noun_has_its_word_in_every_language() -> None:
    rows = rows_of((ROOT / "docs" / "glossary.md").read_text())
    nouns = {model.__name__ for model in apps.get_models() if model.__module__.startswith("dialogi.")}
    assert not sorted(name for name in nouns if len([cell for cell in rows.get(name, []) if cell]) < len(LANGUAGES))


def test_every_room_that_stands_is_in_the_picture() -> None:
    stands = {path.parent.name for path in (ROOT / "dialogi").glob("*/__init__.py")} & set(PLAN)
    picture = next(block for language, block in FENCE.findall((ROOT / "docs" / "architecture.md").read_text()) if language == "mermaid")
    assert {room for room in PLAN if re.search(rf"\b{room}\[", picture)} == stands


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=called)
def test_a_decision_says_why_what_and_what_else_was_thought_of(path: Path) -> None:
    assert re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE) == DECISION


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "how-to").glob("*.md")), ids=called)
def test_a_how_to_ends_with_what_tells_if_something_was_forgotten(path: Path) -> None:
    assert re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE)[-1] == LAST_OF_HOW_TO
