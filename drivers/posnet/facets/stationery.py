"""What stands below each document: the shop's own lines, cashier and desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.commands import call
from drivers.posnet.markup import styled

if TYPE_CHECKING:
    from drivers.fiscal import StyledLine
    from drivers.posnet.session import Session

_LINES_MAX = 3


class PosnetStationery:
    """Implements ``drivers.fiscal.Stationery``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lines(self) -> str:
        """The shop's own lines below each document, separated by line feeds."""
        (found,) = self._session.ask(call("ftrinfoget"))
        return found.text("tx")

    def set_lines(self, lines: tuple[StyledLine, ...], *, is_lasting: bool) -> None:
        """Up to three lines below the next document or, ``is_lasting``, below each; none clears.

        Raises ValueError for more, which the printer would drop without a word.
        """
        if len(lines) > _LINES_MAX:
            msg = f"{len(lines)} lines; the printer takes {_LINES_MAX}"
            raise ValueError(msg)
        self._session.ask(call("ftrinfoset", tx=styled(lines), lb=is_lasting))

    def sign_on(self, cashier: str, desk: str = "") -> None:
        """Name the cashier, and the desk, of the documents to come; nothing is printed."""
        self._session.ask(call("login", na=cashier, nk=desk or None, dr=False))

    def sign_off(self) -> None:
        """Nobody in particular sells from here on: the printer's own names come back.

        Its command for this would print a document each time.
        """
        self._session.ask(call("ftrcfg", cc="", cn="", ca=True))
