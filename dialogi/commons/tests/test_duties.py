"""Duties: counted in their own kind of days, told of once before the day and once after it."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogi.commons import clock, duties
from dialogi.commons.calendar import ZONE, CalendarDays, Months, WorkingDays
from dialogi.commons.models import Duty, Subject
from dialogi.commons.registry import DutyKind, registry
from dialogi.testing import Town

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHAT = "tests.answer"
LAW = "Act 306/2019, section 9"


class Told:
    """What the room was told."""

    def __init__(self) -> None:
        self.soon: list[int] = []
        self.late: list[int] = []
        self.breaks = False

    def on_late(self, duty: Duty) -> None:
        """Listen, or break."""
        if self.breaks:
            raise ValueError
        self.late.append(duty.pk)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told()
    kind = DutyKind(WHAT, "Answer", lambda subject: "/", on_due_soon=lambda duty: told.soon.append(duty.pk), on_overdue=told.on_late)
    monkeypatch.setitem(registry.duties, WHAT, kind)
    return told


@pytest.fixture
def subject(town: Town, told: Told) -> Subject:
    return town.smedsby.subject


def day(duty: Duty | None) -> str:
    assert duty is not None
    return f"{duty.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def test_a_promise_counts_working_days_and_a_statute_calendar_days(subject: Subject, town: Town) -> None:
    promise = duties.open_duty(subject, what=WHAT, unit_id=town.roads.subject_id, days=WorkingDays(11), started_at=MONDAY)
    assert (promise.basis, promise.section, day(promise)) == ("promise", "", "2026-12-08 23:59")
    duties.finish_duty(subject, what=WHAT)
    statute = duties.open_duty(subject, what=WHAT, unit_id=None, days=CalendarDays(14, LAW), started_at=MONDAY)
    assert (statute.basis, statute.section, day(statute)) == ("statute", LAW, "2026-12-07 23:59")


def test_a_statute_in_months_keeps_its_section(subject: Subject) -> None:
    duty = duties.open_duty(subject, what=WHAT, unit_id=None, days=Months(6, "Act 410/2015, section 23"), started_at=MONDAY)
    assert day(duty) == "2027-05-24 23:59"


def test_a_duty_is_open_once(subject: Subject) -> None:
    first = duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(1), started_at=MONDAY)
    assert duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(9)) == first
    with pytest.raises(KeyError):
        duties.open_duty(subject, what="tests.unknown", unit_id=None, days=WorkingDays(1))


def test_finishing_tells_whether_it_was_kept(subject: Subject) -> None:
    duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(1), started_at=MONDAY)
    finished = duties.finish_duty(subject, what=WHAT, at=MONDAY + timedelta(days=1))
    assert finished
    assert finished.is_kept
    assert duties.finish_duty(subject, what=WHAT) is None
    assert list(Duty.objects.kept()) == [finished]
    duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(1), started_at=MONDAY)
    late = duties.finish_duty(subject, what=WHAT, at=MONDAY + timedelta(days=2))
    assert late
    assert not late.is_kept


def test_a_duty_moves_to_another_unit_without_winning_time(subject: Subject, town: Town) -> None:
    before = day(duties.open_duty(subject, what=WHAT, unit_id=town.roads.subject_id, days=WorkingDays(5), started_at=MONDAY))
    moved = duties.move_duty(subject, what=WHAT, unit_id=town.parks.subject_id)
    assert moved
    assert moved.unit_id == town.parks.subject_id
    assert day(moved) == before


def test_a_pause_moves_the_day_by_its_own_kind_of_days(subject: Subject) -> None:
    duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(3), started_at=MONDAY)
    with clock.at(MONDAY + timedelta(days=1)):
        duties.pause_duty(subject, what=WHAT)
    with clock.at(MONDAY + timedelta(days=5)):
        assert duties.escalate() == 0, "a paused duty is not late"
        duties.pause_duty(subject, what=WHAT)
    with clock.at(MONDAY + timedelta(days=8)):
        assert day(duties.resume_duty(subject, what=WHAT)) == "2026-12-03 23:59"


def test_an_extension_moves_the_day(subject: Subject) -> None:
    duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(1), started_at=MONDAY)
    assert day(duties.extend_duty(subject, what=WHAT, days=4)) == "2026-11-30 23:59"


def test_the_room_is_told_once_before_the_day_and_once_after_it(subject: Subject, told: Told) -> None:
    duty = duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(5), started_at=MONDAY)
    with clock.at(MONDAY + timedelta(days=1)):
        assert (duties.remind(), duties.escalate()) == (0, 0)
    with clock.at(MONDAY + timedelta(days=4)):
        assert (duties.remind(), duties.remind(), duties.escalate()) == (1, 0, 0)
    with clock.at(MONDAY + timedelta(days=8)):
        assert duties.is_any_late()
        assert (duties.remind(), duties.escalate(), duties.escalate()) == (0, 1, 0)
    assert (told.soon, told.late) == ([duty.pk], [duty.pk])


def test_a_room_that_breaks_is_told_again(subject: Subject, told: Told) -> None:
    duty = duties.open_duty(subject, what=WHAT, unit_id=None, days=WorkingDays(1), started_at=MONDAY)
    with clock.at(MONDAY + timedelta(days=8)):
        told.breaks = True
        assert duties.escalate() == 0
        told.breaks = False
        assert duties.escalate() == 1
    assert told.late == [duty.pk]
