"""What the handbook says of the field: customers, orders and quotes, visits, files."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
FIELD = {
    Code.NIP_TAKEN: Advice(
        _("a customer with this NIP is there; the shop wants to be asked (setting duplicate_nip)"),
        _("nothing was written down"),
        _("choose the one from the list, or confirm: then there are two")),
    Code.SALES_CLOSED: Advice(
        _("the order or quote was sold, cancelled, made an order of, or is on a receipt"
          " not printed"),
        _("nothing was sold twice"),
        _("look at the list; finish or give up the receipt it is on")),
    Code.OTHER_ORDER: Advice(
        _("one receipt fulfils one order or quote"), _("the receipt stays as it was"),
        _("print it, then sell the other one")),
    Code.DRAFT_OPEN: Advice(
        _("one order or quote is written at a time"), _("the draft is kept, also without power"),
        _("confirm it or give it up")),
    Code.VISIT_CLOSED: Advice(
        _("the visit was made or given up, here or in the office"), _("it stays so"),
        _("plan another one")),
    Code.FILE_REFUSED: Advice(
        _("too large, empty, unreadable, a name that no file may have, or the disk is full"),
        _("nothing was added"),
        _("do what the sentence says; make the file smaller or free some space")),
    Code.FILE_AWAY: Advice(
        _("the file was added elsewhere, and its bytes could not be fetched"),
        _("the note that it exists is there"),
        _("try again with a network; the sender's till may not have sent it yet")),
    Code.BAD_FIELD: Advice(
        _("what was typed does not fit the field"), _("nothing was written down"),
        _("correct the field")),
}
