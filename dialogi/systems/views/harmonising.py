"""Harmonisation at the desk: what the method stands on, the matrix, candidates, pairs, days ahead, fit, integrations."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from dialogi.commons.paging import TownPages
from dialogi.commons.permissions import may
from dialogi.commons.web import DialogiRequest, load, needs, page
from dialogi.people.models import Unit
from dialogi.systems import actions
from dialogi.systems.forms.harmonising import CandidateFilter, DismissForm, MatrixFilter
from dialogi.systems.models import Dismissal, Function, Reckoning, System
from dialogi.systems.pictures import drawings
from dialogi.systems.queries import harmonising as found
from dialogi.systems.queries import harmonising_calendar as calendar
from dialogi.systems.queries import harmonising_fit as fit
from dialogi.systems.queries import harmonising_ledger as ledger
from dialogi.systems.queries import harmonising_matrix as grid
from dialogi.systems.queries.harmonising_graph import around
from dialogi.systems.queries.harmonising_pairs import pair as read_pair
from dialogi.systems.rules import HARMONISE, SEE_HARMONISATION

FIRST, PAGE_SIZE, DOTS, DAYS = 8, 20, 24, 30


def _page_of(request: DialogiRequest, rows: Any, size: int) -> Any:
    return TownPages(rows, size).get_page(request.GET.get("page"))


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def overview(request: DialogiRequest) -> HttpResponse:
    """The whole of it in order: coverage, matrix, candidates, days ahead, fit, ledger; the beginning of each."""
    reckoning = Reckoning.objects.first()
    columns = grid.sectors()
    context: dict[str, Any] = {
        "reckoning": reckoning,
        "coverage": found.coverage(reckoning) if reckoning else None,
        "columns": columns,
        "rows": grid.matrix(list(grid.used_functions(several=True)[:FIRST]), columns),
        "candidates": found.shown(found.candidates(actor=request.actor)[:FIRST]),
        "events": calendar.events(list(calendar.days_ahead()[:FIRST])),
        "dots": fit.dots(list(fit.assessed()[:FIRST])),
        "unknown": fit.unknown().count(),
        "lines": ledger.lines(list(ledger.cases(actor=request.actor)[:FIRST])),
    }
    return page(request, "systems/harmon_overview.html", may_work=bool(may(request.actor, HARMONISE)), **context)


@require_POST
@needs(HARMONISE)
def look(request: DialogiRequest) -> HttpResponse:
    """Look for candidates now, without waiting for the worker."""
    actions.look_for_candidates(by=request.actor)
    messages.success(request, _("The register was looked through anew."))
    return redirect("systems:harmonisation")


def _matrix(request: DialogiRequest) -> tuple[MatrixFilter, Any, list[Unit], list[grid.Row]]:
    form = MatrixFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    shown = _page_of(request, grid.used_functions(**wanted), PAGE_SIZE)
    columns = grid.sectors()
    return form, shown, columns, grid.matrix(list(shown), columns)


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def matrix(request: DialogiRequest) -> HttpResponse:
    """Functions and sectors as a table, and as a picture of the same."""
    form, shown, columns, rows = _matrix(request)
    return page(request, "systems/harmon_matrix.html", form=form, chips=form.chips(), shown=shown, columns=columns, rows=rows)


@never_cache
@require_safe
@needs(SEE_HARMONISATION)
def matrix_picture(request: DialogiRequest) -> HttpResponse:
    """The same page of the matrix, drawn."""
    _form, _shown, columns, rows = _matrix(request)
    return drawings.draw_matrix(rows, columns).answer()


@never_cache
@require_GET
@needs(SEE_HARMONISATION, Function)
def cell(request: DialogiRequest, function: Function) -> HttpResponse:
    """What stands behind a cell: systems with cost and ends of contracts."""
    sector = Unit.objects.filter(parent=None, subject__code=request.GET.get("sector", "")).first()
    shown = _page_of(request, grid.systems_in_cell(function, sector), grid.MOST_SYSTEMS)
    rows = grid.cell_rows(list(shown))
    return page(request, "systems/harmon_cell.html", function=function, sector=sector, shown=shown, rows=rows)


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def candidates(request: DialogiRequest) -> HttpResponse:
    """List candidates with their reasons, those found to be no overlap, or suggestions from words alone."""
    form = CandidateFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    wanted["signal"] = int(wanted.get("signal") or 0)
    shown = _page_of(request, found.candidates(actor=request.actor, **wanted), PAGE_SIZE)
    reckoning = Reckoning.objects.first()
    told: dict[str, Any] = {"rows": found.shown(shown), "reckoning": reckoning, "crowds": found.crowds(reckoning) if reckoning else []}
    may_work = bool(may(request.actor, HARMONISE))
    return page(request, "systems/harmon_candidates.html", form=form, chips=form.chips(), shown=shown, view=wanted.get("view", ""), may_work=may_work, **told)


def _two(request: DialogiRequest, first: str, second: str) -> tuple[System, System]:
    along = ("vendor", "main_system")
    pair = (load(request, System, first, along=along), load(request, System, second, along=along))
    if pair[0] == pair[1]:
        raise Http404
    return (pair[0], pair[1]) if pair[0].pk < pair[1].pk else (pair[1], pair[0])


def _pair(request: DialogiRequest, two: tuple[System, System], *, status: int = 200, form: DismissForm | None = None) -> HttpResponse:
    shown = {"pair": read_pair(*two), "first": two[0], "second": two[1], "may_work": bool(may(request.actor, HARMONISE))}
    return page(request, "systems/harmon_pair.html", status=status, form=form or DismissForm(), **shown)


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def pair(request: DialogiRequest, first: str, second: str) -> HttpResponse:
    """Two systems beside each other."""
    return _pair(request, _two(request, first, second))


@require_POST
@needs(HARMONISE)
def dismiss(request: DialogiRequest, first: str, second: str) -> HttpResponse:
    """Remember that two systems do not overlap, or are looked at later."""
    two, form = _two(request, first, second), DismissForm(request.POST)
    if form.is_valid() and form.run(actions.dismiss, *two, by=request.actor, **form.cleaned_data):
        messages.success(request, _("It is remembered. The pair comes back on the day you gave, or when something new speaks for it."))
        return redirect("systems:candidates")
    return _pair(request, two, status=422, form=form)


@require_POST
@needs(HARMONISE)
def look_again(request: DialogiRequest, first: str, second: str) -> HttpResponse:
    """Take a dismissal back."""
    two = _two(request, first, second)
    dismissal = Dismissal.objects.filter(first=two[0], second=two[1]).select_related("first__subject", "second__subject").first()
    if dismissal is not None:
        actions.look_again(dismissal, by=request.actor)
        messages.success(request, _("The pair is among the candidates again."))
    return redirect("systems:pair", first=first, second=second)


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def days(request: DialogiRequest) -> HttpResponse:
    """Notices, ends of contracts and ends of support of thirty-six months."""
    shown = Paginator(calendar.days_ahead(), DAYS).get_page(request.GET.get("page"))
    return page(request, "systems/harmon_days.html", shown=shown, events=calendar.events(list(shown)))


@never_cache
@require_safe
@needs(SEE_HARMONISATION)
def days_picture(request: DialogiRequest) -> HttpResponse:
    """The same page of days, drawn."""
    shown = Paginator(calendar.days_ahead(), DAYS).get_page(request.GET.get("page"))
    return drawings.draw_days(calendar.events(list(shown)), *calendar.period()).answer()


@never_cache
@require_GET
@needs(SEE_HARMONISATION)
def fits(request: DialogiRequest) -> HttpResponse:
    """How well systems fit, with ranges; and those that nobody assessed."""
    shown = Paginator(fit.assessed(), DOTS).get_page(request.GET.get("page"))
    tray = fit.unknown()
    return page(request, "systems/harmon_fit.html", shown=shown, dots=fit.dots(list(shown)), unknown=tray[:PAGE_SIZE], unknown_count=tray.count())


@never_cache
@require_safe
@needs(SEE_HARMONISATION)
def fit_picture(request: DialogiRequest) -> HttpResponse:
    """The same page of systems, drawn."""
    shown = Paginator(fit.assessed(), DOTS).get_page(request.GET.get("page"))
    return drawings.draw_fit(fit.dots(list(shown))).answer()


@never_cache
@require_GET
@needs(SEE_HARMONISATION, System)
def integrations(request: DialogiRequest, system: System) -> HttpResponse:
    """The integrations around a system, as a picture and as a table."""
    return page(request, "systems/harmon_integrations.html", system=system, shown=around(system))


@never_cache
@require_safe
@needs(SEE_HARMONISATION, System)
def integrations_picture(request: DialogiRequest, system: System) -> HttpResponse:
    """The same integrations, drawn."""
    return drawings.draw_integrations(system, around(system).integrations).answer()
