"""Drafts from Word: what a reader of the document reads becomes numbered paragraphs, and what is left out is named with its place."""

import pytest

from dialogi.consultations.drafts import read_draft
from dialogi.consultations.models import BlockKind
from dialogi.consultations.tests import written
from dialogi.consultations.tests.written import docx, h, p, remarks, run, seen, tbl, tc, tr


def read(*body, name="plan.docx", **parts):
    return read_draft(docx(*body, **parts), name=name)


def test_headings_become_sections_and_paragraphs_get_numbers_that_can_be_said_on_the_phone():
    draft = read(p("Före."), h("Mål"), p("Ett."), p("Två."), h("Delmål", 2), p("Tre."), h("Medel"), p("Fyra."))
    assert seen(draft) == [
        ("0.1", "Före."),
        ("1", "Mål"),
        ("1.1", "Ett."),
        ("1.2", "Två."),
        ("", "Delmål"),
        ("1.3", "Tre."),
        ("2", "Medel"),
        ("2.1", "Fyra."),
    ]
    assert [block.level for block in draft.blocks if block.is_heading] == [1, 2, 1]
    assert [block.section for block in draft.blocks] == ["0", "1", "1", "1", "1", "1", "2", "2"]
    assert not draft.warnings


def test_the_title_is_no_section():
    draft = read(p("Dagvattenprogram", style="Rubrik"), h("Mål"), p("Ett."))
    assert draft.title == "Dagvattenprogram"
    assert seen(draft) == [("1", "Mål"), ("1.1", "Ett.")]


def test_a_style_of_the_municipality_built_on_a_heading_is_a_heading():
    assert seen(read(p("Mål", style="Kommunens"), p("Ett."))) == [("1", "Mål"), ("1.1", "Ett.")]
    by_outline = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>' + run("Mål") + "</w:p>"
    assert seen(read(by_outline, p("Ett."))) == [("1", "Mål"), ("1.1", "Ett.")]


def test_without_any_heading_the_draft_is_read_and_its_author_is_told():
    draft = read(p("Ett."), p("Två."))
    assert seen(draft) == [("0.1", "Ett."), ("0.2", "Två.")]
    assert remarks(draft) == {"no_headings": ()}


def test_stress_and_links_are_kept_and_other_looks_are_not():
    link = '<w:hyperlink r:id="r1"><w:r><w:rPr><w:u/></w:rPr><w:t>lagen</w:t></w:r></w:hyperlink>'
    draft = read(
        h("Mål"),
        p(
            "Vi ",
            run("ska", "<w:b/>"),
            " ",
            run("alla ", "<w:i/>"),
            run("hjälpa", '<w:rStyle w:val="Stark"/>'),
            run(" till", '<w:b w:val="0"/>'),
            " enligt ",
            link,
            ".",
        ),
        links={"r1": "https://www.finlex.fi/sv/laki/119/2001"},
    )
    assert draft.blocks[1].text == "Vi **ska** *alla* **hjälpa** till enligt [lagen](https://www.finlex.fi/sv/laki/119/2001)."
    assert draft.blocks[1].words == "Vi ska alla hjälpa till enligt lagen (https://www.finlex.fi/sv/laki/119/2001)."


def test_a_link_that_leads_elsewhere_than_to_the_web_or_a_mailbox_loses_its_address_and_keeps_its_words():
    links = {"r1": "javascript:alert(1)", "r2": "mailto:plan@korsholm.fi", "r3": "file:///C:/plan.docx"}
    body = [f'<w:hyperlink r:id="{key}">{run(key)}</w:hyperlink>' for key in links]
    draft = read(h("Mål"), *map(p, body), links=links)
    assert [block.text for block in draft.blocks[1:]] == ["r1", "[r2](mailto:plan@korsholm.fi)", "r3"]
    assert remarks(draft) == {"links": ("1.1", "1.3")}


