"""Too much, too long, nowhere on earth, and lines where one line belongs: each gets an answer in words, and nothing of it is kept."""

from __future__ import annotations

import csv
import time
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dialogi.commons import sending, traps
from dialogi.commons.register import listing
from dialogi.commons.register.listing import harmless
from dialogi.commons.text import header_safe
from dialogi.people import actions as people
from dialogi.testing import SETUP, Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails
from dialogi.voices.models import State, Voice
from dialogi.voices.rules import MAX_WORDS
from dialogi.voices.tests import factories
from dialogi.voices.tests.sent import sent

KEY = "0123456789abcdef0123456789abcdef"


def speak(client: Client, **said: Any) -> Any:
    """Send the form of the page where anybody speaks."""
    cache.clear()
    opened = traps.opened_now(seconds_ago=10)
    return client.post("/sv/speak/", {"text": "Gatlampan är sönder.", "language": "sv", "form_key": KEY, "do": "send", "opened": opened, **said})


# Too much


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"text": "a" * (MAX_WORDS + 1)}, {422}),
        ({"text": "å" * 2_000_000}, {400, 413}),
        ({f"field{number}": "x" for number in range(10_000)}, {400, 413}),
        ({"name": "N" * 100_000}, {422}),
        ({"email": "a@" + "b." * 50_000 + "fi"}, {422}),
        ({"phone": "0" * 100_000}, {422}),
        ({"about": "x" * 100_000}, {422}),
        ({"form_key": "f" * 100_000}, {422, 302}),
        ({"opened": "o" * 100_000}, {422}),
        ({"kind": "k" * 100_000}, {422}),
        ({"place_words": "w" * 100_000}, {422}),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_too_long_is_refused_in_no_time(said: dict[str, str], status: set[int], town: Town, client: Client) -> None:
    speak(client, text="")  # the first request of a process loads what all need
    started = time.process_time()
    response = speak(client, **said)
    assert response.status_code in status
    assert time.process_time() - started < 2
    assert not Voice.objects.filter(text__startswith="a" * 100).exists()
    assert "Traceback" not in response.content.decode()


def test_the_longest_that_may_be_said_is_kept_whole(town: Town, client: Client) -> None:
    words = ("Ord och ord. " * MAX_WORDS)[: MAX_WORDS - 1] + "."
    assert speak(client, text=words).status_code == 302
    assert Voice.objects.get().text == words


def test_more_files_than_anybody_has_are_refused(town: Town, client: Client) -> None:
    files = [SimpleUploadedFile(f"bild{number}.jpg", b"\xff\xd8\xff", "image/jpeg") for number in range(11)]
    assert speak(client, photos=files).status_code in {400, 413}
    assert speak(client, photos=files[:6]).status_code == 422
    assert Voice.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_and_the_words_are_kept(town: Town, client: Client, settings: Any) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1000
    response = speak(client, photos=SimpleUploadedFile("bild.jpg", b"\xff\xd8\xff" + b"0" * 2000, "image/jpeg"))
    assert response.status_code == 422
    assert "Gatlampan är sönder." in response.content.decode()


@pytest.mark.parametrize("length", [5000, 60_000])
def test_an_endless_address_or_cookie_is_refused(length: int, client: Client) -> None:
    assert client.get("/sv/search/", {"q": "x" * length}).status_code == 414
    client.cookies["session"] = "x" * (length + 5000)
    assert client.get("/sv/").status_code == 414


@pytest.mark.parametrize("session", ["'; --", "\\000", "x" * 2000, "å", '"\\"', "../../etc"])
def test_a_cookie_that_is_none_is_nobody(session: str, town: Town, client: Client) -> None:
    answer = client.get("/sv/me/", headers={"Cookie": f"session={session}; csrf={session}; supporter={session}"})
    assert answer.status_code in {302, 403}
    assert client.get("/sv/voices/", headers={"Cookie": f"session={session}"}).status_code == 200


