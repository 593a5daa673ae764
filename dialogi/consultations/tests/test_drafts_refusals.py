"""What cannot be read as a draft is refused at once, in a sentence that names the file and says what to do; beside it, what can be."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogi.commons.tests import files
from dialogi.consultations.drafts import Flaw, UnreadableDraft, read_draft
from dialogi.consultations.drafts.refusals import _SENTENCES
from dialogi.consultations.tests import written
from dialogi.consultations.tests.written import docx, h, odt, p, seen, tbl, th, tp

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
WIDE = '<w:gridSpan w:val="9999"/>'
WORDS = "Kommunen bygger ut det kommunala avloppsnätet i byarna så att vattnet i skärgården blir renare. " * 4


def refused(data, name="plan.docx", language="en"):
    with override(language), pytest.raises(UnreadableDraft) as caught:
        read_draft(data, name=name)
    with override(language):
        return caught.value.flaw, " ".join(caught.value.messages)


def deep(levels):
    return docx("<w:sdt><w:sdtContent>" * levels, p("Botten."), "</w:sdtContent></w:sdt>" * levels)


@pytest.mark.parametrize(
    ("make", "name", "flaw", "advice"),
    [
        (lambda: b"", "plan.md", Flaw.EMPTY, "Choose the file again"),
        (lambda: b" \r\n\t", "plan.md", Flaw.EMPTY, "Choose the file again"),
        (lambda: docx(), "plan.docx", Flaw.NO_TEXT, "holds no text"),
        (lambda: odt(), "plan.odt", Flaw.NO_TEXT, "holds no text"),
        (lambda: b"***\n", "plan.md", Flaw.NO_TEXT, "holds no text"),
        (lambda: b"a" * 10_000_001, "plan.md", Flaw.TOO_LARGE, "at most 10 MB"),
        (lambda: docx(h("Mål"), p("Ett."))[:-40], "plan.docx", Flaw.DAMAGED, "save it again"),
        (lambda: b"PK\x03\x04" + b"\x00" * 100, "plan.docx", Flaw.DAMAGED, "save it again"),
        (lambda: docx(p("Ett."), "<w:p>"), "plan.docx", Flaw.DAMAGED, "save it again"),
        (lambda: docx(p("<w:r><w:t>&h;</w:t></w:r>"), before=LAUGHS), "plan.docx", Flaw.DAMAGED, "save it again"),
        (lambda: docx(p("<w:r><w:t>&e;</w:t></w:r>"), before=OUTSIDE), "plan.docx", Flaw.DAMAGED, "save it again"),
        (lambda: docx(p("Ett."), footnotes=LAUGHS + written.word("footnotes", "")), "plan.docx", Flaw.DAMAGED, "save it again"),
        (lambda: odt(tp("Ett."), **{"styles.xml": f"{OUTSIDE}<x>&e;</x>"}), "plan.odt", Flaw.DAMAGED, "save it again"),
        (lambda: docx(p("Ett."), **{"media/x": b"\x00" * 101_000_000}), "plan.docx", Flaw.TOO_MUCH, "Take out the pictures"),
        (lambda: docx(p("x" * 41_000_000)), "plan.docx", Flaw.TOO_MUCH, "Take out the pictures"),
        (lambda: files.docx(**{"word/vbaProject.bin": b"x"}), "plan.docx", Flaw.PROGRAMS, "without macros"),
        (lambda: files.package({"[Content_Types].xml": b"macroEnabled", "word/document.xml": b"x"}), "plan.docm", Flaw.PROGRAMS, "without macros"),
        (lambda: odt(tp("Ett."), **{"Basic/Standard/x.xml": "x"}), "plan.odt", Flaw.PROGRAMS, "without macros"),
        (written.locked_word, "plan.docx", Flaw.LOCKED, "without the password"),
        (
            lambda: odt(**{"META-INF/manifest.xml": written.manifest("<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")}),
            "plan.odt",
            Flaw.LOCKED,
            "without the password",
        ),
        (written.old_word, "plan.doc", Flaw.OLD_WORD, "save it as DOCX"),
        (written.old_word, "plan.docx", Flaw.OLD_WORD, "save it as DOCX"),
        (files.pdf, "plan.pdf", Flaw.PDF, "document it was made from"),
        (files.pdf, "plan.md", Flaw.PDF, "document it was made from"),
        (lambda: b"{\\rtf1 hej}", "plan.rtf", Flaw.RTF, "save it as DOCX or ODT"),
        (lambda: b"\xef\xbb\xbf <!DOCTYPE HTML><p>hej", "plan.md", Flaw.WEB_PAGE, "web page"),
        (lambda: b"<?xml version='1.0'?><office:document/>", "plan.fodt", Flaw.OTHER_KIND, "DOCX, ODT or Markdown"),
        (lambda: files.package({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), "plan.xlsx", Flaw.OTHER_KIND, "DOCX, ODT or Markdown"),
        (lambda: files.package({"mimetype": b"application/epub+zip"}), "plan.odt", Flaw.OTHER_KIND, "DOCX, ODT or Markdown"),
        (files.photo, "plan.docx", Flaw.OTHER_KIND, "DOCX, ODT or Markdown"),
        (lambda: "# Mål\n\nEtt.".encode(), "plan.docx", Flaw.OTHER_KIND, "DOCX, ODT or Markdown"),
        (files.photo, "plan.md", Flaw.NOT_TEXT, "UTF-8"),
        (lambda: "# Mål".encode("utf-16-le"), "plan.md", Flaw.NOT_TEXT, "UTF-8"),
        (lambda: bytes(range(1, 32)) * 20, "plan.txt", Flaw.NOT_TEXT, "UTF-8"),
        (lambda: deep(150), "plan.docx", Flaw.TOO_DEEP, "flatter"),
        (lambda: (">" * 30 + " djupt").encode(), "plan.md", Flaw.TOO_DEEP, "flatter"),
        (lambda: docx(p("Ett.") * 100_000), "plan.docx", Flaw.TOO_MANY_BLOCKS, "10,000 paragraphs"),
        (lambda: odt(tp("Ett.") * 100_000), "plan.odt", Flaw.TOO_MANY_BLOCKS, "10,000 paragraphs"),
        (lambda: b"Ett.\n\n" * 100_000, "plan.md", Flaw.TOO_MANY_BLOCKS, "10,000 paragraphs"),
        (lambda: docx(p("ord " * 4_900) * 160), "plan.docx", Flaw.TOO_LONG, "Divide it"),
        (lambda: b"ord\n\n" * 320_000, "plan.md", Flaw.TOO_LONG, "Divide it"),
        (lambda: docx(p("Här börjar " + "ord " * 6_000)), "plan.docx", Flaw.LONG_PARAGRAPH, "It begins: Här börjar ord"),
        (lambda: ("Här börjar " + "ord " * 60_000).encode(), "plan.md", Flaw.LONG_PARAGRAPH, "It begins: Här börjar ord"),
        (lambda: docx(tbl(["Cell"] * 50, *[["x"] * 50] * 50)), "plan.docx", Flaw.LARGE_TABLE, "as an annex. It begins: Cell"),
        (lambda: docx(tbl([written.tc("Cell", WIDE)] * 90)), "plan.docx", Flaw.LARGE_TABLE, "as an annex"),
        (lambda: ("| a " * 50 + "|\n" + "|-" * 50 + "|\n" + ("| x " * 50 + "|\n") * 50).encode(), "plan.md", Flaw.LARGE_TABLE, "as an annex"),
        (lambda: ("_" * 19_000 + "a\n\n").encode() * 4, "plan.md", Flaw.TOO_MANY_MARKS, "60,000"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(make, name, flaw, advice):
    found, words = refused(make(), name)
    assert found is flaw
    assert f"“{name}”" in words
    assert advice in words
    assert "%" not in words


def test_every_flaw_has_its_sentence_in_each_language():
    assert set(_SENTENCES) == set(Flaw)
    words = {language: refused(files.pdf(), "plan.pdf", language)[1] for language in ("sv", "fi", "en")}
    assert len(set(words.values())) == 3
    assert all("plan.pdf" in sentence for sentence in words.values())


def test_a_refusal_is_an_error_of_a_form_with_a_name_that_is_safe_to_show():
    with pytest.raises(ValidationError) as caught:
        read_draft(b"", name="../../<b>\u202eplan.md")
    with override("en"):
        assert caught.value.messages == ["“_b_plan.md” is empty. Choose the file again."]


@pytest.mark.parametrize("name", ["plan.docx", "plan.odt", "plan.md", "plan", "plan.pdf"])
def test_a_document_is_what_is_in_it_whatever_it_is_called(name):
    assert seen(read_draft(docx(h("Mål"), p("Ett.")), name=name)) == seen(read_draft(odt(th("Mål"), tp("Ett.")), name=name)) == [("1", "Mål"), ("1.1", "Ett.")]


def test_three_hundred_pages_are_read():
    body = "".join(h(f"Kapitel {chapter}") + p(f"{chapter} {WORDS}") * 12 for chapter in range(300))
    draft = read_draft(docx(body), name="plan.docx")
    assert len(draft.blocks) == 3_900
    assert draft.blocks[-1].number == "300.12"


def test_as_deep_as_a_real_document_goes_is_read():
    assert seen(read_draft(deep(40), name="plan.docx")) == [("0.1", "Botten.")]


def test_frames_in_frames_are_read_once():
    body = p("Innerst.")
    for _level in range(60):  # read twice at each level, they would never end
        body = tbl([body])
    assert seen(read_draft(docx(body), name="plan.docx")) == [("0.1", "Innerst.")]


def test_a_chain_of_styles_without_end_is_no_trap():
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/><w:basedOn w:val="{1}"/></w:style>'
    styles = style.format("a", "b") + style.format("b", "a")
    assert seen(read_draft(docx(p("Ett.", style="a"), styles=styles), name="plan.docx")) == [("0.1", "Ett.")]
    odf = '<style:style style:name="{0}" style:family="text" style:parent-style-name="{1}"/>'
    body = tp('<text:span text:style-name="a">Ett.</text:span>')
    assert seen(read_draft(odt(body, automatic=odf.format("a", "b") + odf.format("b", "a")), name="plan.odt")) == [("0.1", "Ett.")]


_TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "pPr",
    "rPr",
    "fldChar",
    "hyperlink",
    "numPr",
    "br",
    "drawing",
    "gridSpan",
    "vMerge",
]
_ODF = [
    "text:p",
    "text:h",
    "text:list",
    "text:list-item",
    "text:span",
    "text:a",
    "text:note",
    "text:s",
    "table:table",
    "table:table-row",
    "table:table-cell",
    "draw:frame",
]


def trees(tags):
    leaf = st.sampled_from(["", "ord", " ", "\u202e"])
    return st.recursive(
        leaf, lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(tags), st.lists(inner, max_size=4)), max_leaves=25
    )


@settings(deadline=None, max_examples=80)
@given(trees([f"w:{tag}" for tag in _TAGS]), trees(_ODF))
def test_no_order_of_elements_does_more_than_be_read_or_refused(word, office):
    for data, name in ((docx(word), "plan.docx"), (odt(office), "plan.odt")):
        try:
            read_draft(data, name=name)
        except UnreadableDraft as refusal:
            assert refusal.flaw is Flaw.NO_TEXT  # noqa: PT017


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200), st.integers(0, 3_000))
def test_no_bytes_whatever_do_more_than_be_refused(tail, cut):
    for data in (tail, b"PK\x03\x04" + tail, docx(h("Mål"), p("Ett."))[:cut] + tail):
        for name in ("plan.md", "plan.docx"):
            try:
                read_draft(data, name=name)
            except UnreadableDraft as refusal:
                assert str(refusal.messages)  # noqa: PT017
