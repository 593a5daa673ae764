"""The look keeps its promises: known files, little weight, colours that can be read, fields that explain themselves."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms.renderers import get_default_renderer
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.html import conditional_escape

from dialogi.commons.templatetags import dialogi as parts
from dialogi.commons.templatetags.look import code_groups, page_numbers, shape

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "dialogi/commons/static"
VENDOR = STATIC / "vendor"
FRAME = ("commons/page.html", "commons/base_public.html", "commons/_foot.html", "commons/_search.html", "commons/_crumbs.html", "commons/_wordmark.html")
PAIRS = [
    ("neutral-text-default", "neutral-background-default", 7.0),
    ("neutral-text-subtle", "neutral-background-default", 4.5),
    ("neutral-text-subtle", "neutral-background-tinted", 4.5),
    ("neutral-text-subtle", "accent-surface-tinted", 4.5),
    ("accent-text-subtle", "neutral-background-default", 4.5),
    ("accent-text-subtle", "accent-surface-tinted", 4.5),
    ("accent-base-contrast-default", "accent-base-default", 4.5),
    ("danger-text-subtle", "neutral-background-default", 4.5),
    ("danger-text-subtle", "danger-surface-tinted", 4.5),
    ("success-text-subtle", "success-surface-tinted", 4.5),
    ("lichen-text-default", "lichen-surface-tinted", 4.5),
    ("thread-base-default", "neutral-background-default", 3.0),
    ("neutral-border-default", "neutral-background-default", 3.0),
    ("neutral-border-default", "neutral-surface-default", 3.0),
    ("focus-outer", "neutral-background-default", 3.0),
]


def compressed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def colours(scheme: str) -> dict[str, str]:
    sheet = (VENDOR / "designsystemet-1.22.0/designsystemet.css").read_text()
    start = sheet.index(f"@layer ds.theme.color-scheme.{scheme}")
    return dict(re.findall(r"--ds-color-([\w-]+):\s*(#[0-9a-fA-F]{6})", sheet[start : sheet.index("@layer", start + 1)]))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class Marks(HTMLParser):
    """Collects the start tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


class Speak(forms.Form):
    text = forms.CharField(label="What do you want to say?", help_text="Write as you talk.", widget=forms.Textarea, max_length=200)
    kind = forms.ChoiceField(label="What is it?", choices=[("idea", "Idea"), ("fault", "Fault")], widget=forms.RadioSelect)
    public = forms.BooleanField(label="Others may read this", required=False, help_text="Your name is never shown.")


def test_every_vendored_file_is_the_one_that_was_made_and_no_other_lies_beside_it() -> None:
    listed = {name: digest for digest, name in (line.split("  ") for line in (VENDOR / "SHA256SUMS").read_text().splitlines())}
    there = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert there == listed


def test_every_vendored_folder_carries_its_licence() -> None:
    assert all((folder / "LICENSE").is_file() for folder in VENDOR.iterdir() if folder.is_dir())


def test_the_lock_names_no_place_of_download() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages
    assert not [name for name, package in packages.items() if "resolved" in package]


def test_the_frame_leaves_half_of_the_seventy_kilobytes_to_the_page() -> None:
    styles = compressed(VENDOR / "designsystemet-1.22.0/designsystemet.css", *(STATIC / "css" / f"{name}.css" for name in ("house", "parts", "print")))
    font = (VENDOR / "atkinson-hyperlegible-next-5.3.0/atkinson.woff2").stat().st_size
    own_scripts = compressed(*(STATIC / "js").glob("*.js"))
    assert styles <= 17_000
    assert font <= 18_000
    assert own_scripts <= 16_000
    assert styles + font + compressed(STATIC / "js/enhance.js") <= 37_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_can_be_told_apart_in_both_themes(scheme: str, ink: str, ground: str, least: float) -> None:
    found = colours(scheme)
    assert contrast(found[ink], found[ground]) >= least


def test_the_parts_read_only_tokens_that_exist() -> None:
    own = "".join(path.read_text() for path in sorted((STATIC / "css").glob("*.css")))
    sheets = own + (VENDOR / "designsystemet-1.22.0/designsystemet.css").read_text()
    assert set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", own)) <= set(re.findall(r"(--[\w-]+)\s*:", sheets))


def test_the_public_frame_asks_for_nothing_that_belongs_to_one_visitor() -> None:
    private = re.compile(r"request\.user|request\.actor|\buser\b|csrf|messages|session")
    folder = ROOT / "dialogi/commons/templates"
    assert not [name for name in FRAME if private.search((folder / name).read_text())]


