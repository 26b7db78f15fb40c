"""An account that the office switches off during a shift: logged out, after the receipt.

What the role allows changes at the next login; whether somebody is here at all does not wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.events import Failed, Pulled, ReceiptChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.context import Context
    from terminal.people.rights import Operator
    from terminal.store.catalogue import Catalogue


class Account:
    """``operator`` is who is at the till, ``is_selling`` whether a receipt is open."""

    def __init__(
        self,
        context: Context,
        catalogue: Catalogue,
        operator: Callable[[], Operator | None],
        is_selling: Callable[[], bool],
        lock: Callable[[], None],
    ) -> None:
        self._context = context
        self._catalogue = catalogue
        self._operator = operator
        self._is_selling = is_selling
        self._lock = lock

    def hear(self, event: object) -> None:
        """Users have come, or a receipt has ended: look; returns at once."""
        match event:
            case Pulled(name="users", is_staged=False):
                self._context.engine.call(self._look)
            case ReceiptChanged(receipt) if not receipt.rid:
                self._context.engine.call(self._look)

    def _look(self) -> None:
        operator = self._operator()
        if operator is None or not operator.id or self._is_selling():
            return
        user = self._catalogue.user(operator.identifier)
        if user is None or user.id != operator.id:
            self._lock()
            self._context.tell(Failed(Rejected(Code.USER_OFF, name=operator.name)))
