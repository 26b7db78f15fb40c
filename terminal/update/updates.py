"""The verbs of an update: installed in the day close, tried, confirmed. From any thread.

They work on a thread of their own, so that the screen lives and the office is heard meanwhile; the
journal is asked on its engine. A till that no launcher has started (``installation`` is None) has
none of it: it closes its day and sells as ever.
"""

from __future__ import annotations

import logging
import os
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from terminal.engine import Engine
from terminal.errors import Blocked, Code, Rejected
from terminal.events import DayClosed, Failed
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.update import before, gate, installing, record
from terminal.update.building import build
from terminal.update.bundle import BadBundle
from terminal.update.countdown import Countdown
from terminal.update.going_back import go_back
from terminal.update.launcher import AGAIN, DONE, UNWELL, Boot, version_of
from terminal.update.phase import Phase, UpdateChanged, UpdateState
from terminal.update.power import is_on_mains
from terminal.update.slots import Slots, Trade
from terminal.update.states import Command
from terminal.update.trial import Health
from terminal.update.trying import Trying

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from terminal.context import Context
    from terminal.update.installation import Installation
    from terminal.update.installing import Source
    from terminal.update.trying import Look

_COUNTDOWN_S = 30
# The last page of the day close stays so long before the new version comes.
_READ_S = 15.0
_LEAVE_S = 10.0
_BATTERY = _("the device runs on its battery")
_GONE = _("it is not there any more")
_LATER = _("Version {version} waits for the next day close")
_log = logging.getLogger(__name__)
_exit = os._exit

P = ParamSpec("P")
T = TypeVar("T")


