"""The cashier's screen as a Textual program: keys in, rows out, a clock that ticks. No trade rules.

Made for a kiosk: nothing of Textual's own answers a key, so that no key quits, moves a focus or
opens a palette. ``TEXTUAL_ANIMATIONS`` and the cursor have nothing to move.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import constants, events
from textual.app import App
from textual.message import Message

from ui.bursts import GAP_MAX_S
from ui.celldiff.driver import CellsDriver
from ui.celldiff.line_driver import LineDriver
from ui.desk import Desk
from ui.keyboard import Keyboard
from ui.line import Line
from ui.sounds import PAUSE_S, signals
from ui.training import Training, menu_of
from ui.widgets.face import Face

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.timer import Timer

    from terminal.till import Till
    from ui.sounds import Sound

# For a terminal that was switched off and on, or that something else has written on.
REDRAW_KEY = "ctrl+l"
_TICK_S = 1.0
_MARGIN_S = 0.005
_PULSE_S = 0.4
_FULL = Line()


class Hop(Message, bubble=False):
    """Something that another thread wants done on the screen's thread."""

    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__()
        self.do = do


class KasoApp(App[bool], inherit_bindings=False):
    """``allow_quit`` adds menu 9 9 for the demonstration; ``keys`` is ``[keys]`` of the config.

    ``scan_prefix`` is the sign with which a keyboard scanner begins, if it has one; ``is_quiet``
    as of ``Desk``; ``line`` is what the screen is on. Where there is training, ``is_training`` says
    whether this is it, and the app returns True when the cashier wants the other one. ``settled``
    is called when the first picture is on the screen, ``lives`` each second.
    """

    TITLE = "KasoTerminal"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    CSS: ClassVar[str] = "Screen { background: #000000; overflow: hidden; }"

    def __init__(
        self,
        till: Till,
        *,
        allow_quit: bool = False,
        keys: Mapping[str, str] | None = None,
        scan_prefix: str = "",
        is_quiet: bool = False,
        line: Line = _FULL,
        is_training: bool | None = None,
        settled: Callable[[], object] = bool,
        lives: Callable[[], object] = bool,
    ) -> None:
        ours = CellsDriver if line.is_cells else LineDriver
        # Whoever started us may bring a screen that is no terminal: a browser does.
        super().__init__(driver_class=None if constants.DRIVER else ours)
        self.animation_level = "none"
        self.line = line
        self.face = Face()
        leave = self.exit if allow_quit else None
        self.desk = Desk(till, self._hop, self._sound, leave, is_quiet=is_quiet)
        self.desk.theme = line.theme
        if is_training is not None:
            self.desk.training = Training(is_training, partial(self.exit, True))
        if is_training:
            self.desk.menu = menu_of(self.desk.menu)
        self._settled = settled
        self._lives = lives
        self._keyboard = Keyboard(self.desk, keys or {}, scan_prefix)
        self._is_paint_due = False
        self._is_release_due = False
        self._pulse: Timer | None = None
        self._running_loop: asyncio.AbstractEventLoop | None = None

    def compose(self) -> ComposeResult:
        """One widget."""
        yield self.face

    def on_mount(self) -> None:
        """Start the clock and listen to the till."""
        self._running_loop = asyncio.get_running_loop()
        self._tick()
        self.set_interval(_TICK_S, self._tick)
        self.desk.start()

    def on_ready(self) -> None:
        """Say that the first picture is on the screen."""
        self._settled()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the rows out again."""
        self._paint()

    async def on_event(self, event: events.Event) -> None:
        """Keys go to the keypad before anything of Textual's; a paste is no key and is dropped."""
        if isinstance(event, events.Key):
            if event.key == REDRAW_KEY:
                self._redraw()
            self._keyboard.feed(event.key, event.character, event.time)
            self._release_later()
            self._paint()
        elif not isinstance(event, events.Paste | events.MouseEvent):
            await super().on_event(event)

    def on_hop(self, message: Hop) -> None:
        """Do what another thread wanted done."""
        message.do()
        if self.desk.known.is_moving and self._pulse is None:
            self.desk.is_antenna_lit = True
            self._pulse = self.set_interval(_PULSE_S, self._beat)
        self._paint()

    def leave(self) -> None:
        """End the program from anywhere, a signal handler included."""
        self._hop(self.exit)

    def _hop(self, do: Callable[[], None]) -> None:
        """Queue ``do``: always the same way, so that an event stays before the answer it led to."""
        if self._running_loop is None:
            return
        try:
            self._running_loop.call_soon_threadsafe(self.post_message, Hop(do))
        except RuntimeError:
            # The loop has ended while a device thread was still telling: nobody is looking.
            return

    def _release_later(self) -> None:
        """Give held keys up when no more come; one timer is enough for all of a burst."""
        if self._keyboard.is_holding and not self._is_release_due:
            self._is_release_due = True
            self.set_timer(GAP_MAX_S + _MARGIN_S, self._release)

    def _release(self) -> None:
        self._is_release_due = False
        self._keyboard.release(time.monotonic())
        self._release_later()
        self._paint()

    def _tick(self) -> None:
        self._lives()
        self.desk.clock = self.desk.till.now().strftime("%H:%M:%S")
        self.desk.rest()
        self._paint()

    def _beat(self) -> None:
        """The antenna goes on and off while data moves; then it rests, and nothing is drawn."""
        is_moving = self.desk.known.is_moving
        self.desk.is_antenna_lit = is_moving and not self.desk.is_antenna_lit
        if not is_moving and self._pulse is not None:
            self._pulse.stop()
            self._pulse = None
        self._paint()

    def _paint(self) -> None:
        """Paint once for all that is waiting: a scan is 14 keys, and one line."""
        if not self._is_paint_due:
            self._is_paint_due = True
            self.call_later(self._paint_now)

    def _paint_now(self) -> None:
        self._is_paint_due = False
        width, height = self.size
        rows = self.desk.rows(width, height)
        if self._cells is None:
            self.face.show(rows, self.desk.theme)
        else:
            self._cells.show(rows, width, self.desk.theme)

    @property
    def _cells(self) -> CellsDriver | None:
        """The driver, when it paints by itself."""
        return self._driver if isinstance(self._driver, CellsDriver) else None

    def _redraw(self) -> None:
        if self._cells is None:
            self.face.refresh()
        else:
            self._cells.redraw()

    def _sound(self, sound: Sound) -> None:
        found = signals(sound, self.line.sounds, is_console=self.line.is_console)
        for place, text in enumerate(found):
            if place:
                self.set_timer(place * PAUSE_S, partial(self._ring, text))
            else:
                self._ring(text)

    def _ring(self, text: str) -> None:
        if self._cells is not None:
            self._cells.ring(text)
        elif self._driver is not None:
            self._driver.write(text)
