"""Numbers: those of the document where it numbers its headings, else counted; unique, in order, and never said twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogi.consultations.drafts import Block, numbered, read_draft, renumbered
from dialogi.consultations.drafts.numbering import parts_of
from dialogi.consultations.models import BlockKind
from dialogi.consultations.tests.written import remarks, seen


def read(text):
    return read_draft(text.encode(), name="plan.md")


def block(level=0, number=""):
    return Block(BlockKind.HEADING, "Rubrik", level, number) if level else Block(BlockKind.PARAGRAPH, "Text")


@pytest.mark.parametrize("form", ["{} {}", "{}. {}", "{}) {}", "§ {} {}", "{} § {}", "{} kap. {}", "{} luku {}", "{}: {}"])
def test_a_number_typed_before_a_heading_is_not_said_twice(form):
    draft = read(f"# {form.format(1, 'Mål')}\n\nEtt.\n\n# {form.format(2, 'Medel')}\n\nTvå.")
    assert seen(draft) == [("1", "Mål"), ("1.1", "Ett."), ("2", "Medel"), ("2.1", "Två.")]
    assert not draft.warnings


def test_see_4_2_in_the_text_stays_true_when_the_document_numbers_its_sections():
    draft = read("# 1 Mål\n\nFöre.\n\n## 1.1 Vatten\n\nEtt.\n\n### Utan nummer\n\nTvå.\n\n## 1.3 Luft\n\nTre.\n\n# 4 Medel\n\nFyra.\n\n# Bilaga\n\nFem.")
    assert seen(draft) == [
        ("1", "Mål"),
        ("1.0.1", "Före."),
        ("1.1", "Vatten"),
        ("1.1.1", "Ett."),
        ("", "Utan nummer"),
        ("1.1.2", "Två."),
        ("1.3", "Luft"),
        ("1.3.1", "Tre."),
        ("4", "Medel"),
        ("4.1", "Fyra."),
        ("", "Bilaga"),
        ("4.2", "Fem."),
    ]
    assert not draft.warnings


def test_what_stands_before_the_first_numbered_heading_is_counted_under_0():
    assert seen(read("# Sammanfattning\n\nEtt.\n\n# 1 Mål\n\nTvå.\n\n# 2 Medel\n\nTre."))[:4] == [
        ("", "Sammanfattning"),
        ("0.1", "Ett."),
        ("1", "Mål"),
        ("1.1", "Två."),
    ]


def test_numbers_on_one_level_of_headings_tell_the_levels():
    draft = read("# 1 Mål\n\n# 1.1 Vatten\n\n# 1.1.1 Vikar\n\n# 2 Medel\n\nEtt.")
    assert [(one.number, one.level) for one in draft.blocks if one.is_heading] == [("1", 1), ("1.1", 2), ("1.1.1", 3), ("2", 1)]


@pytest.mark.parametrize(
    "headings",
    [("2 Mål", "1 Medel"), ("1 Mål", "1 Medel"), ("3 Mål", "4 Medel"), ("1 Mål", "2 Medel", "2 Bilaga")],
)
def test_numbers_that_do_not_follow_each_other_give_way_and_are_kept_in_the_words_with_a_remark(headings):
    draft = read("".join(f"# {heading}\n\nText.\n\n" for heading in headings))
    found = [one.number for one in draft.blocks if one.is_heading]
    assert found == [str(place + 1) for place in range(len(headings))]
    assert set(remarks(draft)) == {"own_numbers"}
    assert all(heading.partition(" ")[2] in one.words for heading, one in zip(headings, [one for one in draft.blocks if one.is_heading], strict=True))


def test_a_year_or_an_amount_in_a_heading_is_no_number_of_a_section():
    draft = read("# Nuläge\n\n# 2030\n\n# 3 mål för kommunen\n\n# 1.5 grader\n\nEtt.")
    assert [one.words for one in draft.blocks if one.is_heading] == ["Nuläge", "2030", "3 mål för kommunen", "1.5 grader"]
    assert seen(draft)[-1] == ("4.1", "Ett.")
    assert not draft.warnings


def test_the_one_heading_above_all_others_is_the_title_unless_it_has_a_number():
    assert (read("# Plan\n\nEtt.\n\n## Mål\n\nTvå.").title, seen(read("# Plan\n\nEtt.\n\n## Mål\n\nTvå."))[0]) == ("Plan", ("0.1", "Ett."))
    assert read("# 1 Plan\n\nEtt.\n\n## 1.1 Mål").title == ""
    assert read("# Plan\n\nEtt.").title == ""
    assert read("## Mål\n\n# Plan\n\n## Medel").title == ""


def test_headings_begin_at_the_first_level_and_skip_none():
    draft = read("### Mål\n\n##### Delmål\n\n### Medel\n\nEtt.")
    assert [(one.number, one.level) for one in draft.blocks if one.is_heading] == [("1", 1), ("", 2), ("2", 1)]


def test_after_a_change_by_hand_everything_is_counted_anew():
    counted = renumbered([block(), block(1, "1"), block(), block(1), block(), block(2), block(), block(1, "2"), block()])
    assert [one.number for one in counted] == ["0.1", "1", "1.1", "2", "2.1", "", "2.2", "3", "3.1"]
    with_numbers_inside = renumbered([block(1, "1"), block(), block(2, "1.1"), block(), block(2, "1.3"), block(), block(1, "4"), block()])
    assert [one.number for one in with_numbers_inside] == ["1", "1.0.1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1"]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=25))
def test_whatever_the_order_of_headings_numbers_are_unique_and_in_order(shape):
    counted = renumbered([block(level, "1" if has_number else "") for level, has_number in shape])
    numbers = [parts_of(one.number) for one in counted if one.number]
    assert numbers == sorted(set(numbers))
    assert numbered(counted) == counted
