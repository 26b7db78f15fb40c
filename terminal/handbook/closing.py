"""What the handbook says of the day close."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
CLOSING = {
    Code.OPEN_DOCUMENT: Advice(
        _("somebody else sells through this printer, or a document was left in it"), _("no"),
        _("cancel it from the page of the daily report: the printer prints it as cancelled, and "
          "the office is told")),
    Code.PAPER_LOW: Advice(
        _("its sensor says so"), _("no report yet"),
        _("change the roll; the report may be made without, and waits where the paper ends")),
    Code.REPORT_NOT_SENT: Advice(
        _("full or failing disk"), _("no: nothing was sent"),
        _("free space, call service; then make the report")),
    Code.EMPTY_TWICE: Advice(
        _("nothing was sold since an empty report"), _("no"),
        _("nothing: sell, the next report follows that")),
    Code.REPORTS_ELSEWHERE: Advice(
        _("in the printer's menu, or by itself at midnight"), _("yes, all of them"),
        _("nothing: they are in the books; the office is told")),
    Code.OFFICE_CLOCK: Advice(
        _("two clocks here say the same, and the office another time"), _("no report yet"),
        _("compare with a watch; if the till is right, tell the office and make the report")),
    Code.ROWS_REFUSED: Advice(
        _("rows that the office sent are wrong in themselves"), "",
        _("the last good ones stay in force; 8 4 7 names each with its reason, tell the office")),
    Code.DOCUMENTS_REJECTED: Advice(
        _("a document does not fit the office's books"), _("yes"),
        _("nothing is lost and the others went; 7 3 names each with its reason")),
}
# fmt: on
