"""How a receipt looks from its first line to its footer. Pure; decides nothing about money.

Source: protocol.md §19 and the sample printouts of POT-I-DEV-37.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.arithmetic import vat_of
from hw_emulator.posnet.layout import CURRENCY, LETTERS, RULE, centred, money, pair, right, text
from hw_emulator.posnet.tender import FOREIGN
from hw_emulator.posnet.values import EXEMPT, show_rate

if TYPE_CHECKING:
    from decimal import Decimal

    from hw_emulator.posnet.packs import Pack, Packs
    from hw_emulator.posnet.tender import Payment
    from hw_emulator.posnet.transaction import Line, Transaction

FISCAL_TITLE, CANCELLED_TITLE = "PARAGON FISKALNY", "TRANSAKCJA ANULOWANA"
STORNO = "#STORNO#"
PAYMENT_NAMES = {
    0: "GOTÓWKA",
    2: "KARTA",
    3: "CZEK",
    4: "BON",
    5: "KREDYT",
    6: "INNA",
    7: "VOUCHER",
    8: "PRZELEW",
}
OLD_TRANSFER_NAME = "KONTO KLIENTA"
_TRANSFER = 8


def sale(line: Line, times: str) -> list[str]:
    """A sold line and, before a storno, the word for it; ``times`` is the quantity sign."""
    sign = -1 if line.is_storno else 1
    unit = f" {line.unit}" if line.unit else ""
    value = f"{money(sign * line.value_gr):>8}{LETTERS[line.vat]}"
    lines = [STORNO] if line.is_storno else []
    lines += pair(
        line.name, f"{show_count(line.quantity)}{unit}{times}{money(line.price_gr)} {value}"
    )
    if line.description:
        lines += text(f"  {line.description}")
    return lines


def show_count(quantity: Decimal) -> str:
    """Quantity without needless zeros: ``2,5``."""
    return f"{quantity.normalize():f}".replace(".", ",")


def adjustment(
    name: str, percent: int | None, change_gr: int, letter: str = "", *, is_storno: bool = False
) -> list[str]:
    """A discount or mark-up with its amount; one that is taken back keeps its word."""
    word = "OPUST" if (change_gr < 0) is not is_storno else "NARZUT"
    rate = f" {percent // 100},{percent % 100:02d} %" if percent is not None else ""
    label = " ".join(part for part in (word, name) if part) + rate
    return pair(label, money(change_gr) + letter)


def subtotal(total_gr: int) -> list[str]:
    """The sum so far."""
    return pair("Podsuma:", money(total_gr))


def advance(name: str, base_gr: int, change_gr: int, letter: str) -> list[str]:
    """An advance that is settled (negative) or taken back, with what it starts and ends with."""
    sign = "+" if change_gr > 0 else ""
    before = base_gr - change_gr if change_gr > 0 else base_gr
    return [
        *([STORNO] if change_gr > 0 else []),
        *pair(name, f"{money(before)} {sign}{money(change_gr)}{letter}"),
        right(f"{money(before + change_gr)} "),
    ]


def tax_lines(totals_gr: list[int], rates_bp: list[int]) -> list[str]:
    """Sale and tax per rate, the sum of taxes and the sum of the receipt."""
    sales: list[str] = []
    taxes: list[str] = []
    tax_sum = 0
    for letter, total, rate in zip(LETTERS, totals_gr, rates_bp, strict=True):
        if not total:
            continue
        word = "ZWOLNIONA" if rate == EXEMPT else "OPODATKOWANA"
        sales += pair(f"SPRZEDAŻ {word} {letter}", money(total))
        if rate < EXEMPT:
            tax_sum += vat_of(total, rate)
            taxes += pair(f"PTU {letter} {show_rate(rate)} %", money(vat_of(total, rate)))
    return [
        *sales,
        *taxes,
        *pair("SUMA PTU", money(tax_sum)),
        *pair(f"SUMA {CURRENCY}", money(sum(totals_gr))),
    ]


def packaging(packs: Packs, due_gr: int) -> list[str]:
    """Packaging given out and taken back, and what is to be paid with it."""
    lines: list[str] = []
    for is_returned, title in ((False, "WYDANIA"), (True, "PRZYJĘCIA")):
        chosen = [pack for pack in packs.entries if pack.is_returned is is_returned]
        if chosen:
            lines.append(f"OPAKOWANIA ZWROTNE {title}")
            lines += [piece for pack in chosen for piece in _pack(pack)]
    word, amount = ("DO ZAPŁATY", due_gr) if due_gr >= 0 else ("DO ZWROTU", -due_gr)
    return [
        *lines,
        *pair("OPAKOWANIA ZWROTNE SUMA", money(packs.due_gr)),
        *pair(word, f"{money(amount)} {CURRENCY}"),
    ]


def _pack(pack: Pack) -> list[str]:
    label = " Opakowanie zwr." + (f"({pack.number})" if pack.number else "")
    label += f" {pack.description[:40]}" if pack.description else ""
    value = -pack.value_gr if pack.is_returned is not pack.is_storno else pack.value_gr
    lines = [STORNO] if pack.is_storno else []
    return lines + pair(label, f"{pack.quantity}x{money(pack.price_gr)} {money(value):>6}")


def settlement(paid: list[Payment], change: list[Payment], *, is_old: bool = False) -> list[str]:
    """Payments and change."""
    lines = ["ROZLICZENIE PŁATNOŚCI"]
    for payment in (*paid, *change):
        name = payment_name(payment, is_old=is_old)
        if payment.kind == FOREIGN:
            lines += _foreign(payment)
        elif payment.is_change:
            lines += pair(f"RESZTA {name}", f"{money(payment.value_gr)} {CURRENCY}")
        else:
            lines += pair(name, f"{money(payment.value_gr)} {CURRENCY}")
    return lines


def _foreign(payment: Payment) -> list[str]:
    foreign = payment.foreign
    if not foreign:
        return []
    amount = f"{money(foreign.amount)} {foreign.symbol}"
    rate = f"{foreign.rate // 10_000},{foreign.rate % 10_000:04d}"
    return [
        *pair("WALUTA OBCA", payment.name),
        *pair(f" {foreign.symbol}", f"PRZELICZNIK 1 {foreign.symbol} = {rate} {CURRENCY}"),
        *pair(f" {amount}", f"{money(payment.value_gr)} {CURRENCY}"),
        *pair(" RESZTA" if payment.is_change else " WPŁATA", amount),
    ]


def payment_name(payment: Payment, *, is_old: bool = False) -> str:
    """Form of payment as printed; the name of cash is not."""
    if payment.name and payment.kind:
        return payment.name
    if is_old and payment.kind == _TRANSFER:
        return OLD_TRANSFER_NAME
    return PAYMENT_NAMES.get(payment.kind, "")


def closing(transaction: Transaction, rates_bp: list[int]) -> list[str]:
    """Everything between the last line and the payments of a receipt."""
    lines: list[str] = [RULE]
    if transaction.discounts_gr:
        word = "OPUSTY" if transaction.discounts_gr < 0 else "NARZUTY"
        lines += [*pair(f"{word} ŁĄCZNIE", money(transaction.discounts_gr)), RULE]
    lines += [*tax_lines(transaction.totals_gr, rates_bp), RULE]
    if transaction.packs.entries:
        lines += [*packaging(transaction.packs, transaction.due_gr), RULE]
    return lines


def cancelled() -> list[str]:
    """The word that a document does not count."""
    return [centred(CANCELLED_TITLE)]
