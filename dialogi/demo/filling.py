"""What exceeds the voices that are told event by event: brought in with their history, some hundreds at a time, for measuring."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import cache

from dialogi.demo.story import ENDS, LAST_MOMENT, Story
from dialogi.demo.structure import structure
from dialogi.demo.telling import Telling, answer_of, moment_of_check, moment_of_reply, recorded_of, said_of
from dialogi.demo.town import MAKER
from dialogi.people.models import Unit
from dialogi.voices import actions
from dialogi.voices.actions import Brought, BroughtAnswer
from dialogi.voices.models import FLOW, Publication, State
from dialogi.voices.queries import route_for

TOGETHER = 500
Routes = dict[tuple[str, str, str, str], Unit | None]


def parted(stories: Sequence[Story], told: int) -> tuple[list[Story], list[Story]]:
    """Part the stories: about so many to be told event by event, those with the most to tell first, and the rest."""
    if len(stories) <= told:
        return list(stories), []
    rich = [story for story in stories if story.theme or story.reopened or story.misdirected or story.moderation in {"masked", "refused"}]
    chosen = _evenly(rich, told)
    keys = {story.key for story in chosen}
    chosen += _evenly([story for story in stories if story.key not in keys], told - len(chosen))
    keys = {story.key for story in chosen}
    return [story for story in stories if story.key in keys], [story for story in stories if story.key not in keys]


def _evenly(stories: Sequence[Story], count: int) -> list[Story]:
    """At most so many, spread over the whole time."""
    return list(stories) if len(stories) <= count else [stories[number * len(stories) // count] for number in range(count)]


def fill(stories: Sequence[Story], telling: Telling, step: Callable[[int], None]) -> None:
    """Bring the stories in; `step` hears how many are. Themes and reopenings are left to the stories that are told."""
    routes: Routes = {}
    leads = {story.same_as for story in stories}
    waiting, done = deque(stories), 0
    while waiting:
        together: dict[str, Brought] = {}
        held: list[Story] = []
        while waiting and len(together) < TOGETHER:
            story = waiting.popleft()
            if story.same_as in together:
                held.append(story)  # the voice that it is the same as comes first
            else:
                together[story.key] = _brought(story, telling, routes)
        brought_in = zip(together, actions.import_voices(list(together.values()), by=MAKER), strict=True)
        # Of a whole town only the voices that others are the same as are asked for again.
        telling.voices.update((key, voice) for key, voice in brought_in if key in leads)
        waiting.extendleft(reversed(held))
        done += len(together)
        step(done)


def _brought(story: Story, telling: Telling, routes: Routes) -> Brought:
    said = said_of(story, telling.town)
    way = (story.service, story.kind, story.area if story.area in _routed_areas() else "", story.language)
    if way not in routes:
        routes[way] = route_for(service=said.service, kind=said.kind, area=said.place.area, about=said.about, language=said.language)
    checked = moment_of_check(story)
    is_published = said.publication == Publication.WAITING and story.moderation == "published" and checked.date() <= ENDS
    return Brought(
        said=said,
        recorded=recorded_of(story),
        form_key=f"demo-{story.key}",
        unit=routes[way],
        published_at=checked if is_published else None,
        answers=list(_answers(story, telling, routes[way])),
        supported_by=[f"demo-{story.key}-{number}" for number in range(story.supports)] if is_published else (),
        supported_at=min(max(checked, story.given_at + timedelta(days=3)), LAST_MOMENT),
    )


@cache
def _routed_areas() -> frozenset[str]:
    return frozenset(route.area for route in structure().routes)


def _answers(story: Story, telling: Telling, unit: Unit | None) -> Iterator[BroughtAnswer]:
    by = telling.handler(unit)
    before: str = State.RECEIVED
    for number, reply in enumerate(story.replies[:1] if story.reopened else story.replies):
        moment = moment_of_reply(story, number)
        answer = answer_of(story, reply, telling)
        if moment.date() > ENDS or (answer.state != before and not FLOW.allows(before, answer.state)):
            return
        before = answer.state
        yield BroughtAnswer(answer=answer, given_at=moment, by=by)
