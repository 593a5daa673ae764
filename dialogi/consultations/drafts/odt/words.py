"""The words of one paragraph of an ODT: what is shown when all tracked changes are accepted, and remarks about what is not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from dialogi.consultations.drafts import notes
from dialogi.consultations.drafts.building import Builder
from dialogi.consultations.drafts.counting import lowered, raised
from dialogi.consultations.drafts.inline import Run, address
from dialogi.consultations.drafts.odt.styles import Look, Styles
from dialogi.consultations.drafts.remarks import RemarkKind

_SIGNS = {"text_s": " ", "text_tab": " ", "text_line-break": "\n"}
_REMARKS = {
    "office_annotation": RemarkKind.COMMENTS,
    "text_change": RemarkKind.TRACKED,
    "text_change-start": RemarkKind.TRACKED,
    "text_hidden-text": RemarkKind.HIDDEN,
    "text_hidden-paragraph": RemarkKind.HIDDEN,
}
_LEFT_OUT = {"text_number", "text_script", "text_ruby-text", "text_change-end", "text_soft-page-break", "text_tracked-changes"}


@dataclass
class Words:
    """Reads the paragraphs of a document."""

    styles: Styles
    builder: Builder
    _runs: list[Run] = field(default_factory=list)
    _notes: list[Sequence[Run]] = field(default_factory=list)

    def of(self, paragraph: Element) -> list[Run]:
        """Return the runs of a paragraph."""
        outer = self._runs, self._notes
        self._runs, self._notes = [], []
        self._walk(paragraph, self.styles.own_letters(paragraph.get("text_style-name", "")), "")
        found = notes.with_notes(self._runs, self._notes)
        self._runs, self._notes = outer
        return found

    def _walk(self, element: Element, look: Look, href: str) -> None:
        self._say(element.text, look, href)
        for child in element:
            self._child(child, look, href)
            self._say(child.tail, look, href)

    def _say(self, text: str | None, look: Look, href: str) -> None:
        if not text:
            return
        if look.is_hidden:
            if text.strip():
                self.builder.remark(RemarkKind.HIDDEN)
            return
        if look.is_struck:
            self.builder.remark(RemarkKind.STRUCK)
        place = look.place or ""
        is_raised, is_lowered = place == "super", place == "sub"
        text = raised(text) if is_raised else lowered(text) if is_lowered else text
        self._runs.append(Run(text.replace("\n", " "), bool(look.strong), bool(look.em), href))

    def _child(self, child: Element, look: Look, href: str) -> None:
        tag = str(child.tag)
        if tag in _SIGNS:
            self._runs.append(Run(_SIGNS[tag]))
        elif tag == "text_a":
            self._walk(child, look, self._link(child.get("xlink_href", "")))
        elif tag == "text_note":
            self._note(child)
        elif tag in _REMARKS:
            self.builder.remark(_REMARKS[tag])
        elif tag.startswith("draw_"):
            self.drawn(child)
        elif tag.startswith("text_") and tag not in _LEFT_OUT:
            style = child.get("text_style-name") if tag == "text_span" else None
            self._walk(child, self.styles.letters(style).over(look) if style else look, href)

    def _link(self, target: str) -> str:
        # "#..." leads to a place in the document itself, which has a number here.
        if target and not target.startswith("#") and not address(target):
            self.builder.remark(RemarkKind.LINKS)
        return target

    def _note(self, note: Element) -> None:
        body = note.find("text_note-body")
        if body is None:
            return
        words = [run for paragraph in body.iter("text_p") for run in [*self.of(paragraph), Run(" ")]]
        if any(run.text.strip() for run in words):
            self._notes.append(words)
            self._runs.append(notes.mark(len(self._notes)))

    def drawn(self, element: Element) -> None:
        """Say what was left out of something drawn."""
        inside = {str(inner.tag) for inner in element.iter()}
        if any("".join(paragraph.itertext()).strip() for paragraph in element.iter("text_p")):
            self.builder.remark(RemarkKind.TEXT_BOXES)
        if inside & {"draw_object", "draw_object-ole", "draw_plugin", "draw_applet", "draw_floating-frame"}:
            self.builder.remark(RemarkKind.EMBEDDED)
        elif "draw_image" in inside:
            self.builder.remark(RemarkKind.PICTURES)
