"""What a voice seems to be about: suggestions that the author confirms, never decisions."""

import re
from dataclasses import dataclass
from math import cos, hypot, radians

from dialogi.commons.actors import Actor
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.models import Subject
from dialogi.commons.registry import registry
from dialogi.commons.search import search, similar
from dialogi.people.models import Area, Municipality, Organisation
from dialogi.services.models import Service
from dialogi.voices.models import Voice

NEAREST_KILOMETRES = 8.0
KILOMETRES_PER_DEGREE = 111.2
# Stems that a layman writes when the matter is really something else. A hit only makes us ask the sender.
SIGNS = {
    "appeal": re.compile(
        r"\b(besvär(?:a|ar|et)?\b|överklag|rättelseyrkan|begäran om omprövning|valit(?:an|us|ta)|oikaisuvaatim|muutoksenhaku|hakea muutosta|appeal against)",
        re.IGNORECASE,
    ),
    "information_request": re.compile(
        r"\b(begär(?:an)? (?:om |att få )?(?:ut )?(?:information|handling|kopia|kopior|uppgifter)|begäran om information|offentlighetslagen|"
        r"tietopyyn|asiakirjapyyn|julkisuuslai|pyydän (?:saada )?(?:kopio|asiakirj|tieto)|request for (?:information|documents))",
        re.IGNORECASE,
    ),
    "wellbeing": re.compile(
        r"\b(hälsovårdscentral|hälsocentral|läkar(?:e|tid)|tandläkar|tandvård|hemvård|äldreboende|socialarbet|socialbyrå|barnskydd|ambulans|"
        r"terveyskeskus|terveysasem|lääkär|hammaslääkär|hammashoi|kotihoi|vanhainko|sosiaalityö|sosiaalitoimi|lastensuojelu|neuvola|rådgivningsbyrå|"
        r"räddningsverk|brandstation|pelastuslaitos|health cent|dentist)",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Alike:
    """A public voice that may be the same, shown before sending so that the author can support it instead."""

    voice: Voice
    words: str


def misdirection_in(text: str) -> str:
    """Return appeal, information_request or wellbeing when the words look like it, else an empty string."""
    return next((key for key, sign in SIGNS.items() if sign.search(text)), "")


def code_of_the_house() -> str:
    """Return the short code of the municipality as a whole, for a sheet that is about nothing yet."""
    return Municipality.objects.values_list("subject__code", flat=True).first() or ""


def wellbeing_county() -> Organisation | None:
    """Return the organisation to whom matters of health, care and rescue belong: the one with the most services listed as theirs."""
    return Organisation.objects.active().filter(services__isnull=False).order_by("pk").first() or Organisation.objects.active().order_by("pk").first()


def alike(text: str, *, actor: Actor, near: tuple[float, float] | None = None, limit: int = 4) -> list[Alike]:
    """Return public voices whose words are most like these."""
    hits = [hit.subject_id for hit in similar(text, actor=actor, kinds=("voices.voice",), near=near, limit=limit * 2)]
    voices = Voice.objects.published().filter(subject__in=hits).select_related("subject", "area")
    ordered = sorted(voices, key=lambda voice: hits.index(voice.subject_id))[:limit]
    return [Alike(voice, voice.public_words) for voice in ordered]


def subjects_about(words: str, *, actor: Actor, limit: int = 6) -> list[Subject]:
    """Return Subjects that can be spoken about and that the words find, whichever language they are in; services first."""
    kinds = [kind for kind, plug in registry.nouns.items() if plug.can_be_spoken_about]
    languages = [current_language(), *(code for code in LANGUAGES if code != current_language())]
    found = search(words, languages=languages, actor=actor, kinds=kinds, within=Subject.objects.filter(state__in=["open", ""]), size=limit * 3)
    subjects = [hit.subject for hit in found.hits]
    return sorted(subjects, key=lambda subject: subject.kind != "services.service")[:limit]


def service_of(subject: Subject | None) -> Service | None:
    """Return the service when the Subject is one."""
    return Service.objects.filter(subject=subject).select_related("unit__subject").first() if subject is not None else None


def area_for(words: str, latitude: float | None, longitude: float | None) -> Area | None:
    """Return the village that the words name, else the one whose middle is nearest within eight kilometres, else None."""
    areas = list(Area.objects.active())
    lowered = words.casefold()
    for area in areas:
        if any(name and re.search(rf"\b{re.escape(name.casefold())}", lowered) for name in (area.name_sv, area.name_fi)):
            return area
    if latitude is None or longitude is None:
        return None
    measured = [(_kilometres(latitude, longitude, area), area) for area in areas]
    distance, nearest = min(measured, key=lambda pair: pair[0], default=(NEAREST_KILOMETRES + 1, None))
    return nearest if distance <= NEAREST_KILOMETRES else None


def _kilometres(latitude: float, longitude: float, area: Area) -> float:
    north = (latitude - area.latitude) * KILOMETRES_PER_DEGREE
    east = (longitude - area.longitude) * KILOMETRES_PER_DEGREE * cos(radians(latitude))
    return hypot(north, east)
