"""The words of what the demo's municipality asked, and of what people said."""

from dataclasses import dataclass, field
from typing import Any

Three = tuple[str, str, str]

REVIEW: dict[str, Three] = {
    "title": ("Digital dialog: översyn av visionen", "Digitaalinen vuoropuhelu: vision tarkistus", "Digital dialogue: review of the vision"),
    "summary": (
        "Visionen för kommunens digitala tjänster ses över vart tredje år. Säg vad som ska stå kvar, ändras eller läggas till.",
        "Kunnan digitaalisten palvelujen visio tarkistetaan joka kolmas vuosi. Kerro, minkä pitää pysyä, muuttua tai tulla lisää.",
        "The vision for the municipality's digital services is reviewed every third year. Say what should stay, change or be added.",
    ),
    "purpose": (
        "Visionen styr vad vi köper, bygger och lär oss de kommande åren. De som använder tjänsterna vet bäst vad som fungerar.",
        "Visio ohjaa sitä, mitä hankimme, rakennamme ja opettelemme tulevina vuosina. Palvelujen käyttäjät tietävät parhaiten, mikä toimii.",
        "The vision guides what we buy, build and learn in the coming years. Those who use the services know best what works.",
    ),
    "open_to_influence": (
        "Löftena, åtgärderna och hur arbetet följs upp.",
        "Lupaukset, toimenpiteet ja se, miten työtä seurataan.",
        "The promises, the measures and how the work is followed.",
    ),
    "not_open": (
        "Lagarna om språk, tillgänglighet och informationshantering gäller som de är.",
        "Kieltä, saavutettavuutta ja tiedonhallintaa koskevat lait pysyvät ennallaan.",
        "The laws on language, accessibility and information management stay as they are.",
    ),
    "decision_words": (
        "Ledningsgruppen antecknar översynen och kommunstyrelsen beslutar i december.",
        "Johtoryhmä kirjaa tarkistuksen, ja kunnanhallitus päättää joulukuussa.",
        "The management group records the review, and the municipal board decides in December.",
    ),
}
RESULT: Three = (
    "Visionens tre löften står kvar. Servicepunkterna får fasta tider i alla byar med bibliotek eller bokbuss, systembeskrivningarna publiceras på båda språken samtidigt "
    "och rapporterna skrivs så att alla förstår dem.",
    "Vision kolme lupausta säilyvät. Palvelupisteet saavat kiinteät ajat kaikissa kylissä, joissa on kirjasto tai joihin kirjastoauto tulee, järjestelmäselosteet julkaistaan "
    "molemmilla kielillä yhtä aikaa ja raportit kirjoitetaan niin, että kaikki ymmärtävät ne.",
    "The three promises stay. Service points get fixed hours in every village with a library or a stop of the book bus, descriptions of systems are published in both languages "
    "at once, and reports are written so that everybody understands them.",
)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a paragraph, on a day of the hearing."""

    day: int
    paragraph: str
    language: str
    text: str
    channel: str = "web"
    age: str = ""
    area: str = ""


COMMENTS = (
    Comment(
        0, "1.4", "sv", "Bra att det står utan någon apparat. Min mamma är 84 och har aldrig haft dator, hon ska inte behöva skämmas.", age="45_64", area="solf"
    ),
    Comment(1, "3.4", "sv", "Bokbussen kommer till Replot varannan vecka, men personalen hinner inte hjälpa alla som står i kö.", age="65_74", area="replot"),
    Comment(
        2,
        "3.4",
        "fi",
        "Kirjastoautossa sain apua verkkopankin kanssa. Toivoisin, että ajat olisivat samat joka kerta, niin voisi suunnitella.",
        age="75_up",
        area="replot",
    ),
    Comment(
        3, "3.2", "fi", "Selosteet pitää julkaista suomeksi samana päivänä kuin ruotsiksi. Nyt suomenkielinen tulee aina perässä.", age="30_44", area="smedsby"
    ),
    Comment(
        4, "3.3", "sv", "Visa vad driften kostar per system. Först då kan man diskutera vad som kan delas med grannkommunerna.", age="45_64", area="kvevlax"
    ),
    Comment(6, "4.1", "sv", "Fyra rapporter om året som ingen orkar läsa hjälper inte. Skriv en sida med det viktigaste.", age="30_44"),
    Comment(8, "2.1", "sv", "Varför finns inga invånare i IKT-gruppen? Åtminstone någon från äldrerådet och ungdomsfullmäktige.", age="65_74", area="smedsby"),
    Comment(9, "3.4", "sv", "Vi i byn kan hålla byagården öppen för digital hjälp om kommunen betalar uppvärmningen.", channel="meeting", area="bjorkoby"),
    Comment(11, "2.1", "fi", "Tiimiin kannattaisi ottaa mukaan nuorisovaltuusto. Me käytetään näitä palveluja eniten.", age="under_18", area="smedsby"),
    Comment(13, "3.1", "sv", "Skolan och dagvården har tre olika appar för samma sak. Börja där.", age="30_44", area="helsingby"),
    Comment(15, "1.3", "fi", "Ruotsi ja suomi samalla viivalla, kiitos. Ruuhkassa huomaa, että chat vastaa ensin ruotsiksi.", age="18_29"),
    Comment(18, "4.2", "sv", "Varje år är bra. Men berätta också vad som inte blev av och varför.", channel="letter", age="75_up", area="vassor"),
    Comment(21, "3.1", "fi", "Wilma, päiväkodin sovellus ja harrastepassi: kolme tunnusta samalle perheelle.", age="30_44", area="helsingby"),
    Comment(
        25,
        "3.4",
        "sv",
        "Jag ringde in detta: tack för hjälpen på biblioteket i Solf, utan den hade jag inte fått pensionspapperen iväg.",
        channel="phone",
        age="75_up",
        area="solf",
    ),
)


@dataclass(frozen=True, slots=True)
class Point:
    """What some comments raise, and the answer."""

    title: Three
    comments: tuple[int, ...]
    verdict: str
    answer: Three
    change: Three = ("", "", "")
    paragraph: str = ""


POINTS = (
    Point(
        ("Hjälp utan egen apparat, på fasta tider", "Apua ilman omaa laitetta, kiinteinä aikoina", "Help without a device of one's own, at fixed hours"),
        (0, 1, 2, 7, 13),
        "accepted",
        (
            "Löftet står kvar och blir tydligare. Bokbussen och biblioteken får fasta tider för digital hjälp från januari, och byagårdar kan ansöka om ersättning.",
            "Lupaus säilyy ja täsmentyy. Kirjastoauto ja kirjastot saavat digitukeen kiinteät ajat tammikuusta alkaen, ja kylätalot voivat hakea korvausta.",
            "The promise stays and becomes clearer. The book bus and the libraries get fixed hours for digital help from January, and village halls can apply for compensation.",
        ),
        ("Fasta tider skrivs in.", "Kiinteät ajat kirjataan.", "Fixed hours are written in."),
        "3.4",
    ),
    Point(
        ("Båda språken samma dag", "Molemmat kielet samana päivänä", "Both languages on the same day"),
        (3, 10),
        "accepted",
        (
            "Systembeskrivningar, nyheter och svar publiceras på svenska och finska samtidigt. Det som saknar ett språk väntar.",
            "Järjestelmäselosteet, uutiset ja vastaukset julkaistaan ruotsiksi ja suomeksi yhtä aikaa. Jos yksi kieli puuttuu, odotetaan.",
            "Descriptions, news and answers are published in Swedish and Finnish at once. What lacks a language waits.",
        ),
        ("”Samtidigt på båda språken” läggs till.", "Lisätään ”molemmilla kielillä yhtä aikaa”.", "“At the same time in both languages” is added."),
        "3.2",
    ),
    Point(
        ("Invånare i IKT-gruppen", "Asukkaita tvt-tiimiin", "Residents in the ICT team"),
        (6, 8),
        "partly",
        (
            "Gruppen är tjänstemännens arbetsgrupp, så invånare blir inte medlemmar. Ungdomsfullmäktige, äldrerådet och rådet för personer med funktionsnedsättning hörs två gånger om året.",
            "Tiimi on viranhaltijoiden työryhmä, joten asukkaista ei tule jäseniä. Nuorisovaltuustoa, vanhusneuvostoa ja vammaisneuvostoa kuullaan kaksi kertaa vuodessa.",
            "The team is a working group of staff, so residents do not become members. The youth, older people's and disability councils are heard twice a year.",
        ),
    ),
    Point(
        (
            "Färre system för samma sak, med kostnaden synlig",
            "Vähemmän järjestelmiä samaan asiaan, kustannukset näkyviin",
            "Fewer systems for the same thing, with the cost in sight",
        ),
        (4, 9, 12),
        "accepted",
        (
            "Kartläggningen börjar med skola, dagvård och fritid. Driftskostnaden per system publiceras när den är känd; det okända visas som okänt.",
            "Kartoitus alkaa koulusta, päiväkodeista ja vapaa-ajasta. Järjestelmäkohtaiset ylläpitokulut julkaistaan, kun ne tiedetään; tuntematon näytetään tuntemattomana.",
            "The mapping begins with schools, day care and leisure. The running cost of each system is published when it is known; what is unknown is shown as unknown.",
        ),
        ("Ordningen skrivs in.", "Järjestys kirjataan.", "The order is written in."),
        "3.1",
    ),
    Point(
        ("Rapporter som går att läsa", "Raportteja, jotka jaksaa lukea", "Reports that one can read"),
        (5, 11),
        "accepted",
        (
            "Rapporten blir en sida, med länk till siffrorna. Utvärderingen berättar också vad som inte blev av och varför.",
            "Raportista tulee yksi sivu, jossa on linkki lukuihin. Arviointi kertoo myös, mikä jäi tekemättä ja miksi.",
            "The report becomes one page, with a link to the figures. The evaluation also tells what did not happen and why.",
        ),
        ("En sida, i klarspråk.", "Yksi sivu, selkeästi.", "One page, in plain words."),
        "4.1",
    ),
)

SURVEY: dict[str, Three] = {
    "title": (
        "Hur ska servicepunkterna i byarna fungera?",
        "Miten kylien palvelupisteiden pitäisi toimia?",
        "How should the service points in the villages work?",
    ),
    "summary": (
        "Servicepunkterna i biblioteken och bokbussen får nya tider nästa år. Berätta när du behöver dem och till vad.",
        "Kirjastojen ja kirjastoauton palvelupisteet saavat ensi vuonna uudet ajat. Kerro, milloin tarvitset niitä ja mihin.",
        "The service points in the libraries and the book bus get new hours next year. Tell us when you need them and for what.",
    ),
    "purpose": (
        "Vi har personal till 40 timmar i veckan. De ska användas där de gör mest nytta.",
        "Meillä on henkilöstöä 40 tuntiin viikossa. Tunnit käytetään siellä, missä niistä on eniten hyötyä.",
        "We have staff for 40 hours a week. They shall be used where they help most.",
    ),
    "open_to_influence": (
        "Tiderna, orterna och vad man får hjälp med.",
        "Ajat, paikat ja se, missä autetaan.",
        "The hours, the places and what one is helped with.",
    ),
    "not_open": ("Antalet timmar är bestämt i budgeten.", "Tuntimäärä on päätetty talousarviossa.", "The number of hours is settled in the budget."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the survey."""

    kind: str
    text: Three
    choices: tuple[Three, ...] = ()
    ends: tuple[Three, Three] | None = None
    is_required: bool = False
    limits: dict[str, Any] = field(default_factory=dict)


