"""The still picture of the map: real coast, names of the page's language, every place, and only addresses that we made."""

import gzip
import xml.etree.ElementTree as ET
from urllib.parse import quote

from django.test import Client
from django.utils.translation import override

from dialogi.commons.map_pictures import SIDE, Spot, View, clipped, draw, gathered, place_address

SMEDSBY, REPLOT, PETSMO = (63.1276, 21.6822), (63.229, 21.417), (63.24, 21.75)
SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: str) -> list[str | None]:
    return [text.text for text in ET.fromstring(picture).iter(f"{SVG}text")]


def test_the_picture_shows_the_coast_and_the_names_in_the_language_of_the_page() -> None:
    swedish, finnish = (draw([Spot(*SMEDSBY), Spot(*REPLOT)], language=language) for language in ("sv", "fi"))
    assert {"Smedsby", "Replot"} <= set(texts(swedish))
    assert {"Sepänkylä", "Raippaluoto"} <= set(texts(finnish))
    coast = next(path for path in ET.fromstring(swedish).iter(f"{SVG}path") if path.get("id") == "g").get("d") or ""
    assert coast.count("M") > 50
    assert len(gzip.compress(swedish.encode())) < 30_000


def test_every_place_is_seen_on_every_screen_and_places_that_cover_each_other_are_counted() -> None:
    spots = [Spot(*SMEDSBY), Spot(63.1277, 21.6823), Spot(*REPLOT, state="received"), Spot(*PETSMO, count=40)]
    view = View.around(spots)
    assert all(SIDE * 0.1 < number < SIDE * 0.9 for spot in spots for number in view.place(spot.latitude, spot.longitude))
    assert sorted(sum(spot.count for spot in heap) for _x, _y, heap in gathered(view, spots)) == [1, 2, 40]
    picture = draw(spots, language="sv")
    assert {"2", "40"} <= set(texts(picture))
    assert picture.count('class="o"') == 1


def test_no_places_give_the_coast_and_one_place_gives_its_surroundings() -> None:
    assert "Vasa" in texts(draw([], language="sv"))
    assert 'class="p"' in draw([Spot(*REPLOT)], language="sv", pin=True)


def test_a_ring_is_cut_to_the_picture() -> None:
    assert set(clipped([(-10, -10), (10, -10), (10, 10), (-10, 10)], low=0, high=5)) == {(0, 0), (5, 0), (5, 5), (0, 5)}
    assert clipped([(20, 20), (30, 20), (30, 30)], low=0, high=5) == []


def test_only_an_address_that_we_made_is_drawn(client: Client) -> None:
    with override("sv"):
        address = place_address(*REPLOT)
    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/svg+xml")
    assert "script" not in shown.content.decode()
    for forged in ("", "63.2,21.4", quote("63.2,21.4:forged")):
        assert client.get(f"/sv/map.svg?at={forged}").status_code == 404
