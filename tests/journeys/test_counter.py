"""A clerk records for somebody who has no device: the same rights, the same promised day, and never the clerk's name on it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from dialogi.commons import clock
from dialogi.commons.models.attachments import Attachment
from dialogi.people.models import Consent
from dialogi.testing import Cast, Town, client_for
from dialogi.voices.models import Channel, Voice
from tests.journeys.browser import two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {"sv": "Bokbussen kom inte till Björkö på tisdagen.", "fi": "Kirjastoauto ei tullut Björköhön tiistaina."}


@two_ways
def test_a_letter_is_recorded_with_its_original_and_the_receipt_is_printed(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str, tmp_path: Path
) -> None:
    scan = tmp_path / "brev.png"
    Image.new("RGB", (600, 800), "white").save(scan)
    arrived = timezone.localtime(clock.now() - timedelta(days=3)).replace(second=0, microsecond=0)
    page = open_page(client=client_for(cast.clerk))
    page.goto(f"/{language}/me/")
    page.get_by_role("link", name=says("To your desk")).click()
    arrive(page, says("Record for somebody else"))

    page.get_by_label(says(Channel.LETTER.label), exact=True).check()
    page.get_by_label(says("When did it arrive?")).fill(f"{arrived:%Y-%m-%dT%H:%M}")
    page.get_by_label(says("The language of the words")).select_option(language)
    page.locator("input[type=file][name=original]").set_input_files(scan)
    page.get_by_label(says("The person's words")).fill(WORDS[language])
    page.get_by_label(says("I have read the words back, and the person agreed that they are right.")).check()
    page.get_by_text(says("Name and postal address")).click()
    page.locator("#id_name").fill("Runa Strand")
    page.get_by_label(says("Who helped, if somebody did")).fill("dottern")
    page.get_by_role("button", name=says("Record and print the receipt")).click()

    expect(page.locator(".errors")).to_be_visible()
    expect(page.get_by_text(says("Ask the person whether their contact details may be kept, or leave them empty.")).first).to_be_visible()
    expect(page.get_by_text(scan.name).first).to_be_visible()
    arrive(page, says("Record for somebody else"))
    page.locator("#id_consents").check()
    page.get_by_role("button", name=says("Record and print the receipt")).click()

    arrive(page, says("Recorded"))
    receipt = page.request.get(page.locator("a[href$='receipt.pdf']").get_attribute("href") or "")
    assert receipt.body().startswith(b"%PDF")
    voice = Voice.objects.get()
    assert (voice.text, voice.channel, voice.language, voice.helped_by) == (WORDS[language], Channel.LETTER, language, "dottern")
    assert timezone.localtime(voice.arrived_at) == arrived
    assert (voice.recorded_by, voice.author) == (cast.clerk, None)
    assert Attachment.objects.get(subject=voice.subject).name == scan.name
    assert Consent.objects.get().wording

    code = "".join(page.locator(".code").inner_text().split())
    author = open_page()
    author.goto(f"/{language}/status/{code}/")
    arrive(author, says("Thank you. We have received your words."))
    assert "Klara" not in author.content()


@two_ways
def test_a_post_in_social_media_needs_its_address(open_page: OpenPage, cast: Cast, says: Says, arrive: Arrive, language: str) -> None:
    page = open_page(client=client_for(cast.clerk))
    page.goto(f"/{language}/desk/record/")
    expect(page.get_by_label(says("Address of the post"))).to_be_hidden()
    page.get_by_label(says(Channel.SOCIAL.label), exact=True).check()
    expect(page.get_by_label(says("Address of the post"))).to_be_visible()
    page.get_by_label(says("The language of the words")).select_option(language)
    page.get_by_label(says("The person's words")).fill(WORDS[language])
    page.get_by_role("button", name=says("Record and print the receipt")).click()
    expect(page.get_by_text(says("Give the address of the post, so that the answer can go out there too.")).first).to_be_visible()
    arrive(page)
    page.get_by_label(says("Address of the post")).fill("https://social.example/posts/17")
    page.get_by_role("button", name=says("Record and print the receipt")).click()
    arrive(page, says("Recorded"))
    assert Voice.objects.get().post_address == "https://social.example/posts/17"
