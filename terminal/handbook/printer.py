"""What the handbook says of the fiscal printer: receipts, reports, clock, memory."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
PRINTER = {
    Code.NAME_REFUSED: Advice(
        _("empty or forbidden characters in the printer's comparison"), _("no"),
        _("correct the name in the office, 8 4 3, sell again")),
    Code.TAX_STEP: Advice(
        _("the printer never raises the rate of a name it knows (tax step)"), _("no"),
        _("correct name or rate in the office; never rename at the till")),
    Code.CLOCK_LOST: Advice(
        _("its battery is empty; the printer sells nothing"), _("no"),
        _("set the clock at the printer, or service; transactions and synchronisation stay open")),
    Code.NO_PRINTER: Advice(
        _("cable, power, port or baud rate"), _("nothing was sent"),
        _("put it right; the till reconnects by itself; Enter prints again")),
    Code.NO_PAPER: Advice(
        _("paper, cover, temperature, or a key on the printer"), _("being printed"),
        _("put it right; printing goes on; nothing is sent twice")),
    Code.IN_DOUBT: Advice(
        _("the answer was lost, or the till was cut off"), _("being found out"),
        _("wait; the printer's counters decide; nothing is printed twice")),
    Code.OPEN_IN_PRINTER: Advice(
        _("cut off in the middle, or opened by another program"), _("no"),
        _("the till cancels its own; one of another program: finish it there")),
    Code.REPORT_MISSING: Advice(
        _("the printer refuses receipts"), _("no"),
        _("menu 3")),
    Code.NO_SALES: Advice(
        _("a second empty report would waste fiscal memory"), _("no report"),
        _("leave, or * prints an empty one on purpose")),
    Code.MEMORY_FULL: Advice(
        _("number of reports or space used up"), _("no"),
        _("service")),
    Code.RAM_RESETS_USED: Advice(
        _("the number of RAM resets is used up"), _("no"),
        _("service")),
    Code.RATE_INACTIVE: Advice(
        _("the letter is not programmed in the printer"), _("no"),
        _("remove the item; rates change with a daily report")),
    Code.GOODS_FULL: Advice(
        _("the printer's goods memory is full"), _("no"),
        _("take the item off (Esc, F4); items sold before still sell; service")),
    Code.TOTALS_DIFFER: Advice(
        _("sums or discounts do not match"), _("cancelled on paper"),
        _("pay again; report it with the log")),
    Code.NOT_COVERED: Advice(
        _("too little, too much, or a way the printer does not know"), _("no"),
        _("Esc, pay again")),
    Code.TOTALS_FULL: Advice(
        _("the receipt would pass the printer's limit"), _("no"),
        _("menu 3, then Enter prints again")),
    Code.CLOCK_REFUSED: Advice(
        _("more than two hours, another day, or the day's totals are not zero"), _("no"),
        _("daily report first; more than two hours: service")),
    Code.CLOCK_BEHIND: Advice(
        _("its clock went back; a record now could spoil the fiscal memory"), _("no"),
        _("do nothing more, service")),
    Code.REPOSITORY: Advice(
        _("no network at the printer"), _("yes, selling goes on"),
        _("check the printer's network; service when it lasts")),
    Code.KEY_MISSING: Advice(
        _("a mobile printer that was offline for a day"), _("no"),
        _("connect the printer to the network")),
    Code.CERTIFICATE: Advice(
        _("or its keys must be exchanged"), _("no"),
        _("service")),
    Code.AUTHORISATION: Advice(
        _("code or subscription"), _("no"),
        _("enter the code at the printer, or service")),
    Code.CASH_NEGATIVE: Advice(
        _("a pay-out above the printer's cash state"), _("no"),
        _("a smaller amount")),
    Code.E_DOCUMENT: Advice(
        _("queue full or no network at the printer"), _("yes, on paper"),
        _("give the customer the paper")),
    Code.NEEDS_REPORT: Advice(
        _("a setting or an update waits for it"), _("no"),
        _("menu 3, then again")),
    Code.DISAGREES: Advice(
        _("somebody else used the printer, or a disk was restored"), _("see both pictures"),
        _("selling is stopped; service compares and accepts the printer's figures")),
    Code.WRONG_PRINTER: Advice(
        _("its unique number is not ours"), _("no"),
        _("connect the right one")),
    Code.RAM_RESET: Advice(
        _("RAM reset"), _("see the paper"),
        _("service")),
    Code.BUSY: Advice(
        _("a receipt or report is on its way"), _("being printed"),
        _("wait")),
    Code.PRINTER_REFUSED: Advice(
        _("any other refusal of the printer"), _("no"),
        _("the sentence gives the maker's own meaning")),
    Code.DAY_NOT_CLOSED: Advice(
        _("the law wants the report before the next day's first sale"), _("no"),
        _("menu 3")),
    Code.REPORT_WANTED: Advice(
        _("the law wants the report before the next day's first sale; this shop lets the cashier "
          "decide"),
        _("no"),
        _("Enter makes the report; Esc sells on, and the office is told who said so")),
    Code.RECEIPT_KEPT: Advice(
        _("no payment may begin before the report, and nobody has given money for it yet"),
        _("no; it will be in the new day"),
        _("nothing: log in after the report and pay it")),
    Code.NOT_PRINTED: Advice(
        _("the attempt left nothing sold"), _("no"),
        _("Enter prints again, Esc goes back to payment")),
    Code.PERCENTS_CHANGED: Advice(
        _("somebody changed it in the printer's menu: what is left is rounded first, or the "
          "discount"),
        _("no"),
        _("look at the new total, pay again")),
    Code.NAMESAKES: Advice(
        _("the names differ only in signs or case, the VAT letters differ"), _("no"),
        _("Esc, void one of them (F4), sell it on a receipt of its own; tell the office")),
    Code.RECEIPT_FULL: Advice(
        _("beyond the printer's limits for a receipt"), _("no"),
        _("sell the rest on a second receipt")),
    Code.TEXT_REFUSED: Advice(
        _("a name, header or form is too long or badly made"), _("no"),
        _("shorten it in the office")),
    Code.RATES_REFUSED: Advice(
        _("wrong, repeated, or changed too often"), _("no; the old rates stay"),
        _("service; items at a missing rate cannot be sold")),
    Code.HEADER_WRONG: Advice(
        _("never programmed, or company, postal code or town is missing"), _("no"),
        _("complete the shop's data in the office, daily report; else service")),
    Code.PRINTER_CLOCK: Advice(
        _("more than five minutes apart; a report or a day with a wrong date can spoil "
          "fiscal memory"),
        _("no report, no first sale of a day"),
        _("set the clock (right after a daily report up to two hours, else service)")),
    Code.MEMORY_FAULT: Advice(
        _("fiscal or protected memory reports an error"), _("see the paper"),
        _("service")),
    Code.READ_ONLY: Advice(
        _("closing report made, or memory closed"), _("no"),
        _("another printer; service")),
    Code.PRINTER_FAULT: Advice(
        _("the printer says which part"), _("see the paper"),
        _("service")),
    Code.NO_RECORD: Advice(
        _("the number or the days hold none"), "",
        _("other numbers or days")),
    Code.BAD_RANGE: Advice(
        _("turned round, in the future, or too far back"), _("no report"),
        _("type them again")),
    Code.PRINTER_BUSY: Advice(
        _("a second computer, or somebody in its menu"), _("no"),
        _("wait, then Enter")),
    Code.CANCELLED_THERE: Advice(
        _("the cancel key"), _("no"),
        _("Enter tries again")),
    Code.MECHANISM: Advice(
        _("battery, charger, cutter"), _("no"),
        _("see the printer; service")),
    Code.REPORT_DIFFERS: Advice(
        _("sold past the till, or a receipt in dispute"), _("yes: the printer's figures count"),
        _("both figures are on the screen and with the office; a manager confirms (Enter), "
          "then selling goes on")),
    Code.MEMORY_ENDS: Advice(
        _("fewer than 60"), _("yes"),
        _("order a service in time; below 10 it is said with each report")),
    Code.PRINTER_CLOCK_NOTE: Advice(
        _("more than a minute"), _("yes"),
        _("nothing: it is set with the next daily report")),
    Code.CASH_DIFFERS: Advice(
        _("cash was moved at the printer itself, or an answer was lost"), _("cash is not fiscal"),
        _("count the drawer; the printer's figure stands in the document")),
    Code.CASH_NOT_DONE: Advice(
        _("the printer never heard of it, or refused"), _("no"),
        _("Enter tries again")),
}
# fmt: on
