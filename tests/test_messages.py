"""Whatever a person may read exists in Swedish and in Finnish."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools import catalogue, messages

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    found = messages.find(ROOT)
    wrong = [f"{message.where}: {message.id!r} {what}" for message, what in messages.flaws(ROOT, language, found.messages)]
    assert not wrong, f"{len(wrong)} in {language}:\n" + "\n".join(wrong)


def test_every_message_is_a_literal_with_named_placeholders() -> None:
    faults = messages.find(ROOT).faults
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", catalogue.catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_catalogue_is_as_the_tool_writes_it(path: Path) -> None:
    entries = messages.polib.pofile(str(path))
    assert entries.metadata["Plural-Forms"] == catalogue.PLURALS
    assert [entry.msgid for entry in entries] == sorted(entry.msgid for entry in entries)


def test_a_message_put_together_at_run_time_is_found() -> None:
    source = 'from django.utils.translation import gettext as _\n_(f"Hello {name}")\n_("Hello " + name)\n_("Hello {}".format(name))\n'
    assert len(messages.in_python(source, "x.py").faults) == 3


def test_messages_are_found_under_any_name_they_are_called_by() -> None:
    source = """
from django.utils import translation
from django.utils.translation import gettext_lazy as say, npgettext, pgettext_lazy
say("One")
translation.gettext("Two")
pgettext_lazy("month", "Three")
npgettext("days", "%(n)s four", "%(n)s fours", n)
other("Not a message")
"""
    found = messages.in_python(source, "x.py").messages
    assert [(m.context, m.id, m.plural) for m in found] == [
        (None, "One", None),
        (None, "Two", None),
        ("month", "Three", None),
        ("days", "%(n)s four", "%(n)s fours"),
    ]


def test_messages_are_found_in_templates() -> None:
    source = """{% load i18n %}<p title="{% translate 'Say' %}">it's {% translate "May" context "month" %} "now"</p>
{% blocktranslate count n=n trimmed %}
  {{ n }} voice
{% plural %}
  {{ n }} voices
{% endblocktranslate %}{% include "x.html" with label=_("Send") %}{% translate "50% done" as done %}"""
    found = messages.in_template(source, "x.html").messages
    assert {(m.context, m.id, m.plural) for m in found} == {
        (None, "Say", None),
        ("month", "May", None),
        (None, "%(n)s voice", "%(n)s voices"),
        (None, "Send", None),
        (None, "50%% done", None),
    }


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (None, "not translated"),
        ({"msgstr": ""}, "empty"),
        ({"msgstr": "Hej %(name)s", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgstr": "Hej %(namn)s"}, "placeholders"),
        ({"msgstr": "Hej du"}, "placeholders"),
    ],
)
def test_a_flaw_in_a_translation_is_named(entry: dict[str, object] | None, what: str) -> None:
    translated = None if entry is None else messages.polib.POEntry(msgid="Hello %(name)s", **entry)
    assert what in (messages.flaw(messages.Message("Hello %(name)s", "x.py:1"), translated) or "")


def _translate(room: str, entries: list[dict[str, object]], root: Path) -> subprocess.CompletedProcess[str]:
    setting = f"import sys, pathlib; from tools import catalogue, translate; catalogue.ROOT = pathlib.Path({str(root)!r})"
    script = f"{setting}; sys.argv = ['', {room!r}]; translate.main()"
    return subprocess.run([sys.executable, "-c", script], input=json.dumps(entries), text=True, capture_output=True, cwd=ROOT, check=False)


def test_the_tool_merges_translations_into_both_languages_and_compiles_them(tmp_path: Path) -> None:
    (tmp_path / "dialogi" / "voices").mkdir(parents=True)
    assert _translate("voices", [{"id": "Send", "sv": "Sänd", "fi": "Lähetä"}], tmp_path).returncode == 0
    assert _translate("voices", [{"id": "Send", "sv": "Skicka", "fi": "Lähetä"}, {"id": "Ask", "sv": "Fråga", "fi": "Kysy"}], tmp_path).returncode == 0
    known = messages.translations(tmp_path, "sv")
    assert [(key[1], entry.msgstr) for key, entry in known.items()] == [("Ask", "Fråga"), ("Send", "Skicka")]
    assert len(list(tmp_path.glob("**/*.mo"))) == 2


def test_the_tool_refuses_a_translation_that_would_break_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "dialogi" / "voices").mkdir(parents=True)
    done = _translate("voices", [{"id": "Hello %(name)s", "sv": "Hej %(namn)s", "fi": "Hei %(name)s"}], tmp_path)
    assert done.returncode != 0
    assert "namn" in done.stderr
    assert not list(tmp_path.glob("**/*.po"))
