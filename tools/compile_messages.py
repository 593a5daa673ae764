"""Compile every catalogue whose .mo is missing or older than its .po."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import catalogue as catalogues


def main() -> None:
    """Compile what needs it, and say how many that were."""
    made = 0
    with catalogues.locked():
        for path in catalogues.catalogues():
            compiled = path.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns:
                catalogues.compile_one(path)
                made += 1
    if made:
        print(f"compiled {made} message catalogues")


if __name__ == "__main__":
    main()
