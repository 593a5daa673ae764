"""The demo's two years, told again through the rooms' own actions, each at its own moment."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import Duty
from dialogi.commons.permissions import NotPossible
from dialogi.demo.days import weekdays_later
from dialogi.demo.deciding import matter_events
from dialogi.demo.outcome import opening_of
from dialogi.demo.story import ENDS, HELSINKI, Story, StoryReply
from dialogi.demo.structure import ThemeContent, structure
from dialogi.demo.town import MAKER, Town
from dialogi.people.models import Role, Unit
from dialogi.people.queries import actor_for, holders
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails, Place, Recorded, Said
from dialogi.voices.models import Channel, Publication, SpeaksAs, State, Theme, Voice
from dialogi.voices.rules import CALL_DUTY

NOT_CALLED_YET = 6  # days before the demo's end in which nobody has called yet
TOGETHER = 100  # events in one transaction: the disk is asked to be sure once for all of them
Act = Callable[[], None]


@dataclass(slots=True)
class Telling:
    """What has been told so far: voices by the story's key, themes, and who acts for a unit."""

    town: Town
    voices: dict[str, Voice] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    actors: dict[int | None, Actor] = field(default_factory=dict)
    by_role: dict[str, Actor] = field(default_factory=dict)

    def handler(self, unit: Unit | None) -> Actor:
        """Return somebody who answers for the unit, or for one above it; the maker of the demo when nobody does."""
        key = unit.pk if unit else None
        if key not in self.actors:
            above, found = unit, MAKER
            while above is not None:
                people = holders(Role.HANDLER, unit=above) or holders(Role.HEAD, unit=above)
                if people and people[0].account:
                    found = actor_for(people[0].account)
                    break
                above = above.parent
            self.actors[key] = found
        return self.actors[key]

    def role(self, key: str) -> Actor:
        """Return the actor of a person of the cast."""
        if key not in self.by_role:
            person = self.town.people[key]
            self.by_role[key] = actor_for(person.account) if person.account else MAKER
        return self.by_role[key]


def tell_all(stories: Iterable[Story], telling: Telling, step: Callable[[int], None]) -> None:
    """Tell all stories in the order of their events; `step` hears how many events are done."""
    waiting: list[tuple[datetime, int, Act]] = []
    order = 0
    for theme_key, theme in structure().themes.items():
        for moment, act in _theme_events(theme_key, theme, telling):
            waiting.append((moment, order, act))
            order += 1
    for moment, act in matter_events(telling.town, telling.themes):
        waiting.append((moment, order, act))
        order += 1
    for story in stories:
        for moment, act in _events(story, telling):
            if moment.date() <= ENDS:
                waiting.append((moment, order, act))
                order += 1
    heapq.heapify(waiting)
    done = 0
    while waiting:
        with transaction.atomic():
            for _event in range(min(TOGETHER, len(waiting))):
                moment, _order, act = heapq.heappop(waiting)
                with clock.at(moment):
                    act()
                done += 1
        step(done)


def _office_hours(day: datetime, minute: int) -> datetime:
    return datetime.combine(day.date(), time(8 + minute % 8, minute % 60), tzinfo=HELSINKI)


def _events(story: Story, telling: Telling) -> Iterator[tuple[datetime, Act]]:
    yield story.given_at, lambda: _give(story, telling)
    if story.moderation in {"published", "masked", "refused"}:
        yield moment_of_check(story), lambda: _moderate(story, telling)
    for number, reply in enumerate(story.replies):
        at = moment_of_reply(story, number)
        yield at, lambda reply=reply: _reply(story, reply, telling)  # type: ignore[misc]
        if story.contact == "phone" and at.date() < ENDS - timedelta(days=NOT_CALLED_YET):
            yield at + timedelta(hours=20), lambda: _call(story, telling)
    if story.theme:
        yield story.given_at + timedelta(hours=30), lambda: _gather(story, telling)
    if story.reopened and story.replies:
        answered = weekdays_at(story.given_at, story.replies[0].after_working_days)
        yield _office_hours(answered + timedelta(days=story.reopened_after_days), _minute(story)), lambda: _reopen(story, telling)
    if story.supports:
        yield story.given_at + timedelta(days=3), lambda: _support(story, telling)


def _minute(story: Story) -> int:
    return sum(story.text.encode()) % 480


def moment_of_check(story: Story) -> datetime:
    """Return when the publication check was made: in office hours of the next weekday."""
    return max(story.given_at, _office_hours(weekdays_at(story.given_at, 1), _minute(story)))


def moment_of_reply(story: Story, number: int) -> datetime:
    """Return when an answer of the story was given; the first is number 0."""
    start = story.given_at if number == 0 or not story.reopened else story.given_at + timedelta(days=story.reopened_after_days + 14)
    answered = _office_hours(weekdays_at(start, story.replies[number].after_working_days), _minute(story))
    return max(story.given_at + timedelta(minutes=20), answered) + timedelta(minutes=number)


def weekdays_at(start: datetime, count: int) -> datetime:
    """Return the moment so many weekdays after another."""
    day = weekdays_later(start, count)
    return datetime.combine(day, start.timetz())


def said_of(story: Story, town: Town) -> Said:
    """Return what the author of the story says."""
    service = town.services.get(story.service)
    area = town.areas.get(story.area)
    contact = ContactDetails(email=story.contact_email, phone=story.contact_phone, postal_address=story.contact_post)
    wish = Publication.WAITING if story.is_public else Publication.NOT_ASKED
    return Said(
        text=story.text,
        language=story.language,
        kind=story.kind,
        publication=wish,
        speaks_as=story.speaks_as or SpeaksAs.RESIDENT,
        about=service.subject if service else None,
        service=service,
        place=Place(words=story.place_words, latitude=story.latitude, longitude=story.longitude, area=area),
        contact=contact or None,
        misdirected=story.misdirected if story.misdirected in {"appeal", "information_request", "wellbeing"} else "",
    )