class Updates:
    """``folder`` is the till's own, ``source`` proves what is prepared, ``wake`` sends documents.

    Whoever shows the till sets ``leave``, which ends the program; it ends with ``exit_code`` then.
    """

    def __init__(
        self,
        context: Context,
        folder: Path,
        source: Source,
        wake: Callable[[], None],
        installation: Installation | None = None,
    ) -> None:
        self._context = context
        self._folder = folder
        self._source = source
        self._wake = wake
        self._slots = Slots(installation.prefix) if installation else None
        self._slot = installation.slot if installation else ""
        self._config = installation.config if installation else None
        self._thread = Engine("update", _broke(context)) if installation else None
        self._countdown = Countdown(lambda left: self._tell(replace(self.state, seconds_left=left)))
        self._is_drawn = False
        self.leave: Callable[[], None] = lambda: None
        self.exit_code = DONE
        self.state = UpdateState()
        boot = self._slots.boot() if self._slots else None
        if boot and boot.is_trial and boot.active == self._slot:
            # Before anybody can log in.
            self.state = UpdateState(Phase.TRIAL, version_of(self._slot))

    # --- from any thread -----------------------------------------------------------------------

    def start(self) -> None:
        """Tell how the last update ended; try out what is on trial."""
        if self._thread is None:
            return
        self._context.engine.call(self._tell_end)
        self._context.engine.listen(self._hear)
        if self.is_trial:
            self._thread.call(self._try)

    def stop(self, timeout_s: float) -> bool:
        """End the thread; False when it did not in time."""
        self.postpone()
        return self._thread is None or self._thread.stop(timeout_s)

    def at_close(self) -> Future[str]:
        """The step of the day close; gives a sentence for its last page, mostly none.

        The Future raises why what is prepared was not installed.
        """
        if self._thread is None or self.is_trial:
            nothing: Future[str] = Future()
            nothing.set_result("")
            return nothing
        return self._thread.call(self._at_close)

    def let_sell(self) -> None:
        """Let a sale or a day begin; raises ``Blocked`` while a new version is being tried."""
        state = self.state
        if state.phase is Phase.WAITING:
            raise Blocked(Code.UPDATE_WAITS, version=state.version)
        if self.is_trial:
            left = state.seconds_left
            raise Blocked(Code.UPDATE_TRIAL, version=state.version, left=left)

    def install_now(self) -> None:
        """Do not wait for the end of the countdown."""
        self._countdown.now()

    def postpone(self) -> None:
        """Not in this day close, but in the next one; nothing happens when it has begun."""
        self._countdown.no()

    def screen_lives(self) -> None:
        """The screen has come to its turn."""
        self._is_drawn = True

    def installed(self) -> tuple[int, frozenset[str]]:
        """The floor, as the pointer knows it, and the versions that are barred here."""
        boot = self._slots.boot() if self._slots else Boot("", "")
        return boot.floor, frozenset(boot.bad)

    def go_back(self) -> Future[str]:
        """A technician wants the version before; gives its name, and the program ends.

        The Future raises E-172 while the day is not closed, E-179 without such a version.
        """
        # On the engine's thread: the other one may be busy with the trial that is to be given up.
        return self._context.engine.call(self._go_back)

    @property
    def is_trial(self) -> bool:
        """Whether a new version is being tried, or is about to be: nothing is sold or sent."""
        return self.state.phase in {Phase.RESTARTING, Phase.TRIAL, Phase.WAITING}

    @property
    def slots(self) -> Slots:
        """The slots of this device; only where there is an installation (E-179)."""
        if self._slots is None:
            raise Rejected(Code.NOTHING_TO_GO_BACK_TO)
        return self._slots

    # --- on the thread of the update -----------------------------------------------------------

    def _at_close(self) -> str:
        offered = installing.wanted(self.slots, self._folder)
        if offered is None:
            return ""
        version = offered.version
        self._on_engine(self._let, Command.INSTALL)
        if not is_on_mains():
            raise Blocked(Code.UPDATE_NOT_NOW, reason=translate(_BATTERY))
        try:
            self._show(Phase.COUNTDOWN, version, seconds_left=_COUNTDOWN_S)
            if not self._countdown.run(_COUNTDOWN_S):
                return translate(_LATER, version=version)
            self._show(Phase.INSTALLING, version)
            with installing.in_words(version, self._source):
                self._install(version)
        finally:
            if not self.is_trial:
                self._show(Phase.IDLE)
        return ""

    def _install(self, version: str) -> None:
        """Prove what is prepared once more, make a slot of it, and arm that."""
        proven = self._source.verify_prepared().result()
        if proven is None:
            raise BadBundle(translate(_GONE))
        test = partial(installing.try_out, self._folder, self._config, self._is_over)
        trade = Trade(partial(build, is_stopping=self._is_over), test, self._step)
        try:
            slot = self.slots.install(proven, trade)
        except installing.Unfit as error:
            self.slots.bar(version)
            self._on_engine(record.bar, self._context, version, str(error))
            self._wake()
            raise
        self._arm(slot)

    def _arm(self, slot: str) -> None:
        """From here on nothing can be sold before the new version is confirmed."""
        version = version_of(slot)
        self._step("copy")
        self._on_engine(self._let, Command.ARM)
        self._on_engine(record.begin, self._context.journal, slot, self._slot)
        before.keep(self._folder, version)
        self.slots.arm(slot)
        self._show(Phase.RESTARTING, version)
        self._source.forget().result()

    def _restart(self) -> None:
        self._context.stopping.wait(_READ_S)
        self._end(AGAIN)

    def _try(self) -> None:
        """Look until it is confirmed or given up."""
        version = version_of(self._slot)
        trying = Trying(self._context, lambda: self._is_drawn)
        look = trying.until_known(self._show_trial, self.slots.waits)
        if look is None:
            return
        if look.health is Health.GREEN:
            self._confirm(version)
            return
        _log.error("version %s is not well: %s", version, look.check)
        self.slots.unwell(f"not well: {look.check}")
        self._end(UNWELL)

    def _show_trial(self, look: Look) -> None:
        phase = Phase.WAITING if look.health is Health.SILENT else Phase.TRIAL
        self._show(phase, self.state.version, look.seconds_left)

    def _confirm(self, version: str) -> None:
        self._on_engine(self._let, Command.CONFIRM)
        self.slots.confirm()
        _log.info("version %s is confirmed", version)
        self._show(Phase.IDLE)
        self._on_engine(self._tell_end)
        self.slots.prune()

    def _end(self, code: int) -> None:
        """End the program; one whose screen does not even hear that is ended hard."""
        self.exit_code = code
        self.leave()
        if not self._context.stopping.wait(_LEAVE_S):
            _exit(code)

    def _step(self, name: str) -> None:
        self._tell(replace(self.state, step=translate(installing.STEPS[name])))

    def _show(self, phase: Phase, version: str = "", seconds_left: int = 0) -> None:
        rolled_back = self.state.rolled_back
        self._tell(UpdateState(phase, version, seconds_left, rolled_back=rolled_back))

    def _tell(self, state: UpdateState) -> None:
        if state != self.state:
            self.state = state
            self._context.tell(UpdateChanged(state))

    def _on_engine(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._context.engine.call(do, *args, **kwargs).result()

    def _is_over(self) -> bool:
        return self._context.stopping.is_set()

    # --- on the engine's thread ----------------------------------------------------------------

    def _let(self, command: Command) -> None:
        gate.let(self._context.journal, command, is_trial=self.is_trial)

    def _tell_end(self) -> None:
        boot = self.slots.boot()
        if record.tell(self._context, boot, self.slots.counter(boot.good)):
            before.forget(self._folder)
            self._wake()
        self._tell(replace(self.state, rolled_back=record.given_up(self._context.journal)))

    def _hear(self, event: object) -> None:
        if isinstance(event, DayClosed) and self._thread and self.state.phase is Phase.RESTARTING:
            self._thread.call(self._restart)

    def _go_back(self) -> str:
        version = go_back(self._context.journal, self._folder, self.slots)
        self._show(Phase.RESTARTING, version)
        Thread(target=self._end, args=(AGAIN,), name="going back", daemon=True).start()
        return version


def _broke(context: Context) -> Callable[[BaseException], None]:
    """A mistake of ours is told like everywhere, and stops no sale."""

    def tell(error: BaseException) -> None:
        context.tell(Failed(Blocked(Code.FAULT, detail=f"{type(error).__name__} {error}")))

    return tell
