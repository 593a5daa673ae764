"""What a preparer must know about a document that could be read: what was left out or changed, and where."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

SHOWN_PLACES = 5
START = "0"


class RemarkKind(StrEnum):
    """What was left out or changed."""

    PICTURES = "pictures"
    TEXT_BOXES = "text_boxes"
    EMBEDDED = "embedded"
    FORMULAS = "formulas"
    SYMBOLS = "symbols"
    MARGINS = "margins"
    CONTENTS = "contents"
    COMMENTS = "comments"
    TRACKED = "tracked"
    HIDDEN = "hidden"
    STRUCK = "struck"
    LINKS = "links"
    MERGED_CELLS = "merged_cells"
    NESTED_TABLES = "nested_tables"
    OWN_NUMBERS = "own_numbers"
    DEEP_HEADINGS = "deep_headings"
    NO_HEADINGS = "no_headings"
    ENCODING = "encoding"
    GARBLED = "garbled"
    MARKUP = "markup"

    @property
    def sentence(self) -> str:
        """The kind as a whole sentence, in the reader's language."""
        return str(_SENTENCES[self])


_SENTENCES = {
    RemarkKind.PICTURES: gettext_lazy("Pictures and diagrams were left out. Say in words what they show, or add them as annexes."),
    RemarkKind.TEXT_BOXES: gettext_lazy("Text in boxes beside the text was left out. Move it into the text if it belongs to the draft."),
    RemarkKind.EMBEDDED: gettext_lazy("Objects from other programs were left out. Add them as annexes."),
    RemarkKind.FORMULAS: gettext_lazy("Formulas were left out. Write them in words."),
    RemarkKind.SYMBOLS: gettext_lazy("Signs from a symbol font were left out. Write them in words."),
    RemarkKind.MARGINS: gettext_lazy("Headers and footers were left out."),
    RemarkKind.CONTENTS: gettext_lazy("The table of contents was left out; the page makes its own."),
    RemarkKind.COMMENTS: gettext_lazy("Comments in the margin were left out; nobody else will see them."),
    RemarkKind.TRACKED: gettext_lazy("There are tracked changes. The draft was read as if all of them had been accepted."),
    RemarkKind.HIDDEN: gettext_lazy("Hidden text was left out."),
    RemarkKind.STRUCK: gettext_lazy("Some words are struck through. Here they are ordinary text: delete them in the document if they are to go."),
    RemarkKind.LINKS: gettext_lazy("Some links do not lead to a web page or an e-mail address. Their words are kept, the links are not."),
    RemarkKind.MERGED_CELLS: gettext_lazy("Merged cells of a table were divided: the text stands in the first of them, the others are empty."),
    RemarkKind.NESTED_TABLES: gettext_lazy("A table inside a table became ordinary text."),
    RemarkKind.OWN_NUMBERS: gettext_lazy("The numbers of the headings do not follow each other, so the sections were numbered anew."),
    RemarkKind.DEEP_HEADINGS: gettext_lazy("Headings below the third level were raised to the third."),
    RemarkKind.NO_HEADINGS: gettext_lazy("No headings were found, so there are no sections. Use the heading styles of the word processor, or # in Markdown."),
    RemarkKind.ENCODING: gettext_lazy("The file is not in UTF-8 and was read as Windows text. Check that å, ä and ö are right."),
    RemarkKind.GARBLED: gettext_lazy("Some letters look garbled, such as Ã¤ instead of ä. Save the file again in UTF-8."),
    RemarkKind.MARKUP: gettext_lazy("HTML in the text is shown as it was written. Use Markdown instead."),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. `places` are numbers of blocks, "0" for the very beginning; empty when it is about the whole document."""

    kind: RemarkKind
    places: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was left out or changed, in the reader's language."""
        return self.kind.sentence

    @property
    def where(self) -> str:
        """The first places, in the reader's language; empty when it is about the whole document."""
        shown, rest = self.places[:SHOWN_PLACES], len(self.places) - SHOWN_PLACES
        named = ", ".join(_("the beginning") if place == START else f"§ {place}" for place in shown)
        if not named:
            return ""
        if rest > 0:
            return ngettext("Where: %(places)s and %(n)s more place.", "Where: %(places)s and %(n)s more places.", rest) % {"places": named, "n": rest}
        return _("Where: %(places)s.") % {"places": named}

    def __str__(self) -> str:
        return f"{self.sentence} {self.where}".rstrip()
