"""The house as text: its rooms, modules and templates, read once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = "dialogi"


@dataclass(frozen=True)
class Module:
    """A Python file of the house."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.source, self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        """The path inside the package, without the ending."""
        return Path(self.path).with_suffix("").parts[1:]

    @property
    def room(self) -> str | None:
        """The room it lies in; none for the wiring on top."""
        return self.parts[0] if len(self.parts) > 1 else None

    @property
    def is_test(self) -> bool:
        """Whether it is a test or serves tests alone."""
        return "tests" in self.parts or self.parts == ("testing",)

    def is_in(self, name: str) -> bool:
        """Whether it is the room's module of that name, or lies in the package of that name."""
        return len(self.parts) > 1 and self.parts[1] == name

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All functions and methods."""
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node

    @property
    def top_functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """The functions at the top of the module."""
        return (node for node in self.tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


@dataclass(frozen=True)
class Template:
    """A template of the house."""

    path: str
    source: str

    @property
    def room(self) -> str:
        """The room it lies in."""
        return Path(self.path).parts[1]


@dataclass(frozen=True)
class House:
    """A tree that holds the package `dialogi`."""

    root: Path

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """Every Python file of the package."""
        return tuple(Module(str(path.relative_to(self.root)), path.read_text()) for path in sorted((self.root / PACKAGE).rglob("*.py")))

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """Every template of the package."""
        found = sorted((self.root / PACKAGE).glob("*/templates/**/*.*"))
        return tuple(Template(str(path.relative_to(self.root)), path.read_text()) for path in found if path.suffix in {".html", ".txt", ".xml"})

    @property
    def rooms(self) -> set[str]:
        """The rooms that stand."""
        return {module.room for module in self.modules if module.room}


def name_of(node: ast.expr) -> str:
    """The last name of `a`, `b.a` or `c.b.a(...)`."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
