"""The demo's way in: there in a demo, nowhere else."""

from types import ModuleType
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver, include, path

from dialogi.demo.views import sign_in
from dialogi.people.actions import appoint, create_person
from dialogi.people.models import Person, Role
from dialogi.testing import SETUP, Cast, Town

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def addresses() -> ModuleType:
    """The addresses of a house that is a demo."""
    module = ModuleType("addresses_of_a_demo")
    own = i18n_patterns(path("", include("dialogi.demo.urls")), prefix_default_language=True)
    module.urlpatterns = [*get_resolver().url_patterns, *own]
    return module


@pytest.fixture
def demo(settings: Any, addresses: ModuleType) -> None:
    settings.DEMO, settings.ROOT_URLCONF = True, addresses


@pytest.fixture
def registrar(town: Town) -> Person:
    person = create_person(by=SETUP, name="Registrator Demo", email="registrar@demo.invalid")
    appoint(person, by=SETUP, role=Role.REGISTRAR, unit=town.registry)
    return person


def test_an_installation_that_is_no_demo_has_no_such_page(client: Client, registrar: Person) -> None:
    assert client.get("/sv/demo/sign-in/").status_code == 404
    with pytest.raises(Http404):
        sign_in(RequestFactory().post("/sv/demo/sign-in/", {"person": registrar.subject.code}))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("language", "heading"), [("sv", "Logga in i demoversionen"), ("fi", "Kirjaudu demoon"), ("en", "Sign in to the demo")])
def test_the_page_lists_the_demos_people_by_role(client: Client, registrar: Person, language: str, heading: str) -> None:
    page = client.get(f"/{language}/demo/sign-in/").content.decode()
    assert heading in page
    assert registrar.name in page


@pytest.mark.usefixtures("demo")
def test_choosing_a_role_opens_all_its_doors(client: Client, registrar: Person) -> None:
    client.post("/sv/demo/sign-in/", {"person": registrar.subject.code})
    assert client.get("/sv/erasures/").status_code == 200


@pytest.mark.usefixtures("demo")
def test_the_way_on_never_leads_to_another_site(client: Client, registrar: Person) -> None:
    response = client.post("/sv/demo/sign-in/", {"person": registrar.subject.code, "next": "//evil.example/"})
    assert "evil" not in response["Location"]
    again = client.post("/sv/demo/sign-in/", {"person": registrar.subject.code, "next": "/sv/me/data/"})
    assert again["Location"] == "/sv/me/data/"


@pytest.mark.usefixtures("demo")
def test_nobody_outside_the_demo_can_be_signed_in_as(client: Client, cast: Cast) -> None:
    assert client.post("/sv/demo/sign-in/", {"person": cast.administrator.subject.code}).status_code == 404


def test_a_session_of_a_demo_opens_nothing_once_it_is_no_demo(client: Client, registrar: Person, settings: Any, addresses: ModuleType) -> None:
    urls = settings.ROOT_URLCONF
    settings.DEMO, settings.ROOT_URLCONF = True, addresses
    client.post("/sv/demo/sign-in/", {"person": registrar.subject.code})
    settings.DEMO, settings.ROOT_URLCONF = False, urls
    assert client.get("/sv/erasures/").status_code == 302
