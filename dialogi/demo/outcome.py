"""What becomes of a demo voice: its channel, contact, publication, answers, reopening, place and support."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from dialogi.demo import days
from dialogi.demo.story import BEGINS, ENDS, Draft, StoryReply
from dialogi.demo.structure import read, structure

MOMENT_UNKNOWN = datetime(2024, 12, 1, tzinfo=UTC)
CHANNELS = ("web",) * 50 + ("phone",) * 14 + ("email",) * 11 + ("counter",) * 9 + ("social",) * 6 + ("paper",) * 4 + ("meeting",) * 4 + ("letter",) * 2
CONTACTS = {
    "web": ("email",) * 50 + ("none",) * 38 + ("phone",) * 9 + ("post",) * 3,
    "phone": ("phone",) * 60 + ("none",) * 35 + ("post",) * 5,
    "email": ("email",),
    "counter": ("phone",) * 35 + ("none",) * 40 + ("post",) * 25,
    "social": ("none",) * 80 + ("email",) * 20,
    "paper": ("post",) * 40 + ("none",) * 50 + ("phone",) * 10,
    "meeting": ("none",) * 70 + ("email",) * 30,
    "letter": ("post",) * 75 + ("none",) * 25,
}
PUBLIC = {"web": 0.88, "phone": 0.7, "email": 0.72, "counter": 0.72, "social": 0.96, "paper": 0.78, "meeting": 0.96, "letter": 0.62}
SUPPORT = {"need": 5.0, "idea": 4.0, "feedback": 2.0, "accessibility": 2.0, "thanks": 1.5, "fault": 1.2, "question": 0.6}
LATER = {  # what is said when something in hand comes to its end, and the state it ends in
    "fault": ("done_later", "done"),
    "accessibility": ("done_later", "done"),
    "feedback": ("talked_later", "done"),
    "question": ("talked_later", "done"),
    "thanks": ("talked_later", "done"),
    "idea": ("idea_later", "planned"),
    "need": ("need_later", "planned"),
}
LATE, FORGOTTEN = 0.08, 0.12
OPEN_FOR_DAYS = 80  # a voice older than this has an answer; younger ones may be overdue


@cache
def phrases(language: str) -> dict[str, list[str]]:
    """The language's common phrases."""
    found: dict[str, list[str]] = read(f"families/{language}")["phrases"]
    return found


def pick(rng: Random, items: tuple[str, ...] | list[str]) -> str:
    """One of them."""
    return items[int(rng.random() * len(items))]


def some_channel(rng: Random) -> str:
    """How voices come, in their usual shares."""
    return pick(rng, CHANNELS)


def put_on_map(draft: Draft, rng: Random, *, near: Draft | None = None) -> None:
    """A point around the village centre, or within some metres of the first voice about the same thing."""
    area = structure().areas[draft.area]
    latitude, longitude, spread = area.latitude, area.longitude, 0.0045
    if near and near.latitude is not None and near.longitude is not None:
        latitude, longitude, spread = near.latitude, near.longitude, 0.0003
    draft.latitude = round(rng.gauss(latitude, spread), 6)
    draft.longitude = round(rng.gauss(longitude, spread * 2), 6)


def theme_window(key: str) -> tuple[date, date]:
    """First and last day on which the voices of a theme came."""
    theme = structure().themes[key]
    until = theme.until or (theme.answered - timedelta(days=6) if theme.answered else ENDS - timedelta(days=2))
    return theme.since or until - timedelta(days=165), until


def opening_of(key: str) -> date:
    """The day on which a theme is opened."""
    theme = structure().themes[key]
    return max(theme.since or (theme.answered or ENDS) - timedelta(days=160), BEGINS)


def date_in_theme(draft: Draft, rng: Random) -> None:
    """Lay the voice within its theme's time."""
    since, until = theme_window(draft.theme)
    draft.given_at = days.at_some_hour(rng, days.some_day(rng, since=since, until=until), draft.channel)


def answer_in_theme(draft: Draft, rng: Random) -> None:
    """Most are told at once that a theme gathers them; the theme's answer is the theme's own."""
    theme = structure().themes[draft.theme]
    after = 1 + int(rng.random() * 6)
    told_on = days.weekdays_later(draft.given_at, after)
    if rng.random() < 0.8 and told_on < (theme.answered or ENDS):
        draft.replies = [StoryReply(pick(rng, phrases(draft.language)["theme_ack"]), "in_hand", after)]
        draft.state = "in_hand"
    if theme.answered:
        draft.state, draft.forwarded_to = theme.state, theme.forwarded_to


