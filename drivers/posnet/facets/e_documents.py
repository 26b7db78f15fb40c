"""Electronic receipts and invoices: the printer sends them itself and keeps a buffer of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import InDoubt
from drivers.fiscal import Delivery, EBuffer, EDocument
from drivers.posnet.commands import call

if TYPE_CHECKING:
    from drivers.posnet.session import Session

_DELIVERIES = (
    Delivery.NEW,
    Delivery.SENT,
    Delivery.RETRYING,
    Delivery.FAILED,
    Delivery.RESERVED,
)


class PosnetEDocuments:
    """Implements ``drivers.fiscal.EDocuments``, and names the server they go to."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_on(self) -> bool:
        """Whether the service is switched on."""
        (found,) = self._session.ask(call("eparagonstatusget"))
        return found.flag("st")

    def switch(self, *, is_on: bool) -> None:
        """Switch the service."""
        self._session.ask(call("eparagonstatusset", st=is_on))

    def use_server(self, address: str) -> None:
        """Send to the server at ``address`` (https): a technician's setting, made once."""
        self._session.ask(call("eparagondefaultset", ad=address))

    def for_next(self, buyer_id: str) -> int:
        """Send the next (or the open) receipt to this buyer; gives the document's handle."""
        (found,) = self._session.ask(call("eparagonidznext", id=buyer_id))
        return found.number("ha")

    def for_previous(self, buyer_id: str) -> int:
        """Send the last receipt to this buyer; gives the document's handle."""
        (found,) = self._session.ask(call("eparagonidzprev", id=buyer_id))
        return found.number("ha")

    def forget(self) -> None:
        """The next receipt goes to nobody after all."""
        self._session.ask(call("eparagonidzcancel"))

    def document(self, handle: int) -> EDocument:
        """How far one document got."""
        (found,) = self._session.ask(call("eparagonbufferget", hd=handle))
        number = found.number("st")
        if number >= len(_DELIVERIES):
            msg = f"the printer names a state {number} of electronic document {handle}"
            raise InDoubt(msg)
        return EDocument(
            handle=found.number("hd"),
            document_no=found.number("di"),
            delivery=_DELIVERIES[number],
            is_printed=found.flag("pr"),
            http_code=found.number("hc"),
        )

    def buffer(self) -> EBuffer:
        """How many stand where."""
        (found,) = self._session.ask(call("eparagonbuffersummaryget"))
        return EBuffer(
            free=found.number("fr"),
            new=found.number("ne"),
            sent=found.number("ok"),
            retrying=found.number("fi"),
            failed=found.number("ft"),
        )
