"""A statement that came as an e-mail: read, checked by a person, recorded; hostile and broken files are refused with a sentence."""

from email.message import EmailMessage

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dialogi.commons import clock
from dialogi.consultations.incoming import MOST_BYTES, read_email
from dialogi.consultations.models import Invitation
from dialogi.testing import Cast, Town, client_for
from dialogi.voices.models import Voice

PDF = b"%PDF-1.4\n%%EOF\n"


def letter(words: str = "Rådet understöder förslaget.", *, html: str = "", files: dict[str, bytes] | None = None, **heads: str) -> bytes:
    message = EmailMessage()
    for name, value in ({"From": "Alva Berg <alva@town.example>", "To": "registraturen@town.example", "Subject": "Utlåtande"} | heads).items():
        message[name] = value
    if words:
        message.set_content(words)
    if html:
        (message.add_alternative if words else message.set_content)(html, subtype="html")
    for name, data in (files or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_words_sender_day_and_files_are_taken_out() -> None:
    found = read_email(letter(files={"utlåtande.pdf": PDF}, Date="Mon, 23 Nov 2026 09:15:00 +0200"))
    assert (found.words, found.sender, [file.name for file in found.files], found.problems) == (
        "Rådet understöder förslaget.",
        "Alva Berg",
        ["utlåtande.pdf"],
        [],
    )
    assert found.sent_at is not None
    assert found.sent_at.isoformat() == "2026-11-23T09:15:00+02:00"


def test_formatted_text_becomes_words_without_scripts() -> None:
    found = read_email(letter("", html="<html><head><style>p{}</style></head><body><p>Hej &amp; tack</p><script>alert(1)</script><p>Rådet</p></body></html>"))
    assert found.words.split() == ["Hej", "&", "tack", "Rådet"]


def test_a_file_that_is_not_taken_is_named_and_the_rest_is_read() -> None:
    found = read_email(letter(files={"virus.exe": b"MZ\x90\x00\x03", "bra.pdf": PDF}))
    assert [file.name for file in found.files] == ["bra.pdf"]
    assert "virus.exe" in found.problems[0]


def test_a_day_in_the_future_is_not_believed() -> None:
    found = read_email(letter(Date="Mon, 23 Nov 2099 09:15:00 +0200"))
    assert found.sent_at is not None
    assert found.sent_at <= clock.now()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PDF,
        b"\x00\xff" * 5000,
        b"just words",
        b"From: a@b.example\nContent-Type: application/pkcs7-mime\n\nx",
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000)),
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: text/plain\n\nhej\n" * 500 + b"--x--\n",
        b"x" * (MOST_BYTES + 1),
    ],
    ids=["empty", "pdf", "noise", "words", "encrypted", "nested", "many", "large"],
)
def test_what_is_no_fit_email_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        read_email(data)
    assert len(refused.value.messages[0]) > 30


def test_odd_characters_and_headers_do_no_harm() -> None:
    odd = b'From: =?nonsense?q?=FF?= <a@b.example>\nDate: yesterday\nContent-Type: text/plain; charset="no-such"\n\nHej \xe5\xe4\xf6'
    found = read_email(odd)
    assert "Hej" in found.words
    assert found.sent_at is None


def test_the_form_is_filled_for_checking_and_nothing_is_recorded_before(town: Town, cast: Cast) -> None:
    where, desk = f"/sv/desk/consultations/invitations/{town.invitation.pk}/record/", client_for(cast.clerk)
    file = SimpleUploadedFile("utlatande.eml", letter(files={"bilaga.pdf": PDF}), content_type="message/rfc822")
    page = desk.post(where, {"do": "read", "email_file": file})
    shown = page.content.decode()
    assert page.status_code == 200
    assert all(words in shown for words in ("Rådet understöder förslaget.", "Alva Berg", "bilaga.pdf", "utlatande.eml"))
    assert not Voice.objects.exists()
    held = [one["token"] for one in page.context["form"].fields["papers"].widget.shown]
    original = [one["token"] for one in page.context["form"].fields["original"].widget.shown]
    arrived = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    data = {"do": "record", "channel": "email", "arrived_at": arrived, "words": "Rådet understöder förslaget.", "language": "sv"}
    signed = {"signer_name": "Alva Berg", "signer_role": "Ordförande", "papers_held": held, "original_held": original}
    assert desk.post(where, data | signed).status_code == 302
    given = Invitation.objects.select_related("comment__voice__subject").get(pk=town.invitation.pk)
    assert given.comment
    assert {one.role for one in given.comment.voice.subject.attachments.all()} == {"document", "original"}
    everybody = client_for(None).get(f"/sv/consultations/statements/{given.pk}/").content.decode()
    assert "bilaga.pdf" in everybody
    assert "utlatande.eml" not in everybody


def test_a_broken_email_keeps_the_page_and_says_why(town: Town, cast: Cast) -> None:
    where = f"/sv/desk/consultations/invitations/{town.invitation.pk}/record/"
    answer = client_for(cast.clerk).post(where, {"do": "read", "email_file": SimpleUploadedFile("a.eml", PDF)})
    assert answer.status_code == 422
    assert ".eml" in answer.content.decode()
