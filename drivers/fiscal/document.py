"""What a fiscal document is made of: lines, discounts, payments, buyer, footer. No I/O.

Money is whole grosze, quantity thousandths, percents hundredths of a percent (15 % = 1500). Every
amount is what the printer will compute itself, so that it can refuse a document that lacks or
repeats a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class TenderKind(StrEnum):
    """How money is given, in the words of the Polish fiscal printers."""

    CASH = "cash"
    CARD = "card"
    CHEQUE = "cheque"
    BON = "bon"
    CREDIT = "credit"
    OTHER = "other"
    VOUCHER = "voucher"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Header:
    """Who sells and where, as the law wants it on top of each receipt."""

    company: str
    name: str
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Discount:
    """An amount off (or, as mark-up, onto) a line, a rate or a receipt; ``amount_gr`` is positive.

    ``percent_bp`` is printed beside it; the amount is then that percent in the printer's own mode.
    """

    amount_gr: int
    name: str = ""
    is_markup: bool = False
    percent_bp: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line as the printer gets it; ``value_gr`` is price times quantity before the discount.

    A storno repeats a line that was sold, with its discount, or a part of its quantity.
    """

    name: str
    vat: str
    price_gr: int
    qty_milli: int
    value_gr: int
    unit: str = ""
    discount: Discount | None = None
    is_storno: bool = False
    description: str = ""
    pkwiu: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class LineDiscount:
    """A discount on a line sold before, of value ``base_gr``; a storno takes it back."""

    name: str
    vat: str
    base_gr: int
    discount: Discount
    is_storno: bool = False


@dataclass(frozen=True, slots=True)
class RateDiscount:
    """A discount on everything sold at one letter so far, or on ``base_gr`` of it."""

    vat: str
    discount: Discount
    base_gr: int | None = None


@dataclass(frozen=True, slots=True)
class Promotion:
    """An amount off one letter, printed as a promotion; a storno takes it back."""

    vat: str
    amount_gr: int
    name: str = ""
    is_storno: bool = False


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The subtotal on paper, and the discount on everything sold so far, if there is one."""

    discount: Discount | None = None


@dataclass(frozen=True, slots=True)
class Packaging:
    """Returnable packaging, outside the fiscal total: given out or, ``is_return``, taken back."""

    price_gr: int
    quantity: int
    number: str = ""
    description: str = ""
    is_return: bool = False
    is_storno: bool = False

    @property
    def value_gr(self) -> int:
        """Price times pieces."""
        return self.price_gr * self.quantity


@dataclass(frozen=True, slots=True)
class Advance:
    """An advance paid before: ``amount_gr`` comes off letter ``vat``, of whose ``base_gr``."""

    vat: str
    amount_gr: int
    base_gr: int
    name: str = ""
    is_storno: bool = False


Entry: TypeAlias = Item | LineDiscount | RateDiscount | Promotion | Subtotal | Packaging | Advance


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment, or the change given back."""

    kind: TenderKind
    amount_gr: int
    name: str = ""
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class CurrencyTender:
    """A payment in foreign money.

    ``foreign`` is in hundredths of its unit, ``rate_e4`` the price of one unit in ten-thousandths
    of a złoty, ``amount_gr`` what the two come to; ``symbol`` is three capital letters.
    """

    symbol: str
    foreign: int
    rate_e4: int
    amount_gr: int
    name: str = ""
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class FooterLine:
    """One line below the fiscal part; ``number`` names the printer's own words before the text."""

    number: int
    text: str
    is_wide: bool = False
    is_high: bool = False


class Note(StrEnum):
    """Remarks the law wants on some invoices."""

    CASH_METHOD = "cash_method"
    SELF_BILLING = "self_billing"
    REVERSE_CHARGE = "reverse_charge"
    EXEMPT = "exempt"  # details: the legal basis
    ENFORCEMENT = "enforcement"  # details: the authority, the debtor
    TAX_REPRESENTATIVE = "tax_representative"  # details: who
    TRANSPORT = "transport"  # details: date of admission, mileage, hours
    THREE_WAY = "three_way"  # details: the remark's text
    TOURIST_MARGIN = "tourist_margin"
    OTHER_MARGIN = "other_margin"  # details: the texts


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who an invoice is for; a name of several lines holds line feeds."""

    name: str
    nip: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """What makes a document a VAT invoice instead of a receipt."""

    number: str
    buyer: Buyer
    title: str = ""
    copies: int = 0
    notes: tuple[tuple[Note, tuple[str, ...]], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiscalReceipt:
    """Everything a fiscal receipt needs; ``total_gr`` must equal the printer's own sum.

    ``items`` stand in the order of the paper, ``discount`` is one on the whole receipt. What is to
    be paid is the total, and packaging given out less packaging taken back.
    ``buyer_id`` is the customer's number for an electronic receipt (KID); ``reference`` is printed
    as the system's number; ``barcode`` and ``qr`` are printed below the fiscal part.
    """

    items: tuple[Entry, ...]
    tenders: tuple[Tender | CurrencyTender, ...]
    total_gr: int
    discount: Discount | None = None
    nip: str = ""
    cashier: str = ""
    desk: str = ""
    reference: str = ""
    footer: tuple[FooterLine, ...] = ()
    barcode: str = ""
    qr: str = ""
    buyer_id: str = ""
    invoice: Invoice | None = None

    @property
    def packaging_gr(self) -> int:
        """Value of the packaging given out."""
        return self._packaging(is_return=False)

    @property
    def packaging_back_gr(self) -> int:
        """Value of the packaging taken back."""
        return self._packaging(is_return=True)

    def _packaging(self, *, is_return: bool) -> int:
        return sum(
            -each.value_gr if each.is_storno else each.value_gr
            for each in self.items
            if isinstance(each, Packaging) and each.is_return is is_return
        )
