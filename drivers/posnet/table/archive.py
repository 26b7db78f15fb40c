"""Rows of the table: fiscal memory, copies out of the protected memory."""

from __future__ import annotations

from drivers.posnet.spec import Seen, once, row

_COPIES = once("would print the copies twice")

ROWS = (
    row(
        "fmrecrd",
        400,
        "a daily report out of the fiscal memory",
        "no!n99999",
        "da!DT no!n f*?zl fn?n fl?n p*!zl pn!n ct!zl cn!n",
    ),
    row("ecmedinfoget", 87, "space of the protected memory", "", "sf!n ca!n"),
    row("eclastdocnoget", 100, "number of the last document", "ty?n13", "di!n", seen=Seen.DEVICE),
    row(
        "ecprndoc",
        89,
        "print copies by number or by time",
        "ty!n5 fn?n999999999 tn?n999999999 fd?DT td?DT",
        "il!n",
        twice=_COPIES,
        is_long=True,
        is_breakable=True,
    ),
    row(
        "eclastprintouts",
        98,
        "print copies of the last documents",
        "no!n9",
        twice=_COPIES,
        is_long=True,
        is_breakable=True,
    ),
    row(
        "ecprnfv",
        99,
        "print a copy of an invoice",
        "fn!n999999999 ut!n1",
        twice=_COPIES,
        is_long=True,
        is_breakable=True,
    ),
)
