"""Drafts in Markdown: CommonMark with tables and footnotes, whatever encoding, and no text that anybody can think of breaks it."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogi.commons.text import inline_markdown
from dialogi.consultations.drafts import Flaw, Remark, RemarkKind, UnreadableDraft, read_draft, tidied
from dialogi.consultations.drafts.inline import Run, as_markdown, plain, runs_of, tidy
from dialogi.consultations.drafts.numbering import parts_of
from dialogi.consultations.drafts.tables import as_table, rows_of
from dialogi.consultations.models import BlockKind
from dialogi.consultations.tests.written import remarks, seen

SIGNS = [*'ab åÄ1.*_`\\<>&[]()!#-+|~="\n\t;:/^\u00a0\u202e\u0308', "&amp;", "](", "**", "http://a.b", "[^1]"]
SIGNS += ["\n\n", "\n- ", "\n1. ", "\n# ", "\n> ", "\n|-|-|\n"]
odd = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)
runs = st.lists(
    st.builds(Run, odd, st.booleans(), st.booleans(), st.sampled_from(["", "https://a.fi/x", "https://å.fi/(ä)?b=1&copy;2", "mailto:a@b.fi", "x"])), max_size=5
)


def read(text, name="plan.md"):
    return read_draft(text.encode() if isinstance(text, str) else text, name=name)


def test_every_kind_of_block_is_read():
    draft = read(
        "# Vision\n\nInledning med *betoning*,\nsom fortsätter.\n\n## Mål\n\n1) ett\n   - under\n\n     mer\n2) två\n\n> citat\n\n"
        "| Mål | År |\n|---|---|\n| Ren | 2030 |\n\n    kod *här*\n\n### Del\n\nText.\n\n## Medel\n\n***\n\nSlut\\\nrad."
    )
    assert draft.title == "Vision"
    assert [(block.number, block.kind.value, block.level, block.marker, block.words) for block in draft.blocks] == [
        ("0.1", "paragraph", 0, "", "Inledning med betoning, som fortsätter."),
        ("1", "heading", 1, "", "Mål"),
        ("1.1", "list_item", 1, "1)", "ett"),
        ("1.2", "list_item", 2, "•", "under"),
        ("1.3", "paragraph", 0, "", "mer"),
        ("1.4", "list_item", 1, "2)", "två"),
        ("1.5", "quote", 0, "", "citat"),
        ("1.6", "table", 0, "", "Mål | År\nRen | 2030"),
        ("1.7", "paragraph", 0, "", "kod *här*"),
        ("", "heading", 2, "", "Del"),
        ("1.8", "paragraph", 0, "", "Text."),
        ("2", "heading", 1, "", "Medel"),
        ("2.1", "paragraph", 0, "", "Slut\nrad."),
    ]


def test_html_is_shown_as_it_was_written_and_never_runs():
    draft = read("# Mål\n\n<script>alert(1)</script>\n\nEn <b onclick=x>fet</b> [länk](javascript:alert(1)) och &lt;i&gt;.")
    assert [words for _number, words in seen(draft)[1:]] == [
        "<script>alert(1)</script>",
        "En <b onclick=x>fet</b> [länk](javascript:alert(1)) och <i>.",
    ]
    shown = "".join(inline_markdown(block.text) for block in draft.blocks)
    assert "<script" not in shown
    assert "<b" not in shown
    assert "href" not in shown
    assert remarks(draft) == {"markup": ("1.1", "1.2")}


def test_pictures_are_left_out_footnotes_are_kept_and_links_by_reference_lead_on():
    draft = read("# Mål\n\n![En karta](karta.png)\n\nVatten[^a] och [lagen][1] samt [^okänd].\n\n[^a]: Ändrad *2014*,\n  igen.\n[1]: https://finlex.fi\n")
    assert draft.blocks[1].text == "Vatten¹ och [lagen](https://finlex.fi) samt \\[^okänd\\].\\\n¹ Ändrad *2014*, igen."
    assert remarks(draft) == {"pictures": ("1",)}


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [("utf-8", set()), ("utf-8-sig", set()), ("utf-16", set()), ("cp1252", {"encoding"})],
)
def test_whatever_the_encoding_the_letters_are_right(encoding, remark):
    draft = read("# Mål\n\nÅ, ä och ö – “så”.".encode(encoding))
    assert seen(draft) == [("1", "Mål"), ("1.1", "Å, ä och ö – “så”.")]
    assert set(remarks(draft)) == remark


def test_garbled_letters_are_read_and_remarked_upon():
    assert set(remarks(read("# Mål\n\nFÃ¤boda"))) == {"garbled"}
    assert not read("# Mål\n\nFäboda").warnings


def test_a_remark_is_told_in_each_language_with_its_first_places():
    draft = read("![a](a)\n\n# Mål\n\n" + "Bild ![b](b).\n\n" * 7)
    told = {}
    for language in ("sv", "fi", "en"):
        with override(language):
            told[language] = [str(remark) for remark in draft.warnings]
    assert told["sv"][0].endswith("Var: början, § 1.1, § 1.2, § 1.3, § 1.4 och 3 ställen till.")
    assert told["fi"][0].startswith("Kuvat ja kaaviot jätettiin pois.")
    assert told["en"][0].endswith("Where: the beginning, § 1.1, § 1.2, § 1.3, § 1.4 and 3 more places.")
    assert all(str(Remark(kind)) for kind in RemarkKind)


def test_control_signs_line_ends_and_turning_signs_leave_no_trace():
    draft = read("# M\u202eål\r\n\r\ngpj\u202e.exe\u200b\x07\r\nrad två\u2028tre")
    assert seen(draft) == [("1", "Mål"), ("1.1", "gpj.exe rad två tre")]


def test_a_text_file_is_markdown_too():
    assert seen(read("Mål\n===\n\nEtt.", name="plan.TXT")) == [("1", "Mål"), ("1.1", "Ett.")]


@settings(deadline=None, max_examples=150)
@given(odd | st.text(max_size=60))
def test_no_text_does_more_than_be_read_or_refused_and_its_numbers_are_unique_and_in_order(text):
    try:
        draft = read(text)
    except UnreadableDraft:
        return
    numbers = [block.number for block in draft.blocks if block.number]
    assert len(set(numbers)) == len(numbers)
    assert [parts_of(number) for number in numbers] == sorted(map(parts_of, numbers))
    assert all(block.number for block in draft.blocks if not block.is_heading)
    assert len({block.anchor for block in draft.blocks}) == len(draft.blocks)
    assert all(block.words.strip() or block.kind is BlockKind.TABLE for block in draft.blocks)


@settings(deadline=None, max_examples=150)
@given(runs)
def test_whatever_is_written_as_markdown_says_the_same_words_when_it_is_read_again(some):
    wanted = tidy(some)
    text = as_markdown(wanted)
    assert tidy(wanted) == wanted
    assert "".join(run.text for run in runs_of(text)) == "".join(run.text for run in wanted)
    assert tidied(text) == text


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(runs, min_size=1, max_size=3), min_size=1, max_size=3))
def test_a_table_says_the_same_words_when_it_is_read_again(rows):
    text = as_table(rows)
    again = rows_of(text)
    assert as_table([[runs_of(cell) for cell in row] for row in again]) == text
    said = [run.text for row in rows for cell in row for run in tidy(cell)]
    found = [run.text for row in again for cell in row for run in runs_of(cell)]
    # A line break becomes a blank or a semicolon.
    assert "".join("".join(found).split()).replace(";", "") == "".join("".join(said).split()).replace(";", "")


def test_stress_in_the_usual_places_survives():
    for text in ("En **fet** text", "**Obs!** Läs", "*a*, **b** och ***c***", "[**fet** länk](https://a.fi)", "(*kursivt*)", "för**ord**et"):
        assert tidied(text) == text
    assert tidied("__fet__ och _kursivt_  <b> ") == "**fet** och *kursivt* \\<b>"
    assert plain("**fet** [länk](https://a.fi) <https://b.fi>") == "fet länk (https://a.fi) https://b.fi"


@pytest.mark.parametrize("piece", ["[", "[a](", "\\"])
def test_marks_without_end_are_refused_before_they_cost_hours(piece):
    paragraph = piece * (18_000 // len(piece))
    with pytest.raises(UnreadableDraft) as caught:
        read(f"{paragraph}\n\n" * 70)
    assert caught.value.flaw is Flaw.TOO_MANY_MARKS
