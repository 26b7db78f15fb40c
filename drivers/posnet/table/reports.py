"""Rows of the table: reports, cash, non-fiscal forms."""

from __future__ import annotations

from drivers.posnet.spec import Seen, guarded, once, row

_TWICE = once("would be printed twice")
_FORM_OPEN = guarded("a second one is refused: a form is open")
_FORM_CLOSED = guarded("a second one is refused: no form is open")

ROWS = (
    row(
        "dailyrep",
        211,
        "the daily fiscal report",
        "da!D",
        seen=Seen.DEVICE,
        twice=once("would use up a second record of the fiscal memory"),
        is_long=True,
    ),
    row(
        "monthlyrep",
        216,
        "monthly report",
        "da!D su?b",
        seen=Seen.DRIVERS,
        twice=_TWICE,
        is_long=True,
    ),
    row(
        "periodicrepbydates",
        215,
        "report from day to day",
        "fd!D td!D su?b",
        twice=_TWICE,
        is_long=True,
    ),
    row(
        "periodicrepbynumbers",
        213,
        "report from number to number",
        "fn!n99999 tn!n99999 su?b",
        twice=_TWICE,
        is_long=True,
    ),
    row(
        "shiftrep",
        217,
        "report of the cashier's shift",
        "sh!s8 zr?b",
        twice=once("would zero the shift twice"),
        is_long=True,
    ),
    row("cashstaterep", 218, "cash in the drawer", twice=_TWICE),
    row(
        "cash",
        375,
        "cash put in or taken out",
        "kw!zl499999999999 wp!b",
        twice=once("would count the money twice"),
    ),
    # forms
    row(
        "formstart",
        230,
        "open a non-fiscal document",
        "fn!n201 fh?n999 al?s56",
        seen=Seen.DRIVERS,
        twice=_FORM_OPEN,
    ),
    row(
        "formline",
        232,
        "a line of text",
        "s1!s54/38 fn!n201 fl!n999 sw?b sh?b",
        seen=Seen.DRIVERS,
        twice=_TWICE,
    ),
    row(
        "formformattedline",
        234,
        "a line with styles",
        "s1!k96 fn!n201",
        seen=Seen.DRIVERS,
        twice=_TWICE,
    ),
    row(
        "formtinyline",
        239,
        "small print",
        "fn!n201 s1!s80",
        seen=Seen.DRIVERS,
        twice=_TWICE,
    ),
    row(
        "formcmd",
        237,
        "an empty line, a separator",
        "fn!n201 cm!n1",
        seen=Seen.DRIVERS,
        twice=_TWICE,
    ),
    row(
        "formbarcode",
        235,
        "a bar code",
        "fn!n201 bc!s51 bt?n1",
        seen=Seen.DRIVERS,
        twice=_TWICE,
    ),
    row("formbarcode2d", 236, "the prepared 2D code", "fn!n201", twice=_TWICE),
    row(
        "formend",
        240,
        "close the form",
        "fn!n201",
        seen=Seen.DRIVERS,
        twice=_FORM_CLOSED,
    ),
)
