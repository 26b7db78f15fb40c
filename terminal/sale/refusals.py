"""Device errors as sentences for the cashier: which of our codes says it best. No I/O."""

from __future__ import annotations

from drivers.errors import DeviceError, NotReady, Refused, Unreachable, Why
from terminal.errors import Code, Rejected, TillError

_CODES = {
    Why.NAME: Code.NAME_REFUSED,
    Why.TAX_STEP: Code.TAX_STEP,
    Why.RATE_INACTIVE: Code.RATE_INACTIVE,
    Why.NO_SALES: Code.NO_SALES,
    Why.REPORT_MISSING: Code.REPORT_MISSING,
    Why.MEMORY_FULL: Code.MEMORY_FULL,
    Why.TOTALS: Code.TOTALS_DIFFER,
    Why.NO_CASH: Code.CASH_NEGATIVE,
}


def explain(error: DeviceError | None, name: str = "", vat: str = "") -> TillError:
    """The sentence for ``error``; ``name`` and ``vat`` describe the line it was about."""
    match error:
        case Refused(why=why) if why in _CODES:
            return Rejected(_CODES[why], name=name, vat=vat)
        case Refused(code=number, mnemonic=mnemonic, meaning=meaning):
            return Rejected(Code.PRINTER_REFUSED, number=number, mnemonic=mnemonic, meaning=meaning)
        case NotReady(reason=reason):
            return Rejected(Code.NO_PAPER, reason=reason)
        case Unreachable():
            return Rejected(Code.NO_PRINTER)
        case _:
            # Doubt has been settled by the time that anybody reads this.
            return Rejected(Code.NOT_PRINTED)