def same_as_lead(draft: Draft, rng: Random) -> None:
    """The second and later voices about one incident."""
    draft.state = "same_as"
    after = 1 + int(rng.random() * 3)
    if days.weekdays_later(draft.given_at, after) < ENDS:
        draft.replies = [StoryReply(pick(rng, phrases(draft.language)["same_ack"]), "same_as", after)]


def answer_refused(draft: Draft, rng: Random) -> None:
    """Words that are not published are still read and answered, in private."""
    if days.weekdays_later(draft.given_at, 4) < ENDS:
        draft.replies = [StoryReply(pick(rng, phrases(draft.language)["refused"]), "done", 1 + int(rng.random() * 3))]
        draft.state = "done"


def answer_thanks(draft: Draft, rng: Random) -> None:
    """Thanks are thanked for."""
    after = 1 + int(rng.random() * 7)
    if days.weekdays_later(draft.given_at, after) < ENDS:
        draft.replies = [StoryReply(pick(rng, phrases(draft.language)["thanks_replies"]), "done", after)]
        draft.state = "done"


def answer(draft: Draft, rng: Random, *, text: str, state: str, between: tuple[int, int]) -> None:
    """The answer of a good official: mostly in time, sometimes late, and among the newest sometimes not yet."""
    after = between[0] + int(rng.random() * (between[1] - between[0] + 1))
    if rng.random() < LATE:
        after = after * 2 + 5 + int(rng.random() * 12)
    is_recent = draft.given_at.date() > ENDS - timedelta(days=OPEN_FOR_DAYS)
    if days.weekdays_later(draft.given_at, after) >= ENDS or (is_recent and rng.random() < FORGOTTEN):
        draft.forwarded_to = ""
        draft.state = "in_hand" if rng.random() < 0.3 else "received"
        return
    words = phrases(draft.language)
    closings = words["reply_close_fault" if draft.kind == "fault" and state == "done" else "reply_close"]
    opening, closing = pick(rng, words["reply_open"]), pick(rng, closings)
    if text.startswith(("Tack", "Kiitos")):
        opening = words["reply_open"][0]
    draft.replies = [StoryReply(" ".join(part for part in (opening, text, closing) if part), state, after)]
    draft.state = state
    follow_up(draft, rng, reopened="")


def follow_up(draft: Draft, rng: Random, *, reopened: str) -> None:
    """What was promised gets done later; now and then somebody says that it did not help."""
    first, words = draft.replies[0], phrases(draft.language)
    answered = days.weekdays_later(draft.given_at, first.after_working_days)
    age = (ENDS - answered).days
    reopened = reopened or (pick(rng, words["reopen"]) if draft.kind == "fault" and first.state == "done" and age > 75 and rng.random() < 0.05 else "")
    if reopened:
        draft.reopened, draft.reopened_after_days = reopened, 14 + int(rng.random() * 15)
        draft.state = "in_hand"
        if age > 60 and rng.random() < 0.8:
            draft.replies.append(StoryReply(pick(rng, words["again"]), "done", 2 + int(rng.random() * 6)))
            draft.state = "done"
    elif draft.misdirected in {"appeal", "information_request"} and age > 25:
        draft.replies.append(StoryReply(pick(rng, words["case_later"]), "done", first.after_working_days + 2 + int(rng.random() * 6)))
        draft.state = "done"
    elif first.state == "in_hand" and age > 45:
        words_for, state = LATER[draft.kind]
        wait = 12 + int(rng.random() * 14)
        draft.replies.append(StoryReply(pick(rng, words[words_for]), state, first.after_working_days + wait))
        draft.state = state
    elif first.state == "planned" and draft.kind in {"fault", "feedback", "idea"} and age > 300 and rng.random() < 0.6:
        draft.replies.append(StoryReply(pick(rng, words["done_later"]), "done", first.after_working_days + 90 + int(rng.random() * 90)))
        draft.state = "done"


def complete(draft: Draft, rng: Random) -> None:
    """Fill in what depends on the channel: contact, helper, publication, support."""
    draft.contact = draft.contact or pick(rng, CONTACTS[draft.channel])
    if not draft.helper and draft.channel in {"phone", "counter", "paper"} and rng.random() < 0.18:
        draft.helper = pick(rng, phrases(draft.language)["helpers"])
    if draft.is_public is None:
        draft.is_public = rng.random() < PUBLIC[draft.channel]
    if draft.rule:
        draft.is_public = True
    if draft.supports is None:
        draft.supports = min(60, int(rng.expovariate(1 / SUPPORT[draft.kind]))) if draft.is_public and not draft.rule else 0


def moderation(draft: Draft) -> str:
    """What the publication check came to: empty when it was not asked for."""
    if not draft.is_public:
        return ""
    if draft.rule:
        return structure().rules[draft.rule].outcome
    return "waiting" if draft.given_at.date() >= ENDS - timedelta(days=4) else "published"
