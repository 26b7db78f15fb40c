"""What a record must fulfil beyond its types: days, NIPs, currencies. Sees one record, no I/O.

Till and office judge by the same rules; the reasons are message ids, which the till translates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdnum import iban
from stdnum.pl import nip

from terminal.i18n import gettext_noop as _
from terminal.sync.wire.field import Attachment, SalesDocument, Visit
from terminal.sync.wire.field_rules import wrong_attachment, wrong_sales_document, wrong_visit
from terminal.sync.wire.moments import is_day, is_moment
from terminal.sync.wire.rows import (
    Currency,
    Customer,
    Discount,
    PaymentMethod,
    PriceList,
    QuickKey,
    Settings,
    Stock,
)

if TYPE_CHECKING:
    from msgspec import Struct

# Symbols of ISO 4217 for money that is paid with; no funds, metals and test codes.
_SYMBOLS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
    NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
    SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
    VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_CURRENCIES = frozenset(_SYMBOLS.split())
_CHANGED = {"cash", "bon", "voucher"}


def wrong_field(row: Struct) -> tuple[str, str]:  # noqa: C901, PLR0911 - one table
    """The first field that breaks a rule, and the reason; two empty texts when none does."""
    match row:
        case Currency():
            return _wrong_currency(row)
        case PaymentMethod():
            return _wrong_method(row)
        case Customer(nip=number) if number and not nip.is_valid(number):
            return "nip", _("The check digit of the NIP is wrong")
        case Discount() if bool(row.amount_gr) == bool(row.percent_bp):
            return "percent_bp", _("Needs either an amount or a percentage")
        case QuickKey() if bool(row.product) == bool(row.category):
            return "product", _("Needs either a product or a category")
        case Stock(as_of=moment) if not is_moment(moment):
            return "as_of", _("Not a time with its zone")
        case Settings():
            return _wrong_setting(row)
        case SalesDocument():
            return wrong_sales_document(row)
        case Visit():
            return wrong_visit(row)
        case Attachment():
            return wrong_attachment(row)
        case PriceList() | Discount():
            return _wrong_day(row.valid_from, row.valid_to)
    return "", ""


def _wrong_currency(row: Currency) -> tuple[str, str]:
    if row.id not in _CURRENCIES:
        return "id", _("Not a currency of ISO 4217")
    return ("rate_of", _("No such day")) if row.rate_of and not is_day(row.rate_of) else ("", "")


def _wrong_method(row: PaymentMethod) -> tuple[str, str]:
    if row.account_no and not iban.is_valid(f"PL{row.account_no}"):
        return "account_no", _("The check digits of the account are wrong")
    if row.uses_terminal and not row.is_fiscal:
        return "uses_terminal", _("A non-fiscal bill asks no payment terminal")
    if row.gives_change and row.kind not in _CHANGED:
        return "gives_change", _("Only cash and vouchers may give change")
    return "", ""


def _wrong_setting(row: Settings) -> tuple[str, str]:
    if [*dict.fromkeys(map(_one_line, row.parking_names))] != row.parking_names:
        return "parking_names", _("A name is there twice, or begins or ends with a space")
    if 0 < row.remind_every_min <= row.remind_snooze_min:
        return "remind_snooze_min", _("Must be shorter than the time between two reminders")
    if row.remind_to <= row.remind_from:
        return "remind_to", _("Must be later than the hour before it")
    return "", ""


def _wrong_day(first: str, last: str) -> tuple[str, str]:
    for field, day in (("valid_from", first), ("valid_to", last)):
        if day and not is_day(day):
            return field, _("No such day")
    if first and last and last < first:
        return "valid_to", _("The last day is before the first")
    return "", ""


def _one_line(name: str) -> str:
    return " ".join(name.split())