def test_a_field_says_what_is_wrong_above_itself_and_is_tied_to_it() -> None:
    page = str(Speak({"text": "", "kind": ""}))
    assert page.index('id="id_text_error"') < page.index("<textarea")
    marks = Marks(page)
    ids = {attrs["id"] for _, attrs in marks.tags if attrs.get("id")}
    described = [attrs["aria-describedby"] for _, attrs in marks.tags if attrs.get("aria-describedby")]
    assert described
    assert all(set((names or "").split()) <= ids for names in described)
    links = [attrs["href"] for tag, attrs in marks.tags if tag == "a"]
    assert links == ["#id_text", "#id_kind_0"]
    assert {str(link)[1:] for link in links} <= ids


@pytest.mark.parametrize(("language", "words"), [("sv", "Välj …"), ("fi", "Valitse …")])
def test_a_list_to_choose_from_begins_with_words(language: str, words: str) -> None:
    with translation.override(language):
        page = str(forms.Select(choices=[("", "---------"), ("a", "Smedsby")]).render("village", "", renderer=get_default_renderer()))
    assert f'<option value="" selected>{words}</option>' in page
    assert "Smedsby" in page


def test_options_are_escaped_and_the_chosen_one_is_marked() -> None:
    choices = [("a", "Smedsby"), ("<b>", "<script>"), ("Öar", [("c", "Replot")])]
    page = str(forms.Select(choices=choices).render("village", "c", renderer=get_default_renderer()))
    assert '<option value="a">Smedsby</option><option value="&lt;b&gt;">&lt;script&gt;</option>' in page
    assert '<optgroup label="Öar"><option value="c" selected>Replot</option></optgroup>' in page


@dataclass(frozen=True)
class Shown:
    """Something that a part of a page shows."""

    state: str
    label: str


def test_a_part_that_was_written_is_written_again_only_when_it_says_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    parts._written.cache_clear()
    monkeypatch.setattr(parts, "render_to_string", lambda name, shown: written.append(name) or render_to_string(name, shown))
    for label in ("Klar", "Klar", "<Klar>", "Klar"):
        page = Template("{% part 'commons/_state.html' state=it.state label=it.label %}").render(Context({"it": Shown("done", label)}))
        assert conditional_escape(label) in page
    assert written == ["commons/_state.html"] * 2
    with translation.override("fi"):
        Template("{% part 'commons/_state.html' state='done' label='Klar' %}").render(Context())
    assert len(written) == 3


def test_a_form_without_errors_has_no_summary() -> None:
    assert "data-focus" not in str(Speak())
    assert "data-focus" in str(Speak({}))


def test_every_field_has_its_label_and_a_single_box_stands_inside_its_own() -> None:
    marks = Marks(str(Speak()))
    labelled = {attrs.get("for") for tag, attrs in marks.tags if tag == "label"}
    assert {"id_text", "id_kind_0", "id_kind_1", "id_public"} <= labelled


def test_words_in_a_field_are_escaped() -> None:
    assert "<script>" not in str(Speak({"text": "</textarea><script>alert(1)</script>", "kind": "idea"}))


def test_an_unknown_shape_draws_nothing_and_a_known_one_is_silent_to_the_ear() -> None:
    assert shape("no-such-shape") == ""
    assert 'aria-hidden="true"' in shape("overdue")
    assert shape("withdrawn") == shape("hidden")


@pytest.mark.parametrize(
    ("here", "numbers"),
    [(1, [1, 2, None, 20]), (3, [1, 2, 3, 4, None, 20]), (4, [1, 2, 3, 4, 5, None, 20]), (10, [1, None, 9, 10, 11, None, 20]), (20, [1, None, 19, 20])],
)
def test_pages_far_away_are_left_out(here: int, numbers: list[int | None]) -> None:
    assert page_numbers(Paginator(range(400), 20).page(here)) == numbers


def test_a_code_is_shown_in_the_groups_of_the_paper() -> None:
    assert code_groups("KR4F7MPT2XWJ983F") == ["KR4F", "7MPT", "2XWJ", "983F"]
    assert code_groups("K4M7R2") == ["K4M", "7R2"]


@pytest.mark.parametrize(("language", "written"), [("sv", "3.11.2026"), ("fi", "3.11.2026"), ("en", "3 Nov 2026")])
def test_days_are_written_as_people_in_finland_write_them(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2026, 11, 3), "SHORT_DATE_FORMAT") == written


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_a_promise_says_its_day_in_words_beside_the_shape(language: str) -> None:
    template = engines["django"].from_string('{% include "commons/_promise.html" %}')
    with translation.override(language):
        said = template.render({"kind": "overdue", "date": date(2026, 11, 3)})
    assert "<svg" in said
    assert "2026" in said
    assert "%(day)s" not in said
