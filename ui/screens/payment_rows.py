"""What the payment page shows: what is due in large figures, facts, ways to pay. No intents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.sale.buyer import is_simplified
from terminal.sale.receipt import DocumentKind
from terminal.sale.tender import VOUCHERS, enough, worth_gr
from terminal.sync.wire import Currency, PaymentMethod
from ui.amounts import zloty
from ui.screens.discounts import reduction_words
from ui.widgets import big, row

if TYPE_CHECKING:
    from terminal.sale.receipt import Payment, Receipt
    from ui.widgets.row import Row

# What money may be given in: a way of the shop, or a foreign currency.
Way = PaymentMethod | Currency


def way_name(way: Way, today: date) -> str:
    """A way to pay in the list: a currency with its rate, and how old that is."""
    if not isinstance(way, Currency):
        return way.name
    rate = f"{way.rate_e4 // 10_000},{way.rate_e4 % 10_000:04}"
    return f"{way.id}  {way.name}  {rate}{_age(way.rate_of, today)}"


def exact(way: Way, due_gr: int) -> str:
    """What Enter alone pays."""
    if isinstance(way, Currency):
        return f"{zloty(enough(due_gr, way.rate_e4))} {way.id}"
    return zloty(due_gr)


def given_gr(way: Way | None, typed: int) -> int:
    """What a typed amount is worth in grosze."""
    return worth_gr(typed, way.rate_e4) if isinstance(way, Currency) else typed


def gives_change(way: Way | None) -> bool:
    """Whether more than what is due may be given for change."""
    if way is None or isinstance(way, Currency):
        return way is not None
    return way.kind == "cash" or way.gives_change


def loses(way: Way | None, typed: int, due_gr: int) -> int:
    """What of a voucher is worth more than is due, and lost: it gives no change."""
    if way is None or isinstance(way, Currency) or way.gives_change or way.kind not in VOUCHERS:
        return 0
    return max(0, typed - due_gr)


def due_rows(width: int, label: str, amount_gr: int, unit: str = "zł") -> list[Row]:
    """A label and an amount in large figures."""
    left = max(20, len(label) + 2)
    rows = []
    tail_width = len(unit) + 2
    for no, part in enumerate(big.big(zloty(amount_gr), width - left - tail_width - 1)):
        word = f" {label}" if no == 1 else ""
        end = f" {unit} " if no == 1 else " " * tail_width
        tail = row.fit(part, width - left - len(end), right=True)
        rows.append(row.row(width, (row.fit(word, left), row.STRONG), (tail + end, row.TOTAL)))
    return rows


def fact_rows(width: int, receipt: Receipt) -> list[Row]:
    """The total, its discount, the document, and what was paid so far."""
    facts = [(translate("Total"), zloty(receipt.total_gr))]
    if receipt.discount_gr:
        facts.append((reduction_words(receipt), zloty(-receipt.discount_gr)))
    facts += document_facts(receipt)
    facts += [(paid_words(payment), zloty(payment.amount_gr)) for payment in receipt.payments]
    rows = [row.ends(width, f" {name}", f"{value} ") for name, value in facts]
    if is_simplified(receipt):
        text = translate("With this NIP the receipt is a simplified invoice: no other is made")
        rows += row.wrapped(width, text, row.DIM)
    return rows


def document_facts(receipt: Receipt) -> list[tuple[str, str]]:
    """What the customer gets, when it is not a plain receipt."""
    facts = []
    if receipt.is_invoice:
        facts.append((translate("Invoice for"), receipt.buyer_name))
    if receipt.nip:
        facts.append((translate("NIP of the buyer"), receipt.nip))
    if receipt.document is DocumentKind.E_RECEIPT:
        facts.append((translate("Electronic receipt (KID)"), receipt.kid))
    return facts


def paid_words(payment: Payment) -> str:
    """How something was paid: foreign money with its amount, a voucher with what it was worth."""
    if payment.symbol:
        return f"{payment.name}  {zloty(payment.foreign)} {payment.symbol}"
    if payment.face_gr:
        worth = translate("worth {amount}", amount=zloty(payment.face_gr))
        return f"{payment.name}  ({worth})"
    return f"{payment.name}  {payment.reference}".rstrip()


def _age(rate_of: str, today: date) -> str:
    if not rate_of:
        return "  " + translate("(age of the rate unknown)")
    days = (today - date.fromisoformat(rate_of)).days
    return "  " + translate("(rate of {day})", day=rate_of) if days else ""
