"""The parked receipts of the shop's other tills: handed over, listed, taken. On the ``net`` thread.

Without the office there are only this till's own, and selling goes on. What a till hands over is
the office's until a till takes it, its own included: so none is ever sold twice.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected, SyncError
from terminal.events import NetworkChanged, OfficeHeard, ParkingChanged
from terminal.sync import shared

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terminal.context import Context
    from terminal.parked.handing import Handing
    from terminal.sync.http import Office
    from terminal.sync.wire import SharedHead, SharedReceipt

_NOT_FOUND, _OUR_FAULT, _ITS_FAULT = 404, 400, 500
_log = logging.getLogger(__name__)


class Sharing:
    """``handing`` commits, on the engine's thread, what the office says."""

    def __init__(self, context: Context, office: Office, handing: Handing) -> None:
        self._context = context
        self._office = office
        self._handing = handing
        self._is_heard = False
        self._is_called = False
        context.engine.listen(self._hear)

    # --- from any thread -------------------------------------------------------------------------

    def offered(self) -> Future[list[SharedHead]]:
        """What other tills have parked; the Future raises E-50 when the office does not answer."""
        return self._context.net.call(self._offered)

    def take(self, share: str, owner_id: str, name: str) -> Future[str]:
        """Fetch a shared receipt, to lie here alone; the Future gives its name.

        It raises E-111 when another till has it, E-112 when the office does not answer: then it
        comes as soon as that does, or not at all.
        """
        return self._context.net.call(self._take, share, owner_id, name)

    def _hear(self, event: object) -> None:
        match event:
            case NetworkChanged(is_online):
                self._is_heard = is_online
            case OfficeHeard():
                self._is_heard = True
            case ParkingChanged():
                pass
            case _:
                return
        if self._is_heard and not self._is_called:
            self._is_called = True
            self._context.net.call(self._exchange)

    # --- on the net thread -----------------------------------------------------------------------

    def _offered(self) -> list[SharedHead]:
        listed = shared.listed(self._office)
        return self._context.engine.call(self._handing.foreign, listed).result()

    def _take(self, share: str, owner_id: str, name: str) -> str:
        request = self._context.engine.call(self._handing.ask, share, owner_id).result()
        try:
            found = self._ask(share, request)
        except SyncError as error:
            if error.code is Code.NO_NETWORK:
                raise Rejected(Code.BILL_AWAY, name=name) from error
            raise
        if not found:
            raise Rejected(Code.BILL_GONE, name=name)
        return found

    def _ask(self, share: str, request: str) -> str:
        engine = self._context.engine
        try:
            answer = shared.take(self._office, share, request)
        except SyncError as error:
            if error.params.get("status") == _NOT_FOUND:
                engine.call(self._handing.forget, share).result()
            raise
        return engine.call(self._handing.answered, share, answer).result()

    def _exchange(self) -> None:
        """Ask again what has no answer, hand over what is parked, hear what others took."""
        self._is_called = False
        engine = self._context.engine
        try:
            for share, request in engine.call(self._handing.asked).result():
                self._ask_again(share, request)
            while receipt := engine.call(self._handing.next).result():
                self._hand_over(receipt)
            if engine.call(self._handing.holds).result():
                listed = shared.listed(self._office)
                engine.call(self._handing.reconcile, listed).result()
        except SyncError as error:
            _log.warning("shared receipts: %s", error)
            self._is_heard = False

    def _ask_again(self, share: str, request: str) -> None:
        try:
            self._ask(share, request)
        except SyncError as error:
            if error.code is Code.NO_NETWORK:
                raise
            _log.warning("shared receipt %s: %s", share, error)

    def _hand_over(self, receipt: SharedReceipt) -> None:
        engine = self._context.engine
        try:
            state = shared.offer(self._office, receipt)
        except SyncError as error:
            is_no = _OUR_FAULT <= int(str(error.params.get("status", 0))) < _ITS_FAULT
            if is_no and engine.call(self._handing.refused, receipt.head.share).result():
                return
            raise
        engine.call(self._handing.held, state).result()
