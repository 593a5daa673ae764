"""What a draft is made of once it has been read: numbered blocks that can be named on the phone."""

from dataclasses import dataclass

from dialogi.consultations.drafts import inline, tables
from dialogi.consultations.drafts.remarks import Remark
from dialogi.consultations.models import BlockKind


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a draft. Its text is Markdown: a table for a table, else one paragraph with stress, links and line breaks.

    `number` is unique in a draft ("4" for a section, "4.2" for what stands in it) and empty for a heading inside a section. `section` is the number
    of the section that the block stands in, "0" before the first. `anchor` stays the same from version to version and in both languages.
    """

    kind: BlockKind
    text: str
    level: int = 0  # of a heading 1 to 3, of an item of a list 1 and deeper
    number: str = ""
    section: str = ""
    anchor: str = ""
    marker: str = ""  # what stands before an item of a list: "•", "3.", "b)"

    def __post_init__(self) -> None:
        # From the database a kind comes as its bare value.
        object.__setattr__(self, "kind", BlockKind(self.kind))

    @property
    def words(self) -> str:
        """The text as it is read: without marks, with the addresses of links, a table row by row."""
        return tables.words_of(self.text) if self.kind is BlockKind.TABLE else inline.plain(self.text)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells of a table, each as Markdown of one paragraph; the first row names the columns."""
        return tables.rows_of(self.text) if self.kind is BlockKind.TABLE else ()

    @property
    def is_heading(self) -> bool:
        """Whether it names what follows."""
        return self.kind is BlockKind.HEADING


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was read. `title` is the document's own, when it has one above its sections."""

    blocks: tuple[Block, ...]
    warnings: tuple[Remark, ...] = ()
    title: str = ""
