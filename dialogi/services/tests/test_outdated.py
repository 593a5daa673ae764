"""Whoever reads words that are behind another language is told so, there and nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client

from dialogi.people import actions as people
from dialogi.services import actions
from dialogi.testing import SETUP, Town

pytestmark = pytest.mark.django_db
TOLD = {
    "fi": "Suomenkielinen teksti on vanhempi kuin ruotsinkielisen tekstin viimeisin muutos, ja sitä tarkistetaan.",
    "en": "The English text is older than the latest change of the Swedish one, and is being checked.",
}


def read(client: Client, language: str, address: str) -> str:
    return client.get(f"/{language}{address}").content.decode()


def test_a_service_says_when_its_words_are_behind_until_they_have_followed(town: Town, client: Client) -> None:
    address = town.snow.subject.address
    assert 'data-kind="watch"' not in read(client, "fi", address)
    service = actions.edit_service(town.snow, by=SETUP, name_sv="Snöröjning och sandning")
    for language, sentence in TOLD.items():
        page = read(client, language, address)
        assert sentence in page
        assert f'href="/sv{address}" hreflang="sv" lang="sv"' in page
    assert 'data-kind="watch"' not in read(client, "sv", address)
    actions.edit_service(service, by=SETUP, name_fi="Lumenauraus ja hiekoitus")
    assert 'data-kind="watch"' not in read(client, "fi", address)
    assert "The English text is older than the latest change of the Finnish one" in read(client, "en", address)


def test_service_points_and_organisations_say_it_too(town: Town, client: Client) -> None:
    point = actions.edit_service_point(town.service_point, by=SETUP, name_sv="Kommunhuset")
    organisation = people.edit_organisation(town.wellbeing_county, by=SETUP, advice_sv="Ring välfärdsområdet.")
    for noun in (point, organisation):
        assert TOLD["fi"] in read(client, "fi", noun.subject.address)
        assert 'data-kind="watch"' not in read(client, "sv", noun.subject.address)
