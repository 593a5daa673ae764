"""Limits count by account or by an address that nobody can read back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from dialogi import testing
from dialogi.commons import clock
from dialogi.commons.limits import Limit, TooMany, address_of, check
from dialogi.testing import Cast

THREE = Limit("tests", 3, 60)


def from_(address: str, **headers: str) -> object:
    return RequestFactory(REMOTE_ADDR=address).get("/", headers={name.replace("_", "-"): value for name, value in headers.items()})


def allowed(**who: object) -> int:
    for number in range(10):
        try:
            check(THREE, **who)
        except TooMany:
            return number
    return 10


def test_so_many_times_and_no_more_until_the_time_is_over() -> None:
    with clock.at(clock.now()):
        assert allowed(request=from_("192.0.2.1")) == 3
        assert allowed(request=from_("192.0.2.2")) == 3
        assert allowed(request=from_("192.0.2.1")) == 0
    with clock.at(clock.now() + timedelta(seconds=61)):
        assert allowed(request=from_("192.0.2.1")) == 3


@pytest.mark.django_db
def test_an_account_is_counted_wherever_it_is(cast: Cast) -> None:
    actor = testing.actor(cast.resident)
    assert allowed(actor=actor, request=from_("192.0.2.1")) == 3
    assert allowed(actor=actor, request=from_("192.0.2.2")) == 0
    assert allowed(actor=testing.actor(cast.another_resident), request=from_("192.0.2.1")) == 3


def test_a_household_with_many_addresses_is_one() -> None:
    assert allowed(request=from_("2001:db8:1:2::1")) == 3
    assert allowed(request=from_("2001:db8:1:2:ffff::9")) == 0
    assert allowed(request=from_("2001:db8:1:3::1")) == 3


def test_a_forwarded_address_is_believed_from_our_own_proxies_alone(settings: Settings) -> None:
    request = from_("10.0.0.1", x_forwarded_for="203.0.113.9, 192.0.2.7")
    assert address_of(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert address_of(request) == "192.0.2.7"


def test_no_address_is_kept_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    add = cache.add

    def keep(key: str, *rest: Any) -> bool:
        keys.append(key)
        return add(key, *rest)

    monkeypatch.setattr(cache, "add", keep)
    check(THREE, request=from_("192.0.2.1"))
    with clock.at(clock.now() + timedelta(days=1)):
        check(THREE, request=from_("192.0.2.1"))
    assert "192.0.2.1" not in "".join(keys)
    assert keys[0].split(":")[2] != keys[1].split(":")[2], "two days cannot be laid side by side"


@pytest.mark.django_db
def test_too_often_is_a_page_that_says_when_to_come_back(client: object, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr("dialogi.commons.pages.FOLLOWING", Limit("tests too", 0, 60))
    code = cast.town.smedsby.subject.code
    answer = client.post(f"/sv/follow/{code}/", {"email": "rea@town.example"})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Vänta 1 minut" in answer.content.decode()
