"""Drafts from LibreOffice: the same document gives the same draft as from Word."""

from dialogi.consultations.drafts import read_draft
from dialogi.consultations.models import BlockKind
from dialogi.consultations.tests import written
from dialogi.consultations.tests.written import docx, h, odt, p, remarks, seen, th, tp

_OUTLINE = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
)


def read(*body, name="plan.odt", **parts):
    return read_draft(odt(*body, **parts), name=name)


def letters(name, properties):
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'


def cell(words, attributes=""):
    return f"<table:table-cell {attributes}>{tp(words)}</table:table-cell>"


def test_the_same_document_gives_the_same_draft_from_both_programs():
    one = read(tp("Före."), th("Mål"), tp("Ett."), th("Delmål", 2), tp("Två."))
    other = read_draft(docx(p("Före."), h("Mål"), p("Ett."), h("Delmål", 2), p("Två.")), name="plan.docx")
    assert one == other


def test_titles_and_quotations_are_known_by_the_styles_they_are_based_on():
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    automatic += '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Quotations"/>'
    draft = read(tp("Dagvattenprogram", "P1"), th("Mål"), tp("Vatten är liv.", "P2"), automatic=automatic)
    assert draft.title == "Dagvattenprogram"
    assert [block.kind for block in draft.blocks] == [BlockKind.HEADING, BlockKind.QUOTE]


def test_stress_links_blanks_and_breaks():
    automatic = letters("T1", 'fo:font-weight="bold"') + letters("T2", 'fo:font-style="italic"') + letters("T3", 'style:text-position="super 58%"')
    body = (
        'Vi <text:span text:style-name="T1">ska<text:s text:c="300000000"/>alla</text:span><text:tab/><text:span text:style-name="T2">nu</text:span>'
        ' på 10 m<text:span text:style-name="T3">2</text:span> enligt <text:a xlink:href="https://korsholm.fi">lagen</text:a>,'
        ' <text:a xlink:href="javascript:x">inte</text:a>, <text:a xlink:href="#mål">ovan</text:a>\n   så<text:line-break/>här.'
    )
    draft = read(th("Mål"), tp(body), automatic=automatic)
    assert draft.blocks[1].text == "Vi **ska alla** *nu* på 10 m² enligt [lagen](https://korsholm.fi), inte, ovan så\\\nhär."
    assert remarks(draft) == {"links": ("1.1",)}


def test_a_paragraph_formatted_as_a_whole_keeps_its_stress_and_a_named_style_gives_none():
    own = '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-style="italic"/></style:style>'
    named = '<style:style style:name="Ingress" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
    draft = read(th("Mål"), tp("Kursivt.", "P1"), tp("Ingress.", "Ingress"), automatic=own, styles=named)
    assert [block.text for block in draft.blocks[1:]] == ["*Kursivt.*", "Ingress."]


def test_lists_keep_what_stands_before_their_items():
    levels = '<text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/><text:list-level-style-bullet text:level="2"/>'
    automatic = f'<text:list-style style:name="L1">{levels}</text:list-style>'

    def items(*inside, attributes=""):
        return f'<text:list text:style-name="L1" {attributes}>{"".join(f"<text:list-item>{one}</text:list-item>" for one in inside)}</text:list>'

    nested = f"<text:list><text:list-item>{tp('under')}</text:list-item></text:list>"
    draft = read(
        th("Mål"),
        items(tp("ett") + tp("mer om ett") + nested, tp("två")),
        tp("Mellan."),
        items(tp("tre"), attributes='text:continue-numbering="true"'),
        items(tp("ny")),
        automatic=automatic,
    )
    assert [(block.number, block.marker, block.level, block.words) for block in draft.blocks[1:]] == [
        ("1.1", "a)", 1, "ett"),
        ("1.2", "", 0, "mer om ett"),
        ("1.3", "•", 2, "under"),
        ("1.4", "b)", 1, "två"),
        ("1.5", "", 0, "Mellan."),
        ("1.6", "c)", 1, "tre"),
        ("1.7", "a)", 1, "ny"),
    ]


