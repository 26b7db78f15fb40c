"""Prints the bill of the receipt on the screen: on the receipt printer, else on the fiscal one.

It changes nothing, and whether it is on paper nobody need know: it may be printed once more.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.i18n import speaking
from terminal.paper.guest_bills import bill_lines, bill_slip
from terminal.people.rights import require
from terminal.sale.receipt import State
from terminal.sale.refusals import explain
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terminal.context import Context
    from terminal.in_hand import InHand
    from terminal.paper.slips import Slips
    from terminal.parked.parking import Parking
    from terminal.store.catalogue import Catalogue
    from terminal.store.slips import Job


class Showing:
    """``hand`` holds the receipt, ``parking`` its name, ``catalogue`` is the engine's own reader.

    ``print`` runs on the engine's thread.
    """

    def __init__(
        self, context: Context, hand: InHand, parking: Parking, slips: Slips, catalogue: Catalogue
    ) -> None:
        self._context = context
        self._hand = hand
        self._parking = parking
        self._slips = slips
        self._catalogue = catalogue

    def print(self) -> Future[Job] | Future[None]:
        """Print the bill; the Future raises what the printer refused. Raises E-17."""
        require(self._hand.operator, Right.SELL)
        receipt = self._hand.receipt
        if receipt is None or receipt.is_empty:
            raise Rejected(Code.EMPTY_RECEIPT)
        if receipt.state is State.PRINTING:
            raise Rejected(Code.BUSY)
        name, at = self._parking.names.on_screen, self._context.stamp()
        # The guest reads it, whatever the screen speaks.
        with speaking(self._catalogue.receipt_language()):
            if self._slips.is_set_up:
                slip = bill_slip(receipt, name, self._catalogue.shop(), at)
                return self._slips.print("bill", new_rid(), slip)
            lines = bill_lines(receipt, name, at)
        return self._context.devices.call(self._print_form, lines)

    def _print_form(self, lines: tuple[str, ...]) -> None:
        printer = self._context.printer
        try:
            printer.print_form(lines)
        except DeviceError as error:
            # Half a form would stand in the way of the next receipt.
            with suppress(DeviceError):
                printer.cancel()
            raise explain(error) from error
