"""Show every part of the look: render the specimen pages, photograph them in both themes and at two widths, run axe.

Usage: python tools/look/shots.py FOLDER [NAME ...]      (with --render the pages are only written)
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from datetime import datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.update(DJANGO_SETTINGS_MODULE="dialogi.settings", DIALOGI_TESTING="1", DIALOGI_DEMO="1")
os.environ.setdefault("DIALOGI_HOME", "/tmp/dialogi-look")

import django  # noqa: E402
from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

django.setup()

from django import forms  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.messages import constants  # noqa: E402
from django.contrib.messages.storage.base import Message  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone, translation  # noqa: E402


def nowhere(request: HttpRequest) -> HttpResponse:
    """A page that only lends its address."""
    return HttpResponse()


# The frame's own addresses, so that the specimen stand on their own.
settings.ROOT_URLCONF = "__main__"
urlpatterns = [
    path("sv/", include(([path("search/", nowhere, name="search")], "portal"))),
    path("sv/", include(([path("me/", nowhere, name="me")], "people"))),
    path("sv/login/", nowhere, name="account_login"),
    path("sv/logout/", nowhere, name="account_logout"),
]
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'"
WIDE = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"
NOW = datetime(2026, 11, 3, 9, 20, tzinfo=timezone.get_default_timezone())


class Speak(forms.Form):
    """A form with every sort of field."""

    text = forms.CharField(
        label="Vad vill du säga?",
        help_text="Skriv som du pratar. Du kan skriva på svenska, finska eller ett annat språk.",
        widget=forms.Textarea(attrs={"rows": 6, "data-draft": ""}),
        max_length=5000,
    )
    kind = forms.ChoiceField(
        label="Vad är det?",
        choices=[("feedback", "Respons"), ("question", "Fråga"), ("idea", "Idé"), ("fault", "Felanmälan")],
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )
    place = forms.CharField(label="Var?", required=False, help_text="En adress, en by eller med egna ord.")
    unit = forms.ChoiceField(label="Vem gäller det?", choices=[("", "Välj"), ("1", "Samhällsbyggnad"), ("2", "Bildning")], required=False)
    photos = forms.FileField(label="Bilder", required=False, help_text="Högst fem bilder. Vi tar bort uppgifter om platsen ur dem.")
    email = forms.EmailField(label="E-post", help_text="Bara om du vill ha svaret hem till dig.")
    public = forms.BooleanField(label="Andra får läsa det här", required=False, help_text="Ditt namn syns aldrig.")


def house(language: str) -> Thing:
    """What the context processor gives."""
    labels = ["Så kan du påverka", "Vad har sagts", "Löften", "Statistik"]
    return Thing(
        name="Korsholm",
        demo=True,
        site_address="http://localhost:8000",
        languages=[Thing(code=c, label=n, url=f"/{c}/", current=c == language) for c, n in (("sv", "Svenska"), ("fi", "Suomi"), ("en", "English"))],
        nav=[Thing(label=label, url=f"/{language}/{number}/", current=number == 1) for number, label in enumerate(labels)],
        footer=[
            Thing(label=label, url=f"/{language}/f{number}/")
            for number, label in enumerate(["Tillgänglighetsutlåtande", "Dataskydd", "Så modererar vi", "Delta utan dator eller telefon", "Öppna data"])
        ],
        desk_nav=[
            Thing(label=label, url=f"/{language}/d{number}/", current=number == 0)
            for number, label in enumerate(["Inkorg", "Teman", "Publicering", "Anteckna för någon", "Löften", "Register"])
        ],
    )


def voices() -> list[Thing]:
    """Three voices: answered, waiting, thanked."""
    common = {"url": "/sv/voices/K4M7R2/", "lang": "sv", "when": NOW - timedelta(days=4), "answer": "", "answer_lang": ""}
    return [
        Thing(
            **{
                **common,
                "kind_label": "Felanmälan",
                "state": "done",
                "state_label": "Åtgärdat",
                "words": "Gatlyktan vid busshållplatsen på Karperövägen har varit släckt i två veckor",
                "place": "Karperö",
                "supports": 12,
                "answer": "Lampan byttes på måndagen. Vi kontrollerade samtidigt hela raden fram till skolan.",
                "answered_by": "Samhällsbyggnad svarar:",
            }
        ),
        Thing(
            **{
                **common,
                "kind_label": "Idé",
                "state": "in_hand",
                "state_label": "Under arbete",
                "words": "Kunde bokbussen stanna vid Replot skola också på sommaren?",
                "place": "Replot",
                "supports": 31,
            }
        ),
        Thing(
            **{
                **common,
                "kind_label": "Palaute",
                "lang": "fi",
                "state": "received",
                "state_label": "Mottaget",
                "words": "Sepänkylän kirjaston uudet aukioloajat ovat hyvät, mutta sunnuntaina ovi on usein lukossa vaikka pitäisi olla auki",
                "place": "Smedsby",
                "supports": 1,
            }
        ),
    ]


def entries() -> list[Thing]:
    """A history from voice to result."""

    def entry(days: int, kind: str, sentence: str, who: str = "", body: str = "", href: str = "") -> Thing:
        return Thing(when=NOW - timedelta(days=days), kind=kind, sentence=sentence, who=who, body=body, lang="sv", href=href)

    return [
        entry(40, "voice", "Någon sade till", "Invånare"),
        entry(39, "step", "Ärendet gick till samhällsbyggnad"),
        entry(34, "answer", "Svar gavs", "Samhällsbyggnad", "Vi tar upp frågan när vinterns rutter planeras i maj. Du får besked då."),
        entry(20, "step", "Kopplat till temat Säker skolväg", href="/sv/themes/1/"),
        entry(6, "step", "Tekniska utskottet beslutade: § 84", href="/sv/matters/1/"),
        entry(1, "result", "Nu är det gjort", "", "Två nya övergångsställen vid Karperö skola."),
    ]


def context(name: str, language: str) -> dict[str, object]:
    """What a specimen page gets; the name decides whether its form has errors."""
    bound = Speak({"text": "", "kind": "", "email": "anna@"}) if "error" in name else Speak()
    request = RequestFactory().get(f"/{language}/specimen/", {"page": "7"})
    request.actor = Thing(name="Handläggare Norrgård", is_anonymous=False)  # type: ignore[attr-defined]
    return {
        "house": house(language),
        "page_language": language,
        "request": request,
        "form": bound,
        "voices": voices(),
        "entries": entries(),
        "now": NOW,
        "crumbs": [("Korsholm", "/sv/"), ("Vad har sagts", "/sv/voices/"), ("Gatlyktan vid busshållplatsen", "")],
        "page": Paginator(range(400), 20).page(7),
        "messages": [Message(constants.SUCCESS, "Svaret skickades.")],
        "steps": [
            Thing(label="Dina ord", done=True, current=False, url="#"),
            Thing(label="Var", done=True, current=False, url="#"),
            Thing(label="Svaret till dig", done=False, current=True, url=""),
            Thing(label="Skicka", done=False, current=False, url=""),
        ],
        "figures": [
            ("1 482", "har sagts sedan januari", "#"),
            ("1 371", "har fått svar", "#"),
            ("94 %", "av löftena hölls", ""),
            ("6", "dagar till svar, oftast", ""),
        ],
        "heads": [Thing(label="Enhet", url="#", sort="ascending", num=False), Thing(label="Svar i tid", url="#", sort="", num=False), "Median, dagar"],
        "rows": [("Samhällsbyggnad", "91 %", "4"), ("Bildning", "97 %", "3"), ("Förvaltning", "färre än fem", "–")],
        "chips": [("Karperö", "?"), ("Obesvarade", "?")],
        "spoken": ["K som Kalle", "R som Rudolf", "4 fyra", "F som Filip"],
    }


def render(folder: Path, names: list[str]) -> list[str]:
    """Write the specimen pages and link the static files; returns the names of the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    static = folder / "static"
    if not static.exists():
        static.symlink_to(ROOT / "dialogi/commons/static")
    made = []
    for source in sorted((ROOT / "tools/look").glob("*.html")):
        for name in [source.stem, f"{source.stem}-error"] if "form" in source.stem else [source.stem]:
            if names and name not in names:
                continue
            with translation.override("sv"):
                template = engines["django"].from_string(source.read_text())
                (folder / f"{name}.html").write_text(template.render(context(name, "sv")))
            made.append(name)
    return made


