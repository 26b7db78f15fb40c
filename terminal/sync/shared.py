"""Asks the office about the parked receipts that the tills of a shop share. No SQL, no retries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.sync.wire import SharedList, ShareState, TakeAnswer, TakeRequest

if TYPE_CHECKING:
    from terminal.sync.http import Office
    from terminal.sync.wire import SharedReceipt


def listed(office: Office) -> SharedList:
    """What is held for the shop, and what became of this till's own. Raises ``SyncError``."""
    return office.caller.ask("GET", f"{office.path}/parked", SharedList)


def offer(office: Office, receipt: SharedReceipt) -> ShareState:
    """Hand a receipt over; the same again changes nothing. Raises ``SyncError``."""
    path = f"{office.path}/parked/{receipt.head.share}"
    return office.caller.ask("PUT", path, ShareState, receipt)


def take(office: Office, share: str, request: str) -> TakeAnswer:
    """Ask for a receipt; the same ``request`` gets the same answer. Raises ``SyncError``."""
    path = f"{office.path}/parked/{share}/take"
    return office.caller.ask("POST", path, TakeAnswer, TakeRequest(request))
