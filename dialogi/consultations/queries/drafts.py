"""The draft as it is read: the newest published version, its paragraphs, and where a comment stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, Words, current_language
from dialogi.commons.text import inline_markdown, markdown
from dialogi.consultations.drafts import Block, Change, How, carry_languages, compare
from dialogi.consultations.models import Alternative, BlockKind, Comment, Consultation, DraftVersion, Paragraph, Phase, PhaseKind
from dialogi.consultations.queries.comments import comment_counts
from dialogi.consultations.queries.parity import Lack


@dataclass(frozen=True, slots=True)
class At:
    """Where a comment stands: nowhere in particular, or at a paragraph of a version."""

    paragraph: Paragraph | None = None
    version: DraftVersion | None = None
    alternative: Alternative | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What `Commented` wants to know."""
        return {"anchor": self.paragraph.anchor if self.paragraph else "", "version": self.version, "alternative": self.alternative}


def newest_version(phase: Phase, *, alternative: Alternative | None = None) -> DraftVersion | None:
    """Return the version that is commented on: the newest one published; None before there is any."""
    return phase.versions.filter(alternative=alternative, published_at__isnull=False).order_by("-number").first()


def place_of(phase: Phase, *, anchor: str, alternative: str = "") -> At:
    """Return the place that an address names; what it names in vain counts as the whole."""
    chosen = phase.alternatives.filter(pk=alternative).first() if alternative.isdecimal() else None
    version = newest_version(phase, alternative=chosen)
    paragraph = version.paragraphs.filter(anchor=anchor).first() if version and anchor else None
    return At(paragraph, version, chosen)


def place_by_number(phase: Phase, *, number: str) -> At | None:
    """Return the place of the paragraph that somebody named by its number ("§ 4.2", "4.2"); None when there is no such paragraph."""
    bare = number.replace("§", "").strip().rstrip(".")
    version = newest_version(phase)
    if not bare:
        return At(version=version)
    paragraph = version.paragraphs.filter(number=bare).first() if version else None
    return At(paragraph, version) if paragraph else None


def numbers_of(consultation: Consultation) -> dict[str, str]:
    """Return the number of each numbered paragraph in the newest published versions, by anchor; one query."""
    rows = Paragraph.objects.filter(version__phase__consultation=consultation, version__published_at__isnull=False).exclude(number="")
    return dict(rows.order_by("version__number").values_list("anchor", "number"))


LONGEST_PAGE = 120  # paragraphs; a longer draft is read a section at a time


def blocks_of(version: DraftVersion) -> dict[str, list[Block]]:
    """Return the paragraphs of a version as blocks, by language; a language without any words is left out."""
    rows = list(version.paragraphs.all())
    found = {language: [_block(row, language) for row in rows] for language in LANGUAGES}
    return {language: blocks for language, blocks in found.items() if any(block.text for block in blocks)}


def _block(row: Paragraph, language: str) -> Block:
    words = getattr(row, f"text_{language}")
    return Block(BlockKind(row.kind), words, level=row.level, number=row.number, anchor=row.anchor, marker=row.marker)


def lacking_words(version: DraftVersion) -> list[str]:
    """Return the numbers of the paragraphs that have no words in Swedish or Finnish."""
    rows = version.paragraphs.filter(Q(text_sv="") | Q(text_fi="")).values_list("number", "position")
    return [number or str(position + 1) for number, position in rows]


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as it is read: safe HTML in the language that it has, and how many have commented on it in public."""

    paragraph: Paragraph
    html: SafeString
    language: str
    comments: int
    tag: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A version, or a section of a long one, with what stands around it."""

    version: DraftVersion
    alternatives: list[Alternative]
    contents: list[Paragraph]
    shown: list[Shown]
    section: str
    is_whole: bool
    versions: list[DraftVersion]
    remarks: int


def reading(version: DraftVersion, *, section: str = "") -> Reading:
    """Read a version: a constant number of queries whatever its length; a long one shows one section."""
    rows = list(version.paragraphs.all())
    contents = [row for row in rows if row.kind == BlockKind.HEADING and row.level == 1]
    is_whole = len(rows) <= LONGEST_PAGE or not contents
    chosen = section if any(row.number == section for row in contents) else (contents[0].number if contents else "")
    here = rows if is_whole else _section(rows, chosen)
    counts = _comments_by_anchor(version.phase, version.alternative)
    return Reading(
        version=version,
        alternatives=list(version.phase.alternatives.all()),
        contents=contents,
        shown=[_shown(row, counts.get(row.anchor, 0)) for row in here],
        section="" if is_whole else chosen,
        is_whole=is_whole,
        versions=list(version.phase.versions.filter(alternative=version.alternative, published_at__isnull=False).order_by("-number")),
        remarks=counts.get("", 0),
    )


