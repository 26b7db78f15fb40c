"""The printer's display that faces the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.commands import call

if TYPE_CHECKING:
    from drivers.posnet.session import Session

_DISPLAY = 0
_OWN_TEXTS, _SENT_TEXTS = 0, 1


class PosnetDisplay:
    """Implements ``drivers.fiscal.CustomerDisplay``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def show(self, lines: tuple[str, ...]) -> None:
        """Show these lines instead of the printer's own; none clears it."""
        text = "\n".join(line.replace("\n", " ") for line in lines)
        # In this order the display never shows what was sent some other time.
        self._session.ask(call("dsptxt", id=_DISPLAY, st=text))
        self._session.ask(call("dspcmd", id=_DISPLAY, st=_SENT_TEXTS))

    def show_own(self) -> None:
        """Show the printer's own texts again."""
        self._session.ask(call("dspcmd", id=_DISPLAY, st=_OWN_TEXTS))