def test_headings_that_the_program_numbers_keep_their_numbers():
    body = [th("Mål"), tp("Inledning."), th("Vatten", 2), tp("Ett."), th("Onumrerad", 2, 'text:is-list-header="true"'), tp("Två."), th("Medel"), tp("Tre.")]
    draft = read(*body, styles=_OUTLINE)
    assert [number for number, _words in seen(draft)] == ["1", "1.0.1", "1.1", "1.1.1", "", "1.1.2", "2", "2.1"]


def test_a_table_with_endless_empty_rows_and_columns_is_as_large_as_its_words():
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
    head = f"<table:table-header-rows><table:table-row>{cell('Mål')}{cell('År')}</table:table-row></table:table-header-rows>"
    wide = cell("Ihop", 'table:number-columns-spanned="2"')
    merged = f"<table:table-row>{wide}<table:covered-table-cell/></table:table-row>"
    draft = read(th("Mål"), f"<table:table>{head}{merged}{row}</table:table>", f"<table:table><table:table-row>{cell('Ram')}</table:table-row></table:table>")
    assert draft.blocks[1].rows == (("Mål", "År"), ("Ihop", ""))
    assert seen(draft)[2] == ("1.2", "Ram")
    assert remarks(draft) == {"merged_cells": ("1.1",)}


def test_footnotes_stand_under_their_paragraph_and_tracked_changes_are_read_as_accepted():
    note = f"<text:note><text:note-citation>7</text:note-citation><text:note-body>{tp('Ändrad 2014.')}</text:note-body></text:note>"
    tracked = f"<text:tracked-changes><text:changed-region><text:deletion>{tp('struket')}</text:deletion></text:changed-region></text:tracked-changes>"
    draft = read(tracked, th("Mål"), tp("Orört."), tp(f"Vattnet{note} <text:change/>renas <text:change-start/>nu<text:change-end/>."))
    assert draft.blocks[2].words == "Vattnet¹ renas nu.\n¹ Ändrad 2014."
    assert remarks(draft) == {"tracked": ("1.2",)}


def test_what_is_no_text_is_left_out_and_named_with_its_place():
    automatic = letters("T1", 'text:display="none"') + letters("T2", 'style:text-line-through-style="solid"')
    draft = read(
        f"<text:table-of-content><text:index-body>{tp('Mål 3')}</text:index-body></text:table-of-content>",
        th("Mål"),
        tp("Bild <draw:frame><draw:image/></draw:frame>."),
        tp(f"Ruta <draw:frame><draw:text-box>{tp('i rutan')}</draw:text-box></draw:frame>."),
        tp("Objekt <draw:frame><draw:object/><draw:image/></draw:frame>."),
        tp(f"Kommenterat<office:annotation>{tp('hemligt')}</office:annotation>."),
        tp('Synligt<text:span text:style-name="T1"> dolt</text:span><text:span text:style-name="T2"> struket</text:span>.'),
        f'<text:section text:display="none">{tp("gömt")}</text:section><text:section>{tp("I avsnitt.")}</text:section>',
        automatic=automatic,
        master=f"<style:master-page><style:header>{tp('Korsholm')}</style:header></style:master-page>",
    )
    assert [words for _number, words in seen(draft)[1:]] == ["Bild .", "Ruta .", "Objekt .", "Kommenterat.", "Synligt struket.", "I avsnitt."]
    assert remarks(draft) == {
        "contents": ("0",),
        "pictures": ("1.1",),
        "text_boxes": ("1.2",),
        "embedded": ("1.3",),
        "comments": ("1.4",),
        "hidden": ("1.5",),
        "struck": ("1.5",),
        "margins": (),
    }


def test_nothing_invisible_comes_along():
    assert written.seen(read(th("M\u202eål"), tp("gpj\u202e.exe\u00ad")))[1] == ("1.1", "gpj.exe")
