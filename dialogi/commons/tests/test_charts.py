"""A chart says the same as picture, text and table, and its picture has an address of its own."""

import secrets
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.core import signing
from django.template import engines
from django.utils import translation

from dialogi.commons.charts import Chart, Series
from dialogi.commons.charts.chart import read_signed, size_of
from dialogi.commons.charts.drawing import description, draw, svg


def chart(kind="bar", *, series=None, labels=("Webben", "Brev", "Telefon"), **options):
    with translation.override(options.pop("language", "sv")):
        return Chart(kind, "Responser enligt kanal", labels, series or (Series("", (1204, None, 33)),), unit="responser", heading="Kanal", **options)


def test_the_table_writes_numbers_in_the_way_of_the_language_and_hides_small_cells():
    assert chart().rows == [["Webben", "1\xa0204"], ["Brev", "färre än fem"], ["Telefon", "33"]]
    assert chart(language="fi").rows[1] == ["Brev", "alle viisi"]
    assert chart(language="en").rows[0] == ["Webben", "1,204"]
    assert chart(decimals=1).rows[0] == ["Webben", "1\xa0204,0"]
    assert chart().heads == [{"label": "Kanal"}, {"label": "Responser", "num": True}]


def test_the_text_says_what_the_picture_shows():
    with translation.override("sv"):
        assert chart().text == "Responser enligt kanal. Högst: Webben, 1\xa0204. Siffrorna finns i tabellen nedanför."
        assert "De flesta kommer på webben." in chart(summary="De flesta kommer på webben.").text
        assert chart(series=(Series("", (None, None, None)),)).text


@pytest.mark.parametrize("kind", ["bar", "stacked", "line"])
def test_each_kind_is_drawn_without_script_or_address_of_another_host(kind):
    two = (Series("Svenska", (5, None, 7.5)), Series("<script>alert(1)</script>", (0, 12, 3)))
    drawn = draw(chart(kind, series=two), "narrow-dark")
    root = ET.fromstring(drawn)
    assert int(float(root.get("width"))) == size_of(kind, 3, 2, "narrow-dark")[0]
    assert b"<script" not in drawn
    assert b"href" not in drawn


def test_an_axis_of_shares_ends_where_nothing_can_be_more():
    shares = read_signed(chart(most=100).pictures["light"].address.split("/")[2])
    axis = description(shares, "light")["layer"][0]["encoding"]["x"]["axis"]
    assert axis["values"] == [0, 25, 50, 75, 100]
    assert "values" not in description(chart(), "light")["layer"][0]["encoding"]["x"]["axis"]


def test_a_drawing_that_is_kept_is_never_shown_for_another_chart(settings, tmp_path):
    settings.HOME = tmp_path
    drawn = [svg(made, name) for made in (chart(), chart(most=2000), chart(decimals=1)) for name in ("light", "dark")]
    assert len(set(drawn)) == 6
    assert svg(chart(), "light") == drawn[0]


def test_a_hidden_cell_is_never_drawn_as_a_number():
    values = [row["value"] for row in description(chart(), "light")["data"]["values"]]
    assert values == [1204, None, 33]
    assert b"&lt; 5" in draw(chart(), "light")


def test_the_picture_lies_at_an_address_that_only_we_can_make(client, settings):
    address = chart().address
    assert address == chart().address
    first = client.get(address)
    assert first.status_code == 200
    assert first["Content-Type"] == "image/svg+xml"
    assert "immutable" in first["Cache-Control"]
    assert client.get(address).content == first.content
    assert any((Path(settings.HOME) / "charts").glob("*.svg"))
    assert client.get(chart().pictures["narrow_dark"].address).status_code == 200
    signed = address.split("/")[2]
    for wrong in (f"/charts/x{signed}/light.svg", f"/charts/{signed}/sepia.svg", "/charts/a:b/light.svg"):
        assert client.get(wrong).status_code == 404


def test_the_largest_chart_still_has_an_address_that_servers_take(client):
    labels = tuple(f"{number:02} {secrets.token_hex(40)}" for number in range(60))
    largest = chart(labels=labels, series=tuple(Series(secrets.token_hex(40), tuple(secrets.randbelow(10**6) for _ in labels)) for _ in range(8)))
    assert len(largest.address) < 4000
    assert client.get(largest.address).status_code == 200


def test_a_signed_thing_that_is_no_chart_is_refused():
    for thing in ({"a": 1}, ["bar"], ["pie", "", "sv", 0, ["a"], [["b", [1]]]], ["bar", "", "sv", 0, ["a"], [["b", [1, 2]]]]):
        with pytest.raises(signing.BadSignature):
            read_signed(signing.Signer(salt="commons.charts").sign_object(thing, compress=True))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pie"},
        {"labels": ()},
        {"labels": tuple(map(str, range(61))), "series": (Series("", tuple(range(61))),)},
        {"series": tuple(Series(str(n), (1, 2, 3)) for n in range(9))},
        {"series": (Series("", (1, 2)),)},
        {"series": (Series("", (1, 2, float("nan"))),)},
        {"series": (Series("", (1, 2, -1)),)},
        {"series": (Series("", (1, 2, 1e13)),)},
    ],
)
def test_what_no_reader_could_take_in_is_refused(wrong):
    with pytest.raises(ValueError, match=r"chart|values|labels"):
        chart(**wrong)


def test_the_figure_holds_picture_text_and_table():
    shown = Chart("bar", "Titel <b>", ("<i>", "b"), (Series("", (1, 2)),), language="sv")
    html = engines["django"].from_string("{% include 'commons/_chart.html' %}").render({"chart": shown})
    assert html.count("<source") == 3
    assert 'alt="Titel &lt;b&gt;. ' in html
    assert "<i>" not in html
    assert html.count('scope="row"') == 2
