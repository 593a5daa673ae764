"""Taking away: without personal data for everybody, in full for those with the right, and written down."""

import io
import zipfile

import pytest
from django.test import Client

from dialogi.commons.models import LedgerEntry
from dialogi.consultations import actions
from dialogi.consultations.actions import Commented
from dialogi.consultations.kinds import Happened
from dialogi.testing import Cast, Town, actor, client_for
from dialogi.voices.actions import ContactDetails, Said, publish
from dialogi.voices.models import Voice


def commented(town: Town, words: str, key: str) -> Voice:
    phase = town.open_consultation.phases.get()
    contact = ContactDetails(name="Berit Hemlig", email="berit@brev.example")
    said = Said(text=words, language="sv", kind="idea", publication="waiting", about=phase.consultation.subject, contact=contact, is_answered_together=True)
    return actions.comment(said, Commented(phase=phase), form_key=key * 32, by=actor(None))[0].voice


def body(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_only_public_words_leave_and_never_who_wrote_them(town: Town, cast: Cast, ending: str) -> None:
    public, hidden = commented(town, "=2+3 gungor i Smedsby", "a"), commented(town, "Inte offentligt ännu", "b")
    publish(public, by=actor(cast.communications))
    data = body(f"/sv/consultations/{town.open_consultation.subject.code}/data/comments.{ending}")
    if ending == "xlsx":
        text = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
        assert "=2+3 gungor" in text
        assert "<f>" not in text
    else:
        text = data.decode()
    assert "gungor i Smedsby" in text
    assert hidden.text not in text
    assert "Berit" not in text
    if ending == "csv":
        assert "'=2+3 gungor" in text


def test_the_full_record_is_for_those_with_the_right_and_is_written_down(town: Town, cast: Cast) -> None:
    commented(town, "Inte offentligt ännu", "b")
    address = f"/sv/desk/consultations/{town.open_consultation.subject.code}/record.json"
    assert client_for(cast.communications).post(address).status_code == 403
    answer = client_for(cast.registrar).post(address)
    assert answer.json()["comments"][0]["contact"]["email"] == "berit@brev.example"
    assert LedgerEntry.objects.filter(kind=Happened.READ_OUT.value).count() == 1


def test_an_unknown_table_or_format_is_not_there(town: Town) -> None:
    code = town.open_consultation.subject.code
    assert Client().get(f"/sv/consultations/{code}/data/secrets.csv").status_code == 404
    assert Client().get(f"/sv/consultations/{code}/data/comments.exe").status_code == 404
