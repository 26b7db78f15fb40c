"""A counter with a Novitus printer, whose driver keeps a notebook: its pages need power, too."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from drivers.novitus.notebook import Notebook
from drivers.novitus.printer import NovitusPrinter
from drivers.novitus.watch import Timings
from hw_emulator.host import RunningNovitus, start_novitus
from tests.crash.alive import WAIT_S, Alive
from tests.crash.power import Stand

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import FiscalPrinter
    from tests.crash.mains import Wire

# A printer that is gone is noticed by the line; one that is slow, on a busy machine, is waited for.
QUICK = Timings(reply_s=5.0, poll_s=0.02, silence_s=5.0, blocked_max_s=5.0)


class NovitusAlive(Alive):
    """A till whose printer speaks NoviAPI."""

    def _driver(self, open_wire: Callable[[], Wire]) -> FiscalPrinter:
        notebook = Notebook(self.folder / "novitus.json")
        really_write = notebook.write

        def write(**changes: Any) -> None:
            # The file is replaced as a whole: power fails before that or after it.
            with self.mains.lock:
                self.mains.touch(f"notebook {'+'.join(changes)}")
                really_write(**changes)

        notebook.write = write
        return NovitusPrinter(open_wire, notebook=notebook, timings=QUICK, on_wait=self._tell_wait)


class NovitusStand(Stand):
    """A counter with such a printer."""

    till = NovitusAlive

    def start_printer(self, **options: Any) -> RunningNovitus:
        now = self._now
        usual = {"now": lambda: now().replace(microsecond=0), **self._printer_options}
        self.printer = start_novitus(self.memory, **usual | options)
        return self.printer

    def let_printer_finish(self) -> None:
        until_s = time.monotonic() + WAIT_S
        while self.printer.station.jobs.is_working and not self.printer.device.mechanism:
            assert time.monotonic() < until_s, "the printer does not get done"
            time.sleep(0.001)
