"""What the handbook says of the till itself: sale, people, office, storage, small devices."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
TILL = {
    Code.NOT_FOUND: Advice(
        _("no active product has this PLU or barcode"), _("no sale"),
        _("check the code, search by name (*), synchronise products (8 4 3)")),
    Code.EMPTY_RECEIPT: Advice(
        _("nothing to pay, discount or void"), _("no"),
        _("sell something first")),
    Code.BAD_AMOUNT: Advice(
        _("zero, negative or too large"), _("no"),
        _("type it again")),
    Code.DISCOUNT_TOO_BIG: Advice(
        _("nothing would be left to pay"), _("no"),
        _("a smaller discount")),
    Code.BAD_NIP: Advice(
        _("the check digit does not fit"), _("no"),
        _("read it again")),
    Code.NIP_TOO_LATE: Advice(
        _("the receipt is paid already"), _("no"),
        _("Esc takes the payments back; after printing only a return and a new sale help")),
    Code.WRONG_PIN: Advice(
        "", "",
        _("type again; five wrong tries lock")),
    Code.USER_OFF: Advice(
        _("the office switched the account off during the shift"),
        _("the receipt that was open was finished first"),
        _("another operator logs in; ask the office")),
    Code.LOCKED_BY_OFFICE: Advice(
        _("the office asked this till for a new login"),
        _("the receipt that was open was finished first"),
        _("log in and go on; ask the office why")),
    Code.LOCKED_OUT: Advice(
        _("lock-out, per operator and per till"), "",
        _("wait the seconds shown")),
    Code.NOT_SENT: Advice(
        _("documents wait here"), _("yes"),
        _("they go by themselves; 8 4 4 sends now")),
    Code.SYNC_RUNNING: Advice(
        _("one at a time"), "",
        _("wait")),
    Code.DATABASE_DAMAGED: Advice(
        _("the file fails its check, is another program's, or is held by one"), "",
        _("call service; the file is never replaced silently")),
    Code.AMBIGUOUS: Advice(
        _("two products share a code"), _("no"),
        _("choose from the list; tell the office")),
    Code.NOT_LOGGED_IN: Advice(
        _("nobody is logged in"), "",
        _("log in")),
    Code.NO_RIGHT: Advice(
        _("the role does not allow it"), "",
        _("another operator approves with identifier and PIN, for this once; Esc leaves it")),
    Code.RECEIPT_OPEN: Advice(
        _("it must end before the day does"), "",
        _("pay or cancel it")),
    Code.NO_NETWORK: Advice(
        _("no network or no server"), _("yes"),
        _("sell on; everything follows by itself")),
    Code.OFFICE_REFUSED: Advice(
        _("the sentence names its reason"), _("yes"),
        _("tell the owner; selling goes on")),
    Code.CARD_TOO_MUCH: Advice(
        _("only cash gives change"), _("no"),
        _("a smaller amount")),
    Code.NO_METHOD: Advice(
        _("switched off meanwhile"), _("no"),
        _("choose another")),
    Code.STORAGE: Advice(
        _("full or failing"),
        _("a receipt not begun was not printed; one being printed is found out again"),
        _("free space, call service; the till goes on by itself")),
    Code.NOT_A_WHOLE: Advice(
        _("the unit is sold in whole pieces"), _("no"),
        _("type a whole number")),
    Code.NO_CATALOGUE: Advice(
        _("first start"), "",
        _("synchronise (8 4)")),
    Code.PRICE_WANTED: Advice(
        _("an article with an open price"), _("no"),
        _("type the price")),
    Code.PAYMENT_BEGUN: Advice(
        _("money has been received already"), _("no"),
        _("Esc on the payment screen")),
    Code.FAULT: Advice(
        _("our mistake; the log tells more"), _("as before"),
        _("restart the till: it goes on where it was; send the log")),
    Code.BAD_SNAPSHOT: Advice(
        _("it is damaged, of another shop, of another version, or not what was announced; "
          "the sentence says which"),
        _("yes"),
        _("synchronise again; if it stays so, tell the owner: nothing of the file was taken")),
    Code.LABEL_TELLS: Advice(
        _("a quantity was typed before the code of a weighed pack"), _("no sale"),
        _("scan each pack by itself")),
    Code.LABEL_PRICE: Advice(
        _("the amount on the label does not come of today's price"), _("no sale"),
        _("weigh and label it anew, or sell by weight")),
    Code.NOT_WEIGHED: Advice(
        _("a weight code names an article in pieces"), _("no sale"),
        _("correct the article's unit in the office")),
    Code.NO_SCALE: Advice(
        _("cable, power, protocol, speed, parity"), _("no sale"),
        _("put it right (docs/devices.md); meanwhile type the weight")),
    Code.SCALE_WAITS: Advice(
        _("the scale gives no weight that may be sold"), _("no sale"),
        _("do what the word says, weigh again")),
    Code.NO_RECEIPT_PRINTER: Advice(
        _("till.toml has no [receipt_printer]"), _("nothing was queued"),
        _("see docs/escpos.md")),
    Code.SLIP_GONE: Advice(
        _("somebody else has answered, or it was printed meanwhile"), _("as its list says"),
        _("look at the list of slips")),
    Code.SLIPS_FULL: Advice(
        _("the receipt printer has been out of order for long"), _("the sales do"),
        _("put the printer right; nothing queued is lost")),
    Code.RECEIPT_PRINTER: Advice(
        _("paper, cover, cutter, cable; the sentence says which"), _("the sale does"),
        _("put it right; slips go on by themselves, in their order")),
}
# fmt: on
