"""The printer's own link to the tax authority: its state, and a push."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import Connection, Repository
from drivers.posnet.commands import call

if TYPE_CHECKING:
    from drivers.posnet.reply import Reply
    from drivers.posnet.session import Session


class PosnetOnline:
    """Implements ``drivers.fiscal.OnlineRegister``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def state(self) -> Repository:
        """Both connections."""
        documents, commands = self._session.ask(
            call("repositoryeventhubstate"), call("repositorywebapistate")
        )
        return Repository(_connection(documents), _connection(commands))

    def send_now(self) -> None:
        """Ask for documents to be sent now; refused when it comes too early."""
        self._session.ask(call("repositoryeventhubtrigger"))

    def fetch_now(self) -> None:
        """Ask for commands to be fetched now."""
        self._session.ask(call("repositorywebapitrigger"))

    def set_clock_now(self) -> None:
        """Have the printer set its clock over the network."""
        self._session.ask(call("rtcsync"))


def _connection(state: Reply) -> Connection:
    return Connection(
        last_at=state.moment_or_never("da"),
        succeeded_at=state.moment_or_never("ds"),
        failed_at=state.moment_or_never("df"),
        is_ok=state.flag("lr"),
        is_running=state.flag("ac"),
    )
