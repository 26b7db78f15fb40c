"""What each error says: English message ids, which ``i18n`` translates when they are shown."""

from __future__ import annotations

from terminal.codes import Code
from terminal.i18n import gettext_noop as _

SENTENCES = {
    Code.NOT_FOUND: _("No matching item: {item}"),
    Code.NAME_REFUSED: _("The printer refused the name: {name}"),
    Code.TAX_STEP: _("The printer knows this item at a lower VAT rate: {name}"),
    Code.CLOCK_LOST: _("The printer's clock is not set: emergency mode. Set it, or call service"),
    Code.NO_PRINTER: _("Fiscal printer does not answer. Check cable and power, then Enter"),
    Code.NO_PAPER: _("Printer is waiting: {reason}. Put it right, printing goes on"),
    Code.IN_DOUBT: _("Checking whether the receipt was printed…"),
    Code.OPEN_IN_PRINTER: _("A receipt is open in the printer: it is being cancelled there"),
    Code.REPORT_MISSING: _("Make the daily report first (menu 3)"),
    Code.NO_SALES: _("No sales since the last daily report"),
    Code.MEMORY_FULL: _("Fiscal memory is full: call service"),
    Code.RAM_RESETS_USED: _("The printer's memory was reset too often: call service"),
    Code.GOODS_FULL: _(
        "The printer has no room for another name: {name}. Items sold before still sell;"
        " call service"
    ),
    Code.RATE_INACTIVE: _("VAT rate {vat} is not active in the printer"),
    Code.TOTALS_DIFFER: _("The printer counts differently: receipt not printed"),
    Code.NOT_COVERED: _("The payments do not fit the total: take them back and pay again"),
    Code.EMPTY_RECEIPT: _("The receipt is empty"),
    Code.BAD_AMOUNT: _("Price and quantity must be greater than zero"),
    Code.DISCOUNT_TOO_BIG: _("The discount is too big"),
    Code.TOTALS_FULL: _("The day's totals are full: make the daily report (menu 3), then sell"),
    Code.CLOCK_REFUSED: _(
        "The printer refused the date or time ({number}): {meaning}. It takes two hours at most,"
        " right after a daily report"
    ),
    Code.CLOCK_BEHIND: _(
        "The printer's date is earlier than its last record: do nothing more and call service"
    ),
    Code.REPOSITORY: _("The tax authority cannot be reached: selling goes on, check the network"),
    Code.KEY_MISSING: _(
        "Selling is blocked: the printer lacks the tax authority's key. Connect it to the network"
    ),
    Code.CERTIFICATE: _("The printer's certificate has run out or must be exchanged: call service"),
    Code.AUTHORISATION: _("The printer's authorisation has run out: enter its code, call service"),
    Code.NIP_TOO_LATE: _("A NIP goes onto a receipt before its payment: take the payments back"),
    Code.BUYER_UNKNOWN: _("No customer has the NIP {nip}: type name and address"),
    Code.CARD_DECLINED: _("Card declined: nothing was charged. Choose another way to pay"),
    Code.CARD_UNKNOWN: _(
        "{method} {amount}: nobody knows whether the card was charged. Look at the payment"
        " terminal and answer; do not charge again"
    ),
    Code.CARD_TO_REVERSE: _(
        "{method} {amount} was charged: take it back at the payment terminal first"
    ),
    Code.PAYS_ALONE: _("{method} pays the whole receipt alone: {total}"),
    Code.NO_BILL: _("No non-fiscal bill here: choose a receipt, and a fiscal way to pay"),
    Code.NO_BUYER: _("An invoice needs the buyer's name (up to 256 signs, as the address)"),
    Code.NOTHING_ASKED: _("No card waits for an answer"),
    Code.BAD_KID: _("A KID has {digits} digits: scan it again"),
    Code.NO_CURRENCY: _("No rate for this currency: synchronise (menu 8 4 9 3)"),
    Code.INVOICE_DISCOUNT: _(
        "The discount leaves less than a grosz a line, and an invoice has no such lines: take it"
        " back, or print a receipt"
    ),
    Code.BILL_STANDS: _(
        "This receipt makes a bill good: its lines stand as on the bill; pay it or give it up"
    ),
    Code.CORRECTING_INVOICE: _(
        "An invoice is not taken back at the till: a correcting invoice is needed"
    ),
    Code.BILLS_WAIT: _("Non-fiscal bills wait for their receipts: {count}, {total} zł (menu 5)"),
    Code.NO_MEAL_INVOICE: _("Meal invoices are switched off in the settings of the shop"),
    Code.BAD_NIP: _("Wrong NIP: {nip}"),
    Code.CASH_NEGATIVE: _("Not enough cash in the drawer"),
    Code.WRONG_PIN: _("Wrong identifier or PIN"),
    Code.LOCKED_BY_OFFICE: _("The office asks for a new login"),
    Code.USER_OFF: _("The account of {name} was switched off: log in with another"),
    Code.LOCKED_OUT: _("Too many wrong PINs: wait {seconds} s"),
    Code.NOT_SENT: _("Not sent to the back office: {count}"),
    Code.SYNC_RUNNING: _("Synchronisation is already running"),
    Code.DATABASE_DAMAGED: _("Database {path} is damaged: {detail}. Call service"),
    Code.AMBIGUOUS: _("Several items have the code {item}: choose one"),
    Code.E_DOCUMENT: _("The electronic receipt was not sent ({number}): it is printed instead"),
    Code.NEEDS_REPORT: _("The printer wants a daily report first: menu 3, then try again"),
    Code.NOT_LOGGED_IN: _("Log in first"),
    Code.NO_RIGHT: _("No permission: {right}"),
    Code.RECEIPT_OPEN: _("A receipt is open: finish or cancel it first"),
    Code.NO_NETWORK: _("Back office does not answer: selling goes on, data will follow"),
    Code.OFFICE_REFUSED: _("Back office refused: {detail}"),
    Code.BAD_SNAPSHOT: _(
        "The file from the back office cannot be used: {detail}. Selling goes on with what was here"
    ),
    Code.DISAGREES: _("Printer and till disagree: {detail}. Selling is stopped, call service"),
    Code.WRONG_PRINTER: _("Another printer is connected: {found} instead of {expected}"),
    Code.RAM_RESET: _("The printer lost its working memory: call service"),
    Code.BUSY: _("Wait: the printer is working"),
    Code.CARD_TOO_MUCH: _("{method} cannot exceed the amount due: {due}"),
    Code.PRINTER_REFUSED: _("Printer refused ({number} {mnemonic}): {meaning}"),
    Code.NO_METHOD: _("No such payment method"),
    Code.DAY_NOT_CLOSED: _("Yesterday's day is not closed: make the daily report (menu 3)"),
    Code.RECEIPT_KEPT: _(
        "The receipt on the screen, {total} zł, is kept and paid after the report"
    ),
    Code.REPORT_WANTED: _(
        "Yesterday's day is not closed: make the daily report (menu 3), or say that it comes later"
    ),
    Code.STORAGE: _(
        "Cannot write to disk: {detail}. Free some space or call service; nothing is lost"
    ),
    Code.NOT_A_WHOLE: _("Quantity of {name} has at most {precision} decimals"),
    Code.NOT_PRINTED: _("Not printed: nothing is in the fiscal memory"),
    Code.PAYMENT_BEGUN: _("Take the payments back first"),
    Code.FAULT: _("Fault in the program: {detail}. Restart the till; nothing is lost"),
    Code.PERCENTS_CHANGED: _(
        "The printer takes percents off in another way now: the total is {total}. Pay again"
    ),
    Code.RECEIPT_FULL: _("Too many lines or too much money for one receipt: split it in two"),
    Code.TEXT_REFUSED: _("The printer refused a text ({number}): {meaning}. Shorten it"),
    Code.RATES_REFUSED: _("The printer refused the VAT rates ({number}): {meaning}. Call service"),
    Code.HEADER_WRONG: _(
        "The printer has no header, or one that lacks what the law asks ({number}): {meaning}"
    ),
    Code.PRINTER_CLOCK: _("Printer clock {printer}, till clock {till}: set the clock first"),
    Code.MEMORY_FAULT: _("The printer's memory is faulty ({number}): {meaning}. Call service"),
    Code.READ_ONLY: _("The printer only reads: its fiscal memory is closed. Call service"),
    Code.PRINTER_FAULT: _("The printer is faulty ({number}): {meaning}. Call service"),
    Code.NO_RECORD: _("The printer has no such document or record"),
    Code.BAD_RANGE: _("Days or numbers of the report are wrong: {meaning}"),
    Code.PRINTER_BUSY: _("Another program uses the printer: wait, then Enter"),
    Code.CANCELLED_THERE: _("Somebody pressed cancel at the printer: Enter tries again"),
    Code.MECHANISM: _("The printer's mechanism is faulty ({number}): {meaning}. See the printer"),
    Code.REPORT_DIFFERS: _(
        "Daily report {report_no}: the printer has {printer}, the till {till}. A manager confirms"
    ),
    Code.MEMORY_ENDS: _("The fiscal memory holds {count} more daily reports: call service in time"),
    Code.PRINTER_CLOCK_NOTE: _(
        "Printer clock {printer}, till clock {till}: it is set with the daily report"
    ),
    Code.CASH_DIFFERS: _("The drawer of the printer holds {found}, expected {expected}"),
    Code.CASH_NOT_DONE: _("The cash was not booked: Enter tries again"),
    Code.NAMESAKES: _(
        "The printer takes {name} ({vat}) and {other} ({other_vat}) for one item: void one of them"
    ),
    Code.LABEL_TELLS: _("The label of {name} tells its own weight: scan it without a quantity"),
    Code.LABEL_PRICE: _("The label of {name} was printed at another price: weigh it anew"),
    Code.NOT_WEIGHED: _("{name} is not sold by weight"),
    Code.NO_SCALE: _("The scale does not answer: type the weight"),
    Code.SCALE_WAITS: _("Scale: {reason}"),
    Code.NO_RECEIPT_PRINTER: _("No receipt printer is set up"),
    Code.SLIP_GONE: _("This slip is not waiting for you any more"),
    Code.SLIPS_FULL: _(
        "Too many slips wait for the receipt printer ({count}): look after it first"
    ),
    Code.RECEIPT_PRINTER: _("Receipt printer: {reason}"),
    Code.CANNOT_APPROVE: _("{name} may not do this either: {right}"),
    Code.SHIFT_MISSING: _("Open your shift first (menu 2)"),
    Code.SHIFT_OPEN: _("Your shift is open already, since {since}"),
    Code.CASH_OFF: _("Cash management is switched off: the back office switches it on"),
    Code.REASON_WANTED: _("A reason is wanted: choose one"),
    Code.DRAWER_SHUT: _("The drawer opens only with a sale"),
    Code.NO_MEDIUM: _("No place for the file: {path}. Plug in a USB stick, then try again"),
    Code.MEDIUM_FAILED: _("Cannot write to {path}: {detail}"),
    Code.NO_DRAWER: _("The drawer does not open: {reason}. Use its key"),
    Code.NO_REPORTING: _("This fiscal printer makes no such report for the till"),
    Code.SHIFTS_OPEN: _(
        "Shifts are still open: {names}. End them first (menu 2 5), else the daily report closes"
        " them uncounted"
    ),
    Code.MORE_THAN_SOLD: _("More than was sold, or than is left of it: {name}"),
    Code.NOTHING_LEFT: _("Nothing is left of it that could be given back"),
    Code.TOO_MUCH_BACK: _("At most {left} can be given back"),
    Code.NO_SUCH_RECEIPT: _("No such receipt: {number}"),
    Code.ASK_LATER: _(
        "Back office does not answer: only receipts of this till can be taken back now"
    ),
    Code.NOT_CORRECTABLE: _("This sale was not paid in cash: its payment cannot be corrected"),
    Code.CORRECTED: _("This sale was corrected or taken back before: its payment stays"),
    Code.PRICE_WANTED: _("Enter the price of {name}"),
    Code.WEIGHT_WANTED: _("{name} is sold by weight: weigh it or type the weight"),
    Code.AGE_WANTED: _("{name}: the buyer must be {age} or older"),
    Code.CUSTOMER_KNOWN: _("NIP {nip} belongs to a known customer: {name}"),
    Code.NOTHING_TO_REPEAT: _("There is no line to repeat"),
    Code.NO_CATALOGUE: _("No data from the back office yet: synchronise (menu 8 4)"),
    Code.PARKING_OFF: _("Receipts are not parked in this shop: the office can switch it on"),
    Code.BILL_GONE: _("{name} is not here any more: it was taken up, or given up"),
    Code.BILL_AWAY: _(
        "{name} lies with the back office, which does not answer: it can be taken up when it does"
    ),
    Code.CANNOT_DIVIDE: _("This cannot be split or merged: {reason}"),
    Code.OPEN_DOCUMENT: _(
        "A document is open in the printer, begun after receipt {number}: cancel it there, then"
        " make the report"
    ),
    Code.PAPER_LOW: _("The paper of the fiscal printer is nearly at its end: change it first"),
    Code.REPORT_NOT_SENT: _(
        "Cannot write to disk: {detail}. The daily report was not sent to the printer"
    ),
    Code.EMPTY_TWICE: _(
        "The last daily report was empty, too: the printer makes no second one in a row"
    ),
    Code.REPORTS_ELSEWHERE: _("Daily reports were made past the till: {numbers}"),
    Code.OFFICE_CLOCK: _(
        "The back office's clock is {minutes} min off; printer and till agree: look at a watch"
    ),
    Code.ROWS_REFUSED: _("Rows of the back office that the till refused: {count}, see menu 8 4 7"),
    Code.DOCUMENTS_REJECTED: _("Rejected by the back office: {count}, see menu 7 3"),
    Code.BILL_EXISTS: _("There is already a receipt called {name}"),
    Code.UPDATES_OFF: _("Updates are off on this till: {reason}"),
    Code.RELEASES_EXPIRED: _(
        "The list of releases has run out ({detail}): no updates until the office renews it."
        " Selling goes on"
    ),
    Code.NOT_GENUINE: _(
        "The release is not signed by those who may ({detail}): it is not used. Selling goes on"
    ),
    Code.ROLLED_BACK: _(
        "An older release came in place of a newer one ({detail}): it is not used. Selling goes on"
    ),
    Code.BAD_BUNDLE: _(
        "What came is not what was signed ({detail}): it was thrown away. Selling goes on"
    ),
    Code.NO_ROOM: _("No room for the release: {needed} MiB are needed, {free} MiB are free"),
    Code.NO_RELEASES: _(
        "The releases cannot be fetched ({detail}): selling goes on, it is tried again"
    ),
    Code.RELEASE_BARRED: _(
        "Version {version} has failed on this till and is barred here: the office must offer"
        " another"
    ),
    Code.RELEASE_UNFIT: _("Version {version} is not for this till: {reason}"),
    Code.UPDATE_BUSY: _("Another program looks for updates on this till just now: try again later"),
    Code.UPDATE_TRIAL: _(
        "Version {version} is being tried: selling begins when it is confirmed, in about {left} s"
    ),
    Code.UPDATE_WAITS: _(
        "Version {version} is being tried and waits for the fiscal printer: selling begins when it"
        " answers"
    ),
    Code.UPDATE_NOT_NOW: _("The program is changed only after the day close: {reason}"),
    Code.BROKEN_BUNDLE: _("Version {version} was not installed: its file is damaged ({detail})"),
    Code.UPDATE_NO_SPACE: _("Version {version} was not installed: the disk refuses ({detail})"),
    Code.UPDATE_FAILED: _("Version {version} was not installed: {detail}"),
    Code.UPDATE_UNFIT: _(
        "Version {version} was not installed and will not be: it failed its own test ({detail})"
    ),
    Code.UPDATE_NO_WAY_BACK: _(
        "The version before cannot read the journal and must not take the copy back ({detail}):"
        " call service"
    ),
    Code.NOTHING_TO_GO_BACK_TO: _("There is no version here that could be gone back to"),
    Code.NO_WORD: _("The console does not know this: {line}. help lists its words"),
    Code.TILL_STOPPED: _("The till does not run: only words that look at its files are left"),
    Code.TECHNICIAN_REFUSED: _("The technician's answer is refused: {reason}"),
    Code.OUT_OF_SCOPE: _("This login is not for it: log in again with the scope {scope}"),
    Code.NOT_HERE: _("Not available in this installation: {word}"),
    Code.IN_USE: _("Another program uses {path}: one till at a time runs on a folder"),
    Code.DATABASE_NEWER: _(
        "Database {path} needs a newer program (it has version {found}, this program knows {ours}):"
        " start the newer one"
    ),
    Code.DISK_FULL: _(
        "The disk is full: no new receipt begins, {free} MiB are free. Free some space,"
        " call service"
    ),
    Code.DISK_FAILED: _(
        "The disk failed, and nothing more is written. Printed receipts are safe: restart the till,"
        " call service"
    ),
    Code.DISK_LOW: _(
        "Only {free} MiB are free on the disk: no new day begins below {least} MiB. Free some"
        " space, call service"
    ),
    Code.DISK_NOTE: _("Only {free} MiB are left on the disk: call service in time"),
    Code.BAD_COPY: _("The copy {path} cannot be used: {detail}"),
    Code.NIP_TAKEN: _("NIP {nip} belongs to {name}. Write another customer down all the same?"),
    Code.SALES_CLOSED: _("The document {number} is done: {state}"),
    Code.OTHER_ORDER: _("This receipt fulfils another order: finish it first"),
    Code.DRAFT_OPEN: _("An order or quote is being written: finish it or give it up first"),
    Code.VISIT_CLOSED: _("This visit was made or given up already"),
    Code.FILE_REFUSED: _("File {name} is not taken: {reason}"),
    Code.FILE_AWAY: _("File {name} is not here: {reason}"),
    Code.BAD_FIELD: _("The field {field}: {reason}"),
    Code.NO_SUCH_DAY: _("No day: {typed}; type 3, 0312 or 03122026"),
    Code.NO_SUCH_HOUR: _("No hour: {typed}; type 9, 930 or 1430"),
    Code.NO_FILES: _("No files on a stick or card below {path}: plug one in and look again"),
}
