"""Handbook: what can go wrong with money, cards and the document that the customer gets."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

PAYMENT = {
    Code.BUYER_UNKNOWN: Advice(
        _("the shop's customers do not hold the buyer"),
        _("no"),
        _("type name and address"),
    ),
    Code.CARD_DECLINED: Advice(
        _("the payment terminal said no, or the customer went back"),
        _("no, the receipt stays open"),
        _("another card, or another way to pay"),
    ),
    Code.CARD_UNKNOWN: Advice(
        _("no answer of the payment terminal, or the till was cut off while it was asked"),
        _("no"),
        _("look at the terminal's last transactions and answer; never charge again before"),
    ),
    Code.CARD_TO_REVERSE: Advice(
        _("a payment that a payment terminal has approved would be taken back"),
        _("no"),
        _("reverse it at the terminal, then answer yes"),
    ),
    Code.PAYS_ALONE: Advice(
        _("the office set this way to pay as always separate, or not fiscal"),
        _("no"),
        _("take the other payments back, or choose another way"),
    ),
    Code.NO_BILL: Advice(
        _("the bill was made a receipt already, or this is an invoice, or makes a bill good"),
        _("no"),
        _("a fiscal way to pay"),
    ),
    Code.NO_BUYER: Advice(_("empty, or too long for the printer"), _("no"), _("type the name")),
    Code.NOTHING_ASKED: Advice(
        _("it was answered meanwhile"),
        _("as the receipt says"),
        _("look at the payments"),
    ),
    Code.BAD_KID: Advice(
        _("another code was scanned"),
        _("no"),
        _("scan it again, or choose a paper receipt"),
    ),
    Code.NO_CURRENCY: Advice(
        _("the office has taken it out"),
        _("no"),
        _("another way to pay"),
    ),
    Code.INVOICE_DISCOUNT: Advice(
        _("an invoice has the discount in its lines, and the printer takes none that is nothing"),
        _("no"),
        _("a smaller discount, or a receipt"),
    ),
    Code.BILL_STANDS: Advice(
        _("a line, discount or price would differ from the bill, or it would be parked"),
        _("no"),
        _("pay it; or give it up, then the bill waits again"),
    ),
    Code.CORRECTING_INVOICE: Advice(
        _("the register of returns holds sales on receipts only"),
        _("no"),
        _("have the office write a correcting invoice; the money goes back by that"),
    ),
    Code.BILLS_WAIT: Advice(
        _("a bill is in no fiscal memory until a receipt is made of it"),
        _("the report does, the bills do not"),
        _("menu 5: make a receipt of each"),
    ),
    Code.NO_MEAL_INVOICE: Advice(
        _("the office has not switched them on"),
        _("no"),
        _("an invoice that names the goods"),
    ),
}
