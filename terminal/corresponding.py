"""Verbs of the line to the back office, from any thread, and what the journal says of what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.health import heartbeat
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.in_hand import InHand
from terminal.store.exchanges import Cause

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terminal.store.outbox import Unsent
    from terminal.sync.wire import Heartbeat

_OFFICE = _("Back office")
# After these there is something for the office.
_TOLD = (events.ReceiptPrinted, events.ReceiptNotPrinted, events.CashMoved, events.DayClosed)


class Corresponding(InHand):
    """Fetch, send, and look what waits."""

    def pull(self, entry: str, *, ever: bool = False) -> Future[list[events.Pulled]]:
        """Fetch what changed in the data sets of a menu entry, or (``ever``) all there is.

        While a receipt is open it comes into force when that ends.
        """
        return self._post.pull(entry, Cause.KEYS, self._name, ever=ever)

    def push(self, cause: Cause = Cause.KEYS) -> Future[int]:
        """Send what is unsent now; gives how many documents went."""
        return self._post.push(cause, self._name)

    def reload(self, entry: str) -> Future[list[events.Pulled]]:
        """Fetch all there is of a data set, or of all, because the office asks for it."""
        return self._post.pull(entry, Cause.KEYS, translate(_OFFICE), ever=True)

    def look_again(self) -> Future[None]:
        """Meet the printer anew, as if it was due. On the engine's thread."""
        self._checkout.meeting.make_due()
        return self._checkout.look_after()

    def report(self) -> None:
        """Tell the office what is new and how the till is, news or not. On the engine's thread."""
        self._post.hurry()
        self._told_documents()

    def waiting(self) -> Future[dict[str, int]]:
        """How many changes of each data set wait at the office for this till."""
        return self._post.waiting()

    def find_release(self) -> Future[str]:
        """The version that the office offers; empty when this program is up to date."""
        return self._post.find_release()

    def heartbeat(self, unsent: Unsent) -> Heartbeat:
        """How the till is, for the office; on the engine's thread."""
        return heartbeat(
            self._context, self._catalogue, self._lamps, unsent, self.day(), self._name
        )

    def _note_pulled(self, event: object) -> None:
        if not isinstance(event, events.Pulled) or event.is_staged:
            return
        if event.added or event.changed or event.removed or event.refused:
            self._context.engine.call(self._data_applied, event)

    def _data_applied(self, pulled: events.Pulled) -> None:
        """Which goods and prices were sold from here on is something an auditor may ask."""
        self._ledger.event(
            "",
            "data_applied",
            set=pulled.name,
            revision=self._catalogue.revision(pulled.name),
            added=pulled.added,
            changed=pulled.changed,
            removed=pulled.removed,
            refused=len(pulled.refused),
        )
        self._told_documents()

    def _wake_postman(self, event: object) -> None:
        if isinstance(event, _TOLD):
            self._post.wake()
