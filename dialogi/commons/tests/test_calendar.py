"""Due days: working days and statutory days, each by its own rule, at the municipality's midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dialogi.commons import calendar
from dialogi.commons.calendar import CalendarDays, Months, WorkingDays

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
counts = st.integers(min_value=0, max_value=60)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday: Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday: counts from Monday
        (date(2026, 11, 22), 5, date(2026, 11, 27)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # over Christmas Eve and both Christmas Days
        (date(2026, 6, 18), 1, date(2026, 6, 22)),  # over Midsummer Eve
        (date(2026, 4, 2), 2, date(2026, 4, 8)),  # over Easter
        (date(2026, 12, 31), 3, date(2027, 1, 7)),  # over New Year's Day and Epiphany
        (date(2026, 5, 13), 1, date(2026, 5, 15)),  # over Ascension Day
        (date(2026, 11, 18), 0, date(2026, 11, 18)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_skip_weekends_holidays_and_the_two_eves(start, count, due):
    assert calendar.add_working_days(start, count) == due


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 6, 19), date(2026, 5, 1), date(2027, 12, 6), date(2026, 10, 31), date(2026, 11, 22)])
def test_nobody_works_on(day):
    assert not calendar.is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2026, 2, 5), date(2026, 11, 6), date(2026, 11, 23)])
def test_flag_days_and_new_years_eve_are_working_days(day):
    assert calendar.is_working_day(day)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        (date(2026, 11, 9), {"days": 14}, date(2026, 11, 23)),  # the day of arrival is not counted (section 2)
        (date(2026, 11, 7), {"days": 14}, date(2026, 11, 23)),  # Saturday 21st moves to Monday (section 5)
        (date(2026, 12, 10), {"days": 14}, date(2026, 12, 28)),  # Christmas Eve, two holy days and a Sunday
        (date(2026, 6, 5), {"days": 14}, date(2026, 6, 22)),  # Midsummer Eve
        (date(2026, 4, 17), {"days": 14}, date(2026, 5, 4)),  # the first of May
        (date(2027, 11, 22), {"days": 14}, date(2027, 12, 7)),  # Independence Day on a Monday
        (date(2026, 1, 31), {"months": 1}, date(2026, 3, 2)),  # no 31st: the last of February, a Saturday
        (date(2027, 1, 31), {"months": 1}, date(2027, 3, 1)),
        (date(2028, 1, 31), {"months": 1}, date(2028, 2, 29)),  # leap year
        (date(2026, 11, 23), {"months": 14}, date(2028, 1, 24)),  # Sunday
        (date(2026, 12, 15), {"months": 0}, date(2026, 12, 15)),
    ],
)
def test_statutory_days_move_only_when_the_last_day_is_closed(start, limit, due):
    assert calendar.statutory_due(start, **limit) == due


@given(days, counts)
def test_working_days_between_is_the_inverse_of_adding_them(start, count):
    due = calendar.add_working_days(start, count)
    assert calendar.is_working_day(due)
    if count:
        assert calendar.working_days_between(start, due) == count
        assert calendar.working_days_between(due, start) == -count


@given(days, counts)
def test_more_days_never_come_due_earlier(start, count):
    assert calendar.add_working_days(start, count) <= calendar.add_working_days(start, count + 1)
    assert calendar.statutory_due(start, days=count) <= calendar.statutory_due(start, days=count + 1)
    assert calendar.statutory_due(start, months=count) <= calendar.statutory_due(start, months=count + 1)


@given(days, counts)
def test_a_statutory_day_never_moves_further_than_the_longest_run_of_closed_days(start, count):
    due = calendar.statutory_due(start, days=count)
    assert calendar.is_working_day(due)
    assert timedelta(0) <= due - (start + timedelta(days=count)) <= timedelta(days=5)


def test_without_section_five_a_day_would_fall_on_a_closed_office():
    assert not calendar.is_working_day(date(2026, 11, 7) + timedelta(days=14))
    assert calendar.is_working_day(calendar.statutory_due(date(2026, 11, 7), days=14))


@pytest.mark.parametrize(
    ("moment", "due_utc"),
    [
        # 22:30 UTC on Friday is already Saturday in Helsinki in winter; both count from Monday.
        (datetime(2026, 11, 20, 22, 30, tzinfo=UTC), datetime(2026, 11, 23, 21, 59, 59, 999999, tzinfo=UTC)),
        # 21:30 UTC on Sunday in summer time is Monday in Helsinki, so Tuesday is the first day.
        (datetime(2026, 7, 5, 21, 30, tzinfo=UTC), datetime(2026, 7, 7, 20, 59, 59, 999999, tzinfo=UTC)),
        # The nights when the clocks change: 28.3.2027 at 3 and 25.10.2026 at 4.
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 30, 20, 59, 59, 999999, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 21, 59, 59, 999999, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 26, 21, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_a_day_is_the_municipalitys_day_and_ends_with_its_last_microsecond(moment, due_utc):
    due = WorkingDays(1).due(moment)
    assert due == due_utc
    assert (due.hour, due.minute, due.second, due.microsecond) == (23, 59, 59, 999999)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        calendar.add_working_days(datetime(2026, 11, 20, 12, 0), 1)  # noqa: DTZ001


@given(days, st.integers(min_value=0, max_value=23), counts)
def test_the_hour_of_arrival_does_not_matter(day, hour, count):
    moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=calendar.ZONE)
    assert WorkingDays(count).due(moment) == WorkingDays(count).due(day)
    assert CalendarDays(count, section="Act 1").due(moment) == CalendarDays(count, section="Act 1").due(day)


def test_the_two_counts_are_distinct_types_and_say_which_they_are():
    assert WorkingDays(14) != CalendarDays(14, section="Act 306/2019")
    with override("en"):
        assert WorkingDays(1).words == "1 working day"
        assert WorkingDays(5).words == "5 working days"
        assert CalendarDays(14, section="Act 306/2019").words == "14 days (Act 306/2019)"
        assert Months(6, section="Act 410/2015, section 23").words == "6 months (Act 410/2015, section 23)"
    with override("fi"):
        assert WorkingDays(5).words == "5 työpäivää"
    with override("sv"):
        assert CalendarDays(14, section="Lag 306/2019").words == "14 dagar (Lag 306/2019)"


@pytest.mark.parametrize(
    "bad", [lambda: CalendarDays(14, section=""), lambda: Months(1, section=""), lambda: WorkingDays(-1), lambda: CalendarDays(-1, section="x")]
)
def test_a_statute_names_its_section_and_no_limit_is_negative(bad):
    with pytest.raises(ValueError, match=r"section|negative"):
        bad()


@pytest.mark.parametrize("limit", [{}, {"days": 1, "months": 1}])
def test_days_and_months_are_not_mixed(limit):
    with pytest.raises(ValueError, match="either"):
        calendar.statutory_due(date(2026, 1, 1), **limit)


def test_a_pause_moves_a_promise_by_working_days_and_a_statute_by_calendar_days():
    paused, resumed = date(2026, 11, 20), date(2026, 11, 23)  # Friday to Monday
    promise, statute = WorkingDays(5), CalendarDays(14, section="Act 306/2019")
    assert calendar.local_day(promise.resumed(promise.due(date(2026, 11, 18)), paused=paused, resumed=resumed)) == date(2026, 11, 26)
    assert calendar.local_day(statute.resumed(statute.due(date(2026, 11, 18)), paused=paused, resumed=resumed)) == date(2026, 12, 7)


@given(days, counts)
def test_a_pause_never_shortens_the_time(day, paused_days):
    due = WorkingDays(5).due(day)
    assert calendar.extend(due, paused_days) >= due
    assert calendar.is_working_day(calendar.extend(due, paused_days))
    for limit in (WorkingDays(5), CalendarDays(14, section="Act 1"), Months(1, section="Act 1")):
        assert limit.resumed(limit.due(day), paused=day, resumed=day + timedelta(days=paused_days)) >= limit.due(day)
