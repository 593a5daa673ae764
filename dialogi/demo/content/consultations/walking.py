"""The words of a collection of ideas on a map: where walking and cycling to school feels dangerous, and what people drew."""

from dataclasses import dataclass

from dialogi.demo.content.consultations.asked import Three

WALKING: dict[str, Three] = {
    "title": ("Tryggt till skolan", "Turvallisesti kouluun", "Safely to school"),
    "summary": (
        "Var är det farligt att gå eller cykla till skolan? Rita platsen, vägen eller området på kartan, eller berätta med ord.",
        "Missä on vaarallista kävellä tai pyöräillä kouluun? Piirrä paikka, tie tai alue kartalle tai kerro sanoin.",
        "Where is it dangerous to walk or cycle to school? Draw the place, the road or the area on the map, or tell us in words.",
    ),
    "purpose": (
        "Vi väljer vilka skolvägar som får belysning, övergångsställen och lägre hastighet nästa sommar.",
        "Valitsemme, mitkä koulureitit saavat ensi kesänä valaistuksen, suojateitä ja alemman nopeuden.",
        "We choose which ways to school get lights, crossings and a lower speed next summer.",
    ),
    "open_to_influence": (
        "I vilken ordning skolvägarna rustas upp, och hur.",
        "Missä järjestyksessä koulureitit kunnostetaan ja miten.",
        "In which order the ways to school are improved, and how.",
    ),
    "not_open": (
        "På statens landsvägar bestämmer Livskraftscentralen. Vi för era ord vidare dit.",
        "Valtion maanteistä päättää elinvoimakeskus. Viemme sananne sinne.",
        "On the roads of the state the economic development centre decides. We take your words there.",
    ),
}


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody said on a day, and what they drew: rows as they are typed, a place, a line or an area."""

    day: int
    language: str
    text: str
    place: str
    shape: str
    corners: str
    age: str = ""


IDEAS = (
    Idea(
        0,
        "sv",
        "Längs den här biten finns ingen gångbana och bilarna kör fort. På vintern går barnen på körbanan.",
        "Vägen från Smedsby till skolan",
        "LineString",
        "63.1275 21.6830\n63.1321 21.6902\n63.1378 21.6988",
        "30_44",
    ),
    Idea(1, "fi", "Suojatie on mutkan takana, eikä kuljettaja näe lasta ajoissa.", "Koivulahden koulun kohdalla", "Point", "Koivulahti", "30_44"),
    Idea(
        2,
        "sv",
        "Hela bostadsområdet borde ha 30 km/h. Nu kör många genom för att slippa rödljuset.",
        "Böle bostadsområde",
        "Polygon",
        "63.1105 21.7150\n63.1160 21.7205\n63.1142 21.7330\n63.1080 21.7290",
        "45_64",
    ),
    Idea(
        4,
        "sv",
        "Cykelvägen slutar mitt i allt vid rondellen och fortsätter först vid affären.",
        "Mellan rondellen och affären",
        "LineString",
        "63.1050 21.6480\n63.1088 21.6562",
        "18_29",
    ),
    Idea(5, "fi", "Bussipysäkillä ei ole valoa. Lapset odottavat aamulla pimeässä.", "Raippaluodon pysäkki", "Point", "Raippaluoto", "65_74"),
    Idea(
        7,
        "sv",
        "Skogsstigen genom området är den tryggaste skolvägen. Sätt lampor där, så behöver ingen gå längs vägen.",
        "Skogen bakom skolan",
        "Polygon",
        "63.2310 21.4080\n63.2342 21.4130\n63.2325 21.4215\n63.2290 21.4170",
    ),
)
