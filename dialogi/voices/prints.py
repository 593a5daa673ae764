"""What this room puts on paper: the receipt for the one who spoke, and the form for those who write by hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogi.commons.codes import grouped
from dialogi.commons.pdf import qr_svg, render_pdf
from dialogi.voices.models import OWN_KINDS

SHEET_LANGUAGES = ("sv", "fi")


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """What stands on a receipt. Not the words themselves: paper is left lying about."""

    code: str
    spoken: list[str]
    short_code: str
    address: str
    arrived_at: datetime
    due_at: datetime | None
    unit: str
    kind: str


def receipt_pdf(data: ReceiptData, language: str) -> bytes:
    """Return the receipt as PDF/UA: the code in large groups, how to say it, by when and by whom it is answered, what happens next."""
    with translation.override(language):
        groups = data.code.split("-")
        parts = [len(group) for group in groups]
        sounds = [data.spoken[sum(parts[:index]) : sum(parts[: index + 1])] for index in range(len(groups))]
        arrived = date_format(timezone.localtime(data.arrived_at), "DATE_FORMAT")
        due = date_format(timezone.localtime(data.due_at), "DATE_FORMAT") if data.due_at else ""
        content = {
            "name": settings.MUNICIPALITY[f"name_{language}"],
            "code": data.code,
            "groups": [{"code": group, "spoken": sound} for group, sound in zip(groups, sounds, strict=True)],
            "short_code": grouped(data.short_code) if data.short_code else "",
            "address": data.address,
            "shown_address": _shown(data.address),
            "qr": qr_svg(data.address),
            "arrived": arrived,
            "due": due,
            "unit": data.unit,
            "kind": data.kind,
            "words": _receipt_words(due=due, unit=data.unit),
        }
        return render_pdf("voices/typst/receipt.typ", content, language=language, title=_("Receipt from Dialogi"))


def _shown(address: str) -> str:
    """Return an address as people write it by hand: without https:// and the last slash."""
    parts = urlsplit(address)
    return (parts.netloc + parts.path).rstrip("/")


def _receipt_words(*, due: str, unit: str) -> dict[str, Any]:
    steps = [
        _("A person reads your words and takes them to the right place."),
        _("You get your answer by %(date)s at the latest.") % {"date": due} if due else _("You get an answer, and you see on the page when it comes."),
        _("You follow what happens with your code. Nobody asks who you are."),
        _("Did the answer not help? Say so on the same page, and the matter is opened again."),
    ]
    return {
        "heading": _("We have received your words"),
        "thanks": _("Thank you. Keep this paper: it is your key to the answer."),
        "code_label": _("Your follow-up code"),
        "secret": _("Whoever has the code can read the answer. Show it only to those you trust."),
        "say": _("How to say it on the phone"),
        "due_label": _("Answer at the latest"),
        "no_due": _("As soon as possible"),
        "unit_label": _("Answered by"),
        "kind_label": _("What you sent"),
        "arrived_label": pgettext("a day on paper", "Received"),
        "short_label": _("Number of the case"),
        "next": _("What happens next"),
        "steps": steps,
        "follow": _("See how it goes"),
        "follow_how": _("Point the camera of your phone at the square, or write the address in a browser, and give your code."),
        "qr_alt": _("QR code to the page where you give your follow-up code"),
        "no_device": _("No phone or computer? Ask at any service point or library. They help you with your code."),
        "unit": unit,
    }


def feedback_sheet(*, code: str, addresses: dict[str, str], subject_title: dict[str, str] | None) -> bytes:
    """Return the printable form in Swedish and Finnish as PDF/UA, two pages for one sheet of paper.

    `code` names the sheet on paper and by phone. `subject_title` (sv, fi) is what it is about, if it is about something; `addresses` (sv, fi) are
    the pages where the same is said on the web.
    """
    about = f"?{urlencode({'about': code})}" if subject_title else ""
    content = {
        "sides": [
            {
                **_sheet_side(language, (subject_title or {}).get(language, "")),
                "shown_address": _shown(addresses[language]),
                "qr": qr_svg(addresses[language] + about),
            }
            for language in SHEET_LANGUAGES
        ],
        "code": grouped(code) if code else "",
        "running": " · ".join(_shown(addresses[language]) for language in SHEET_LANGUAGES),
    }
    with translation.override("sv"):
        title = _("Speak to the municipality – a form on paper") + " · "
    with translation.override("fi"):
        title += _("Speak to the municipality – a form on paper")
    return render_pdf("voices/typst/feedback_sheet.typ", content, language="sv", title=title)


def _sheet_side(language: str, subject: str) -> dict[str, Any]:
    with translation.override(language):
        return {
            "language": language,
            "other": "fi" if language == "sv" else "sv",
            "name": settings.MUNICIPALITY[f"name_{language}"],
            "title": _("Speak to the municipality"),
            "lead": _("Write as you speak. A person reads it, and you get an answer. You need not say who you are."),
            "subject_label": _("This is about"),
            "subject": subject,
            "about": _("What is it about?"),
            "about_hint": _("A service, a place, a matter. Leave it empty if you do not know."),
            "kind": _("What kind is it? Tick one, or none."),
            "kinds": [str(label) for _value, label in OWN_KINDS],
            "words": _("Your words"),
            "words_on": _("You may go on with a paper of your own."),
            "place": _("Where is it?"),
            "place_hint": _("An address, or how to find there."),
            "public": _("May others read it?"),
            "public_yes": _("Yes. Your words are shown on the web without your name, after a check."),
            "public_no": _("No. Only those who deal with the matter read it. You get the same answer."),
            "contact": _("How do we reach you? Only if you want to."),
            "contact_hint": _("Your contact details are used for the answer alone and are never shown."),
            "contact_name": pgettext("on a form", "Name"),
            "contact_email": _("E-mail"),
            "contact_phone": _("Phone"),
            "contact_post": _("Postal address"),
            "language_label": _("Language of the answer"),
            "languages": [_("in Swedish"), _("in Finnish"), _("in English")],
            "no_contact": _("Without contact details: ask for your follow-up code where you leave the form. With it you read the answer."),
            "leave": _("Leave the form at a library, on the book bus, at a service point, or in the municipality's letterbox."),
            "web": _("The same on the web:"),
            "qr_alt": _("QR code to the form on the web"),
            "staff": _("Filled in by the one who receives the form"),
            "staff_date": _("Received, date"),
            "staff_where": pgettext("on a form", "Where"),
            "staff_code": _("Follow-up code given"),
            "other_side": _("This form in the other language is on the other side."),
        }
