"""Numbers, times and verdicts as the Polish pages say them. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from terminal.sync import wire

NO_BREAK = "\u00a0"

_DAYS = {
    "EMPTY": "bez sprzedaży",
    "OPEN": "otwarty",
    "DUE": "czas na raport",
    "OVERDUE": "zaległy raport",
    "CLOSING": "raport w toku",
    "UNKNOWN": "do wyjaśnienia",
}

_PRINTERS = {
    "ready": "gotowa",
    "offline": "nie odpowiada",
    "no_paper": "brak papieru",
    "cover": "otwarta pokrywa",
    "overheated": "przegrzana",
    "power": "błąd zasilania",
    "cutter": "błąd obcinacza",
    "no_access": "mechanizm niegotowy",
    "in_menu": "w swoim menu",
    "waiting_key": "czeka na klawisz",
    "waiting_error": "zgłasza błąd",
}

# Code at the start of a verdict's reason, and how the page says it.
_REASONS = {
    "unreadable": "dokument nieczytelny",
    "unknown_kind": "nieznany rodzaj dokumentu",
    "range": "liczba poza zakresem",
    "rid": "inny identyfikator niż w dzienniku",
    "terminal": "dokument innej kasy",
    "lines_total": "suma pozycji różni się od kwoty paragonu",
    "split_total": "suma stawek różni się od kwoty paragonu",
    "split_letters": "podział na stawki różni się od pozycji",
    "paid": "zapłata różni się od kwoty paragonu",
    "report_no": "numer raportu nie rośnie",
    "receipt_no": "numer paragonu nie rośnie",
    "day_total": "suma dnia różni się od sumy paragonów",
    "customer": "klient, którego nie da się zapisać",
    "invoice_no": "numer faktury",
    "invoice": "zwrot do faktury: potrzebna faktura korygująca",
    "unknown_bill": "nieznany rachunek niefiskalny",
    "bill_total": "kwota paragonu różni się od rachunku niefiskalnego",
    "bill_lines": "pozycje paragonu różnią się od rachunku niefiskalnego",
    "voucher_in_money": "pieniądze zamiast bonu, którym zapłacono",
    "invoice_total": "suma faktur dnia różni się od sumy faktur",
    "buyer": "faktura bez numeru, NIP-u lub nazwy nabywcy",
    "currency": "wartość waluty różni się od kursu",
    "card": "wynik płatności kartą nieznany",
    "voucher": "wartość bonu niezgodna z zapłatą",
    "printer_differs": "drukarka liczy inaczej niż kasa",
    "shift": "zmiana nie zgadza się z jej otwarciem",
    "opening": "stan początkowy inny niż przy otwarciu zmiany",
    "expected": "oczekiwana gotówka różni się od wyliczonej",
    "shift_cash": "obrót gotówki różni się od dokumentów zmiany",
    "difference": "różnica inna niż policzone minus oczekiwane",
    "coins": "suma nominałów różni się od policzonej kwoty",
    "reason": "różnica bez powodu",
    "unknown_receipt": "nikt z firmy nie wydrukował takiego paragonu",
    "other_receipt": "numer lub drukarka należą do innego paragonu",
    "no_line": "nie ma takiej pozycji na paragonie",
    "other_line": "pozycję sprzedano w innej stawce",
    "more_than_sold": "więcej sztuk, niż zostało do zwrotu",
    "more_than_paid": "więcej pieniędzy, niż zostało do zwrotu",
    "entry_total": "suma pozycji różni się od kwoty wpisu",
    "refunded": "zwrócono inną kwotę",
    "refund_method": "więcej, niż tak zapłacono",
    "entry_no": "numer wpisu nie rośnie",
    "not_cash": "koryguje się tylko gotówkę na kartę",
    "corrected_before": "sprzedaż już skorygowano lub zwrócono",
}
_TAX = re.compile(r"tax_([A-G])")

# Reasons that compare two amounts in grosze.
_AMOUNTS = frozenset(
    {
        *("lines_total", "split_total", "paid", "day_total", "printer_differs"),
        *("invoice_total", "currency", "voucher", "bill_total"),
        *("opening", "expected", "shift_cash", "difference", "coins"),
        *("entry_total", "refunded", "refund_method", "more_than_paid"),
    }
)
_UNEQUAL = re.compile(r"(-?\d+) (!=|>) (-?\d+)")

_ALARMS = {
    "fork": "rozgałęziony dziennik",
    "chain": "przerwany łańcuch",
    "epoch": "obca epoka",
    "rid": "powtórzony identyfikator",
}

_KINDS = {
    "receipt": "paragon",
    "dropped": "paragon porzucony",
    "bill": "rachunek niefiskalny",
    "report": "raport dobowy",
    "cash": "wpłata lub wypłata",
    "customer": "nowy klient",
    "event": "zdarzenie",
    "shift": "zmiana kasjera",
    "printed_report": "raport z pamięci fiskalnej",
    "return": "zwrot, reklamacja lub pomyłka",
    "payment_correction": "korekta płatności",
    "day_head": "zamknięcie dnia w dzienniku",
}

# Why cash was moved or a count differs: the till's codes.
_CASH_REASONS = {
    "opening": "otwarcie zmiany",
    "coins": "drobne na wydawanie",
    "from_safe": "z sejfu",
    "to_bank": "do banku",
    "to_safe": "do sejfu",
    "purchase": "zakup dla sklepu",
    "wrong_change": "źle wydana reszta",
    "not_known": "przyczyna nieznana",
    "other": "inny powód",
}

_BOOKS = {
    "returns": "Zwroty i reklamacje",
    "mistakes": "Oczywiste pomyłki",
    "corrections": "Korekty płatności",
}

_ENTRIES = {
    "return": "Zwrot",
    "complaint": "Reklamacja",
    "mistake": "Oczywista pomyłka",
    "correction": "Korekta płatności",
}


_DOCUMENTS = {
    "receipt": ("", "Paragon {}"),
    "e_receipt": ("e-", "e-Paragon {}"),
    "invoice": ("FV ", "Faktura {}"),
    "meal_invoice": ("FV ", "Faktura gastronomiczna {}"),
    "bill": ("R ", "Rachunek niefiskalny {}"),
}


def document(row: Any, *, full: bool = False) -> str:  # noqa: ANN401 (a row of the database)
    """What a listed document is, and its number: the till's own for invoices and bills."""
    short, long = _DOCUMENTS.get(row.document, _DOCUMENTS["receipt"])
    number = row.invoice_no or row.receipt_no
    return long.format(number) if full else f"{short}{number}"


