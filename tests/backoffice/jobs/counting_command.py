"""The command that does jobs, with work that counts in place of the exchange."""

from __future__ import annotations

import sys
import types
from functools import partial

from backoffice.jobs import commands, worker
from backoffice.jobs.work import Way
from tests.backoffice.jobs.counting import QUICK, Counting

if __name__ == "__main__":
    # Not for who only wants this module's name: the tests of the exchange have real work.
    counted = types.ModuleType("backoffice.exchange.works")
    counted.works = lambda: dict.fromkeys(Way, Counting())
    sys.modules[counted.__name__] = counted
    commands.IDLE_S = 1.0
    worker.Worker = partial(worker.Worker, patience=QUICK)
    commands.work()
