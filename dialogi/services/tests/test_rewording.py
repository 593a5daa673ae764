"""Whoever translates writes texts, and nothing else of what is kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from dialogi.commons.models import LedgerEntry
from dialogi.commons.permissions import Conflict, NotAllowed
from dialogi.commons.wordings import outdated
from dialogi.people import actions as people
from dialogi.services import actions
from dialogi.services.models import Service
from dialogi.testing import SETUP, Cast, Town, actor

pytestmark = pytest.mark.django_db


def test_communications_writes_what_is_behind_and_the_administrator_may_too(town: Town, cast: Cast) -> None:
    service = actions.edit_service(town.snow, by=SETUP, name_sv="Snö")
    actions.reword_service(service, texts={"name": {"fi": "Lumi"}}, by=actor(cast.communications))
    assert [each.language for each in outdated(service.subject)] == ["en"]
    actions.reword_service(service, texts={"name": {"en": "Snow"}, "description": {"sv": "Före sju.", "fi": "Ennen seitsemää."}}, by=actor(cast.administrator))
    assert outdated(service.subject) == []
    kept = Service.objects.get(pk=service.pk)
    assert (kept.name_sv, kept.name_fi, kept.name_en, kept.description_fi) == ("Snö", "Lumi", "Snow", "Ennen seitsemää.")
    entry = LedgerEntry.objects.filter(subject=service.subject).latest("id")
    assert (entry.kind, entry.data) == ("services.service.changed", {"fields": ["description_fi", "description_sv", "name_en"]})


def test_nobody_else_writes_texts_and_communications_writes_nothing_else(town: Town, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.reword_service(town.snow, texts={"name": {"fi": "Lumi"}}, by=actor(cast.handler))
    with pytest.raises(NotAllowed):
        actions.edit_service(town.snow, name_fi="Lumi", by=actor(cast.communications))
    with pytest.raises(TypeError):
        actions.reword_service(town.snow, texts={"unit": {"id": "1"}}, by=actor(cast.communications))
    with pytest.raises(ValidationError):
        actions.reword_service(town.snow, texts={"name": {"fi": ""}}, by=actor(cast.communications))
    with pytest.raises(Conflict):
        actions.reword_service(town.snow, texts={"name": {"fi": "Lumi"}}, by=actor(cast.communications), expecting=town.snow.subject.version + 1)
    assert Service.objects.get(pk=town.snow.pk).name_fi == "Lumenauraus"


def test_service_points_units_areas_organisations_and_bodies_are_reworded_alike(town: Town, cast: Cast) -> None:
    texts, translator = {"name": {"en": "Another name"}}, actor(cast.communications)
    actions.reword_service_point(town.service_point, texts=texts, by=translator)
    for noun in (town.roads, town.smedsby, town.wellbeing_county, town.council):
        people.reword(noun, texts=texts, by=translator)
        noun.refresh_from_db()
        assert noun.name_en == "Another name"
        with pytest.raises(NotAllowed):
            people.reword(noun, texts=texts, by=actor(cast.handler))
