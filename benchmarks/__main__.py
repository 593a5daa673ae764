"""./bench [NAME ...] [--json]"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
import time
from dataclasses import asdict

import benchmarks
from benchmarks import BENCHMARKS, Result, progress
from benchmarks._installation import REUSE
from benchmarks._table import table

FIELDS = ("name", "value", "unit", "n", "ratio", "ratio_to")


def discover() -> None:
    """Import every module here, so that its measurements register."""
    for info in pkgutil.iter_modules(benchmarks.__path__):
        if not info.name.startswith("_"):
            importlib.import_module(f"benchmarks.{info.name}")


def wishes() -> argparse.Namespace:
    """Read what is wanted; names may be written with hyphens or underscores."""
    parser = argparse.ArgumentParser(prog="./bench", description="Measure Dialogi.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help=f"one object a line: {', '.join(FIELDS)}")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    parser.add_argument("--reuse", action="store_true", help="measure towns that are kept, even when the demo has changed since they were filled")
    found = parser.parse_args()
    found.names = [name.replace("_", "-") for name in found.names] or list(BENCHMARKS)
    if unknown := [name for name in found.names if name not in BENCHMARKS]:
        parser.error(f"no measurement is named {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    return found


def run(name: str, *, as_json: bool) -> list[Result]:
    """Run one measurement; as JSON each result is printed as it comes."""
    progress(f"{name} ...")
    begun, results = time.monotonic(), []
    for result in BENCHMARKS[name]():
        results.append(result)
        if as_json:
            row = asdict(result)
            print(json.dumps({field: row[field] for field in FIELDS}), flush=True)
    progress(f"{name}: {time.monotonic() - begun:.0f} s")
    return results


def main() -> None:
    """Run what is named, or everything, and end with a table."""
    discover()
    wanted = wishes()
    if wanted.list:
        for name, measurement in BENCHMARKS.items():
            print(f"{name:<20} {(measurement.__doc__ or '').strip().splitlines()[0]}")
        return
    if wanted.reuse:
        os.environ[REUSE] = "1"
    results = [result for name in wanted.names for result in run(name, as_json=wanted.json)]
    if not wanted.json:
        print(f"\n{table(results)}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
