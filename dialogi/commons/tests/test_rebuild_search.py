"""The index can be made anew from the nouns themselves."""

import pytest
from django.core.management import call_command

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.models import GramWeights, SearchEntry
from dialogi.commons.search import search
from dialogi.commons.tests.found import subject
from dialogi.testing import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgotten")]


def test_a_lost_index_is_made_anew_and_what_no_noun_holds_is_gone(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    service = town.snow
    orphan = subject("Lumenauraus", kind="room.gone")
    SearchEntry.objects.filter(subject=service.subject).delete()
    call_command("rebuild_search")
    assert [hit.subject for hit in search("lumenauraus", languages=["fi"], actor=ANONYMOUS).hits] == [service.subject]
    assert not SearchEntry.objects.filter(subject=orphan).exists()
    assert GramWeights.objects.count() == 1
    assert "services.service: 1" in capsys.readouterr().out
