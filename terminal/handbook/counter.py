"""What the handbook says of the counter: approvals, parked receipts, payments, returns, cash."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
COUNTER = {
    Code.CANNOT_APPROVE: Advice(
        _("whoever was asked to approve lacks the right, too"), _("no"),
        _("ask somebody whose role has it")),
    Code.PARKING_OFF: Advice(
        _("setting parking is off"), _("everything stays as it was"),
        _("switch it on in the office, synchronise 8 4 1")),
    Code.BILL_GONE: Advice(
        _("another till or cashier took it up, or it was given up"), _("nothing was taken twice"),
        _("look at the list (F7)")),
    Code.BILL_AWAY: Advice(
        _("a shared receipt was parked, then the network failed"), _("other receipts go on"),
        _("wait for the network, or sell the goods anew and give the parked one up later "
          "(docs/parking.md)")),
    Code.CANNOT_DIVIDE: Advice(
        _("the parts would differ from the whole by a grosz, or the buyers differ"),
        _("both receipts stay as they were"),
        _("do what the sentence says")),
    Code.BILL_EXISTS: Advice(
        _("the list has this name"), _("nothing was parked"),
        _("type another name, or switch to that one")),
}
# fmt: on
