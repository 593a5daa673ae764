"""Hostile people fill in every form of the house, whoever may see it; what they write comes alive nowhere. New forms are met by themselves."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from defusedxml import ElementTree
from django.apps import apps
from django.db import connection
from django.http.response import HttpResponseBase
from django.template import engines
from django.test import Client

from tests.security import crawling
from tests.security.crawling import World, ask, body_of, forms, name_of, send, undone, walk
from tests.security.pages import MARK, Form, filled, read
from tests.security.test_requests import EVIL, LEADING, ROLES, leads_away

ROOMS = {"commons", "people", "services", "voices"}
BREAKING_OUT = f"""'"><{MARK} on{MARK}=1></textarea></title></script></option>--><{MARK}>{{{{191|add:"191"}}}}{{% {MARK} %}}javascript:{MARK}"""
SHORT = f"'\"><{MARK} a=1>"
# Quoted local parts are rightful addresses.
CORPUS = {"words": BREAKING_OUT, "short": SHORT, "email": f'"<{MARK}>"@town.example', "url": f'https://town.example/"><{MARK}>'}
LOOKERS = ("anonymous", "handler", "communications", "administrator")
BIDI = "\u202e\u2066\u200b\ufeff"
STRANGE = "Å" + BIDI + "ä" + "\u0301" * 300 + "\ufffe\ud800 \x07\x1b[31m\x85 ö\r\nBcc: x"
# Bytes that are no text at all: overlong, truncated, a lone surrogate, a NUL.
NO_TEXT = (b"%C0%AF", b"%ED%A0%80", b"%FF%FE", b"%00", b"a%00b", b"%F4%90%80%80", b"%E2%82", b"%u0041")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(db: None) -> World:
    """A town with one of everything."""
    return crawling.made()


def buttons(form: Form) -> Iterator[dict[str, str]]:
    """What each button adds."""
    yield from ({name: value} if name else {} for name, value in form.buttons or [("", "")])
    if ("do", "check") in form.buttons:
        yield {"do": "send"}  # the button of the page after, on the same address


def everybodys_forms(world: World) -> list[tuple[str, Client, Form]]:
    """Every kind of form with somebody who may fill it in."""
    found = list(forms(world, *ROLES))
    assert len(found) > 30
    return found


# Words come alive nowhere


def hostile(form: Form) -> Iterator[dict[str, str]]:
    """The form filled in with the corpus: long words, and short ones where long are refused."""
    for words in (CORPUS["words"], CORPUS["short"]):
        sent = filled(form, words=words)
        for name, control in form.fields.items():
            if "email" in (control.kind, name):
                sent[name] = CORPUS["email"]
            elif "url" in (control.kind, name.rsplit("_", 1)[-1]) or name == "post_address":
                sent[name] = CORPUS["url"]
        yield sent


def lists(world: World) -> list[str]:
    """Addresses that are narrowed, sorted and turned over by what follows the question mark."""
    single = {key for sort in ("voice", "receipt", "register row") for keys in world.samples.keys[sort].values() for key in keys.split(" ")[-1:]}
    return [path for path, name in world.paths().items() if name != "registers:add" and not any(f"/{key}/" in path for key in single)]


def alive(response: HttpResponseBase, path: str) -> list[str]:
    """What of a stranger's words a browser or a feed reader would take for markup."""
    kind, body = response.headers.get("Content-Type", "").split(";")[0], body_of(response)
    if kind == "text/html":
        assert "unsafe" not in response.headers["Content-Security-Policy"], path
        return read(body, path).alive
    if kind.endswith("xml"):
        feed = ElementTree.fromstring(body)
        found = [element.tag for element in feed.iter() if MARK in element.tag]
        return found + [part for element in feed.iter() if element.get("type") == "html" for part in read(element.text or "").alive]
    return []


