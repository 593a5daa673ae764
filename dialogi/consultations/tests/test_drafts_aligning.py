"""Two languages: numbers mean the same in both, or it is said in words where they do not."""

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dialogi.consultations.drafts import DifferenceKind, align, read_draft

SWEDISH = "# Mål\n\nKommunen ska rena vattnet i vikarna före år 2030.\n\nKort.\n\n# Medel\n\n- ett\n- två\n"
FINNISH = "# Tavoitteet\n\nKunta puhdistaa lahtien vedet ennen vuotta 2030.\n\nLyhyt.\n\n# Keinot\n\nyksi\n\nkaksi\n"


def read(text):
    return read_draft(text.encode(), name="plan.md").blocks


def said(swedish, finnish, language="en"):
    alignment = align(read(swedish), read(finnish))
    with override(language):
        return [str(difference) for difference in alignment.differences]


def test_the_same_structure_matches_whatever_is_a_list_in_one_language_only():
    alignment = align(read(SWEDISH), read(FINNISH))
    assert alignment.is_matched
    assert [(one.number, other.number) for one, other in alignment.rows] == [(number, number) for number in ("1", "1.1", "1.2", "2", "2.1", "2.2")]


def test_a_missing_paragraph_is_counted_and_the_one_that_lacks_its_counterpart_is_guessed():
    assert said(SWEDISH, FINNISH.replace("Lyhyt.\n\n", "")) == [
        "§ 1 “Mål”: the number of paragraphs differs, 2 in Swedish and 1 in Finnish.",
        "It seems that § 1.2 “Kort.” in Swedish has no counterpart in Finnish.",
    ]
    assert said(SWEDISH.replace("Kommunen ska rena vattnet i vikarna före år 2030.\n\n", ""), FINNISH, "sv") == [
        "§ 1 ”Mål”: antalet stycken skiljer sig, 1 på svenska och 2 på finska.",
        "Det verkar som om § 1.1 ”Kunta puhdistaa lahtien vedet ennen vuotta 2030.” på finska saknar motsvarighet på svenska.",
    ]


def test_the_rows_keep_counterparts_together_when_one_is_missing():
    alignment = align(read(SWEDISH), read(FINNISH.replace("Kunta puhdistaa lahtien vedet ennen vuotta 2030.\n\n", "")))
    assert [(one.words if one else None, other.words if other else None) for one, other in alignment.rows[1:3]] == [
        ("Kommunen ska rena vattnet i vikarna före år 2030.", None),
        ("Kort.", "Lyhyt."),
    ]


def test_a_missing_section_is_named_and_the_others_are_still_compared():
    third = "\n# Uppföljning\n\nVarje år.\n"
    assert said(SWEDISH + third, FINNISH) == ["The heading § 3 “Uppföljning” in Swedish has no counterpart in Finnish."]
    assert said(SWEDISH, FINNISH + "\n# Seuranta\n\nJoka vuosi.\n", "fi") == ["Suomenkieliseltä otsikolta § 3 ”Seuranta” puuttuu ruotsinkielinen vastine."]


def test_levels_numbers_and_tables_must_agree():
    assert said("# A\n\n## B\n\nx\n\n# C", "# A\n\n# B\n\nx\n\n# C")[0] == "A heading stands on different levels: “B” in Swedish, § 2 “B” in Finnish."
    assert said("# 1 A\n\nx\n\n# 3 C", "# 1 A\n\nx\n\n# 2 C") == ["The numbers of a heading differ: § 3 “C” in Swedish, § 2 “C” in Finnish."]
    assert said("# A\n\n| a |\n|---|\n| b |", "# A\n\nb") == ["A table stands in only one language: § 1.1 “a b” in Swedish, § 1.1 “b” in Finnish."]
    assert said("Före.\n\n# A", "# A") == [
        "Before the first heading: the number of paragraphs differs, 1 in Swedish and 0 in Finnish.",
        "It seems that § 0.1 “Före.” in Swedish has no counterpart in Finnish.",
    ]


SHAPES = st.lists(st.sampled_from(["# Rubrik\n\n", "## Under\n\n", "Text om något.\n\n", "Kort.\n\n", "| a |\n|---|\n| b |\n\n", "- punkt\n\n"]), min_size=1, max_size=10)


@given(SHAPES, SHAPES)
def test_every_block_stands_in_one_row_and_a_match_is_without_holes(one, other):
    swedish, finnish = read("".join(one)), read("".join(other))
    alignment = align(swedish, finnish)
    assert tuple(row[0] for row in alignment.rows if row[0]) == swedish
    assert tuple(row[1] for row in alignment.rows if row[1]) == finnish
    if alignment.is_matched:
        assert all(ours.number == theirs.number for ours, theirs in alignment.rows)
    assert align(swedish, swedish).is_matched
    assert all(difference.kind in DifferenceKind and str(difference) for difference in alignment.differences)
