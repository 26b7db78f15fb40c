"""Rows of the table: who is there, how is it, what does it count."""

from __future__ import annotations

from drivers.posnet.spec import Seen, row

ROWS = (
    row("sid", 389, "who is there", "", "nm!s vr!s", seen=Seen.DRIVERS),
    row(
        "scomm",
        376,
        "general state: mode, open document, header, read only",
        "",
        "fs!b tz!b ts!n hr!b nu!s td!b",
        seen=Seen.DEVICE,
    ),
    row(
        "scnt",
        383,
        "counters that decide what happened",
        "",
        "rd!n hn!n bn!n fn?n nu!s bc!n bt!n fc?n",
        seen=Seen.DEVICE,
    ),
    row(
        "stot",
        380,
        "totals per letter since the last daily report",
        "",
        "f*?zl p*!zl ct!zl bc?n",
        seen=Seen.DEVICE,
    ),
    row("sfsk", 378, "memory resets", "", "cl!n", seen=Seen.DEVICE),
    row(
        "strns",
        377,
        "the open or the last document",
        "",
        "to!b ts!n v*!zl pp?zl pm?zl re!zl fp!zl fe!b",
        seen=Seen.DEVICE,
    ),
    row("sprn", 384, "the mechanism, also while it blocks", "", "pr!n", seen=Seen.DRIVERS),
    row(
        "sdev",
        385,
        "the device, also while it blocks: menu, key, paper low, who holds it",
        "",
        "ds!n qe?b pe?b tl?n",
        seen=Seen.DRIVERS,
    ),
    row("scashstate", 396, "cash in the drawer, as it was told", "", "cs!zl"),
    row("sdrwr", 386, "sensor of the drawer, also while it blocks", "", "ds!n ks?n"),
    row("rpt", 93, "the stored answer to an earlier command"),
    row("break", 90, "ends a reprint while it prints"),
    row("dbchkplu", 273, "the rate a name was last sold at", "vt!n6 na!s80/40", "vv!p bl!b"),
)
