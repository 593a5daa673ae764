"""The opinion map of the demo's municipality: what is asked, and the people who vote in three ways of thinking that do not quite cover everybody."""

from dataclasses import dataclass

Three = tuple[str, str, str]

MAP: dict[str, Three] = {
    "title": (
        "När ska kommunen möta dig personligen?",
        "Milloin kunnan pitää kohdata sinut kasvotusten?",
        "When should the municipality meet you in person?",
    ),
    "summary": (
        "Allt fler ärenden sköts på webben. Rösta om korta påståenden om när en människa behövs, och se var kommunborna tycker lika och olika.",
        "Yhä useampi asia hoidetaan verkossa. Äänestä lyhyistä väitteistä siitä, milloin tarvitaan ihmistä, ja katso, mistä kuntalaiset ovat samaa ja eri mieltä.",
        "More and more matters are handled on the web. Vote on short statements about when a person is needed, and see where residents agree and differ.",
    ),
    "purpose": (
        "Servicepunkternas tider och platser planeras om nästa år. Pengarna räcker inte till allt, så vi behöver veta vad olika människor behöver.",
        "Palvelupisteiden ajat ja paikat suunnitellaan uudelleen ensi vuonna. Raha ei riitä kaikkeen, joten meidän on tiedettävä, mitä eri ihmiset tarvitsevat.",
        "The times and places of the service points are planned anew next year. The money is not enough for everything, so we need to know what different people need.",
    ),
    "open_to_influence": (
        "Var och när man möter en människa, och vilken hjälp som ges där.",
        "Missä ja milloin ihmisen voi tavata ja mitä apua sieltä saa.",
        "Where and when one meets a person, and which help is given there.",
    ),
    "not_open": (
        "Rätten att få service på svenska och finska, och att kunna sköta ärenden utan dator.",
        "Oikeus saada palvelua suomeksi ja ruotsiksi ja hoitaa asiat ilman tietokonetta.",
        "The right to be served in Swedish and Finnish, and to handle matters without a computer.",
    ),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, and how each way of thinking leans on it: 1 agrees, -1 disagrees, 0 is of two minds. In order: counter, web, village."""

    text: Three
    leans: tuple[int, int, int]


STATEMENTS = (
    Statement(
        (
            "Det ska gå att träffa en människa på kommunen utan att boka tid.",
            "Kunnassa pitää voida tavata ihminen ilman ajanvarausta.",
            "It must be possible to meet a person at the municipality without booking.",
        ),
        (1, -1, 1),
    ),
    Statement(
        (
            "Servicepunkten ska ha öppet minst en kväll i veckan.",
            "Palvelupisteen pitää olla auki ainakin yhtenä iltana viikossa.",
            "The service point must be open at least one evening a week.",
        ),
        (-1, 1, 0),
    ),
    Statement(
        (
            "Jag sköter hellre mina ärenden på webben än vid en disk.",
            "Hoidan asiani mieluummin verkossa kuin tiskillä.",
            "I rather handle my matters on the web than at a counter.",
        ),
        (-1, 1, -1),
    ),
    Statement(
        (
            "Bokbussen ska också ge råd i kommunens ärenden.",
            "Kirjastoauton pitää neuvoa myös kunnan asioissa.",
            "The book bus must give advice in municipal matters, too.",
        ),
        (0, -1, 1),
    ),
    Statement(
        (
            "Samma hjälp ska ges på svenska och finska, lika snabbt.",
            "Samaa apua pitää saada suomeksi ja ruotsiksi, yhtä nopeasti.",
            "The same help must be given in Swedish and Finnish, equally fast.",
        ),
        (1, 1, 1),
    ),
    Statement(
        ("Ett videosamtal räcker i stället för ett möte.", "Videopuhelu riittää tapaamisen sijaan.", "A video call is enough instead of a meeting."),
        (-1, 1, 0),
    ),
    Statement(
        (
            "Hellre öppet två hela dagar än lite varje dag.",
            "Mieluummin auki kaksi kokonaista päivää kuin vähän joka päivä.",
            "Rather open two whole days than a little every day.",
        ),
        (-1, 0, 1),
    ),
    Statement(
        (
            "Kommunen ska komma till byn några gånger om året.",
            "Kunnan pitää tulla kylään muutaman kerran vuodessa.",
            "The municipality must come to the village a few times a year.",
        ),
        (0, -1, 1),
    ),
    Statement(
        (
            "Digitalt stöd ska ges på samma ställe som annan hjälp.",
            "Digitukea pitää saada samasta paikasta kuin muuta apua.",
            "Digital support must be given in the same place as other help.",
        ),
        (1, 1, 1),
    ),
    Statement(
        (
            "Fler tider i Smedsby är viktigare än fler platser.",
            "Lisäajat Sepänkylässä ovat tärkeämpiä kuin uudet paikat.",
            "More hours in Smedsby are more important than more places.",
        ),
        (1, 0, -1),
    ),
    Statement(
        (
            "Den som ringer ska alltid få tala med en människa.",
            "Soittajan pitää aina saada puhua ihmisen kanssa.",
            "Whoever calls must always get to speak with a person.",
        ),
        (1, -1, 1),
    ),
    Statement(
        ("En chattrobot får gärna svara först.", "Chattirobotti saa mieluusti vastata ensin.", "A chatbot may well answer first."),
        (-1, 1, -1),
    ),
    Statement(
        ("Lördagsöppet behövs, fast det kostar.", "Lauantaiaukioloa tarvitaan, vaikka se maksaa.", "Saturday hours are needed although they cost."),
        (-1, 1, 1),
    ),
    Statement(
        (
            "Skjuts till servicepunkten är viktigare än längre öppettider.",
            "Kyyti palvelupisteelle on tärkeämpi kuin pidemmät aukioloajat.",
            "A ride to the service point is more important than longer hours.",
        ),
        (0, -1, 1),
    ),
)


@dataclass(frozen=True, slots=True)
class Camp:
    """One way of thinking: how many think so, which ages they are, and how many of ten vote at a service point or on paper."""

    people: int
    ages: tuple[str, ...]
    on_paper: int


CAMPS = (
    Camp(46, ("45_64", "65_74", "65_74", "75_up", "75_up", "75_up", ""), 3),
    Camp(42, ("under_18", "18_29", "18_29", "30_44", "30_44", "45_64", ""), 0),
    Camp(32, ("30_44", "45_64", "45_64", "65_74", "75_up", ""), 2),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a participant proposed: taken in with its words in the other language, refused under a rule, or waiting still."""

    language: str
    text: str
    other: str = ""
    rule: str = ""
    because: str = ""


PROPOSALS = (
    Proposal(
        "fi",
        "Palvelupisteellä pitää voida myös vain istua ja juoda kahvia.",
        other="På servicepunkten ska man också få bara sitta och dricka kaffe.",
    ),
    Proposal(
        "sv",
        "Hon i disken på ämbetshuset är oartig.",
        rule="M2",
        because="Påståendet gäller en enskild människa. Skriv gärna vad som ska bli bättre i servicen.",
    ),
    Proposal("sv", "Unga ska kunna boka tid genom att skicka ett meddelande.", other=""),
)
