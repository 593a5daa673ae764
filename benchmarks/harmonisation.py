"""Candidates among 10 000 systems with 40 000 uses, and the pages that show them.

The register is filled straight into the tables, many rows at a time: it measures reading, not how rows came there. How it is shaped: functions, vendors and
data groups as uneven as in real registers (a few have hundreds of systems, most a handful), two thirds of the functions confirmed, six of ten costs known.
"""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import Result, benchmark, progress
from benchmarks._installation import environment, homes, there

SYSTEMS = int(os.environ.get("DIALOGI_BENCH_SYSTEMS", "10000"))
USES_EACH, FUNCTIONS, VENDORS, GROUPS, SECTORS, UNITS = 4, 700, 900, 500, 8, 64
GOAL_SECONDS = 10
BATCH = 2000
PAGES = ("", "matrix/", "candidates/", "candidates/?view=words", "days/", "fit/", "cases/")


def _uneven(chance: random.Random, most: int) -> int:
    """A few come often, most seldom."""
    return min(int(chance.paretovariate(0.9)) - 1, most - 1) if chance.random() < 0.5 else chance.randrange(most)


def _subjects(kind: str, number: int) -> list[Any]:
    from dialogi.commons.models import Audience, Subject

    made = [
        Subject(kind=kind, code=f"{kind[8:11]}{n:06d}".upper(), address=f"/bench/{kind}/{n}/", title_sv=f"{kind} {n}", audience=Audience.STAFF)
        for n in range(number)
    ]
    Subject.objects.bulk_create(made, batch_size=BATCH)
    return made


def _classes(chance: random.Random) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    from dialogi.people.models import Unit
    from dialogi.systems.models import DataGroup, Function, Vendor

    subjects = _subjects("people.unit", UNITS)
    sectors = Unit.objects.bulk_create(Unit(subject=each, name_sv=f"Sektor {n}", name_fi=f"Toimiala {n}") for n, each in enumerate(subjects[:SECTORS]))
    units = Unit.objects.bulk_create(
        Unit(subject=each, name_sv=f"Enhet {n}", name_fi=f"Yksikkö {n}", parent=chance.choice(sectors)) for n, each in enumerate(subjects[SECTORS:])
    )
    functions = Function.objects.bulk_create(
        Function(subject=each, code=f"{n:04d}", name_sv=f"Uppgift {n}", name_fi=f"Tehtävä {n}")
        for n, each in enumerate(_subjects("systems.function", FUNCTIONS))
    )
    vendors = Vendor.objects.bulk_create(Vendor(subject=each, name=f"Bolag {n} Ab") for n, each in enumerate(_subjects("systems.vendor", VENDORS)))
    groups = DataGroup.objects.bulk_create(DataGroup(name_sv=f"Uppgifter {n}", name_fi=f"Tiedot {n}") for n in range(GROUPS))
    return units, functions, vendors, groups


