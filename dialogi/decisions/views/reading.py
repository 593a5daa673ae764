"""Reading: matters and decisions, as lists, feeds and pages."""

from datetime import datetime, time
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dialogi.commons.feeds import FeedItem, atom
from dialogi.commons.languages import current_language
from dialogi.commons.paging import TownPages
from dialogi.commons.panels import panels_for
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_anything, of_kinds
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.decisions.forms.reading import DecisionListForm, MatterListForm
from dialogi.decisions.models import Decision, Matter
from dialogi.decisions.queries import reading as reads
from dialogi.decisions.rules import READ, REMEDY_LAW

OF_LISTS = of_kinds("decisions.*", "people.unit.*", "people.body.*", "services.service.*")
FEED_ITEMS = 50


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_LISTS)
def matters(request: DialogiRequest) -> HttpResponse:
    """Show the list of matters with its filters."""
    form = MatterListForm(request.GET)
    shown = TownPages(reads.public_matters(form.wanted()), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "decisions/matter_list.html", form=form, shown=shown, chips=form.chips(), query=_query(request))


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_LISTS)
def matters_feed(request: DialogiRequest) -> HttpResponse:
    """Return the list of matters as an Atom feed, with the same filters."""
    found = reads.public_matters(MatterListForm(request.GET).wanted())[:FEED_ITEMS]
    items = [
        FeedItem(f"matter:{m.subject.code}", str(m.public_title), m.get_absolute_url(), m.subject.changed_at, str(m.public_words("summary"))) for m in found
    ]
    return atom(request, title=_("Matters"), path=f"/{current_language()}/matters/", items=items)


@require_GET
@needs(READ, Matter)
@public_page(of_anything)
def matter(request: DialogiRequest, matter: Matter) -> HttpResponse:
    """Show a matter: what it is about, what set it in motion, what was decided, what people say."""
    context: dict[str, Any] = {"shown": reads.public_matter(matter, actor=request.actor), "panels": panels_for(request, matter.subject)}
    context["outdated"] = outdated_on_page(matter.subject)
    return page(request, "decisions/matter_page.html", matter=matter, subject=matter.subject, **context)


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_LISTS)
def decisions(request: DialogiRequest) -> HttpResponse:
    """Show the list of decisions with its filters."""
    form = DecisionListForm(request.GET)
    shown = TownPages(reads.public_decisions(form.wanted()), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "decisions/decision_list.html", form=form, shown=shown, chips=form.chips(), query=_query(request))


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_LISTS)
def decisions_feed(request: DialogiRequest) -> HttpResponse:
    """Return the list of decisions as an Atom feed, with the same filters."""
    found = reads.public_decisions(DecisionListForm(request.GET).wanted())[:FEED_ITEMS]
    items = [
        FeedItem(f"decision:{d.subject.code}", str(d.public_title), d.get_absolute_url(), d.published_at or _morning(d), str(d.public_words("text")))
        for d in found
    ]
    return atom(request, title=_("Decisions"), path=f"/{current_language()}/decisions/", items=items)


@require_GET
@needs(READ, Decision)
@public_page(of_anything)
def decision(request: DialogiRequest, decision: Decision) -> HttpResponse:
    """Show a decision: who decided what and why, what it decides on, what one can do about it."""
    law = decision.remedy_law or REMEDY_LAW[decision.remedy]
    context: dict[str, Any] = {"shown": reads.public_decision(decision, actor=request.actor), "panels": panels_for(request, decision.subject), "law": law}
    context["outdated"] = outdated_on_page(decision.subject)
    return page(request, "decisions/decision_page.html", decision=decision, subject=decision.subject, **context)


def _query(request: DialogiRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _morning(decision: Decision) -> datetime:
    return datetime.combine(decision.decided_on, time.min, tzinfo=timezone.get_default_timezone())