def _section(rows: list[Paragraph], number: str) -> list[Paragraph]:
    """The rows from the section's heading until the next one; before the first heading belongs to the first section."""
    starts = [place for place, row in enumerate(rows) if row.kind == BlockKind.HEADING and row.level == 1]
    for place, start in enumerate(starts):
        if rows[start].number == number:
            until = starts[place + 1] if place + 1 < len(starts) else len(rows)
            return rows[0 if place == 0 else start : until]
    return rows


def _shown(row: Paragraph, comments: int) -> Shown:
    words = row.text
    html = markdown(words) if row.kind == BlockKind.TABLE else inline_markdown(words)
    tag = f"h{min(row.level + 1, 4)}" if row.kind == BlockKind.HEADING else "blockquote" if row.kind == BlockKind.QUOTE else "div"
    return Shown(row, html, words.language, comments, tag)


def _comments_by_anchor(phase: Phase, alternative: Alternative | None) -> dict[str, int]:
    public = Comment.objects.published().filter(consultation=phase.consultation, phase=phase, alternative=alternative)
    return dict(public.values_list("anchor").annotate(n=Count("id")).order_by())


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the paragraph that an earlier comment was about."""

    words: Any
    number: str


def carried(phase: Phase, *, alternative: Alternative | None = None) -> dict[tuple[int, str], Carried]:
    """Return for (earlier version, anchor) what became of the paragraph in the newest published one; nothing where its wording stands."""
    versions = list(phase.versions.filter(alternative=alternative, published_at__isnull=False).order_by("number"))
    if len(versions) < 2:
        return {}
    newest = blocks_of(versions[-1])
    numbers = {block.anchor: block.number for block in next(iter(newest.values()), [])}
    found: dict[tuple[int, str], Carried] = {}
    for version in versions[:-1]:
        old = blocks_of(version)
        common = [language for language in old if language in newest]
        carry = carry_languages({language: old[language] for language in common}, {language: newest[language] for language in common}) if common else {}
        for anchor, (there, how) in carry.items():
            words = _carried_words(there, how.values())
            if words:
                found[version.pk, anchor] = Carried(words, numbers.get(there or "", ""))
    return found


def carried_in(consultation: Consultation) -> dict[tuple[int, str], Carried]:
    """Return the same for every hearing and alternative of a consultation."""
    found: dict[tuple[int, str], Carried] = {}
    for phase in consultation.phases.all():
        if phase.kind == PhaseKind.HEARING:
            ways: list[Alternative | None] = list(phase.alternatives.all()) or [None]
            for way in ways:
                found |= carried(phase, alternative=way)
    return found


def _carried_words(there: str | None, how: Any) -> Any:
    if there is None:
        return _("About a paragraph that is not there any more")
    return "" if all(one.keeps_wording for one in how) else _("About an earlier wording")


def comparison(old: DraftVersion, new: DraftVersion) -> tuple[str, list[Change]]:
    """Return what became of each paragraph between two versions, in the language of the page, or in the first that both have."""
    before, after = blocks_of(old), blocks_of(new)
    language = next((one for one in (current_language(), *LANGUAGES) if one in before and one in after), "")
    return language, [change for change in compare(before[language], after[language]) if change.how != How.SAME] if language else []


def hearing_part(phase: Phase) -> dict[str, Any] | None:
    """Return what the public page shows of a hearing: the draft's contents, and the counts."""
    version = newest_version(phase)
    ways = list(phase.alternatives.all())
    if version is None and not ways:
        return {"version": None, "contents": [], "alternatives": [], "counts": comment_counts(phase.consultation, phase=phase)}
    contents = list(version.paragraphs.filter(kind=BlockKind.HEADING, level=1)) if version else []
    return {"version": version, "contents": contents, "alternatives": ways, "counts": comment_counts(phase.consultation, phase=phase)}


def hearing_desk(phase: Phase) -> dict[str, Any]:
    """Return what the planner's page shows of a hearing."""
    versions = phase.versions.select_related("alternative").annotate(paragraph_total=Count("paragraphs")).order_by("alternative", "-number")
    return {"versions": list(versions), "alternatives": list(phase.alternatives.all())}


def gate(phase: Phase) -> Iterator[Lack]:
    """Yield what a hearing lacks before it can be published: a published version of the draft, of each alternative where there are some."""
    ways: list[Alternative | None] = list(phase.alternatives.all()) or [None]
    for way in ways:
        if newest_version(phase, alternative=way) is None:
            words: Any = _("The draft has no version that is ready in both languages.")
            if way is not None:
                words = _("The draft of %(name)s has no version that is ready in both languages.") % {"name": way.name}
            yield Lack(words, f"draft:{phase.pk}")


def title_of(version: DraftVersion) -> Words:
    """Return what the draft is called: its alternative, else its phase or consultation."""
    named = version.alternative.name if version.alternative else version.phase.title
    return named or version.phase.consultation.title
