"""While tests run, a write to a room's table comes from that room's verbs and from nowhere else."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from tests.architecture.floor_plan import PLAN

WRITE = re.compile(r'^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE)
# What pointed to a row that goes is emptied by the library itself (on_delete=SET_NULL): part of the verb that erases.
EMPTIED = re.compile(r'^\s*UPDATE\s+"?\w+"?\s+SET\s+"?\w+_id"?\s*=\s*NULL\s+WHERE', re.IGNORECASE)
ROOT = str(Path(__file__).resolve().parent.parent)
PLACE = re.compile(re.escape(f"{ROOT}/dialogi/") + r"(\w+)(?:\.py$|/(\w+))")
# Not nouns: what the worker notes for itself, and private drafts. "table": "why"
EXEMPT: dict[str, str] = {}
# On the way from a verb to the database, and so not what is asked about.
PASSED_BY = {"models", "managers", "migrations", "encryption"}


class WroteElsewhere(AssertionError):
    """A table was written from outside its room's verbs."""


def room_of(table: str) -> str | None:
    """The room that a table belongs to; the cellar's mechanisms write their own."""
    room = table.split("_")[0]
    return room if room in PLAN and room != "commons" and table not in EXEMPT else None


def writer(frame: FrameType | None) -> tuple[str, str]:
    """Room and module of the nearest frame of ours that is not the cellar; ("", "") when there is none."""
    while frame is not None:
        if match := PLACE.search(frame.f_code.co_filename):
            room, module = match[1], match[2] or ""
            if room == "testing" or module == "tests":
                return "", ""
            if room != "commons" and module not in PASSED_BY:
                return room, module
        elif frame.f_code.co_filename.startswith(f"{ROOT}/tests/") and frame.f_code.co_filename != __file__:
            return "", ""
        frame = frame.f_back
    return "", ""


def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Django's hook around each statement."""
    if (match := WRITE.match(sql)) and not EMPTIED.match(sql) and (room := room_of(match[1])):
        where, module = writer(sys._getframe(1))
        if where and (where, module) != (room, "actions"):
            raise WroteElsewhere(f"{where}.{module} writes {match[1]}; a verb in {room}.actions must")
    return execute(sql, params, many, context)
