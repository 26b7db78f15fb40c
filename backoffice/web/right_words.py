"""The rights of a role at the till, in the words of a shop: what each is called and lets one do."""

from __future__ import annotations

from dataclasses import dataclass

from backoffice.web.i18n import gettext_noop as _
from terminal.sync.wire import Right


@dataclass(frozen=True, slots=True)
class RightWords:
    """Name and meaning of a right, to be translated when they are shown."""

    right: Right
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RightGroup:
    """Rights that are read together."""

    name: str
    rights: tuple[RightWords, ...]


GROUPS = (
    RightGroup(
        _("Selling"),
        (
            RightWords(Right.SELL, _("Sell"), _("Sells, takes payments, prints receipts.")),
            RightWords(
                Right.VOID_LINE,
                _("Void a line"),
                _("Takes a line off an open receipt. The office sees who did it and why."),
            ),
            RightWords(
                Right.DROP_RECEIPT,
                _("Give up a receipt"),
                _("Gives a whole receipt up before it is paid."),
            ),
            RightWords(
                Right.CHANGE_PRICE,
                _("Change a price"),
                _("Types another price for goods that have one."),
            ),
            RightWords(
                Right.DISCOUNT,
                _("Discounts of one's own"),
                _("Gives any discount or mark-up, an amount or a percentage."),
            ),
            RightWords(
                Right.SHOP_DISCOUNT,
                _("Discounts of the shop"),
                _("Chooses among the discounts that the office has made."),
            ),
        ),
    ),
    RightGroup(
        _("After the sale"),
        (
            RightWords(Right.RETURN, _("Take goods back"), _("Makes returns and complaints.")),
            RightWords(
                Right.CORRECT_PAYMENT,
                _("Correct a payment"),
                _("Says after the sale that it was paid by card and not in cash."),
            ),
            RightWords(
                Right.OTHERS_RECEIPTS,
                _("Receipts of others"),
                _("Sees and takes up parked receipts of other cashiers."),
            ),
        ),
    ),
    RightGroup(
        _("Cash"),
        (
            RightWords(
                Right.CASH,
                _("Cash in and out"),
                _("Puts money into the drawer and takes it out, for a reason."),
            ),
            RightWords(Right.DRAWER, _("Open the drawer"), _("Opens the drawer without a sale.")),
        ),
    ),
    RightGroup(
        _("Day and reports"),
        (
            RightWords(
                Right.CLOSE_DAY,
                _("Daily report"),
                _("Closes the day. Without it there is no sale on the next one."),
            ),
            RightWords(
                Right.REPORTS,
                _("Reports"),
                _("Sees the day's figures, prints monthly and periodic reports."),
            ),
        ),
    ),
    RightGroup(
        _("The till"),
        (
            RightWords(
                Right.SYNC,
                _("Synchronise"),
                _("Fetches data by hand, updates the program, sees the settings."),
            ),
            RightWords(
                Right.SERVICE,
                _("Service"),
                _("Opens the service menu: printer, journal, copies, clock."),
            ),
            RightWords(
                Right.TRAINING,
                _("Training"),
                _("Switches the training mode on, in which nothing counts."),
            ),
        ),
    ),
)

WORDS = {words.right: words for group in GROUPS for words in group.rights}
