"""What one demo voice is, from the first word to the last answer. Pure data: nothing here writes."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
BEGINS = date(2024, 12, 2)
ENDS = date(2026, 11, 22)  # the demo's own today is the morning after
LAST_MOMENT = datetime.combine(ENDS, time.max, tzinfo=HELSINKI)


@dataclass(frozen=True, slots=True)
class StoryReply:
    """An answer and the state it led to; the days are working days from arrival, or from the reopening."""

    text: str
    state: str
    after_working_days: int


@dataclass(frozen=True, slots=True)
class Story:
    """A voice with everything that happened to it. Keys name rows of `structure()`; empty means none."""

    key: str
    text: str
    language: str
    kind: str
    channel: str
    given_at: datetime
    is_public: bool
    service: str = ""
    area: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place_words: str = ""
    contact: str = "none"
    contact_number: int = 0
    helper: str = ""
    speaks_as: str = "resident"
    replies: tuple[StoryReply, ...] = ()
    state: str = "received"
    forwarded_to: str = ""
    same_as: str = ""
    theme: str = ""
    misdirected: str = ""
    reopened: str = ""
    reopened_after_days: int = 0
    moderation: str = ""
    rule: str = ""
    published_text: str = ""
    moderator_note: str = ""
    supports: int = 0
    tone: str = "plain"

    @property
    def reply(self) -> str | None:
        """The first answer, if any."""
        return self.replies[0].text if self.replies else None

    @property
    def reply_after_working_days(self) -> int | None:
        """How soon the first answer came."""
        return self.replies[0].after_working_days if self.replies else None

    @property
    def contact_email(self) -> str:
        """A made-up address, or empty."""
        return f"invanare{self.contact_number:05d}@demo.invalid" if self.contact == "email" else ""

    @property
    def contact_phone(self) -> str:
        """A made-up number, or empty."""
        return f"050 000 {self.contact_number % 100:04d}" if self.contact == "phone" else ""

    @property
    def contact_post(self) -> str:
        """A made-up postal address, or empty."""
        return f"Exempelvägen {self.contact_number % 200 + 1}, 65610 Korsholm" if self.contact == "post" else ""


@dataclass(slots=True)
class Draft:
    """A story in the making; `incident` ties voices about one event, `lead` is the first of them."""

    text: str
    language: str
    kind: str
    given_at: datetime
    service: str = ""
    area: str = ""
    channel: str = ""
    place_words: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_public: bool | None = None
    contact: str = ""
    helper: str = ""
    speaks_as: str = "resident"
    replies: list[StoryReply] = field(default_factory=list)
    state: str = "received"
    forwarded_to: str = ""
    theme: str = ""
    misdirected: str = ""
    reopened: str = ""
    reopened_after_days: int = 0
    rule: str = ""
    published_text: str = ""
    moderator_note: str = ""
    supports: int | None = None
    tone: str = "plain"
    lead: "Draft | None" = None