QUESTIONS = (
    Question(
        "one",
        ("Hur ofta skulle du använda en servicepunkt?", "Kuinka usein käyttäisit palvelupistettä?", "How often would you use a service point?"),
        (
            ("Några gånger om året", "Muutaman kerran vuodessa", "A few times a year"),
            ("Varje månad", "Joka kuukausi", "Every month"),
            ("Varje vecka", "Joka viikko", "Every week"),
            ("Aldrig", "En koskaan", "Never"),
        ),
        is_required=True,
    ),
    Question(
        "several",
        ("När passar det dig?", "Milloin sinulle sopii?", "When does it suit you?"),
        (
            ("Vardag förmiddag", "Arkiaamupäivä", "Weekday morning"),
            ("Vardag eftermiddag", "Arki-iltapäivä", "Weekday afternoon"),
            ("Vardag kväll", "Arki-ilta", "Weekday evening"),
            ("Lördag", "Lauantai", "Saturday"),
        ),
    ),
    Question(
        "ranking",
        ("Vad är viktigast att få hjälp med?", "Missä apu on tärkeintä?", "What is it most important to be helped with?"),
        (
            ("E-tjänster och blanketter", "Sähköiset palvelut ja lomakkeet", "E-services and forms"),
            ("Telefonen eller datorn", "Puhelin tai tietokone", "The phone or the computer"),
            ("Att säga sin mening till kommunen", "Mielipiteen kertominen kunnalle", "Saying one's opinion to the municipality"),
        ),
    ),
    Question(
        "scale",
        (
            "Hur lätt är det att ta sig till närmaste servicepunkt?",
            "Kuinka helppo lähimpään palvelupisteeseen on päästä?",
            "How easy is it to get to the nearest service point?",
        ),
        ends=(("mycket svårt", "hyvin vaikeaa", "very hard"), ("mycket lätt", "hyvin helppoa", "very easy")),
        limits={"least": 1, "most": 5},
    ),
    Question("text", ("Något annat vi borde veta?", "Mitä muuta meidän pitäisi tietää?", "Anything else we should know?")),
)
OWN_WORDS = {
    "sv": (
        "Bussen går inte så att man hinner hem igen.",
        "Öppet en kväll i veckan skulle räcka långt.",
        "Bokbussens hållplats i hamnen är bra, behåll den.",
        "Personalen är jättesnäll!",
        "Det borde finnas en skrivare.",
    ),
    "fi": (
        "Iltaisin pitäisi olla auki edes kerran viikossa.",
        "Suomenkielinen palvelu on joskus tuurista kiinni.",
        "Kirjastoauto on paras.",
        "Lisää penkkejä odottaville.",
    ),
}