def fill() -> None:
    """Fill an empty installation with a large register."""
    from dialogi.commons import clock
    from dialogi.figures.models import Amount
    from dialogi.systems.models import Contract, FunctionState, InformationStore, Integration, StorePlace, System, SystemUse

    chance, today = random.Random(4), clock.today()
    units, functions, vendors, groups = _classes(chance)
    words = ["arbetstid", "kamera", "enkät", "anmälan", "bokning", "kartor", "ritningar", "fakturor", "elever", "patienter", "vägar", "vatten"]
    systems = System.objects.bulk_create(
        (
            System(
                subject=each,
                name_sv=f"System {n}",
                purpose_sv=" ".join([*chance.sample(words, 3), f"särskilt{chance.randrange(3000)}", f"enskilt{chance.randrange(3000)}"]),
                product=f"Produkt {chance.randrange(7000)}",
                vendor=vendors[_uneven(chance, VENDORS)],
                end_of_support=today + timedelta(days=chance.randrange(2500)) if chance.random() < 0.3 else None,
            )
            for n, each in enumerate(_subjects("systems.system", SYSTEMS))
        ),
        batch_size=BATCH,
    )
    uses = []
    for system in systems:
        own = [functions[_uneven(chance, FUNCTIONS)] for _each in range(chance.choice((1, 1, 2)))]
        for unit in chance.sample(units, USES_EACH):
            state = FunctionState.CONFIRMED if chance.random() < 0.66 else FunctionState.UNCONFIRMED
            uses.append(SystemUse(system=system, unit=unit, function=chance.choice(own), function_state=state))
    SystemUse.objects.bulk_create(uses, batch_size=BATCH)
    subjects = _subjects("systems.contract", SYSTEMS // 2)
    contracts = Contract.objects.bulk_create(
        (Contract(subject=each, name=f"Avtal {n}", ends_on=today + timedelta(days=chance.randrange(1500))) for n, each in enumerate(subjects)), batch_size=BATCH
    )
    through = Contract.systems.through
    through.objects.bulk_create((through(contract=each, system=chance.choice(systems)) for each in contracts), batch_size=BATCH)
    stores = InformationStore.objects.bulk_create(
        (InformationStore(subject=each, name_sv=f"Lager {n}") for n, each in enumerate(_subjects("systems.informationstore", SYSTEMS // 2))), batch_size=BATCH
    )
    held = InformationStore.data_groups.through
    held.objects.bulk_create((held(informationstore=each, datagroup=groups[_uneven(chance, GROUPS)]) for each in stores), batch_size=BATCH)
    StorePlace.objects.bulk_create((StorePlace(store=each, system=chance.choice(systems)) for each in stores), batch_size=BATCH)
    pairs = [chance.sample(systems, 2) for _each in range(SYSTEMS)]
    Integration.objects.bulk_create((Integration(system=one, target=other, kind="api") for one, other in pairs), batch_size=BATCH)
    costs = (
        Amount(subject=each.subject, certainty="estimate", year=today.year, euros=chance.randrange(100, 90_000)) for each in systems if chance.random() < 0.6
    )
    Amount.objects.bulk_create(costs, batch_size=BATCH)


def _pages() -> dict[str, tuple[float, int]]:
    """Each page as an employee gets it, the second time: milliseconds of the processor, and statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dialogi.people.models import Role
    from dialogi.testing import _person, client_for

    client, found = client_for(_person("bench", "Bengt Anställd", Role.EMPLOYEE)), {}
    for path in PAGES:
        address = f"/sv/desk/harmonisation/{path}"
        client.get(address)
        begun = time.process_time()
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        found[path or "overview"] = ((time.process_time() - begun) * 1000, len(caught))
    return found


def measured(home: str) -> dict[str, Any]:
    """Fill, look for candidates, ask for the pages; in a process of its own."""
    os.environ.update(environment(Path(home)))
    import django

    django.setup()
    from django.conf import settings

    from dialogi.commons.actors import machine
    from dialogi.systems import actions
    from dialogi.systems.models import Candidate

    settings.ALLOWED_HOSTS = ["*"]
    fill()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun, processor = time.monotonic(), time.process_time()
    reckoning = actions.look_for_candidates(by=machine("setup"))
    seconds, processor = time.monotonic() - begun, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    told = Candidate.objects.with_more_than_words().count()
    numbers = {"seconds": seconds, "processor": processor, "memory": max(memory, 0.0), "compared": reckoning.compared, "candidates": told}
    return numbers | {"left_out": reckoning.left_out, "crowds": len(reckoning.crowds), "pages": _pages()}


@benchmark("harmonisation")
def harmonisation() -> Iterator[Result]:
    """Candidates among 10 000 systems with 40 000 uses: seconds, pairs looked at, memory; and the pages of harmonisation in milliseconds and statements."""
    progress(f"{SYSTEMS} systems with {SYSTEMS * USES_EACH} uses")
    homes().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="register-", dir=homes()) as folder:
        there(Path(folder), "tools/prepare.py")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            found = apart.submit(measured, folder).result()
    every = SYSTEMS * (SYSTEMS - 1) // 2
    yield Result("looking for candidates", found["seconds"], "s", SYSTEMS, GOAL_SECONDS / found["seconds"], "ten seconds", 1)
    yield Result("looking for candidates, processor", found["processor"], "s", SYSTEMS, GOAL_SECONDS / found["processor"], "ten seconds", 1)
    yield Result("memory on top", found["memory"], "MB", SYSTEMS)
    yield Result("pairs looked at", found["compared"], "pairs", SYSTEMS, found["compared"] / every, "every pair")
    for name in ("candidates", "left_out", "crowds"):
        yield Result(name.replace("_", " "), found[name], "", SYSTEMS)
    for name, (milliseconds, statements) in found["pages"].items():
        yield Result(f"page {name}, processor", milliseconds, "ms", SYSTEMS)
        yield Result(f"page {name}, statements", statements, "queries", SYSTEMS)
