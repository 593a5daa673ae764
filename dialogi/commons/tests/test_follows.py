"""Following: by account at once, by e-mail after a yes from the address itself; and a feed for everybody."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from dialogi import testing
from dialogi.commons import clock, follows, sending
from dialogi.commons.limits import TooMany
from dialogi.commons.models import Delivery, Follow
from dialogi.commons.permissions import NotPossible
from dialogi.commons.tests.happenings import happened, hide
from dialogi.commons.traps import opened_now
from dialogi.testing import Cast, Town

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def link_in(text: str, part: str) -> str:
    found = re.search(rf"http://localhost:8000(/\w\w/follow/{part}/\S+/)", text)
    assert found
    return found[1]


def ask(client: Client, town: Town, email: str = "rea@town.example", **changes: str) -> object:
    data = {"email": email, "website": "", "opened": opened_now(seconds_ago=20)} | changes
    return client.post(f"/sv/follow/{town.smedsby.subject.code}/", data)


def count(town: Town) -> int:
    town.smedsby.subject.refresh_from_db()
    return town.smedsby.subject.follower_count


def test_an_address_follows_only_after_its_owner_said_yes(town: Town) -> None:
    client = Client()
    assert ask(client, town).status_code == 302
    sending.send()
    assert "Bekräfta" in mail.outbox[0].subject
    assert count(town) == 0
    path = link_in(mail.outbox[0].body, "confirm")
    assert client.get(path).status_code == 200
    assert client.get(path).status_code == 200, "a mail scanner that opens the link does not use it up"
    assert count(town) == 0
    assert client.post(path).status_code == 200
    assert count(town) == 1
    assert client.post(path).status_code == 409
    assert client.get(path).status_code == 404
    assert count(town) == 1


def test_the_link_to_confirm_lies_hashed_and_lives_a_week(town: Town) -> None:
    follows.follow(town.smedsby.subject, by=testing.actor(None), email="rea@town.example", language="sv")
    token = re.search(r"/confirm/([^/]+)/", Delivery.objects.get().body)
    assert token
    assert token[1] != Follow.objects.get().token_digest
    with clock.at(clock.now() + timedelta(days=8)):
        with pytest.raises(NotPossible):
            follows.confirm_follow(token[1])
        assert follows.forget_unconfirmed() == 1
    with pytest.raises(NotPossible):
        follows.confirm_follow("")


def test_nobody_learns_who_follows(town: Town) -> None:
    client = Client()
    first = ask(client, town)
    sending.send()
    client.post(link_in(mail.outbox[0].body, "confirm"))
    second = ask(client, town)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    sending.send()
    assert len(mail.outbox) == 2
    assert "/confirm/" not in mail.outbox[1].body
    assert count(town) == 1


def test_nobodys_mailbox_is_flooded(town: Town) -> None:
    for _time in range(5):
        follows.follow(town.smedsby.subject, by=testing.actor(None), email="rea@town.example")
    with pytest.raises(TooMany):
        follows.follow(town.smedsby.subject, by=testing.actor(None), email="Rea@town.example")
    follows.follow(town.smedsby.subject, by=testing.actor(None), email="other@town.example")


@pytest.mark.parametrize("email", ["", "rea", "rea@town.example\r\nBcc: x@town.example", "@" * 300])
def test_what_cannot_be_an_address_is_refused_beside_the_field(town: Town, email: str) -> None:
    answer = ask(Client(), town, email)
    assert answer.status_code == 200
    assert not Delivery.objects.exists()
    with pytest.raises(ValidationError):
        follows.follow(town.smedsby.subject, by=testing.actor(None), email=email)


@pytest.mark.parametrize("trap", [{"website": "http://spam.example"}, {"opened": "forged"}, {"opened": ""}])
def test_a_machine_is_caught_and_a_person_can_send_again(town: Town, trap: dict[str, str]) -> None:
    answer = ask(Client(), town, **trap)
    assert not Delivery.objects.exists()
    assert "rea@town.example" in answer.content.decode()
    with clock.at(clock.now() + timedelta(seconds=10)):
        kept = answer.context["form"].data
        assert Client().post(f"/sv/follow/{town.smedsby.subject.code}/", kept.dict()).status_code == 302


def test_stopping_needs_a_button_or_a_mail_program_and_no_sign_in(town: Town, cast: Cast) -> None:
    followed = follows.follow(town.smedsby.subject, by=testing.actor(cast.resident), language="sv")
    path = sending.stop_url(followed.pk, language="sv").removeprefix("http://localhost:8000")
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    assert count(town) == 1
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert count(town) == 0
    assert client.post(path).status_code == 200, "twice is as good as once"
    assert client.post("/sv/follow/stop/forged/").status_code == 200
    assert count(town) == 0


def test_an_account_follows_and_stops_with_one_button(town: Town, cast: Cast) -> None:
    client = testing.client_for(cast.resident)
    page = f"/sv/follow/{town.smedsby.subject.code}/"
    assert "konto" in client.get(page).content.decode()
    client.post(f"{page}account/")
    client.post(f"{page}account/")
    assert count(town) == 1
    client.post(f"{page}account/", {"stop": "1"})
    assert count(town) == 0
    Client().post(f"{page}account/")
    assert count(town) == 0


def test_what_one_may_not_see_cannot_be_followed(town: Town) -> None:
    hide(town.smedsby.subject)
    page = f"/sv/follow/{town.smedsby.subject.code}/"
    assert Client().get(page).status_code == 404
    assert Client().get(f"{page}feed.atom").status_code == 404
    assert ask(Client(), town).status_code == 404


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_the_feed_tells_what_everybody_may_know_in_its_language(town: Town, language: str) -> None:
    happened(town.smedsby)
    answer = Client().get(f"/{language}/follow/{town.smedsby.subject.code}/feed.atom", headers={"host": "localhost"})
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert all(entry.find(f"{ATOM}link").attrib["href"].startswith(f"http://localhost:8000/{language}/") for entry in entries)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_the_pages_stand_in_every_language(town: Town, language: str) -> None:
    code = town.smedsby.subject.code
    for page in (f"/{language}/follow/{code}/", f"/{language}/follow/{code}/sent/"):
        answer = Client().get(page)
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.content.decode()
