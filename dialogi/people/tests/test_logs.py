"""Who read, changed and signed in is known for as long as was promised, and no longer."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog

from dialogi.commons import clock
from dialogi.commons.actors import machine
from dialogi.commons.models import LedgerEntry, LedgerNote
from dialogi.commons.permissions import NotAllowed
from dialogi.commons.sealing import faults_of_ledger, seal_ledger
from dialogi.people import actions
from dialogi.people.retention import sweep
from dialogi.people.rules import SWEEPER
from dialogi.testing import Cast, Town, actor, days_later

pytestmark = pytest.mark.django_db


def _notes(person) -> set[int]:
    return set(LedgerNote.objects.filter(account=person.account).values_list("entry", flat=True))


def test_who_changed_what_is_deleted_after_five_years_and_the_ledger_stays_whole(town: Town, cast: Cast) -> None:
    actions.edit_unit(town.roads, by=actor(cast.administrator), name_en="Streets")
    first = _notes(cast.administrator)
    assert len(first) == 1
    with days_later(4 * 365):
        actions.edit_unit(town.roads, by=actor(cast.administrator), name_en="Roads and streets")
    second = _notes(cast.administrator) - first
    seal_ledger()
    with days_later(5 * 365 - 1):
        assert sweep()["people.access_log"] == 0
        assert _notes(cast.administrator) == first | second
    entries = LedgerEntry.objects.count()
    with days_later(5 * 365 + 1):
        assert sweep()["people.access_log"] > 0
        assert _notes(cast.administrator) == second
    assert LedgerEntry.objects.count() >= entries
    seal_ledger()
    assert list(faults_of_ledger()) == []


def test_a_long_log_goes_in_batches(town: Town, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogi.people.actions.logs.BATCH", 2)
    for number in range(5):
        actions.edit_unit(town.roads, by=actor(cast.administrator), name_en=f"Roads {number}")
    with days_later(5 * 365 + 1):
        assert actions.expire_access_log(by=machine(SWEEPER)) >= 5
    assert not LedgerNote.objects.exists()


def test_who_signed_in_is_deleted_after_a_year(cast: Cast) -> None:
    email = cast.handler.account.email
    for log, extra in ((AccessLog, {}), (AccessAttempt, {"get_data": "", "post_data": "", "failures_since_start": 1})):
        for days in (366, 364):
            kept = log.objects.create(username=email, ip_address="192.0.2.7", user_agent=str(days), http_accept="", path_info="/", **extra)
            log.objects.filter(pk=kept.pk).update(attempt_time=clock.now() - timedelta(days=days))
    assert sweep()["people.sign_ins"] == 2
    assert (AccessLog.objects.count(), AccessAttempt.objects.count()) == (1, 1)


@pytest.mark.parametrize("outcome", ["granted", "partly"])
def test_who_is_erased_is_in_no_log_of_sign_ins_but_staff_are(cast: Cast, outcome: str) -> None:
    for person in (cast.resident, cast.handler):
        AccessLog.objects.create(username=person.account.email, ip_address="192.0.2.7", user_agent="x", http_accept="", path_info="/")
        asked = actions.ask_erasure(person, by=actor(person))
        actions.decide_erasure(asked, by=actor(cast.registrar), outcome=outcome, reason="Inget hindrar.")
    assert set(AccessLog.objects.values_list("username", flat=True)) == {"handler@town.example"}


def test_nobody_deletes_a_log_by_hand(cast: Cast) -> None:
    for verb in (actions.expire_access_log, actions.expire_sign_ins):
        for person in (cast.administrator, cast.registrar, cast.resident):
            with pytest.raises(NotAllowed):
                verb(by=actor(person))
