"""Command line of the emulator: one device, served until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from hw_emulator.host import MODELS
from hw_emulator.options import DEAD, OK, USAGE, parser, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Serve one device until SIGTERM or SIGINT; gives the exit code."""
    arguments = parser().parse_args(argv)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if arguments.verbose else logging.INFO,
        format="%(asctime)s %(name)s %(message)s",
    )
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    model = MODELS[arguments.device]
    try:
        running = model.start(arguments, place_of(arguments, _die))
    except (OSError, ValueError) as error:
        return _refuse(error)
    except model.unusable as error:
        return _refuse(error)
    places = [f"{word}={place}" for word, place in running.places().items()]
    sys.stdout.write(" ".join(["ready", *places]) + "\n")
    sys.stdout.flush()
    stop.wait()
    running.stop()
    return OK


def _refuse(error: Exception) -> int:
    sys.stderr.write(f"hw_emulator: {type(error).__name__}: {error}\n")
    return USAGE


def _die() -> NoReturn:
    # A power cut asks nobody: no flush, no clean-up, no exit handlers.
    os._exit(DEAD)


if __name__ == "__main__":
    sys.exit(main())