class Server(SimpleHTTPRequestHandler):
    """Serves with the product's own policy, quietly."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        return


def photograph(browser: Browser, address: str, folder: Path, name: str) -> int:
    """Take the pictures of one page; returns how many things are wrong with it."""
    wrong = 0
    views: list[tuple[int, Literal["light", "dark"]]] = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark"), (320, "light")]
    for width, scheme in views:
        tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, device_scale_factor=1, reduced_motion="reduce")
        tab.on("console", lambda message: print(name, message.text) if message.type == "error" else None)
        tab.goto(f"{address}/{name}.html", wait_until="networkidle")
        if width != 320:
            tab.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        spill = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if spill > 0:
            wide = tab.evaluate(WIDE)
            print(f"{name} {width}: {spill} px too wide", wide)
        found = Axe().run(tab).response["violations"]
        for violation in found:
            print(
                name, width, scheme, violation["id"], violation["help"], [(node["html"][:110], node["failureSummary"][:180]) for node in violation["nodes"][:3]]
            )
        wrong += len(found) + (spill > 0)
        tab.close()
    return wrong


def main() -> int:
    """Render, serve, photograph."""
    folder = Path(sys.argv[1]).resolve()
    names = render(folder, [name for name in sys.argv[2:] if name != "--render"])
    if "--render" in sys.argv:
        return 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"])
        wrong = sum(photograph(browser, f"http://127.0.0.1:{server.server_port}", folder, name) for name in names)
        browser.close()
    server.shutdown()
    print(f"{len(names)} pages, {wrong} problems")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
