"""Commands of a printer's coming into service: who serves it, its numbers, its fiscalisation.

Source: protocol.md appendix A, "Clock, VAT, header, footer, service data".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout, printing
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.outside import Server, need_jumper
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import DEFAULTS, keep, number, text
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import INACTIVE

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

# What a printer that is born fiscal came into service with.
FACTORY_NO = "PO260100001"
USE_NAMES = {1: "STAŁA", 2: "REZERWOWA", 3: "MOBILNA", 5: "INNA"}
OWNERSHIP_NAMES = {1: "WŁASNA", 2: "DZIERŻAWA", 3: "LEASING", 4: "WYNAJEM", 5: "INNA"}
_DIGITS = re.compile(r"\d*\Z", re.ASCII)
_FACTORY_NO = re.compile(r"[A-Z]{2}\d{9}\Z", re.ASCII)
_TAX_NUMBER_LENGTH = 10
_TAX_OFFICE_MIN = 4

DEFAULTS.update(
    {
        "flash.fiscal.use": 1,
        "flash.fiscal.ownership": 1,
        "flash.service.ni": "",
        "flash.serviceman.na": "",
        "flash.serviceman.id": "",
        "flash.factory_no": "",
    }
)


def _need_training(device: Device) -> None:
    if device.books.is_fiscal:
        raise Refused(SetupCode.FISCAL_MODE)


def _need_fiscal(device: Device) -> None:
    if not device.books.is_fiscal:
        raise Refused(Code.NOT_FISCAL)


def _tax_number(args: Args) -> str:
    found = args.text("ni")
    if len(found) != _TAX_NUMBER_LENGTH:
        raise Refused(SetupCode.TAX_NUMBER_LENGTH)
    if not _DIGITS.match(found):
        raise Refused(Code.TAX_NUMBER)
    return found


@command("taxofficedataset", table="us!s10")
def taxofficedataset(device: Device, args: Args) -> None:
    """Accept the number of a tax office; it has no effect any more."""
    _need_training(device)
    if not _DIGITS.match(args.text("us")):
        raise Refused(SetupCode.TAX_OFFICE_DIGITS)
    if len(args.text("us")) < _TAX_OFFICE_MIN:
        raise Refused(SetupCode.TAX_OFFICE_SHORT)


@command("taxofficedataget")
def taxofficedataget(device: Device, _args: Args) -> Fields:
    """An empty text, as always nowadays."""
    _need_training(device)
    return [("us", "")]


@command("servicedataset", table="ni!s")
def servicedataset(device: Device, args: Args) -> None:
    """Set the tax number of the company that serves the printer."""
    _need_training(device)
    keep(device, {"flash.service.ni": _tax_number(args)})


@command("servicedataget")
def servicedataget(device: Device, _args: Args) -> Fields:
    """Tax number of the company that serves the printer."""
    _need_training(device)
    return [("ni", text(device.books, "flash.service.ni"))]


@command("servicemandataset", table="na!s40 id!s10")
def servicemandataset(device: Device, args: Args) -> None:
    """Set the technician."""
    _need_training(device)
    if not args.text("id"):
        raise Refused(SetupCode.TECHNICIAN)
    values = {"flash.serviceman.na": args.text("na"), "flash.serviceman.id": args.text("id")}
    keep(device, values)


@command("servicemandataget")
def servicemandataget(device: Device, _args: Args) -> Fields:
    """Read the technician."""
    _need_training(device)
    return [(name, text(device.books, f"flash.serviceman.{name}")) for name in ("na", "id")]


def factory_no(books: Books) -> str:
    """Factory number; "" before it is set."""
    return text(books, "flash.factory_no") or (FACTORY_NO if books.is_fiscal else "")


@command("factorynumberset", table="fn!s")
def factorynumberset(device: Device, args: Args) -> None:
    """Set the factory number, once and for all."""
    if factory_no(device.books):
        raise Refused(SetupCode.FACTORY_NUMBER_SET)
    if not _FACTORY_NO.match(args.text("fn")):
        raise Refused(SetupCode.FACTORY_NUMBER_FORMAT)
    keep(device, {"flash.factory_no": args.text("fn")})


@command("factorynumberget")
def factorynumberget(device: Device, _args: Args) -> Fields:
    """Read the factory number."""
    found = factory_no(device.books)
    if not found:
        raise Refused(SetupCode.NO_FACTORY_NUMBER)
    return [("fn", found)]


@command("usetypeget")
def usetypeget(device: Device, _args: Args) -> Fields:
    """What the printer is used as."""
    _need_fiscal(device)
    return [("ty", str(number(device.books, "flash.fiscal.use")))]


@command("ownershiptypeget")
def ownershiptypeget(device: Device, _args: Args) -> Fields:
    """Whose the printer is."""
    _need_fiscal(device)
    return [("ty", str(number(device.books, "flash.fiscal.ownership")))]


@command(
    "fiscalize",
    table="ni!s dl:b rn:s14 da:t pr:b ut:i ot:i",
    row="idle",
    prints=Prints.ALWAYS,
    key_without="da",
)
def fiscalize(device: Device, args: Args) -> None:
    """Make the printer fiscal, which cannot be taken back."""
    nip = _check_fiscalisation(device, args)
    books = device.books
    registration_no = args.text("rn") or f"{device.clock().year}/000000001"
    is_daily, currency = args.flag("dl", default=True), text(books, "flash.currency")
    details = {
        "nip": nip,
        "registration_no": registration_no,
        "factory_no": factory_no(books),
        "daily_counter": is_daily,
        "currency": currency,
        "rates_bp": list(books.rates_bp),
    }
    use, ownership = args.number("ut", 1), args.number("ot", 1)
    values = {"flash.fiscal.use": use, "flash.fiscal.ownership": ownership}
    lines = [
        *layout.rate_table(books.rates_bp),
        layout.RULE,
        *layout.pair("TYP UŻYTKOWANIA", USE_NAMES[use]),
        *layout.pair("TYP WŁASNOŚCI", OWNERSHIP_NAMES[ownership]),
        *layout.pair("LICZNIK PARAGONÓW", "DOBOWY" if is_daily else "CIĄGŁY"),
        *layout.pair("NR EWIDENCYJNY", registration_no),
        *layout.pair("NR FABRYCZNY", factory_no(books)),
        *layout.pair("NIP SERWISU", text(books, "flash.service.ni")),
        *layout.pair("SERWISANT ID", text(books, "flash.serviceman.id")),
        *layout.pair("WALUTA EWIDENCYJNA", currency),
    ]
    device.note("fiscalisation", values, details=details)
    if args.flag("pr", default=True):
        title = "RAPORT FISKALNY FISKALIZACJI"
        printing.print_document(device, title, lines, kind="printout", more={}, is_fiscal=True)


def _check_fiscalisation(device: Device, args: Args) -> str:
    books = device.books
    _need_training(device)
    nip = _tax_number(args)
    if args.has("da"):
        if not args.has("dl"):
            raise BadField(Code.MISSING_FIELD, "dl")
        if args.moment("da").date() != device.clock().date():
            raise Refused(Code.DATE_DIFFERS)
    if args.number("ut", 1) not in USE_NAMES:
        raise Refused(SetupCode.USE)
    if args.number("ot", 1) not in OWNERSHIP_NAMES:
        raise Refused(SetupCode.OWNERSHIP)
    is_served = text(books, "flash.service.ni") and text(books, "flash.serviceman.id")
    has_rates = any(rate != INACTIVE for rate in books.rates_bp)
    if not (books.header and has_rates and is_served):
        raise Refused(SetupCode.FISCALISATION_DATA)
    if not factory_no(books):
        raise Refused(SetupCode.NO_FACTORY_NUMBER)
    need_jumper(device)
    if device.outside.repository is not Server.OK:
        raise Refused(SetupCode.REPOSITORY_UNREACHABLE)
    return nip
