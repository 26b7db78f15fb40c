"""Rows of the table: clock, VAT rates, header, footer, displays, cashier."""

from __future__ import annotations

from drivers.posnet.spec import Seen, guarded, row

_PROOF = guarded("prints a second proof; the header is the same")

ROWS = (
    # clock
    row("rtcget", 17, "the printer's time", "", "da!DT tm?DT", seen=Seen.DEVICE),
    row("rtcset", 16, "set the clock", "da!DT st?b", seen=Seen.DEVICE),
    row("rtcsync", 18, "set the clock over the network"),
    # VAT rates
    row("vatget", 21, "the programmed rates", "", "v*!p", seen=Seen.DRIVERS),
    row("vatset", 19, "program the rates after a daily report", "v*?p da!D", seen=Seen.DRIVERS),
    row("vatautoget", 24, "the planned change of rates", "", "on!b v*!p da?DT tm?DT ra?b"),
    row("vatautoset", 22, "plan or drop a change of rates", "on!b v*?p da?DT ra?b"),
    row("discounttypeget", 81, "how a percent is taken off", "", "dt!b"),
    row("discounttypeset", 80, "choose how a percent is taken off", "dt!b"),
    # header and footer
    row("hdrget", 29, "the programmed header", "", "tx!m", seen=Seen.DRIVERS),
    row(
        "hdrset",
        26,
        "program the header after a daily report",
        "tx!k600/500 pr!b",
        seen=Seen.DRIVERS,
        twice=_PROOF,
    ),
    row("ftrinfoget", 30, "the shop's own lines", "", "tx!m", seen=Seen.DRIVERS),
    row("ftrinfoset", 31, "the shop's own lines", "tx!k600 lb!b", seen=Seen.DRIVERS),
    row(
        "ftrcfg",
        67,
        "cashier, desk, number and codes below the next document",
        "cc?s32 cn?s8 ca?b sn?s30 bc?s30 bb?n2",
        seen=Seen.DRIVERS,
    ),
    # codes that the next document prints
    row("qrcode", 364, "prepare a QR code", "px?n99 el?n3 tx!s2000", seen=Seen.DRIVERS),
    row("azteccode", 360, "prepare an Aztec code", "px?n99 el?n3 tx!s2000"),
    row("dmcode", 361, "prepare a Data Matrix code", "px?n99 tx!s2000"),
    row("pdf417code", 362, "prepare a PDF417 code", "px?n99 el?n8 tx!s2000"),
    # cashier, drawer, displays
    row(
        "login",
        373,
        "name the cashier",
        "na!s32 nk?s8 dr!b",
    ),
    row("opendrwr", 48, "open the drawer", seen=Seen.DRIVERS),
    row("dsptxt", 75, "lines on the customer's display", "id!n0 st!m120 th?n2"),
    row("dspcmd", 76, "whose text the customer's display shows", "id!n0 st!n2"),
)
