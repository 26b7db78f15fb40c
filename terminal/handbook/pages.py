"""The pages of the handbook in the order of their numbers, and as docs/errors.md. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.handbook.cash import CASH
from terminal.handbook.closing import CLOSING
from terminal.handbook.counter import COUNTER
from terminal.handbook.device import DEVICE
from terminal.handbook.field import FIELD
from terminal.handbook.installing import INSTALLING
from terminal.handbook.payment import PAYMENT
from terminal.handbook.printer import PRINTER
from terminal.handbook.releases import RELEASES
from terminal.handbook.technician import TECHNICIAN
from terminal.handbook.till import TILL
from terminal.sentences import SENTENCES

if TYPE_CHECKING:
    from terminal.codes import Code

_HEAD = """# Errors: what the screen says, and what to do

Each sentence on the screen says what happened; its number finds the row here, and on the till in\
 menu 7 5. *Exists?* tells whether the receipt or report is in the fiscal memory.
Written from `terminal/sentences.py` and `terminal/handbook/` by `python deploy/update_errors.py`.

| code | on the screen | why | exists? | what to do |
|---|---|---|---|---|
"""


def number(code: Code) -> int:
    """The number in a code: 48 of E-48."""
    return int(code.value.partition("-")[2])


# One dictionary a part of the shop; no code is in two.
PARTS = (
    PRINTER,
    TILL,
    COUNTER,
    CASH,
    PAYMENT,
    CLOSING,
    DEVICE,
    RELEASES,
    INSTALLING,
    TECHNICIAN,
    FIELD,
)
_ALL = {code: page for part in PARTS for code, page in part.items()}
HANDBOOK = dict(sorted(_ALL.items(), key=lambda page: number(page[0])))


def as_markdown() -> str:
    """The page docs/errors.md."""
    rows = [
        f"| {code} | {SENTENCES[code]} | {page.why or '—'} | {page.exists or '—'} |"
        f" {page.remedy or '—'} |\n"
        for code, page in HANDBOOK.items()
    ]
    return _HEAD + "".join(rows)