def abroad(payment: wire.PaymentDoc) -> str:
    """Foreign money and its rate: ``10,00 EUR × 4,2650``."""
    whole, part = divmod(payment.foreign, 100)
    rate = f"{payment.rate_e4 // 10_000},{payment.rate_e4 % 10_000:04d}"
    return f"{whole},{part:02d}{NO_BREAK}{payment.symbol} × {rate}"


def money(amount_gr: int) -> str:
    """``1 234,50 zł``."""
    sign = "−" if amount_gr < 0 else ""
    whole, part = divmod(abs(amount_gr), 100)
    grouped = f"{whole:,}".replace(",", NO_BREAK)
    return f"{sign}{grouped},{part:02d}{NO_BREAK}zł"


def quantity(qty_milli: int) -> str:
    """Thousandths without idle zeros: ``2``, ``0,375``."""
    whole, part = divmod(abs(qty_milli), 1000)
    text = f"{whole},{part:03d}".rstrip("0").rstrip(",")
    return f"−{text}" if qty_milli < 0 else text


def rate(rate_bp: int) -> str:
    """``23%``, ``zw.`` for exempt, ``—`` for a letter not in use."""
    if rate_bp == 10_000:  # noqa: PLR2004 (the wire's marker)
        return "zw."
    if rate_bp == 10_100:  # noqa: PLR2004 (the wire's marker)
        return "—"
    return f"{rate_bp / 100:g}%".replace(".", ",")


def local_time(text: str | None) -> str:
    """Date and minute of an ISO time as its writer saw them; other text as it is."""
    if not text:
        return "—"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    # The office's own stamps are UTC; people read them in the office's zone.
    shown = moment.astimezone() if moment.tzinfo is UTC else moment
    return shown.strftime("%Y-%m-%d %H:%M")


def age(text: str | None, now: datetime) -> str:
    """How long ago: ``przed chwilą``, ``5 min temu``, ``3 godz. temu``, or the date."""
    if not text:
        return "nigdy"
    minutes = int((now - datetime.fromisoformat(text)).total_seconds()) // 60
    if minutes < 2:  # noqa: PLR2004 (a heartbeat comes every minute)
        return "przed chwilą"
    if minutes < 60:  # noqa: PLR2004 (an hour)
        return f"{minutes} min temu"
    if minutes < 24 * 60:
        return f"{minutes // 60} godz. temu"
    return local_time(text)


def day(state: str) -> str:
    """State of the fiscal day."""
    return _DAYS.get(state, state or "—")


def printer(state: str) -> str:
    """What a till's printer does or waits for."""
    return _PRINTERS.get(state, state or "—")


def reason(text: str) -> str:
    """Reasons of a verdict; amounts after a code are said in złotys."""
    return "; ".join(_one_reason(part) for part in text.split("; ")) if text else ""


def alarm(kind: str) -> str:
    """Kind of an alarm."""
    return _ALARMS.get(kind, kind)


def kind(name: str) -> str:
    """Kind of a document."""
    return _KINDS.get(name, name or "?")


def cash_reason(code: str) -> str:
    """Why cash was moved, or a count differs; words that are no code stay as they are."""
    return _CASH_REASONS.get(code, code) or "—"


def book(name: str) -> str:
    """Name of a register."""
    return _BOOKS.get(name, name)


def entry(name: str) -> str:
    """Kind of an entry in a register."""
    return _ENTRIES.get(name, name)


def _in_money(found: re.Match[str]) -> str:
    sign = "≠" if found[2] == "!=" else ">"
    return f"{money(int(found[1]))} {sign} {money(int(found[3]))}"


def _one_reason(text: str) -> str:
    code, colon, rest = text.partition(":")
    tax = _TAX.fullmatch(code)
    said = f"podatek stawki {tax[1]} różni się od wyliczonego" if tax else _REASONS.get(code)
    if said and (tax or code in _AMOUNTS):
        rest = _UNEQUAL.sub(_in_money, rest)
    return f"{said}{colon}{rest.replace(' after ', ' po ')}" if said else text
