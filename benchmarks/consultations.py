"""A consultation with ten comments and with ten thousand: its page, and the first page of what people said."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from benchmarks import Result, benchmark, progress
from benchmarks._installation import SIZES, environment, scratch, served
from benchmarks._load import ask, get
from benchmarks._rounds import Target, in_rounds, told
from benchmarks.pages import BARE, TWENTY, queries

COMMENTS = (10, 10_000)
GOAL = 100.0  # milliseconds of the server's processors for the first page of comments
SECTIONS, BATCH = 12, 500
PAGES = {"consultation": "", "first page of comments": "comments/"}


def asked(home: Path, comments: int) -> str:
    """Hold a hearing with so many public comments in an installation; return its code. In a process of its own: Django is set up once in each."""
    os.environ.update(environment(home))
    import django

    django.setup()
    from dialogi.commons import clock
    from dialogi.consultations import actions
    from dialogi.consultations.models import Comment, PhaseKind
    from dialogi.demo.town import MAKER
    from dialogi.people.models import Unit
    from dialogi.voices.actions import Brought, Recorded, Said, import_voices

    begins = clock.now() - timedelta(days=20)
    words = {f"{name}_{language}": "Plan" for name in ("title", "summary", "purpose", "open_to_influence") for language in ("sv", "fi")}
    unit = Unit.objects.active().order_by("id")[0]
    source = "".join(f"# Del {section}\n\n" + "".join(f"Stycke {place} i del {section}.\n\n" for place in range(9)) for section in range(SECTIONS)).encode()
    with clock.at(begins - timedelta(days=20)):
        made = actions.begin_from_blueprint(blueprint="hearing", opens_on=begins.date(), unit=unit, by=MAKER, **words)
        phase = made.phases.get(kind=PhaseKind.HEARING)
        draft = actions.read_draft(source, name="plan.md")
        version = actions.publish_version(actions.write_version(phase, drafts={"sv": draft, "fi": draft}, change_words={}, by=MAKER), by=MAKER)
        made = actions.publish(made, by=MAKER)
    anchors = list(version.paragraphs.exclude(number="").values_list("anchor", flat=True))
    for first in range(0, comments, BATCH):
        rows = [
            Brought(
                said=Said(text=f"Det här stycket är oklart, säger nummer {number}.", language="sv", kind="opinion", publication="waiting", about=made.subject),
                recorded=Recorded(channel="paper", arrived_at=begins + timedelta(seconds=number)),
                form_key=f"comment-{number}",
                unit=unit,
                published_at=begins + timedelta(days=1, seconds=number),
            )
            for number in range(first, min(first + BATCH, comments))
        ]
        voices = import_voices(rows, by=MAKER)
        beside = {"consultation": made, "phase": phase, "version": version}
        Comment.objects.bulk_create(Comment(voice=voice, anchor=anchors[voice.pk % len(anchors)], **beside) for voice in voices)
    return made.subject.code


@benchmark("consultation-page")
def consultation_page() -> Iterator[Result]:
    """A consultation with 10 and with 10 000 comments: queries, time of the server and bytes of its page and of the first page of comments."""
    targets: dict[str, Target] = {}
    counted: dict[str, tuple[int, int]] = {}
    with ExitStack() as stack:
        for n in COMMENTS:
            home = stack.enter_context(scratch(SIZES[0]))
            progress(f"a hearing with {n} comments ...")
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                code = apart.submit(asked, home, n).result()
            server = stack.enter_context(served(home))
            wires = {BARE: get("/reference/bare/"), TWENTY: get("/reference/twenty/")}
            wires |= {name: get(f"/sv/consultations/{code}/{page}", X_Anew="1") for name, page in PAGES.items()}
            for what, wire in wires.items():
                answers = [ask(server.port, wire.replace(b"\r\n\r\n", b"\r\nX-Count: 1\r\n\r\n")) for _ in range(12)]
                targets[f"{what} {n}"] = Target(server, itertools.repeat(wire))
                counted[f"{what} {n}"] = min(map(queries, answers)), len(answers[0].raw)
        found = in_rounds(targets)
    few, many = COMMENTS
    for name in PAGES:
        for n in COMMENTS:
            here, (asked_for, size) = found[f"{name} {n}"], counted[f"{name} {n}"]
            beside = {other: (found[f"{other} {n}"], None) for other in (BARE, TWENTY)}
            yield from told(name, here, n=n, queries=asked_for, beside=beside)
            yield Result(name, size, "bytes over the wire", n)
        growth = found[f"{name} {many}"].costs(found[f"{name} {few}"])
        yield Result(name, found[f"{name} {many}"].milliseconds, "ms of processor", many, growth, f"{few} comments")
        if counted[f"{name} {few}"][0] != counted[f"{name} {many}"][0]:
            raise SystemExit(f"{name}: {counted[f'{name} {few}'][0]} queries with {few} comments, {counted[f'{name} {many}'][0]} with {many}")
    first = found[f"first page of comments {many}"].milliseconds
    yield Result("first page of comments", first, "ms of processor", many, GOAL / first, f"the goal of {GOAL:.0f} ms", 1.0)
