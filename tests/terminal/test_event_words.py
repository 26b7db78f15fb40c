from __future__ import annotations

import ast
import re
from pathlib import Path

from terminal.event_words import WORDS, said
from terminal.paying import _ANSWERS
from terminal.sale.stops import NAMES

ROOMS = Path(__file__).parents[2] / "terminal"
TELL = frozenset({"event_document", "told_change", "change", "event", "note", "_note", "_event"})


def called(path: Path):
    """Every name that is written into the journal as such in a call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in TELL:
            for argument in node.args:
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_each_event_has_its_words():
    names = {name for path in ROOMS.rglob("*.py") for name in called(path)}
    names = {name for name in names if re.fullmatch(r"[a-z]+(_[a-z]+)*", name)}
    assert len(names) > 40
    assert names | {*NAMES.values(), *_ANSWERS.values()} <= WORDS.keys()


def test_an_event_of_a_newer_program_keeps_its_name():
    assert (said("login"), said("from_the_future")) == ("Login", "from_the_future")
