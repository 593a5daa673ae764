"""./bench [NAME ...] [--json]"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
from collections.abc import Iterable
from dataclasses import asdict
from types import ModuleType

import benchmarks
from benchmarks import Result


def measurements() -> dict[str, ModuleType]:
    """The modules that measure, by their NAME."""
    names = [info.name for info in pkgutil.iter_modules(benchmarks.__path__) if not info.name.startswith("_")]
    modules = [importlib.import_module(f"benchmarks.{name}") for name in sorted(names)]
    return {module.NAME: module for module in modules if hasattr(module, "NAME")}


def row(result: Result) -> str:
    """A result for people."""
    size = f"n={result.n:,}".replace(",", " ") if result.n is not None else ""
    ratio = f"{result.ratio:8.3f} x {result.ratio_to}" if result.ratio is not None else ""
    return f"{result.name:<50} {size:>10} {result.value:>12.2f} {result.unit:<12} {ratio}".rstrip()


def show(results: Iterable[Result], *, as_json: bool) -> None:
    """Print results as they come."""
    for result in results:
        print(json.dumps(asdict(result)) if as_json else row(result), flush=True)


def main() -> None:
    """Run what is named, or everything."""
    found = measurements()
    parser = argparse.ArgumentParser(prog="./bench", description="Measure Dialogi.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(found))
    parser.add_argument("--json", action="store_true", help="one object a line: name, value, unit, n, ratio, ratio_to")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    wishes = parser.parse_args()
    if unknown := [name for name in wishes.names if name not in found]:
        parser.error(f"no measurement named {', '.join(unknown)}; there are {', '.join(found)}")
    if wishes.list:
        for name, module in found.items():
            print(f"{name:<12} {(module.__doc__ or '').strip().splitlines()[0]}")
        return
    for name in wishes.names or found:
        show(found[name].run(), as_json=wishes.json)


if __name__ == "__main__":
    main()