def recorded_of(story: Story) -> Recorded:
    """Return how the story's voice was received."""
    post = "https://social.demo.invalid/post/" + story.key if story.channel == Channel.SOCIAL else ""
    read_back = story.channel in {Channel.PHONE, Channel.COUNTER}
    return Recorded(channel=story.channel, arrived_at=story.given_at, post_address=post, helped_by=story.helper, was_read_back=read_back)


def _give(story: Story, telling: Telling) -> None:
    said, key = said_of(story, telling.town), f"demo-{story.key}"
    if story.channel == Channel.WEB:
        receipt = actions.give_voice(said, form_key=key, by=MAKER)
    else:
        receipt = actions.record_voice(said, recorded_of(story), form_key=key, by=MAKER)
    telling.voices[story.key] = receipt.voice


def _moderate(story: Story, telling: Telling) -> None:
    voice = telling.voices[story.key]
    if Voice.objects.get(pk=voice.pk).publication != Publication.WAITING:
        return
    if story.moderation == "published":
        actions.publish(voice, by=MAKER)
    elif story.moderation == "masked":
        actions.publish(voice, masked_text=story.published_text, rule=telling.town.rules[story.rule], explanation=story.moderator_note, by=MAKER)
    else:
        actions.refuse(voice, rule=telling.town.rules[story.rule], explanation=story.moderator_note, by=MAKER)


def answer_of(story: Story, reply: StoryReply, telling: Telling) -> Answer:
    """Return an answer of the story as the house takes it."""
    lead = telling.voices.get(story.same_as) if reply.state == State.SAME_AS else None
    state = State.IN_HAND if reply.state == State.SAME_AS and lead is None else reply.state
    elsewhere = telling.town.elsewhere.get(story.forwarded_to) if state == State.NOT_OURS else None
    if state == State.NOT_OURS and elsewhere is None:
        state = State.CANNOT
    words = {f"text_{story.language}": reply.text}
    return Answer(state=state, forwarded_to=elsewhere, same_as=lead, minutes=4 + len(reply.text) // 60, **words)


def _reply(story: Story, reply: StoryReply, telling: Telling) -> None:
    voice = Voice.objects.select_related("unit").get(pk=telling.voices[story.key].pk)
    try:
        actions.reply(voice, answer=answer_of(story, reply, telling), by=telling.handler(voice.unit))
    except NotPossible:
        # The story's own state was overtaken by the answer to its theme: the theme's answer stands.
        return


def _call(story: Story, telling: Telling) -> None:
    voice = Voice.objects.get(pk=telling.voices[story.key].pk)
    if Duty.objects.open().filter(subject=voice.subject_id, what=CALL_DUTY).exists():
        actions.say_called(voice, by=MAKER)


def _gather(story: Story, telling: Telling) -> None:
    theme = telling.themes.get(story.theme)
    if theme is not None:
        actions.gather([telling.voices[story.key]], theme=theme, by=MAKER)


def _reopen(story: Story, telling: Telling) -> None:
    voice = Voice.objects.get(pk=telling.voices[story.key].pk)
    if voice.is_answered and voice.state not in {State.IN_HAND, State.RECEIVED}:
        actions.mark_asked([voice], by=MAKER)
        actions.reopen(voice, reason=story.reopened, by=MAKER)


def _support(story: Story, telling: Telling) -> None:
    voice = Voice.objects.get(pk=telling.voices[story.key].pk)
    if voice.publication == Publication.PUBLISHED:
        actions.support_many(voice, browser_keys=[f"demo-{story.key}-{number}" for number in range(story.supports)], by=MAKER)


def _theme_events(key: str, theme: ThemeContent, telling: Telling) -> Iterator[tuple[datetime, Act]]:
    yield datetime.combine(opening_of(key), time(0, 1), tzinfo=HELSINKI), lambda: _open_theme(key, theme, telling)
    if theme.answered and theme.answer:
        yield datetime.combine(theme.answered, time(13, 5), tzinfo=HELSINKI), lambda: _answer_theme(key, theme, telling)


def _open_theme(key: str, theme: ThemeContent, telling: Telling) -> None:
    unit = telling.town.units[theme.unit]
    words = {"titles": {"sv": theme.title.sv, "fi": theme.title.fi, "en": theme.title.en}}
    words["summaries"] = {"sv": theme.summary.sv, "fi": theme.summary.fi, "en": theme.summary.en}
    telling.themes[key] = actions.open_theme(**words, unit=unit, is_need=theme.is_need, by=MAKER)


def _answer_theme(key: str, theme: ThemeContent, telling: Telling) -> None:
    answer = theme.answer
    if answer is None:
        return
    elsewhere = telling.town.elsewhere.get(theme.forwarded_to)
    state = theme.state if theme.state != State.NOT_OURS or elsewhere else State.CANNOT
    forwarded = elsewhere if state == State.NOT_OURS else None
    words = Answer(state=state, text_sv=answer.sv, text_fi=answer.fi, text_en=answer.en, minutes=90, forwarded_to=forwarded)
    actions.reply_to_theme(telling.themes[key], answer=words, by=telling.handler(telling.town.units[theme.unit]))
