"""What the pages of harmonisation show of candidates: each reason as a sentence, with the number of its signal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import LedgerEntry
from dialogi.people.models import Unit
from dialogi.systems.harmonising.signals import Signal
from dialogi.systems.models import Candidate, DataGroup, Dismissal, Function, Reckoning, System
from dialogi.systems.queries.harmonising_facts import anything_new

FEWEST_VOICES = 5
ALONG = tuple(f"{side}__{path}" for side in ("first", "second") for path in ("subject", "vendor", "main_system"))
SHOWN_CROWDS = 10


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence and the number of the signal that it tells."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate with its reasons, and the dismissal that once stood, if any."""

    row: Candidate
    reasons: list[Reason]
    dismissal: Dismissal | None


@dataclass(frozen=True, slots=True)
class ShownCrowd:
    """Systems of one function and sector that are too many to be told pair by pair."""

    function: Function
    sector: str
    sector_code: str
    systems: int


def is_out_of_date() -> bool:
    """Whether the register has changed since candidates were last looked for, or the day has; looks without writing."""
    last = Reckoning.objects.first()
    if last is None:
        return System.objects.exists()
    return last.made_at.date() != clock.now().date() or LedgerEntry.objects.filter(anything_new(last.seen_entry)).exists()


def candidates(*, actor: Actor, view: str = "", signal: int = 0, words: str = "") -> QuerySet[Candidate]:
    """Return candidates in turn: what costs are known of and can soon be changed comes first. `view`: dismissed, words; else what is to be looked at."""
    rows = Candidate.objects.visible_to(actor)
    rows = rows.with_words_alone() if view == "words" else rows.with_more_than_words()
    rows = rows.dismissed() if view == "dismissed" else rows.to_look_at()
    if signal:
        rows = rows.annotate(told=F("signals").bitand(signal)).filter(told=signal)
    if words:
        names = [Q(**{f"{side}__name_{language}__icontains": words}) for side in ("first", "second") for language in ("sv", "fi")]
        rows = rows.filter(names[0] | names[1] | names[2] | names[3])
    return rows.select_related(*ALONG).order_by("place", F("window_on").asc(nulls_last=True), F("cost").desc(nulls_last=True), "id")


def shown(rows: Iterable[Candidate]) -> list[Shown]:
    """Put the reasons of candidates into words: as many queries for one as for fifty."""
    rows = list(rows)
    functions = Function.objects.in_bulk({pk for row in rows for pk in row.details.get("functions", ())})
    groups = DataGroup.objects.in_bulk({pk for row in rows for pk in row.details.get("groups", ())})
    known = Dismissal.objects.filter(first__in=[row.first_id for row in rows], second__in=[row.second_id for row in rows]).select_related("post", "by")
    dismissals = {(each.first_id, each.second_id): each for each in known}
    return [Shown(row, reasons_of(row, functions, groups), dismissals.get((row.first_id, row.second_id))) for row in rows]


def reasons_of(row: Candidate, functions: dict[int, Function], groups: dict[int, DataGroup]) -> list[Reason]:
    """Tell what speaks for a pair, signal by signal; nothing is added up."""
    signals, found = Signal(row.signals), []
    shared = [str(functions[pk]) for pk in row.details.get("functions", ()) if pk in functions]
    if Signal.SAME_FUNCTION in signals:
        found.append(Reason("S1", _("Both are used, by confirmed information, for %(functions)s.") % {"functions": _list(shared)}))
    if Signal.OTHER_UNIT in signals:
        found.append(Reason("S2", _("They are different products, and different units use them for the same function.")))
    if Signal.SAME_MAKER in signals:
        found.append(Reason("S3", _maker(row.first, row.second)))
    if Signal.SAME_DATA in signals:
        told = _list([str(groups[pk]) for pk in row.details.get("groups", ()) if pk in groups])
        found.append(Reason("S4", _("Both hold data of the same kind: %(groups)s. Whether it is the same data, only people can tell.") % {"groups": told}))
    if Signal.CONTAINED in signals:
        found.append(Reason("S5", _("Everything that one of them is confirmed to be used for, the other one is used for too.")))
    if Signal.WINDOW in signals and row.window_on is not None:
        day = date_format(row.window_on)
        found.append(Reason("S6", _("Contracts or support end within eighteen months of each other. The first day is %(day)s.") % {"day": day}))
    return [*found, *_beside(row)]


def _beside(row: Candidate) -> list[Reason]:
    """What describes a pair and never makes a candidate of it: cost, what residents say, words."""
    found = []
    if row.cost is not None:
        told = {"euros": number_format(row.cost, decimal_pos=0, force_grouping=True)}
        found.append(Reason("S7", _("Together they cost %(euros)s euro a year to run.") % told))
    else:
        found.append(Reason("S7", _("What both cost to run is not known.")))
    found += [voices_of(each) for each in (row.first, row.second) if each.subject.voice_count >= FEWEST_VOICES]
    if words := row.details.get("words"):
        found.append(Reason("S10", _("Words in common, which prove nothing: %(words)s.") % {"words": ", ".join(words[:8])}))
    return found


def voices_of(system: System) -> Reason:
    """Tell how much people have said about a system; few are not counted out."""
    count = system.subject.voice_count
    if count < FEWEST_VOICES:
        return Reason("S9", _("Fewer than five people have said something about %(name)s.") % {"name": system.name})
    return Reason(
        "S9", _("Feedback about %(name)s: %(count)s. How many use it is known only roughly, so it is not compared.") % {"name": system.name, "count": count}
    )


def _maker(first: System, second: System) -> str:
    if first.main_system_id == second.pk or second.main_system_id == first.pk:
        return _("One of them is a part of the other.")
    if first.main_system_id is not None and first.main_system_id == second.main_system_id:
        return _("Both are parts of %(name)s.") % {"name": first.main_system}
    if first.product and first.product.lower() == second.product.lower():
        return _("Both are the product %(name)s. One contract might do; it need not be the same work.") % {"name": first.product}
    return _("Both come from %(name)s. One contract might do; it need not be the same work.") % {"name": first.vendor}


def _list(words: Sequence[str]) -> str:
    return str(get_text_list(list(words), _("and")))


def crowds(reckoning: Reckoning) -> list[ShownCrowd]:
    """Put the largest crowds into words."""
    rows = reckoning.crowds[:SHOWN_CROWDS]
    functions = Function.objects.select_related("subject").in_bulk([function for function, _sector, _count in rows])
    sectors = Unit.objects.select_related("subject").in_bulk([sector for _function, sector, _count in rows])
    known = [(functions.get(function), sectors.get(sector), count) for function, sector, count in rows]
    return [ShownCrowd(function, str(sector.name), sector.subject.code, count) for function, sector, count in known if function and sector]


def coverage(reckoning: Reckoning) -> dict[str, Any]:
    """Return what the method stands on, with the share of the known cost in per cent (None while no cost is known)."""
    known = dict(reckoning.coverage)
    euros, covered = float(known.get("euros", 0)), float(known.get("covered", 0))
    return known | {"percent": round(100 * covered / euros) if euros else None}
