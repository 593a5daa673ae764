"""The draft: a version is read from one document in each language, corrected until it is published, and never changed after that."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.languages import LANGUAGES, REQUIRED
from dialogi.commons.permissions import Conflict, NotPossible, require
from dialogi.consultations.drafts import Block, Draft, align, anchored, handed_on, paired
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Alternative, DraftVersion, Paragraph, Phase, PhaseKind, State
from dialogi.consultations.queries.drafts import blocks_of, lacking_words
from dialogi.consultations.rules import PREPARE


def write_version(
    phase: Phase, *, drafts: Mapping[str, Draft], change_words: Mapping[str, str], by: Actor, alternative: Alternative | None = None
) -> DraftVersion:
    """Make the next version of a hearing's draft from documents that were read before (`drafts` maps language to draft).

    Paragraphs keep the anchors that they had, so that comments move along. Raises NotPossible when the languages are not built alike,
    and says where: § 4.2 must mean the same to everybody.
    """
    lengths = {language: list(draft.blocks) for language, draft in drafts.items()}
    _refuse_unlike(lengths)
    old = _newest(phase, alternative)
    blocks = _with_anchors(phase, old, lengths)
    with _draft_of(phase, by=by) as phase:
        last = phase.versions.filter(alternative=alternative).aggregate(last=Max("number"))["last"]
        words = {f"change_{language}": change_words.get(language, "").strip() for language in LANGUAGES}
        version = save_clean(DraftVersion(phase=phase, alternative=alternative, number=(last or 0) + 1, made_by_id=by.person_id, **words))
        Paragraph.objects.bulk_create(_paragraphs(version, blocks), batch_size=200)
        record(Happened.DRAFT_MADE, on=phase.consultation, by=by, data={"number": version.number})
    return version


def correct_paragraph(paragraph: Paragraph, *, texts: Mapping[str, str], by: Actor, expecting: Mapping[str, str] | None = None) -> Paragraph:
    """Correct the words of a paragraph in a version that is not published yet (`texts` maps language to words).

    `expecting` are the words that the planner saw; other ones raise Conflict.
    """
    with _draft_of(paragraph.version.phase, by=by) as phase:
        paragraph = Paragraph.objects.select_for_update(of=("self",)).select_related("version").get(pk=paragraph.pk)
        if paragraph.version.published_at is not None:
            raise NotPossible(_("This version is published. People have commented on its words; write a new version instead."))
        if expecting is not None and any(getattr(paragraph, f"text_{language}") != words for language, words in expecting.items()):
            raise Conflict(_("Somebody else changed this paragraph while you were working. Your words are kept below: compare them and save again."))
        for language, words in texts.items():
            setattr(paragraph, f"text_{language}", words.strip())
        save_clean(paragraph)
        record(Happened.DRAFT_CHANGED, on=phase.consultation, by=by, data={"number": paragraph.version.number})
    return paragraph


def publish_version(version: DraftVersion, *, by: Actor) -> DraftVersion:
    """Let people comment on this version from now on. Every paragraph stands in Swedish and Finnish; comments stay with their paragraphs."""
    with _draft_of(version.phase, by=by) as phase:
        version = DraftVersion.objects.select_for_update().get(pk=version.pk)
        if version.published_at is not None:
            raise NotPossible(_("This version is published already."))
        if lacking := lacking_words(version):
            raise NotPossible(_("Paragraph %(number)s is missing words in one language.") % {"number": lacking[0]})
        version.published_at = clock.now()
        version.save(update_fields=["published_at"])
        record(Happened.DRAFT_PUBLISHED, on=phase.consultation, by=by, data={"number": version.number})
    return version


def add_alternative(phase: Phase, *, by: Actor, **fields: Any) -> Alternative:
    """Set another way beside the others; it gets versions of its own."""
    with _draft_of(phase, by=by) as phase:
        last = phase.alternatives.aggregate(last=Max("position"))["last"]
        alternative = save_clean(Alternative(phase=phase, position=(last or 0) + 1, **fields))
        record(Happened.DRAFT_CHANGED, on=phase.consultation, by=by, data={"alternative": alternative.position})
    return alternative


@contextmanager
def _draft_of(phase: Phase, *, by: Actor) -> Iterator[Phase]:
    """Lock the consultation while its draft is worked on."""
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        if consultation.state not in {State.DRAFT, State.PUBLISHED} or phase.kind != PhaseKind.HEARING:
            raise NotPossible(_("The draft is not worked on any more."))
        phase.consultation = consultation
        yield phase


def _refuse_unlike(blocks: Mapping[str, Sequence[Block]]) -> None:
    if all(language in blocks for language in REQUIRED):
        alignment = align(blocks["sv"], blocks["fi"])
        if alignment.differences:
            sentences = " ".join(difference.sentence for difference in alignment.differences[:3])
            raise NotPossible(_("The languages are not built alike, so numbers would not mean the same. %(differences)s") % {"differences": sentences})
    if len({len(each) for each in blocks.values()}) > 1:
        raise NotPossible(_("The English text has another number of paragraphs than the others."))


def _newest(phase: Phase, alternative: Alternative | None) -> dict[str, list[Block]]:
    """The blocks of the version before this one, published or not, by language."""
    before = phase.versions.filter(alternative=alternative).order_by("-number").first()
    return blocks_of(before) if before else {}


def _with_anchors(phase: Phase, old: Mapping[str, Sequence[Block]], new: Mapping[str, Sequence[Block]]) -> dict[str, list[Block]]:
    """The new blocks with their anchors, the same in each language."""
    taken = set(Paragraph.objects.filter(version__phase=phase).values_list("anchor", flat=True))
    first = next(iter(new))
    common = [language for language in new if any(block.text for block in old.get(language, ()))]
    if common:
        pairing = paired({language: old[language] for language in common}, {language: new[language] for language in common})
        led = handed_on(old[common[0]], new[common[0]], pairing=pairing, taken=taken)
    else:
        led = anchored(new[first], taken=taken)
    found: dict[str, list[Block]] = {}
    for language, blocks in new.items():
        found[language] = [replace(block, anchor=lead.anchor, number=lead.number) for block, lead in zip(blocks, led, strict=True)]
    return found


def _paragraphs(version: DraftVersion, blocks: Mapping[str, Sequence[Block]]) -> list[Paragraph]:
    rows = []
    for place, row in enumerate(zip(*blocks.values(), strict=True)):
        lead = row[0]
        texts = {f"text_{language}": block.text for language, block in zip(blocks, row, strict=True)}
        where = {"position": place, "kind": lead.kind, "level": lead.level, "number": lead.number, "anchor": lead.anchor, "marker": lead.marker[:12]}
        rows.append(Paragraph(version=version, **where, **texts))
    return rows
