"""Versions: each paragraph finds itself again, comments go with it, and the words that changed are marked."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogi.consultations.drafts import Block, How, Mark, anchored, carry, carry_languages, compare, compare_languages, handed_on, paired, pieces, read_draft
from dialogi.consultations.drafts.matching import ALIKE, ALIKE_IN_PLACE, Text, likeness, pair_up, print_of
from dialogi.consultations.models import BlockKind

WATER = "Kommunen bygger ut det kommunala avloppsnätet i skärgårdens byar så att vattnet i vikarna blir renare."
LIGHT = "Gatubelysningen släcks mellan midnatt och klockan fem på vintern, men aldrig vid skolornas hållplatser."
BUS = "Bussen mellan Smedsby och Replot går två gånger i timmen på vardagar och en gång i timmen på helger."
LIBRARY = "Biblioteken hålls öppna med egen nyckel också de kvällar då ingen ur personalen är på plats."
SCHOOL = "Skolvägarna sandas före klockan sju, och cykelbanorna plogas före körbanorna när det har snöat under natten."
ALL = (WATER, LIGHT, BUS, LIBRARY, SCHOOL)


def blocks(*texts, kind=BlockKind.PARAGRAPH):
    return anchored([Block(kind, text) for text in texts])


def became(old, new):
    return [change.how for change in compare(blocks(*old), blocks(*new))]


def test_what_did_not_change_is_the_same():
    assert became(ALL, ALL) == [How.SAME] * 5


def test_what_was_added_and_taken_away_stands_where_it_stands_and_stood():
    changes = compare(blocks(WATER, LIGHT, BUS), blocks(WATER, SCHOOL, BUS, LIBRARY))
    assert [(change.how, (change.new or change.old).text) for change in changes] == [
        (How.SAME, WATER),
        (How.ADDED, SCHOOL),
        (How.REMOVED, LIGHT),
        (How.SAME, BUS),
        (How.ADDED, LIBRARY),
    ]
    assert [change.how for change in compare(blocks(WATER, LIGHT, BUS), blocks(BUS))] == [How.REMOVED, How.REMOVED, How.SAME]
    assert [change.how for change in compare(blocks(WATER, LIGHT), blocks(WATER))] == [How.SAME, How.REMOVED]


def test_a_reworded_paragraph_is_known_again_and_its_words_are_marked():
    [change] = compare(blocks(WATER), blocks(WATER.replace("skärgårdens byar", "alla byar").replace(".", " före år 2030.")))
    assert change.how is How.REWORDED
    assert change.pieces == (
        (Mark.SAME, "Kommunen bygger ut det kommunala avloppsnätet i "),
        (Mark.GONE, "skärgårdens "),
        (Mark.NEW, "alla "),
        (Mark.SAME, "byar så att vattnet i vikarna blir renare"),
        (Mark.NEW, " före år 2030"),
        (Mark.SAME, "."),
    )


def test_a_moved_paragraph_is_known_again_and_its_neighbours_stay():
    assert became((WATER, LIGHT, BUS, LIBRARY), (LIGHT, BUS, WATER, LIBRARY)) == [How.SAME, How.SAME, How.MOVED, How.SAME]
    assert became((WATER, LIGHT, BUS), (BUS, WATER.replace("byar", "alla byar"), LIGHT)) == [How.MOVED, How.REWORDED, How.SAME]
    assert became((WATER, LIGHT, BUS), (BUS.replace("Bussen", "Den bussen"), WATER, LIGHT)) == [How.MOVED_AND_REWORDED, How.SAME, How.SAME]


def test_of_two_that_changed_places_the_shorter_one_moved():
    short = "Kort stycke."
    assert became((WATER, short), (short, WATER)) == [How.MOVED, How.SAME]


def test_a_paragraph_with_a_new_number_a_new_look_or_a_new_kind_is_the_same():
    old = [Block(BlockKind.PARAGRAPH, "Vi **ska** rena.", number="1.1", anchor="a")]
    new = [Block(BlockKind.LIST_ITEM, "Vi ska\\\nrena.", 1, "2.7", anchor="b")]
    [change] = compare(old, new)
    assert (change.how, change.old.number, change.new.number) == (How.SAME, "1.1", "2.7")


def test_another_address_behind_the_same_words_is_a_change():
    [change] = compare(blocks("Se [lagen](https://a.fi)."), blocks("Se [lagen](https://b.fi)."))
    assert change.how is How.REWORDED


def test_a_heading_is_never_taken_for_a_paragraph():
    old, new = blocks("Mål för vattnet", kind=BlockKind.HEADING), blocks("Mål för vattnet")
    assert [change.how for change in compare(old, new)] == [How.ADDED, How.REMOVED]


def test_of_ten_equal_lines_the_one_beside_the_same_neighbour_is_meant():
    old = blocks("Bakgrund", WATER, "Bakgrund", LIGHT, "Bakgrund", BUS)
    new = blocks("Bakgrund", LIGHT, "Bakgrund", BUS)
    assert paired({"": old}, {"": new}).pairs == {2: 0, 3: 1, 4: 2, 5: 3}


def test_one_that_was_split_and_two_that_were_merged_are_told_by_their_kin():
    split = compare(blocks(f"{WATER} {LIGHT}", BUS), blocks(WATER, LIGHT, BUS))
    assert Counter(change.how for change in split) == {How.REWORDED: 1, How.ADDED: 1, How.SAME: 1}
    added = next(change for change in split if change.how is How.ADDED)
    assert added.kin.text == f"{WATER} {LIGHT}"
    merged = compare(blocks(WATER, LIGHT, BUS), blocks(f"{WATER} {LIGHT}", BUS))
    removed = next(change for change in merged if change.how is How.REMOVED)
    assert removed.kin.text == f"{WATER} {LIGHT}"
    assert all(change.kin is None for change in compare(blocks(WATER), blocks(BUS)))


def _mixed(share):
    """Two texts of a hundred words of which a share is common."""
    common, ours, theirs = ([f"{stem}{number}{stem}" for number in range(100)] for stem in ("gemensam", "forntida", "blivande"))
    count = round(100 * share)
    return " ".join(common[:count] + ours[count:]), " ".join(common[:count] + theirs[count:])


@pytest.mark.parametrize(("share", "elsewhere", "in_place"), [(0.2, False, False), (0.42, False, True), (0.6, True, True), (0.9, True, True)])
def test_how_much_must_remain_for_a_paragraph_to_be_the_same(share, elsewhere, in_place):
    one, other = _mixed(share)
    assert (likeness(print_of(one), print_of(other)) >= ALIKE) is elsewhere
    assert (likeness(print_of(one), print_of(other)) >= ALIKE_IN_PLACE) is in_place
    assert (paired({"": blocks(one, WATER)}, {"": blocks(other, WATER)}).pairs.get(0) == 0) is in_place
    assert (paired({"": blocks(one, WATER, LIGHT)}, {"": blocks(WATER, LIGHT, other)}).pairs.get(0) == 2) is elsewhere


def test_different_paragraphs_are_not_alike():
    for one in ALL:
        for other in ALL:
            assert one == other or likeness(print_of(one), print_of(other)) < ALIKE_IN_PLACE / 1.5


def test_inflected_words_are_still_known():
    assert became((LIBRARY, WATER), (WATER, "Bibliotekets öppethållning ordnas med egna nycklar också kvällstid då personal inte är på plats."))[0] is How.SAME
    reworded = "Kuntalaiset voivat antaa palautetta palveluista verkossa, puhelimitse ja palvelupisteessä."
    other = "Kuntalainen voi antaa palautetta palvelusta verkon, puhelimen tai palvelupisteen kautta."
    assert became((WATER, reworded), (other, WATER)) == [How.MOVED_AND_REWORDED, How.SAME]


def test_comments_go_with_their_paragraph():
    old = blocks(WATER, LIGHT, BUS, LIBRARY)
    new = blocks(BUS, WATER.replace("byar", "alla byar"), LIBRARY, SCHOOL)
    water, light, bus, library = (block.anchor for block in old)
    assert carry(old, new) == {
        water: (new[1].anchor, How.REWORDED),
        light: (None, How.REMOVED),
        bus: (new[0].anchor, How.MOVED),
        library: (new[2].anchor, How.SAME),
    }
    assert [how.keeps_wording for how in (How.SAME, How.MOVED, How.REWORDED, How.MOVED_AND_REWORDED)] == [True, True, False, False]


def test_an_anchor_outlives_version_after_version_and_is_never_given_again():
    first = blocks(WATER, LIGHT)
    second = handed_on(first, blocks(LIGHT, BUS))
    assert second[0].anchor == first[1].anchor
    third = handed_on(second, blocks(WATER, LIGHT, BUS), taken={block.anchor for block in first})
    assert [block.anchor for block in third[1:]] == [block.anchor for block in second]
    assert third[0].anchor not in {block.anchor for block in [*first, *second]}


def test_the_same_document_read_twice_has_the_same_anchors_and_two_equal_paragraphs_have_two():
    one, other = (read_draft("# Mål\n\nJa.\n\nJa.".encode(), name="plan.md") for _time in range(2))
    assert one == other
    assert len({block.anchor for block in one.blocks}) == 3


def test_a_paragraph_is_carried_by_both_languages_together_and_its_wording_judged_in_each():
    old = {"sv": blocks(WATER, BUS), "fi": blocks("Kunta rakentaa viemäriverkkoa kyliin.", "Bussi kulkee kaksi kertaa tunnissa.")}
    new = {
        "sv": blocks("Helt andra ord om något annat.", WATER),
        "fi": blocks("Bussi kulkee kaksi kertaa tunnissa.", "Kunta rakentaa viemäriverkkoa saariston kyliin."),
    }
    carried = carry_languages(old, new)
    assert carried[old["sv"][0].anchor] == (new["sv"][1].anchor, {"sv": How.SAME, "fi": How.REWORDED})
    changes = compare_languages(old, new)
    assert [len(changes[language]) for language in ("sv", "fi")] == [len(changes["sv"])] * 2


def test_what_was_taken_away_in_both_languages_is_gone_in_both():
    old = {"sv": blocks(WATER, BUS), "fi": blocks("Yksi.", "Kaksi.")}
    new = {"sv": blocks(BUS), "fi": blocks("Kaksi.")}
    assert carry_languages(old, new)[old["sv"][0].anchor] == (None, {"sv": How.REMOVED, "fi": How.REMOVED})


def test_a_table_is_compared_cell_by_cell():
    table = "| Mål | År |\n| --- | --- |\n| Renare vikar | 2030 |"
    [change] = compare(blocks(table, kind=BlockKind.TABLE), blocks(table.replace("2030", "2035"), kind=BlockKind.TABLE))
    assert change.pieces == ((Mark.SAME, "Mål | År\nRenare vikar | "), (Mark.GONE, "2030"), (Mark.NEW, "2035"))


def test_blocks_made_from_stored_values_are_compared_like_those_that_were_read():
    [stored] = anchored([Block("table", "| Mål |\n| --- |\n| 2030 |")])
    assert stored == blocks("| Mål |\n| --- |\n| 2030 |", kind=BlockKind.TABLE)[0]
    assert (stored.words, stored.rows) == ("Mål\n2030", (("Mål",), ("2030",)))


def test_changes_that_only_a_small_word_keeps_apart_are_one():
    assert pieces("Vi ska bygga vägar och rusta broar.", "Vi ska underhålla stigar och laga spångar.") == (
        (Mark.SAME, "Vi ska "),
        (Mark.GONE, "bygga vägar och rusta broar"),
        (Mark.NEW, "underhålla stigar och laga spångar"),
        (Mark.SAME, "."),
    )


def test_a_text_of_one_word_ten_thousand_times_is_compared_as_a_whole():
    found = pieces("början " + "ja " * 5_000 + "slut", "begynnelse " + "ja " * 4_000 + "ända")
    assert [piece.mark for piece in found] == [Mark.GONE, Mark.NEW]


WORDS = st.sampled_from(["vatten", "vattnet", "och", "byar", "i", "ren", "2030", ".", ",", "Ö"])
texts = st.lists(WORDS, max_size=12).map(" ".join)
versions = st.lists(texts.filter(bool), max_size=8)
anything = st.text(st.sampled_from("ab å.,\n\t-  "), max_size=30) | texts


@given(anything, anything)
def test_the_pieces_give_both_texts(old, new):
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.mark is not Mark.NEW) == old
    assert "".join(piece.text for piece in found if piece.mark is not Mark.GONE) == new
    assert all(piece.text for piece in found)


@given(versions)
def test_compared_with_itself_everything_is_the_same(version):
    same = blocks(*version)
    assert [change.how for change in compare(same, same)] == [How.SAME] * len(same)
    assert carry(same, same) == {block.anchor: (block.anchor, How.SAME) for block in same}


@settings(deadline=None)
@given(versions, versions)
def test_every_paragraph_is_told_of_once_and_no_two_are_carried_to_the_same_place(old, new):
    before, after = blocks(*old), blocks(*new)
    changes = compare(before, after)
    assert Counter(change.old.anchor for change in changes if change.old) == Counter(block.anchor for block in before)
    assert [change.new.anchor for change in changes if change.new] == [block.anchor for block in after]
    goals = [anchor for anchor, _how in carry(before, after).values() if anchor]
    assert len(set(goals)) == len(goals)
    assert len({block.anchor for block in handed_on(before, after)}) == len(after)
    assert compare(before, after) == changes


def test_two_thousand_paragraphs_of_which_a_third_changed_find_themselves_again():
    old = [Text("text", f"{ALL[place % 5]} {place * 7919} {place * 104729}") for place in range(2_000)]
    new = [text._replace(words=text.words.replace("kommun", "stad").replace(" och ", " samt ") + " Till.") if place % 3 == 0 else text for place, text in enumerate(old)]
    new = [*new[1_500:1_600], *new[:1_500], *new[1_600:]]
    goals = {place: place + 100 if place < 1_500 else place - 1_500 if place < 1_600 else place for place in range(2_000)}
    pairs = pair_up(old, new)
    assert sum(pairs.get(one) == other for one, other in goals.items()) >= 1_950
    assert all(replace(Block(BlockKind.PARAGRAPH, old[one].words)).text[:20] == new[other].words[:20] for one, other in pairs.items())
