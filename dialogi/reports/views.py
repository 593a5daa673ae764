"""Public statistics, and how promises are kept."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dialogi.commons.charts import Chart, Series
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_kinds
from dialogi.commons.web import DialogiRequest, open_to_all, page
from dialogi.reports.queries import Breakdown, Kept, periods, promises, statistics

OF_VOICES = of_kinds("voices.*")


def _count_chart(breakdown: Breakdown) -> Chart | None:
    if not breakdown.lines:
        return None
    series = (Series(_("Voices"), tuple(line.count for line in breakdown.lines)), Series(_("Answered"), tuple(line.answered for line in breakdown.lines)))
    return Chart("bar", breakdown.title, tuple(line.label for line in breakdown.lines), series, heading=_("Group"))


def _days_chart(breakdown: Breakdown) -> Chart | None:
    told = [line for line in breakdown.lines if line.days is not None]
    if not told:
        return None
    title = _("Days to the answer: %(what)s") % {"what": breakdown.title}
    return Chart("bar", title, tuple(line.label for line in told), (Series("", tuple(line.days for line in told)),), unit=_("days on average"), decimals=1)


def _kept_chart(title: str, lines: list[Kept]) -> Chart | None:
    told = [line for line in lines if line.kept is not None][:40]
    if not told:
        return None
    kept = (Series("", tuple(line.kept for line in told)),)
    return Chart("bar", title, tuple(line.label for line in told), kept, unit=_("per cent answered in time"), most=100)


@require_GET
@open_to_all("numbers in which nobody can be recognised")
@public_page(OF_VOICES)
def statistics_page(request: DialogiRequest) -> HttpResponse:
    """Show voices and answering times by channel, language, kind and area; groups under five are hidden."""
    period = request.GET.get("year", "") if request.GET.get("year", "") in periods() else ""
    shown = statistics(period)
    parts = [(breakdown, _count_chart(breakdown), _days_chart(breakdown)) for breakdown in shown.breakdowns]
    months = (
        Chart("line", _("By month"), tuple(month for month, count in shown.months), (Series("", tuple(count for month, count in shown.months)),))
        if shown.months
        else None
    )
    return page(request, "reports/statistics.html", shown=shown, parts=parts, months=months, period=period, periods=periods())


@require_GET
@open_to_all("numbers in which nobody can be recognised")
@public_page(OF_VOICES)
def promises_page(request: DialogiRequest) -> HttpResponse:
    """Show how promises are kept by unit, language and channel."""
    found = promises()
    titles = {"unit": _("By unit"), "language": _("By language"), "channel": _("By channel")}
    parts = [(titles[key], lines, _kept_chart(titles[key], lines)) for key, lines in found.items()]
    return page(request, "reports/promises.html", parts=parts)
