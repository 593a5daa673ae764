"""Every page of the house can be used by everybody who may open it: at a desk and on a phone, by day and by night, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Error, Page

from dialogi.testing import Cast, Town, client_for
from tests.journeys.browser import assert_accessible
from tests.journeys.conftest import OpenPage
from tests.sweep import samples as sampling
from tests.sweep.addresses import Address, addresses
from tests.sweep.doors import ONLY_SENT, doors
from tests.sweep.test_sweep import SIGNS_OUT

# Whoever may do least is asked first, so that a page is seen as most people see it.
ORDER = (
    *("anonymous", "resident", "employee", "clerk", "handler", "head_of_unit", "communications"),
    *("registrar", "administrator", "official", "ict_member", "other_handler", "another_resident"),
)
# One page with other words is looked at once; these differ from each other.
DIFFERENT = {"registers:list", "registers:add", "portal:standing"}


def is_page(client: Client, path: str) -> bool:
    """Whether this reader gets a whole page there."""
    cache.clear()
    response = client.get(path)
    return response.status_code == 200 and response.get("Content-Type", "").startswith("text/html") and b"<html" in response.content


def pages(cast: Cast, town: Town, language: str) -> Iterator[tuple[Address, str]]:
    """(address, person) of every page: of each address one of its kind, as the first in ORDER who gets in sees it."""
    table = doors()
    clients = {name: client_for(person, raise_request_exception=False) for name, person in cast.everybody()}
    seen: set[str] = set()
    for address in addresses(sampling.make(cast, town)):
        if address.name in SIGNS_OUT | ONLY_SENT or (address.name in seen and address.name not in DIFFERENT):
            continue
        row = f"{address.name} {address.label}".strip()
        assert row in table, f"{row} is new; let the sweep write its table anew: docs/testing.md"
        person = next((name for name in ORDER if table[row].to(name) == 200), None)
        if person and is_page(clients[person], address.at(language)):
            seen.add(address.name)
            yield address, person


def faults_of(page: Page, path: str, language: str) -> str:
    """What stands in somebody's way on a page."""
    try:
        page.goto(path)
        assert_accessible(page, language=language)
    except (AssertionError, Error) as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize(("language", "width", "dark"), [("sv", 1280, False), ("fi", 320, False), ("fi", 1280, True), ("sv", 320, True)])
def test_every_page_can_be_used(open_page: OpenPage, cast: Cast, town: Town, language: str, width: int, dark: bool) -> None:
    found = list(pages(cast, town, language))
    people = dict(cast.everybody())
    browsers: dict[str, Page] = {}
    faults = []
    for address, person in found:
        if person not in browsers:
            browsers[person] = open_page(client=client_for(people[person]), dark=dark)
        cache.clear()
        if fault := faults_of(browsers[person], address.at(language), language):
            faults.append(f"{address.name} {address.label} as {person}: {fault}")
    assert len(found) > 40
    assert not faults, f"{len(faults)} of {len(found)} pages\n" + "\n\n".join(faults)
