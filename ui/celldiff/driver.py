"""A Textual driver that is shown rows and sends cells; of Textual's own output nothing is sent.

``KasoApp`` hands it the rows it would have given to its one widget, so nothing has to be guessed
from escape sequences, and no question reaches a terminal that would print it.
"""

from __future__ import annotations

import termios
from typing import TYPE_CHECKING, cast

from ui.celldiff.line_driver import LineDriver
from ui.celldiff.outlet import Outlet
from ui.celldiff.picture import picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App

    from ui.app import KasoApp
    from ui.widgets.row import Row

# Alternate screen; a line feed only goes down; at the right edge nothing wraps; the keypad sends
# digits; what is pasted comes between brackets, so that nobody takes it for keys.
GREETING = "\x1b[?1049h\x1b[20l\x1b[?7l\x1b>\x1b[?2004h"
FAREWELL = "\x1b[m\x1b[H\x1b[2J\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
# Standard error is where Textual paints as well.
_TERMINAL = 2
_INPUT, _OUTPUT, _CONTROL = 0, 1, 2


class CellsDriver(LineDriver):
    """The driver for lines where each byte counts; the app's ``line`` says how it is spoken to."""

    def __init__(
        self,
        app: App[None],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line = cast("KasoApp", app).line
        self.charset = self._line.charset
        self._outlet: Outlet | None = None

    def write(self, data: str) -> None:
        """Whatever Textual wants to send is not for this line."""

    def show(self, rows: Sequence[Row], width: int, theme: str) -> None:
        """This is what should be seen; returns at once."""
        if self._outlet is not None:
            self._outlet.show(picture(rows, width, theme))

    def ring(self, sound: str) -> None:
        """Make a sound; returns at once."""
        if self._outlet is not None:
            self._outlet.ring(sound.encode())

    def redraw(self) -> None:
        """Send the whole screen anew."""
        if self._outlet is not None:
            self._outlet.redraw()

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._set_flow()
        self._outlet = Outlet(
            _TERMINAL, self.charset, GREETING.encode(), FAREWELL.encode(), self.lost
        )
        self._outlet.start()

    def stop_application_mode(self) -> None:
        """Give the terminal back; the modes of its line come last."""
        if self._outlet is not None:
            self._outlet.stop()
            self._outlet = None
        super().stop_application_mode()

    def _set_flow(self) -> None:
        """A line feed stays one byte, and who may stop the line is as configured."""
        try:
            modes = termios.tcgetattr(self.fileno)
        except termios.error:
            return
        modes[_OUTPUT] &= ~termios.OPOST
        if self._line.flow == "xonxoff":
            modes[_INPUT] |= termios.IXON | termios.IXOFF
        elif self._line.flow == "rtscts":
            modes[_CONTROL] |= termios.CRTSCTS
        termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
