"""Commands of scheduled changes: VAT rates and the accounting currency. Also the second currency.

A change is made with the first command after its moment, when nothing is open: with a daily report
before it, should the day not be empty. Source: protocol.md appendix A.
"""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout, printing
from hw_emulator.posnet.clock import change_rates, read_rates
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.registry import State, command
from hw_emulator.posnet.reports import make_daily_report
from hw_emulator.posnet.settings import DEFAULTS, flag, keep, number, text
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import show_flag, show_iso, show_moment, show_rates

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

_VAT, _CURRENCY = "flash.vatauto", "flash.currencyauto"
_SYMBOL = re.compile(r"[A-Z]{3}\Z", re.ASCII)
_CHANGES_MAX = 10
_RATE_MAX = 9_999_999_900  # 9999.9999, with six digits behind the point
_KEPT_DIGITS = 100

DEFAULTS.update(
    {
        "flash.currency": "PLN",
        "currrate.on": False,
        "currrate.ra": 0,
        "currrate.na": "",
        "currrate.di": False,
    }
)


@command("vatautoset", table="on!b va:q vb:q vc:q vd:q ve:q vf:q vg:q da:t ra:b")
def vatautoset(device: Device, args: Args) -> None:
    """Schedule a change of the VAT rates, or drop it."""
    if not args.flag("on"):
        keep(device, {_VAT: None})
        return
    if not args.has("da"):
        raise Refused(SetupCode.VAT_DATE_MISSING)
    at = args.moment("da").replace(tzinfo=device.clock().tzinfo)
    if at < device.clock():
        raise Refused(SetupCode.VAT_DATE_OLD)
    rates = read_rates(args)
    change = {"at": at.isoformat(), "rates_bp": rates, "is_unattended": args.flag("ra")}
    keep(device, {_VAT: change})


@command("vatautoget")
def vatautoget(device: Device, _args: Args) -> Fields:
    """Read the scheduled change; without one, what is in force now."""
    change: Record | None = device.books.settings.get(_VAT)
    rates = change["rates_bp"] if change else device.books.rates_bp
    at = change["at"] if change else device.moment()
    is_unattended = bool(change and change["is_unattended"])
    return [
        ("on", show_flag(bool(change))),
        *show_rates(rates),
        ("da", show_moment(at)),
        ("tm", show_iso(at)),
        ("ra", show_flag(is_unattended)),
    ]


def waits_for_vat(device: Device) -> bool:
    """Whether somebody has to confirm a change of the VAT rates before the next sale."""
    change: Record | None = device.books.settings.get(_VAT)
    return bool(change and not change["is_unattended"] and _is_due(device, change))


def _is_due(device: Device, change: Record) -> bool:
    return device.clock() >= datetime.fromisoformat(change["at"])


def make_due_changes(device: Device, *, is_confirmed: bool) -> None:
    """Change what was to be changed by now; ``is_confirmed`` tells that a key was pressed.

    A change the memory has no room for is dropped. The plan is forgotten last, so that a power cut
    cannot lose it.
    """
    settings = device.books.settings
    vat, currency = settings.get(_VAT), settings.get(_CURRENCY)
    if not (vat or currency) or device.state is not State.IDLE:
        return
    if vat and _is_due(device, vat) and (vat["is_unattended"] or is_confirmed):
        _change_vat(device, vat["rates_bp"])
    if currency and _is_due(device, currency) and _empty_the_day(device):
        with contextlib.suppress(Refused):
            _change_currency(device, currency["na"])
        keep(device, {_CURRENCY: None})


def _change_vat(device: Device, rates: list[int]) -> None:
    is_new = rates != device.books.rates_bp
    if is_new and not _empty_the_day(device):
        return
    try:
        if is_new:
            change_rates(device, rates)
    except Refused:
        is_new = False
    keep(device, {_VAT: None})
    if is_new:
        device.restart()


def _empty_the_day(device: Device) -> bool:
    """Make a daily report if the day is not empty; tell whether it is empty now."""
    try:
        if not device.books.totals_are_zero:
            make_daily_report(device)
    except Refused:
        return False
    return True


def _symbol(args: Args, current: str) -> str:
    symbol = args.text("na")
    if not _SYMBOL.match(symbol):
        raise Refused(Code.CURRENCY_NAME)
    if symbol == current:
        raise Refused(SetupCode.CURRENCY_SAME)
    return symbol


@command("currset", table="na!s da!t", row="idle")
def currset(device: Device, args: Args) -> None:
    """Change the accounting currency: at a moment to come, or at once when it has passed."""
    books = device.books
    symbol = _symbol(args, text(books, "flash.currency"))
    if len(books.ledger.of(Kind.CURRENCY)) >= _CHANGES_MAX:
        raise Refused(SetupCode.CURRENCY_CHANGES)
    at = args.moment("da").replace(tzinfo=device.clock().tzinfo)
    if at > device.clock():
        keep(device, {_CURRENCY: {"at": at.isoformat(), "na": symbol}})
        return
    if not books.totals_are_zero:
        raise Refused(Code.TOTALS_NOT_ZERO)
    kinds = [e.kind for e in books.ledger.entries if e.kind in {Kind.CURRENCY, Kind.REPORT}]
    if kinds and kinds[-1] is Kind.CURRENCY:
        raise Refused(SetupCode.CURRENCY_CHANGED)
    _change_currency(device, symbol)


def _change_currency(device: Device, symbol: str) -> None:
    old = text(device.books, "flash.currency")
    if symbol == old:
        return
    printing.check_room(device)
    keep(device, {"flash.currency": symbol})
    device.note_event(Kind.CURRENCY, na=symbol)
    lines = [
        *layout.pair("Waluta przed zmianą:", old),
        *layout.pair("Waluta po zmianie:", symbol),
    ]
    device.print_document("ZMIANA WALUTY EWIDENCYJNEJ", lines, kind="printout", is_special=True)


@command("currget")
def currget(device: Device, _args: Args) -> Fields:
    """Accounting currency."""
    return [("na", text(device.books, "flash.currency"))]


@command("currrateset", table="on!b ra:i na:s di:b")
def currrateset(device: Device, args: Args) -> None:
    """Set the rate of the second currency, or switch it off."""
    if not args.flag("on"):
        off = {"currrate.on": False, "currrate.ra": 0, "currrate.na": "", "currrate.di": False}
        keep(device, off)
        return
    for name in ("ra", "na"):
        if not args.has(name):
            raise BadField(Code.MISSING_FIELD, name)
    symbol = _symbol(args, text(device.books, "flash.currency"))
    rate = (args.number("ra") + _KEPT_DIGITS // 2) // _KEPT_DIGITS * _KEPT_DIGITS
    if not 0 < rate <= _RATE_MAX:
        raise Refused(Code.CURRENCY_RATE)
    is_to_accounting = args.flag("di", default=True)
    values = {"on": True, "ra": rate, "na": symbol, "di": is_to_accounting}
    keep(device, {f"currrate.{name}": value for name, value in values.items()})


@command("currrateget")
def currrateget(device: Device, _args: Args) -> Fields:
    """Read the rate of the second currency; its last six digits are behind the point."""
    books = device.books
    return [
        ("on", show_flag(flag(books, "currrate.on"))),
        ("ra", f"{number(books, 'currrate.ra'):07d}"),
        ("na", text(books, "currrate.na")),
        ("di", show_flag(flag(books, "currrate.di"))),
    ]