def test_a_link_made_by_a_field_is_a_link_and_the_instruction_of_a_field_is_never_shown():
    def field(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    link = f'{field("begin")}<w:r><w:instrText> HYPERLINK "https://korsholm.fi" </w:instrText></w:r>{field("separate")}{run("kommunen")}{field("end")}'
    page = f"{field('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>{run('dolt')}{field('separate')}{run('7')}{field('end')}"
    unfinished = f"{field('begin')}<w:r><w:instrText> TOC </w:instrText></w:r>{run('dolt')}"
    draft = read(h("Mål"), p(link, ", sidan ", page), p("Kvar ", unfinished), p("Nästa."))
    assert [block.text for block in draft.blocks[1:]] == ["[kommunen](https://korsholm.fi), sidan 7", "Kvar", "Nästa."]


def test_lists_keep_what_stands_before_their_items_and_each_item_has_a_number():
    numbering = written.numbered_lists(("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "·"))
    draft = read(
        h("Mål"),
        p("ett", listed=(1, 0)),
        p("a", listed=(1, 1)),
        p("b", listed=(1, 1)),
        p("punkt", listed=(1, 2)),
        p("två", listed=(1, 0)),
        p("a igen", listed=(1, 1)),
        p("Mellan."),
        p("tre", listed=(1, 0)),
        p("ny ett", listed=(2, 0)),
        p("ingen", listed=(0, 0)),
        numbering=numbering,
    )
    items = [(block.number, block.marker, block.level) for block in draft.blocks if block.kind is BlockKind.LIST_ITEM]
    assert items == [
        ("1.1", "1.", 1),
        ("1.2", "a)", 2),
        ("1.3", "b)", 2),
        ("1.4", "•", 3),
        ("1.5", "2.", 1),
        ("1.6", "a)", 2),
        ("1.8", "3.", 1),
        ("1.9", "1.", 1),
    ]
    assert draft.blocks[-1].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(("shape", "fourth"), [("lowerRoman", "iv"), ("upperRoman", "IV"), ("upperLetter", "D"), ("decimal", "4"), ("none", "")])
def test_a_list_counts_in_the_shape_that_its_author_chose(shape, fourth):
    draft = read(h("Mål"), *[p("x", listed=(1, 0))] * 4, numbering=written.numbered_lists((shape, "%1")))
    assert draft.blocks[-1].marker == fourth


def test_headings_that_the_word_processor_numbers_keep_their_numbers():
    heading = written.numbered_lists(("decimal", "%1"), ("decimal", "%1.%2"))
    one, two = [f'<w:pStyle w:val="Rubrik{level + 1}"/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' for level in (0, 1)]
    body = [(one, "Mål"), ("", "Inledning."), (two, "Vatten"), ("", "Ett."), (two, "Luft"), ("", "Två."), (one, "Medel"), ("", "Tre.")]
    draft = read(*(f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>" for properties, text in body), numbering=heading)
    assert [number for number, _words in seen(draft)] == ["1", "1.0.1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1"]
    assert not draft.warnings


def test_a_table_is_one_paragraph_with_its_cells_and_a_frame_around_text_is_none():
    draft = read(h("Mål"), tbl(["Mål", "År"], ["Renare | klarare", p("vikar") + p("och sund.") + p("Snart")]), tbl([p("I ramen.") + p("Också.")]))
    assert seen(draft)[1:] == [
        ("1.1", "Mål | År\nRenare | klarare | vikar; och sund. Snart"),
        ("1.2", "I ramen."),
        ("1.3", "Också."),
    ]
    assert draft.blocks[1].rows == (("Mål", "År"), ("Renare | klarare", "vikar; och sund. Snart"))
    assert not draft.warnings


def test_merged_cells_and_tables_in_tables_become_simple_with_a_remark():
    merged = (
        tr(tc("A", '<w:gridSpan w:val="2"/>')) + tr(tc("B", '<w:vMerge w:val="restart"/>'), tc("C")) + tr(tc("dolt", "<w:vMerge/>"), tc(tbl(["inre", "cell"])))
    )
    draft = read(h("Mål"), f"<w:tbl>{merged}</w:tbl>")
    assert draft.blocks[1].rows == (("A", ""), ("B", "C"), ("", "inre; cell"))
    assert remarks(draft) == {"merged_cells": ("1.1",), "nested_tables": ("1.1",)}


def test_footnotes_stand_under_the_paragraph_that_they_belong_to():
    notes = written.word("footnotes", f'<w:footnote w:id="0" w:type="separator">{p("dolt")}</w:footnote><w:footnote w:id="2">{p("Ändrad 2014.")}</w:footnote>')
    endnotes = written.word("endnotes", f'<w:endnote w:id="2">{p("Se bilagan.")}</w:endnote>')
    body = p("Vattnet", '<w:r><w:footnoteReference w:id="2"/></w:r>', " renas", '<w:r><w:endnoteReference w:id="2"/></w:r>', ".")
    draft = read(h("Mål"), body, footnotes=notes, endnotes=endnotes)
    assert draft.blocks[1].words == "Vattnet¹ renas².\n¹ Ändrad 2014.\n² Se bilagan."


def test_tracked_changes_are_read_as_accepted_and_named():
    draft = read(
        h("Mål"),
        p(
            "Kvar",
            f"<w:ins>{run(' tillagt')}</w:ins>",
            '<w:del><w:r><w:delText xml:space="preserve"> struket</w:delText></w:r></w:del>',
            f"<w:moveTo>{run(' hit')}</w:moveTo>",
        ),
        p("Orört."),
        p("Första", mark="<w:del/>"),
        p(" hör ihop."),
        f"<w:tbl>{tr('A', 'B')}{tr('gone', 'gone', properties='<w:trPr><w:del/></w:trPr>')}{tr('C', 'D')}</w:tbl>",
    )
    assert [words for _number, words in seen(draft)[1:]] == ["Kvar tillagt hit", "Orört.", "Första hör ihop.", "A | B\nC | D"]
    assert remarks(draft) == {"tracked": ("1.1", "1.3", "1.4")}


def test_a_paragraph_whose_end_was_deleted_before_the_end_of_the_document_is_not_lost():
    assert seen(read(h("Mål"), p("Sist", mark="<w:del/>")))[-1] == ("1.1", "Sist")


def test_what_is_no_text_is_left_out_and_named_with_its_place():
    picture = "<w:r><w:drawing><a:graphic><a:blip/></a:graphic></w:drawing></w:r>"
    old_picture = '<w:r><w:pict><v:shape><v:imagedata r:id="r9"/></v:shape></w:pict></w:r>'
    box = f"<wps:txbx><w:txbxContent>{p('i rutan')}</w:txbxContent></wps:txbx>"
    boxed = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    draft = read(
        p("Före", picture),
        h("Mål"),
        p("Med bild.", old_picture),
        p(picture),
        p("Med ruta.", boxed),
        p("Formel ", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "."),
        p("Kommenterat", '<w:r><w:commentReference w:id="0"/></w:r>', "."),
        p("Synligt", run(" dolt", "<w:vanish/>"), run(" struket", "<w:strike/>"), "."),
        p("Objekt ", "<w:r><w:object/></w:r>", "."),
        "<w:altChunk/>",
        comments=written.word("comments", f"<w:comment>{p('hemligt')}</w:comment>"),
        header1=written.word("hdr", p("Korsholm")),
        footer1=written.word("ftr", p("7")),
    )
    assert [words for _number, words in seen(draft)[2:]] == ["Med bild.", "Med ruta.", "Formel .", "Kommenterat.", "Synligt struket.", "Objekt ."]
    assert remarks(draft) == {
        "pictures": ("0.1", "1.1"),
        "text_boxes": ("1.2",),
        "formulas": ("1.3",),
        "symbols": ("1.3",),
        "comments": ("1.4",),
        "hidden": ("1.5",),
        "struck": ("1.5",),
        "embedded": ("1.6",),
        "margins": (),
    }


def test_a_footer_of_page_numbers_is_not_worth_a_remark():
    assert not read(h("Mål"), p("Ett."), footer1=written.word("ftr", p("7"))).warnings


def test_the_table_of_contents_is_left_out():
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p('Mål 3', style='Innehll1')}</w:sdtContent></w:sdt>"
    draft = read(contents, p("Mål 3", style="Innehll1"), h("Mål"), p("Ett."))
    assert seen(draft) == [("1", "Mål"), ("1.1", "Ett.")]
    assert remarks(draft) == {"contents": ("0",)}


def test_what_stands_in_controls_and_other_wrappers_is_read_and_their_prompts_are_not():
    control = f"<w:sdt><w:sdtContent>{p('I kontroll.')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Klicka här')}</w:sdtContent></w:sdt>"
    inline = f"<w:smartTag>{run('Vasa')}</w:smartTag>"
    draft = read(
        h("Mål"),
        control,
        f"<w:customXml>{p('I märke.')}</w:customXml>",
        p(inline, prompt, "<w:r><w:noBreakHyphen/><w:t>Korsholm</w:t><w:tab/><w:t>ja</w:t></w:r>"),
    )
    assert [words for _number, words in seen(draft)[1:]] == ["I kontroll.", "I märke.", "Vasa-Korsholm ja"]


def test_figures_above_and_below_the_line_stay_there_and_line_breaks_stay():
    raised, lowered = run("2", '<w:vertAlign w:val="superscript"/>'), run("2", '<w:vertAlign w:val="subscript"/>')
    draft = read(h("Mål"), p("10 m", raised, " CO", lowered, "<w:r><w:br/></w:r>", "rad två", '<w:r><w:br w:type="page"/></w:r>'))
    assert draft.blocks[1].words == "10 m² CO₂\nrad två"


def test_quotations_are_known():
    assert read(h("Mål"), p("Vatten är liv.", style="Citat")).blocks[1].kind is BlockKind.QUOTE


def test_headings_below_the_third_level_are_raised_with_a_remark_and_none_is_skipped():
    draft = read(h("Mål"), p("För djup", style="Rubrik4"), p("Ett."), h("Medel"))
    assert [block.level for block in draft.blocks if block.is_heading] == [1, 2, 1]
    assert remarks(draft) == {"deep_headings": ("1",)}


def test_the_strict_form_of_the_format_is_read_too():
    assert seen(read(h("Mål"), p("Ett."), space=written.STRICT_W)) == [("1", "Mål"), ("1.1", "Ett.")]


def test_a_document_without_its_styles_is_read_by_the_names_of_the_styles():
    assert seen(read(h("Mål"), p("Ett."), styles="")) == [("1", "Mål"), ("1.1", "Ett.")]


def test_nothing_invisible_comes_along():
    draft = read(h("M\u202eål"), p("gpj\u202e.exe\u200b\u00ad ", run("\u2066fet", "<w:b/>")))
    assert [block.text for block in draft.blocks] == ["Mål", "gpj.exe **fet**"]
