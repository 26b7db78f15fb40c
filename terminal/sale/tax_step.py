"""Asks the printer about names that it has not sold at this rate before; on the printer's thread.

A refusal in the middle of a receipt costs a cancelled one on paper. What this printer has sold at
the same rate need not be asked again, so a usual receipt costs nothing on the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import Refused, Why
from terminal.errors import Code, Rejected
from terminal.sale.names import identity, steps_up
from terminal.sale.refusals import explain
from terminal.store import goods

if TYPE_CHECKING:
    from terminal.context import Context
    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt


def check(context: Context, receipt: Receipt, printer_no: str) -> None:
    """Raise E-03 or E-02 for the first line that the printer would refuse by its name."""
    lines = {identity(line.name): line for line in receipt.live_lines}
    sold = context.engine.call(goods.known, context.journal, printer_no, lines.keys()).result()
    for name, line in lines.items():
        if sold.get(name) != line.rate_bp:
            _ask(context, line)


def _ask(context: Context, line: Line) -> None:
    try:
        found = context.printer.goods(line.name)
    except Refused as refused:
        if refused.why is Why.NAME:
            raise explain(refused, line.name, line.vat) from refused
        # It cannot tell: the receipt itself will.
        return
    if found is None or found.rate_bp is None:
        return
    if found.is_locked and steps_up(found.rate_bp, line.rate_bp):
        raise Rejected(Code.TAX_STEP, name=line.name, vat=line.vat)
