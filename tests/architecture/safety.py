"""What would let a stranger's words become code, or a secret be guessed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.house import House, name_of

# Where SQL is put together from names that are ours (tables, columns), never from what a person typed.
SQL_BY_HAND: dict[str, str] = {
    "dialogi/commons/backups/rows.py": "reads and fills any table of our models; names come from the models, values are parameters",
    "dialogi/commons/search/searching.py": "full-text search speaks each database's own SQL; tables are ours, words are parameters",
    "dialogi/commons/search/tables.py": "makes the full-text tables of our own names",
}
# Where text is declared to be HTML, and why it is.
TRUSTED_HTML: dict[str, str] = {
    "dialogi/commons/templatetags/look.py": "the strokes of the shapes are constants beside it",
    "dialogi/commons/templates/commons/_field.html": "help texts are our own words, some with a link",
    "dialogi/commons/templates/commons/_field_notes.html": "help texts are our own words, some with a link",
    "dialogi/commons/text/markdown.py": "what markdown-it made has passed the allow-list of nh3",
}

SQL_CALLS = {"raw", "extra", "RawSQL", "execute", "executemany", "executescript"}
MARKERS = {"mark_safe", "SafeString", "SafeText", "SafeData"}
TAG = re.compile(r"<(\w+)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
DATA_BLOCKS = re.compile(r"""type=["']application/(?:ld\+)?json["']""")
FOREIGN = re.compile(r"""\b(?:src|href|action|formaction|poster|data|srcset)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
LOADS = {"script", "link", "img", "iframe", "source", "video", "audio", "object", "embed", "form", "button", "use", "image"}


def _is_formatted(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(value, ast.FormattedValue) for value in node.values)
    if isinstance(node, ast.BinOp):
        return True
    return isinstance(node, ast.Call) and name_of(node) in {"format", "join", "replace"}


def name_of_any(node: ast.AST) -> str:
    """The name of an expression, or nothing for other nodes."""
    return name_of(node) if isinstance(node, (ast.Name, ast.Attribute, ast.Call)) else ""


def sql_is_not_put_together(house: House) -> Iterator[str]:
    """No formatted string reaches the database as SQL."""
    for module in house.modules:
        if module.path in SQL_BY_HAND or module.is_test:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and name_of(node) in SQL_CALLS:
                arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
                inner = [part for argument in arguments for part in (argument.elts if isinstance(argument, (ast.List, ast.Tuple)) else [argument])]
                if any(_is_formatted(part) for part in inner):
                    yield f"{module.path}:{node.lineno}: SQL put together from strings; pass parameters"


def secrets_come_from_secrets(house: House) -> Iterator[str]:
    """The module `random` can be foreseen; only the demo may use it."""
    for module in house.modules:
        if module.is_test or "demo" in " ".join(module.parts):
            continue
        for node in ast.walk(module.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module] if isinstance(node, ast.ImportFrom) else []
            if "random" in names:
                yield f"{module.path}:{getattr(node, 'lineno', 0)}: use secrets, not random"


def html_is_trusted_by_name(house: House) -> Iterator[str]:
    """Each place that switches escaping off stands in the list, with its reason."""
    for module in house.modules:
        if module.path in TRUSTED_HTML or module.is_test:
            continue
        for node in ast.walk(module.tree):
            # SafeString as the type of what format_html returns says nothing wrong; to make one does.
            made = [node] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
            for part in [node] if name_of_any(node) == "mark_safe" else made:
                if name_of_any(part) in MARKERS:
                    yield f"{module.path}:{node.lineno}: {name_of_any(part)}; let Django escape, or use format_html"
            if isinstance(node, ast.Call) and name_of(node) == "format_html" and node.args and _is_formatted(node.args[0]):
                yield f"{module.path}:{node.lineno}: format_html of a string already formatted escapes nothing"
    for template in house.templates:
        if template.path not in TRUSTED_HTML and not template.path.endswith(".txt"):
            for match in re.finditer(r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off", template.source):
                yield f"{template.path}:{template.source.count(chr(10), 0, match.start()) + 1}: {match[0]} switches escaping off"


def templates_bear_a_strict_policy(house: House) -> Iterator[str]:
    """No inline script, style or handler, and nothing fetched from elsewhere: the browser would refuse it."""
    for template in house.templates:
        if not template.path.endswith(".html"):
            continue
        for match in TAG.finditer(template.source):
            where = f"{template.path}:{template.source.count(chr(10), 0, match.start()) + 1}"
            tag, attributes = match[1].lower(), match[2]
            plain = re.sub(r"{%.*?%}|{{.*?}}", "", attributes, flags=re.DOTALL)
            if tag == "style":
                yield f"{where}: a style block; write it in the stylesheet"
            if tag == "script" and not re.search(r"\bsrc\s*=", attributes) and not DATA_BLOCKS.search(attributes):
                yield f"{where}: an inline script; write a module"
            if re.search(r"(?<![\w-])style\s*=", plain):
                yield f"{where}: a style attribute; use a class"
            if handler := re.search(r"(?<![\w-])(on[a-z]+)\s*=", plain):
                yield f"{where}: {handler[1]}=; attach it in a module"
            if "javascript:" in plain.lower():
                yield f"{where}: a javascript: address"
            if tag in LOADS and FOREIGN.search(plain):
                yield f"{where}: <{tag}> asks another host"
