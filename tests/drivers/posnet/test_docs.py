"""``docs/posnet.md`` says what the tables say: each row of the code stands there, and no other."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from drivers.errors import Why
from drivers.posnet import codes
from drivers.posnet.spec import Again
from drivers.posnet.table import COMMANDS

DOCS = Path(__file__).parents[3] / "docs" / "posnet.md"


def command_rows() -> list[str]:
    return [
        f"| `{spec.name}` | {spec.use} | {spec.page} | {spec.seen} | {twice(spec)} |"
        for spec in COMMANDS.values()
    ]


def twice(spec) -> str:
    if spec.again is Again.READ:
        return ""
    return f"{spec.again.name.lower()}: {spec.twice.because}"


def refusal_rows() -> list[str]:
    return [f"| `{why}` | {spans(sorted(numbers))} |" for why, numbers in codes._CODES.items()]


def spans(numbers: list[int]) -> str:
    """1, 2, 3, 7 → 1–3 7."""
    found = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        is_span = len(members) > 1
        found.append(f"{members[0]}–{members[-1]}" if is_span else str(members[0]))
    return " ".join(found)


def rows_in(section: str) -> list[str]:
    """Rows of the table below the heading ``section``, without its own heading."""
    text = DOCS.read_text(encoding="utf-8").partition(f"## {section}\n")[2].partition("\n## ")[0]
    return [line for line in text.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize(
    ("section", "rows"),
    [("Commands", command_rows()), ("Refusals", refusal_rows())],
)
def test_the_handbook_holds_the_table(section, rows):
    assert rows_in(section) == rows


def test_every_module_is_named():
    text = DOCS.read_text(encoding="utf-8")
    package = Path(codes.__file__).parent
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert not {name for name in modules if not re.search(rf"\b{name}\b", text)}


def test_every_ground_is_explained():
    assert {row.split("`")[1] for row in rows_in("Refusals")} == set(Why) - {Why.OTHER}
