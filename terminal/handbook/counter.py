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
    Code.WEIGHT_WANTED: Advice(
        _("a weighed article was sold without a weight"), _("no sale"),
        _("the till asks the scale; without one the weight is typed")),
    Code.AGE_WANTED: Advice(
        _("the first article of a receipt that is not sold to everybody"),
        _("no sale until the cashier confirms"),
        _("look at the day of birth; no leaves the article out")),
    Code.NOTHING_TO_REPEAT: Advice(
        _("0 Enter before anything was sold"), _("nothing"),
        _("sell something first")),
    Code.CUSTOMER_KNOWN: Advice(
        _("a customer with this NIP is there"), _("nothing was written down"),
        _("choose the one from the list (menu 9 1)")),
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
    Code.MORE_THAN_SOLD: Advice(
        _("a quantity above what is left of the line, after earlier returns"),
        _("nothing was given back"),
        _("type a smaller quantity; the page says how much is left")),
    Code.NOTHING_LEFT: Advice(
        _("all of it came back before, or all the money"), _("nothing was given back"),
        _("look at the earlier entries of the receipt")),
    Code.TOO_MUCH_BACK: Advice(
        _("the amount of a complaint or mistake is above what is left"),
        _("nothing was given back"),
        _("type a smaller amount")),
    Code.NO_SUCH_RECEIPT: Advice(
        _("the code is not one of this company's receipts"), "",
        _("scan again; look for the receipt in menu 5")),
    Code.ASK_LATER: Advice(
        _("the receipt is another till's, and the back office does not answer"),
        _("nothing was given back"),
        _("try again when the network is back, or take the goods back at the till that sold them "
          "(docs/returns.md)")),
    Code.NOT_CORRECTABLE: Advice(
        _("only a sale closed as cash can be corrected"), _("the sale stands as it was"),
        _("nothing: the receipt tells how it was paid")),
    Code.CORRECTED: Advice(
        _("a payment is corrected once, and not after goods came back"),
        _("the sale stands as it was"),
        _("look at what stands below the receipt")),
    Code.NO_SUCH_DAY: Advice(
        _("a day is typed in digits: the day, with the month, or with the year"), _("nothing"),
        _("type it again; a day without a year is the next one")),
    Code.NO_SUCH_HOUR: Advice(
        _("an hour is typed in digits, with or without minutes"), _("nothing"),
        _("type it again: 9 is nine o'clock, 1430 half past two in the afternoon")),
    Code.NO_FILES: Advice(
        _("nothing is plugged in, or nothing is on it"), _("nothing was added"),
        _("F5 looks again; # takes the path of a file on this machine")),
}
# fmt: on
