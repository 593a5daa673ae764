"""The words of the demo's statement round on safe ways to school: what was asked, and what those who were asked answered. Nobody real wrote them."""

from dataclasses import dataclass

from dialogi.demo.content.consultations.asked import Three

PLAN: dict[str, Three] = {
    "title": ("Trygga skolvägar 2027–2031", "Turvalliset koulutiet 2027–2031", "Safe ways to school 2027–2031"),
    "summary": (
        "Vilka korsningar, gångvägar och hållplatser ska vi göra trygga först? Planen styr arbetet i fem år.",
        "Mitkä risteykset, kävelytiet ja pysäkit teemme turvallisiksi ensin? Suunnitelma ohjaa työtä viiden vuoden ajan.",
        "Which crossings, footpaths and bus stops do we make safe first? The plan guides the work for five years.",
    ),
    "purpose": (
        "Pengarna räcker till ungefär fyra platser om året. De som går, cyklar och väntar på bussen vet var det är farligt.",
        "Rahat riittävät noin neljään paikkaan vuodessa. Ne, jotka kävelevät, pyöräilevät ja odottavat bussia, tietävät missä on vaarallista.",
        "The money is enough for about four places a year. Those who walk, cycle and wait for the bus know where it is dangerous.",
    ),
    "open_to_influence": (
        "Ordningen mellan platserna, och hur varje plats görs trygg.",
        "Paikkojen järjestys ja se, miten kukin paikka tehdään turvalliseksi.",
        "The order of the places, and how each is made safe.",
    ),
    "not_open": (
        "Statens vägar: där föreslår kommunen, men staten avgör.",
        "Valtion tiet: niistä kunta tekee esityksen, mutta valtio päättää.",
        "The state's roads: there the municipality proposes and the state decides.",
    ),
}
DRAFT = {
    "sv": """# Platserna

Korsningen vid skolan i Smedsby görs trygg 2027 med upphöjt övergångsställe och bättre belysning.

Gångvägen mellan Kvevlax centrum och skolan förlängs till hållplatsen 2028.

# Hur vi väljer

Först kommer platser där många barn rör sig och där det har hänt olyckor eller tillbud.
""",
    "fi": """# Paikat

Sepänkylän koulun risteys tehdään turvalliseksi vuonna 2027: korotettu suojatie ja parempi valaistus.

Koivulahden keskustan ja koulun välistä kävelytietä jatketaan pysäkille asti vuonna 2028.

# Miten valitsemme

Ensin tulevat paikat, joissa liikkuu paljon lapsia ja joissa on sattunut onnettomuuksia tai läheltä piti -tilanteita.
""",
}
QUESTION: Three = ("Är ordningen mellan platserna den rätta?", "Onko paikkojen järjestys oikea?", "Is the order of the places the right one?")
CHOICES: tuple[Three, ...] = (("Ja", "Kyllä", "Yes"), ("I huvudsak", "Pääosin", "Mostly"), ("Nej", "Ei", "No"))


@dataclass(frozen=True, slots=True)
class New:
    """An organisation that comes into the register with the round."""

    key: str
    name: Three
    email: str


NEW = (
    New("village", ("Kvevlaxnejdens byaförening", "Koivulahden seudun kyläyhdistys", "Village association of the Kvevlax area"), "byaforeningen@demo.invalid"),
    New("parents", ("Hem och skola i Smedsby", "Sepänkylän koti ja koulu", "Home and School in Smedsby"), "kotijakoulu@demo.invalid"),
    New("taxi", ("Taxiföretagarna i nejden", "Seudun taksiyrittäjät", "Taxi entrepreneurs of the area"), "taxi@demo.invalid"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: whose, after how many days, by which way, which choice, the words, and who signed."""

    key: str
    day: int
    language: str
    choice: int
    words: str
    signer: tuple[str, str]
    channel: str = "web"


SAID = (
    Said(
        "youth-council",
        17,
        "sv",
        1,
        "Ungdomsrådet behandlade planen den 19 oktober och understöder den i huvudsak.\n\n"
        "Rådet anser att hållplatsen vid Kvevlax skola bör byggas samtidigt som gångvägen. Nu väntar eleverna vid vägkanten i mörker, "
        "och bilarna kör förbi i 80. Rådet föreslår dessutom att elever deltar i rundvandringarna när platserna väljs: vi ser annat än vuxna gör.",
        ("Alva Nyberg", "Ordförande för ungdomsrådet"),
    ),
    Said(
        "older-peoples-council",
        24,
        "sv",
        0,
        "Äldrerådet förordar planen. Trygga övergångsställen behövs av alla åldrar.\n\n"
        "Rådet påminner om att gröntiden vid trafikljusen i Smedsby är för kort för den som går långsamt, och ber att bänkar placeras vid de nya gångvägarna.",
        ("Birgitta Holm", "Ordförande för äldrerådet"),
    ),
    Said(
        "parents",
        30,
        "fi",
        2,
        "Vanhempainyhdistys kiittää mahdollisuudesta antaa lausunto.\n\n"
        "Yhdistys katsoo, että koulun saattoliikenne on suurempi vaara kuin itse risteys. Aamulla kello 8 pihalle ajaa noin sata autoa. "
        "Esitämme, että saattopaikka siirretään uimahallin pysäköintialueelle ennen kuin risteystä rakennetaan.",
        ("Mikko Lehtonen", "Puheenjohtaja"),
    ),
    Said(
        "village",
        33,
        "sv",
        1,
        "Byaföreningen har diskuterat planen på ett öppet möte där 34 personer deltog.\n\n"
        "Föreningen stöder gångvägen i Kvevlax men anser att den ska nå ända fram till byagården, där skolbarnen har sin eftermiddagsverksamhet. "
        "Avståndet är 400 meter. Föreningen kan ställa upp med talko för röjningen.",
        ("Kaj Backman", "Sekreterare"),
        "email",
    ),
    Said(
        "disability-council",
        43,
        "fi",
        1,
        "Vammaisneuvosto pitää suunnitelmaa hyvänä mutta puutteellisena.\n\n"
        "Neuvosto edellyttää, että jokaiseen uuteen suojatiehen tehdään kohokuviolaatat ja että reunakivi lasketaan enintään kolmeen senttimetriin. "
        "Korotettu suojatie ei saa olla niin jyrkkä, että pyörätuoli pysähtyy siihen.",
        ("Leena Aalto", "Puheenjohtaja"),
    ),
)
DECLINED = ("taxi", 9, "Vi har inget att tillägga till planen.")
MORE_TIME = (
    "vaasa",
    28,
    "Lautakunta kokoontuu vasta joulukuun alussa.",
    "Skolvägen över kommungränsen behöver er syn, och tidtabellen håller.",
)
LATE_BECAUSE = "Rådets möte flyttades på grund av sjukdom, och kraven gäller alla platser i planen."
SILENT = "health"