def columns_with(text: str) -> set[str]:
    """Where in the rooms a text now lies."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label in ROOMS:
            names = [
                field.attname for field in model._meta.concrete_fields if field.get_internal_type() in {"CharField", "TextField", "URLField", "EmailField"}
            ]
            for row in model._base_manager.values(*names) if names else []:
                found |= {f"{model._meta.label}.{name}" for name, value in row.items() if text in str(value)}
    return found


def test_what_strangers_and_clerks_write_comes_alive_nowhere(world: World) -> None:
    came: dict[str, list[str]] = {}
    for _name, client, form in everybodys_forms(world):
        for sent in hostile(form):
            for button in buttons(form):
                response = send(client, form.path, {**sent, **button})
                assert response.status_code < 500, f"{form.path} {button}"
                came |= {f"answer of {form.path}": found} if (found := alive(response, form.path)) else {}
    for name in LOOKERS:
        for path, response, _page in walk(world, name, follow=True):
            assert response.status_code < 500, path
            came |= {f"{name} at {path}": found} if (found := alive(response, path)) else {}
    stored = columns_with(MARK)
    assert {"voices.Voice.text", "voices.Theme.title_sv", "voices.Reply.text_sv", "voices.InternalNote.text", "people.Unit.name_sv"} <= stored, sorted(stored)
    assert len(stored) > 20, sorted(stored)
    assert came == {}


QUERIES = (
    "q",
    "words",
    "sort",
    "order",
    "page",
    "kind",
    "state",
    "language",
    "service",
    "area",
    "theme",
    "view",
    "about",
    "next",
    "unit",
    "channel",
    "needs",
    "text",
)


def test_what_stands_in_an_address_comes_alive_nowhere(world: World) -> None:
    came = {}
    for name in ("anonymous", "handler", "administrator"):
        client = world.client(name)
        for path in lists(world):
            response = ask(client, path, data=dict.fromkeys(QUERIES, BREAKING_OUT))
            assert response.status_code < 500, path
            came |= {f"{name} at {path}": found} if (found := alive(response, path)) else {}
        lost = ask(client, f"/sv/%3C{MARK}%3E/{SHORT}")
        came |= {f"{name} lost": found} if (found := alive(lost, "/")) else {}
    assert came == {}


def test_without_escaping_the_words_would_come_alive(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("handler")
    assert not alive(ask(client, "/sv/search/", data={"q": SHORT, "words": SHORT}), "/")
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)  # type: ignore[attr-defined]
    monkeypatch.setattr("django.utils.html.conditional_escape", str)
    monkeypatch.setattr("django.template.base.conditional_escape", str)
    assert alive(ask(client, "/sv/search/", data={"q": SHORT, "words": SHORT}), "/")


# A form sets what it shows and nothing else


def extras() -> dict[str, str]:
    """Every column of every noun, with values that somebody would like."""
    liked = {"state": "done", "publication": "published", "audience": "public", "is_staff": "1", "is_superuser": "on", "role": "administrator"}
    names = {field.attname for model in apps.get_models() if model._meta.app_label in ROOMS for field in model._meta.concrete_fields}
    names |= {field.removesuffix("_id") for field in names} | {"is_staff", "is_superuser", "role", "account", "by", "actor", "person_id", "expecting"}
    return {name: liked.get(name, "1") for name in names}


def compared(client: Client, form: Form, sent: dict[str, str]) -> dict[str, list[Any]]:
    """Every row of the rooms as it would lie after this was sent, though it never was; and the answer."""
    told: dict[str, list[Any]] = {}
    with undone():
        told["answer"] = [(send(client, form.path, sent).status_code,)]
        for model in apps.get_models():
            if model._meta.app_label in ROOMS:
                told[model._meta.label] = list(model._base_manager.order_by("pk").values_list())
    return told


def otherwise(one: dict[str, list[Any]], two: dict[str, list[Any]]) -> set[str]:
    """`model.column` of all that differs, `model.rows` where their number does."""
    found = {"answer"} if one["answer"] != two["answer"] else set()
    for label in one.keys() - {"answer"}:
        columns = [field.attname for field in apps.get_model(label)._meta.concrete_fields]
        if len(one[label]) != len(two[label]):
            found.add(f"{label}.rows")
        pairs = zip(one[label], two[label], strict=False)
        found |= {f"{label}.{columns[place]}" for a, b in pairs if a != b for place in range(len(columns)) if a[place] != b[place]}
    return found


# A rightful field of the speaking forms that is offered once the words have found something.
HIDDEN_UNTIL_ASKED = {"about"}


def overset(client: Client, form: Form, done: set[str]) -> set[str]:
    """Columns that change when the columns' names are sent along; those that are by chance at every sending do not count."""
    found: set[str] = set()
    unasked = {name: value for name, value in extras().items() if name not in form.fields and name not in HIDDEN_UNTIL_ASKED}
    for button in buttons(form):
        sent = {**filled(form, words="Bra så"), **button}
        first, again, more = (compared(client, form, {**unasked, **sent} if extra else sent) for extra in (False, False, True))
        found |= otherwise(first, more) - otherwise(first, again)
        if first["answer"] == [(302,)]:
            done.add(name_of(form.path))
    return found


def test_no_form_sets_what_it_does_not_show(world: World) -> None:
    done: set[str] = set()
    wrong = {(name, form.path): found for name, client, form in everybodys_forms(world) if (found := overset(client, form, done))}
    assert wrong == {}
    assert {"voices:speak", "voices:reply", "voices:note", "voices:record", "voices:new_theme", "registers:add", "people:preferences"} <= done, sorted(done)


