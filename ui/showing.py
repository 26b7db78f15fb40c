"""Shows a till on this screen until the program ends, and a training till when it is wanted."""

from __future__ import annotations

import gc
import signal
from functools import partial
from typing import TYPE_CHECKING

from terminal.training.practice import training
from ui.app import KasoApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.config import Config
    from terminal.running import Running
    from terminal.update.updates import Updates
    from ui.line import Line


def show(
    config: Config,
    running: Running,
    line: Line,
    *,
    allow_quit: bool,
    lives: Callable[[], object] = bool,
) -> None:
    """Returns when the program is to end; ``lives`` is called each second by a screen that does."""
    updates = running.till.updates

    def settled() -> None:
        settle()
        updates.screen_lives()

    make = partial(
        KasoApp,
        keys=dict(config.keys),
        scan_prefix=config.scanner.keyboard_prefix,
        is_quiet=config.screen.quiet_sync,
        line=line,
        settled=settled,
        lives=lives,
    )
    while _run(make(running.till, allow_quit=allow_quit, is_training=False), updates):
        with training(config, running) as practice:
            if not _run(make(practice.till, is_training=True), updates):
                return


def settle() -> None:
    """Take what the program started with out of the collector's rounds.

    A full round holds every thread up for 80 ms and more, and new data set off many of them.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _run(app: KasoApp, updates: Updates) -> bool:
    """Whether the cashier wants the other screen."""
    updates.leave = app.leave
    for ended in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ended, lambda *_: app.leave())
    return bool(app.run(mouse=False))
