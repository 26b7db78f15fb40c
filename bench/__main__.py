"""Runs the figures that are named, or all, and prints one table. A slow machine is no failure."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import platform
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.measure import SEED, Row, Run, table

_LOG = logging.getLogger("bench")
FIGURES = (
    "wire",
    "closing",
    "frames",
    "escpos",
    "commit",
    "lookup",
    "keys",
    "bytes",
    "scan",
    "busy",
    "start",
    "install",
    "journal",
    "sync",
    "upload",
    "fleet",
    "grid",
    "imported",
    "exported",
    "jobs",
    "brought",
    "pages",
)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    parser.add_argument("--quick", action="store_true", help="fewer rounds and products")
    arguments = parser.parse_args()
    if unknown := set(arguments.figures) - set(FIGURES):
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    logging.basicConfig(level=logging.WARNING)
    rows: list[Row] = []
    has_failed = False
    began_s = time.monotonic()
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="kaso-bench-")))
        run = Run(folder, ends, arguments.quick)
        for name in arguments.figures or FIGURES:
            sys.stderr.write(f"{name} … ")
            sys.stderr.flush()
            try:
                rows += importlib.import_module(f"bench.{name}").rows(run)
            except Exception:  # noqa: BLE001 - the other figures are worth having
                _LOG.exception("%s could not be measured", name)
                has_failed = True
            sys.stderr.write(f"{time.monotonic() - began_s:.0f} s\n")
    print(table(rows))
    print(
        f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python"
        f" {platform.python_version()}, seed {SEED}; medians, [spread] over rounds in turn"
    )
    return int(has_failed)


if __name__ == "__main__":
    sys.exit(main())