def test_a_form_that_obeys_would_be_found(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    assert "voices.Voice.retention_class" in overset(Client(), Form("/sv/obedient/", "", "post"), set())


def test_no_form_leads_out_of_the_house(world: World) -> None:
    away = set()
    for _name, client, form in list(forms(world, "anonymous", "resident", "handler")):
        for evil in EVIL:
            with undone():
                response = send(client, form.path, {**filled(form, words="Bra så"), **dict.fromkeys(LEADING[:-2], evil)}, headers={"Referer": evil})
                if leads_away(response):
                    away.add((name_of(form.path), evil, response.headers["Location"]))
    assert away == set()


# Text that is none


def unclean(text: str) -> bool:
    """Whether a text holds what nobody means to send."""
    marks = max((len(run) for run in "".join("m" if unicodedata.combining(sign) else " " for sign in text).split()), default=0)
    return marks > 4 or any(sign in text for sign in f"{BIDI}\x00\x07\x1b\x85\ufffe") or any("\ud800" <= sign <= "\udfff" for sign in text)


def dirty_columns() -> set[str]:
    """Columns of nouns in which unclean text lies."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label in ROOMS:
            names = [
                field.attname for field in model._meta.concrete_fields if field.get_internal_type() in {"CharField", "TextField", "URLField", "EmailField"}
            ]
            for row in model._base_manager.values(*names) if names else []:
                found |= {f"{model._meta.label}.{name}" for name, value in row.items() if isinstance(value, str) and unclean(value)}
    return found


def test_strange_signs_are_taken_out_or_refused_in_every_field(world: World) -> None:
    strange = STRANGE.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for _name, client, form in everybodys_forms(world):
        for button in buttons(form):
            for everywhere in (False, True):
                response = send(client, form.path, {**filled(form, words=strange, everywhere=everywhere), **button})
                assert response.status_code < 500, f"{form.path} {button}"
    assert dirty_columns() == set()
    assert unclean(strange)


def test_bytes_that_are_no_text_break_no_form(world: World) -> None:
    for _name, client, form in everybodys_forms(world):
        for bad in NO_TEXT:
            pairs = b"&".join(name.encode() + b"=" + bad for name in form.fields)
            do = b"&do=" + form.buttons[-1][1].encode() if form.buttons else b""
            with undone():
                response = send(client, form.path, pairs + do, content_type="application/x-www-form-urlencoded")
            assert response.status_code < 500, f"{form.path} {bad!r}"


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "idna", "rot13", "latin-1", "x" * 300, "none"])
def test_a_strange_charset_breaks_nothing(world: World, charset: str) -> None:
    client = world.client("anonymous")
    for content_type in (
        f"application/x-www-form-urlencoded; charset={charset}",
        f"multipart/form-data; boundary=x; charset={charset}",
        "multipart/form-data",
        "text/plain",
    ):
        with undone():
            # Not by `post`: the test client would itself write the body in that charset.
            assert client.generic("POST", "/sv/speak/", b"text=%FF%00&do=send", content_type=content_type).status_code < 500


def test_bytes_that_are_no_text_break_no_address(world: World) -> None:
    for name in ("anonymous", "handler", "administrator"):
        client = world.client(name)
        for path in lists(world):
            for bad in (b"%ED%A0%80", b"%FF", b"'%22%3B--%00"):
                response = client.get(f"{path}?" + "&".join(f"{key}={bad.decode()}" for key in QUERIES))
                assert response.status_code < 500, path


SQL = (
    "'",
    '"; DROP TABLE voices_voice; --',
    "1 OR 1=1",
    "') UNION SELECT 1 --",
    "%' ESCAPE '\\",
    "\\",
    "*",
    "a AND (",
    'NEAR("',
    "-",
    "10**30",
    "9" * 40,
    "-1",
    "1e400",
)


def test_signs_of_the_databases_language_are_words(world: World) -> None:
    for name in ("handler", "administrator"):
        client = world.client(name)
        for path in lists(world):
            for words in SQL if "registers" not in path else SQL[:3]:
                assert ask(client, path, data=dict.fromkeys(QUERIES, words)).status_code < 500, f"{path} {words}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM voices_voice")
        assert cursor.fetchone()[0] > 5


def test_keys_that_are_none_are_not_found(world: World) -> None:
    client = world.client("administrator")
    one_of_each = {name: path for path, name in world.paths(everything=True).items()}
    for name, path in one_of_each.items():
        for key in {key for keys in world.samples.keys.values() for key in " ".join(keys.values()).split()}:
            if f"/{key}/" in path:
                for bad in ("9" * 40, "-1", "'%22--", "%F0%9F%92%A9", "\u202e", "a" * 300):
                    assert ask(client, path.replace(f"/{key}/", f"/{bad}/")).status_code < 500, f"{name} {bad}"
