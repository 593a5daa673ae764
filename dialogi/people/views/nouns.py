"""Public pages of units, bodies, areas, organisations and people."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from dialogi.commons.panels import panels_for
from dialogi.commons.permissions import may
from dialogi.commons.registry import registry
from dialogi.commons.timeline import timeline
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.people.composing import breaches, in_words
from dialogi.people.forms.days import DayForm
from dialogi.people.models import Area, Body, Municipality, Organisation, Person, Post, Unit
from dialogi.people.queries import members_of
from dialogi.people.rules import ADMINISTER, SEE, SEE_BREACHES


def _noun_page(request: DialogiRequest, noun: Any, template: str = "people/noun_page.html", **context: Any) -> HttpResponse:
    kind = registry.nouns[noun.subject.kind].label
    thread = timeline(noun.subject, actor=request.actor)
    shown = {"kind": kind, "panels": panels_for(request, noun.subject), "thread": thread, "outdated": outdated_on_page(noun.subject), **context}
    return page(request, template, noun=noun, subject=noun.subject, **shown)


@needs(SEE, Unit)
def unit_page(request: DialogiRequest, unit: Unit) -> HttpResponse:
    """A unit: what it is part of, how it is reached, what people may read about it."""
    parts = unit.units.active().select_related("subject")
    return _noun_page(request, unit, part_of=unit.parent, parts=parts, contact=unit if unit.email or unit.phone else None)


@needs(SEE, Municipality)
def municipality_page(request: DialogiRequest, municipality: Municipality) -> HttpResponse:
    """The municipality as a whole: its sectors, and what has been decided for all of it."""
    return _noun_page(request, municipality, parts=Unit.objects.active().filter(parent=None).select_related("subject"))


@needs(SEE, Body)
def body_page(request: DialogiRequest, body: Body) -> HttpResponse:
    """A body: who sits or sat there, by which rules, what it continues and what continues it. Elected officials are public."""
    form = DayForm(request.GET or None)
    on = form.day
    context: dict[str, Any] = {
        "kind": body.get_kind_display(),
        "sittings": members_of(body, actor=request.actor, on=on),
        "on": on,
        "day_form": form,
        "rules": [(rule, in_words(rule)) for rule in body.composition_rules.select_related("post", "unit", "of_body")],
        "breaches": breaches([body]) if may(request.actor, SEE_BREACHES) else [],
        "may_mend": may(request.actor, ADMINISTER),
        "before": body.predecessors.select_related("subject").order_by("pk"),
        "after": body.successor,
        "contact": body if body.email else None,
    }
    return _noun_page(request, body, "people/body_page.html", **context)


@never_cache
@needs(SEE_BREACHES)
def composition(request: DialogiRequest) -> HttpResponse:
    """What is missing in all bodies, for those who can mend it."""
    found = breaches(Body.objects.active())
    bodies = [(body, list(those)) for body, those in groupby(found, key=lambda breach: breach.rule.body)]
    return page(request, "people/composition.html", bodies=bodies, total=len(found), may_mend=may(request.actor, ADMINISTER))


@needs(SEE, Post)
def post_page(request: DialogiRequest, post: Post) -> HttpResponse:
    """A post: where it is and whether it is filled. Its holder is named to those who may see that person."""
    holder = post.holder
    named = Person.objects.visible_to(request.actor).filter(pk=holder.pk).select_related("subject").first() if holder else None
    return _noun_page(request, post, post=post, holder=named, is_vacant=holder is None)


@needs(SEE, Area)
def area_page(request: DialogiRequest, area: Area) -> HttpResponse:
    """An area by the name people use."""
    return _noun_page(request, area, residents=area.residents)


@needs(SEE, Organisation)
def organisation_page(request: DialogiRequest, organisation: Organisation) -> HttpResponse:
    """Somebody else who answers for a matter, and how to reach them."""
    return _noun_page(request, organisation, contact=organisation, advice=organisation.advice)


@needs(SEE, Person)
def person_page(request: DialogiRequest, person: Person) -> HttpResponse:
    """An elected official, for everybody; a member of staff, for staff."""
    seats = person.seats.current().select_related("unit__subject", "body__subject")
    posts = Post.objects.held_by(person).select_related("subject")
    return page(request, "people/person_page.html", person=person, subject=person.subject, seats=seats, posts=posts, panels=[])
