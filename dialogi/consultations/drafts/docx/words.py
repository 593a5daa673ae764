"""The words of one paragraph of Word: what is shown when all tracked changes are accepted, and remarks about what is not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from dialogi.consultations.drafts import notes
from dialogi.consultations.drafts.building import Builder
from dialogi.consultations.drafts.counting import lowered, raised
from dialogi.consultations.drafts.docx.styles import Styles, is_on, value_of
from dialogi.consultations.drafts.inline import Run, address
from dialogi.consultations.drafts.remarks import RemarkKind

# What is only a wrapper around words.
WRAPPERS = {"sdtContent", "smartTag", "customXml", "fldSimple", "bdo", "dir", "ins", "moveTo", "ruby", "rubyBase"}
GONE = {"del", "moveFrom"}
_ACCEPTED = {"ins", "moveTo"}
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
_MARKS = {"del": RemarkKind.TRACKED, "moveFrom": RemarkKind.TRACKED, "m_oMath": RemarkKind.FORMULAS, "m_oMathPara": RemarkKind.FORMULAS}
_DRAWN = {"drawing", "pict", "object", "mc_AlternateContent"}
_PICTURES = {"blip", "imagedata", "pic", "chart", "relIds"}
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')


@dataclass(slots=True)
class _Field:
    """A field of Word: its instruction is not shown, its result is."""

    instruction: str = ""
    is_result: bool = False
    href: str = ""


@dataclass
class Words:
    """Reads paragraphs of one part."""

    styles: Styles
    builder: Builder
    links: Mapping[str, str]
    notes: Mapping[tuple[str, str], Sequence[Run]] = field(default_factory=dict)
    _runs: list[Run] = field(default_factory=list)
    _notes: list[Sequence[Run]] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    def of(self, paragraph: Element) -> list[Run]:
        """Return the runs of a paragraph."""
        self._runs, self._notes, self._fields = [], [], []
        self._walk(paragraph, "")
        return notes.with_notes(self._runs, self._notes)

    def _walk(self, element: Element, href: str) -> None:
        for child in element:
            tag = child.tag
            if tag == "r":
                self._run(child, href)
            elif tag == "hyperlink":
                self._walk(child, self._link(self.links.get(child.get("r_id", ""), "")) or href)
            elif tag == "sdt":
                if not is_on(child.find("sdtPr"), "showingPlcHdr"):
                    self._walk(child, href)
            elif tag in WRAPPERS:
                if tag in _ACCEPTED:
                    self.builder.remark(RemarkKind.TRACKED)
                self._walk(child, href)
            elif tag in _MARKS:
                self.builder.remark(_MARKS[tag])
            elif tag in _DRAWN:
                self._drawn(child)

    def _link(self, target: str) -> str:
        if target and not address(target):
            self.builder.remark(RemarkKind.LINKS)
        return target

    def _run(self, run: Element, href: str) -> None:
        properties = run.find("rPr")
        if is_on(properties, "vanish"):
            if any((text.text or "").strip() for text in run.iter("t")):
                self.builder.remark(RemarkKind.HIDDEN)
            return
        strong, em = self._look(properties)
        for child in run:
            text = self._text(child)
            if text and not any(not one.is_result for one in self._fields):
                inner = next((one.href for one in reversed(self._fields) if one.href), href)
                self._runs.append(Run(self._placed(text, properties), strong, em, inner))
        if properties is not None and (is_on(properties, "strike") or is_on(properties, "dstrike")):
            self.builder.remark(RemarkKind.STRUCK)

    def _look(self, properties: Element | None) -> tuple[bool, bool]:
        if properties is None:
            return False, False
        strong, em = self.styles.letters(value_of(properties, "rStyle"))
        own_strong, own_em = is_on(properties, "b"), is_on(properties, "i")
        return strong if own_strong is None else own_strong, em if own_em is None else own_em

    def _text(self, child: Element) -> str:
        tag = child.tag
        if tag == "t":
            return (child.text or "").replace("\n", " ")
        if tag in _SIGNS:
            return _SIGNS[tag]
        if tag == "br":
            return "\n" if child.get("type", "textWrapping") == "textWrapping" else " "
        if tag in {"footnoteReference", "endnoteReference"}:
            return self._note(tag, child.get("id", ""))
        if tag == "fldChar":
            self._turn(child.get("fldCharType", ""))
        elif tag == "instrText" and self._fields:
            self._fields[-1].instruction += child.text or ""
        elif tag == "sym":
            self.builder.remark(RemarkKind.SYMBOLS)
        elif tag == "commentReference":
            self.builder.remark(RemarkKind.COMMENTS)
        elif tag in _DRAWN:
            self._drawn(child)
        return ""

    @staticmethod
    def _placed(text: str, properties: Element | None) -> str:
        place = value_of(properties, "vertAlign") if properties is not None else ""
        return raised(text) if place == "superscript" else lowered(text) if place == "subscript" else text

    def _note(self, tag: str, identifier: str) -> str:
        note = self.notes.get((tag.removesuffix("Reference"), identifier))
        if not note:
            return ""
        self._notes.append(note)
        return notes.mark(len(self._notes)).text

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            current = self._fields[-1]
            current.is_result = True
            if match := _LINK_FIELD.match(current.instruction):
                current.href = self._link(match[1])
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawn(self, element: Element) -> None:
        inside = {inner.tag.rpartition("_")[2] for inner in element.iter()}
        if "txbxContent" in inside and any((text.text or "").strip() for text in element.iter("t")):
            self.builder.remark(RemarkKind.TEXT_BOXES)
        if element.tag == "object":
            self.builder.remark(RemarkKind.EMBEDDED)
        elif inside & _PICTURES:
            self.builder.remark(RemarkKind.PICTURES)