@pytest.mark.parametrize("body", [b"", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n', b"\x00" * 100, b"--x" + b"\r\n--x" * 5000])
def test_a_broken_body_is_refused(body: bytes, client: Client, town: Town) -> None:
    answer = client.generic("POST", "/sv/speak/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {400, 413, 422}


# Nowhere on earth


@pytest.mark.parametrize(
    ("north", "east"),
    [
        *(("NaN", "21"), ("inf", "21"), ("-Infinity", "21"), ("91", "21"), ("63.1", "181"), ("21.6", "63.1"), ("0", "0"), ("60.17", "24.94"), ("63.1", "")),
        *(("63,1,2", "21"), ("٦٣", "٢١"), ("63.1" + "0" * 1000, "21.6"), ("0x3f", "0x15"), ("63.1'--", "21.6"), ("<b>", "21.6"), ("63.1", "-180.0000001")),
    ],
)
def test_a_place_that_is_none_is_explained_and_the_words_are_kept(north: str, east: str, town: Town, client: Client) -> None:
    answer = speak(client, place_words="Vid bron", place_latitude=north, place_longitude=east)
    assert answer.status_code == 422
    assert "Vid bron" in answer.content.decode()
    assert Voice.objects.count() == 0


@pytest.mark.parametrize(("north", "east"), [("63.1275", "21.683"), ("63,1275", "21,683"), (" 63.1275 ", "E 21.683")])
def test_a_place_that_is_one_is_kept_however_it_is_written(north: str, east: str, town: Town, client: Client) -> None:
    assert speak(client, place_latitude=north, place_longitude=east).status_code == 302
    assert (Voice.objects.get().latitude, Voice.objects.get().longitude) == (63.1275, 21.683)


@pytest.mark.parametrize("frame", ["", "nan,nan,nan,nan", "1,2,3", "21,63,20,62", "-1e400,0,1e400,1", "a,b,c,d", "0,0,1,1" * 1000, "-180,-90,180,90"])
@pytest.mark.parametrize("zoom", ["", "9", "-1", "99", "NaN", "1e9"])
def test_a_frame_that_is_none_is_the_whole_map(frame: str, zoom: str, town: Town, client: Client) -> None:
    answer = client.get("/sv/voices/places.json", {"bbox": frame[:700], "zoom": zoom})
    assert answer.status_code == 200
    assert answer.json()["type"] == "FeatureCollection"


# One line is one line

LINES = "Gatlampan\r\nBcc: evil@evil.example\r\n\r\n<b>Ny kropp</b>\x00\x85\u2028Subject: x"


def test_nobody_adds_a_header_to_a_message(cast: Cast, town: Town) -> None:
    contact = ContactDetails(name=f"Rea {LINES}", email="rea@town.example")
    voice = factories.given(LINES.replace("\x00", ""), service=town.snow, contact=contact, public=True)
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Klart.\r\nBcc: evil@evil.example"), by=actor(cast.handler))
    told = sent()
    assert told
    while sending.send():
        pass
    assert mail.outbox
    for message in mail.outbox:
        head = message.message().as_bytes().split(b"\n\n")[0].decode()
        assert message.recipients() == ["rea@town.example"] or "evil" not in str(message.recipients())
        assert not [line for line in head.splitlines() if line.lower().startswith(("bcc:", "cc:")) or "<b>" in line]
        assert head.lower().count("\nsubject:") + head.lower().startswith("subject:") == 1


@pytest.mark.parametrize("field", ["name", "email", "phone"])
def test_lines_in_what_is_one_line_are_joined_or_refused(field: str, town: Town, client: Client) -> None:
    answer = speak(client, **{field: f"rea@town.example{LINES}"})
    assert answer.status_code == 422 or not any("\n" in str(getattr(voice.contact, field)) for voice in Voice.objects.all())


def test_a_message_goes_to_one_address_only(town: Town, client: Client) -> None:
    for address in (
        "a@town.example,evil@evil.example",
        "a@town.example;b@evil.example",
        "a@town.example evil@evil.example",
        "<a@town.example>",
        "a@town.example\n",
    ):
        if speak(client, email=address).status_code == 302:
            assert Voice.objects.get().contact.email == address.strip()
            assert "evil" not in address


def test_a_line_without_the_guard_would_make_a_header() -> None:
    assert "\n" in LINES
    assert len(header_safe(LINES).splitlines()) == 1


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1.jpg", 'a";x=".jpg', "../../x.jpg", "\u202egpj.exe", "con.jpg", "å" * 300 + ".jpg"])
def test_the_name_of_a_file_stays_a_name(name: str, cast: Cast, town: Town, client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    data = BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, "JPEG")
    upload = SimpleUploadedFile("x.jpg", data.getvalue(), "image/jpeg")
    upload._name = name  # type: ignore[attr-defined]
    assert speak(client, photos=upload).status_code == 302
    voice = Voice.objects.get()
    photo = voice.subject.attachments.get()
    answer = client.get(photo.get_absolute_url())
    assert answer.status_code in {200, 404}
    assert "Set-Cookie" not in answer.headers
    assert not {"/", "\\", "\r", "\n", '"', "\u202e"} & set(photo.file_name if hasattr(photo, "file_name") else photo.name)


# A spreadsheet runs nothing


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://evil.example")', "|calc", ";=cmd", "\n=1", " =1", "＝1"]
)
def test_no_cell_of_an_export_is_a_formula(words: str, cast: Cast, town: Town, client_for: Any) -> None:
    people.create_unit(by=SETUP, name_sv=f"{words} enhet", name_fi=words, name_en=words)
    export = client_for(cast.administrator).get("/sv/registers/units/export.csv")
    text = b"".join(export.streaming_content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text, newline=""), delimiter=";") for cell in row]
    assert f"{words} enhet" in {cell.removeprefix("'") for cell in cells}
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@|＝") or cell[:1] in set("\t\r\n")]


def test_without_the_guard_a_formula_would_stand_there(cast: Cast, town: Town, client_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "harmless", str)
    people.create_unit(by=SETUP, name_sv="=1+1", name_fi="=1+1", name_en="=1+1")
    export = client_for(cast.administrator).get("/sv/registers/units/export.csv")
    assert "\n=1+1;" in b"".join(export.streaming_content).decode()


def test_a_number_stays_a_number() -> None:
    assert [harmless(-5), harmless(-5.5), harmless("-5")] == ["-5", "-5.5", "'-5"]
