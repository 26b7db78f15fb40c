"""The screen of a till in memory as a program of its own, on whatever terminal it is started."""

from __future__ import annotations

import logging
import signal
import sys

from terminal.i18n import use_language
from tests.ui.fake_till import FakeTill
from ui.app import KasoApp
from ui.line import Line


def main(words: list[str]) -> None:
    """``words`` are fields of ``Line``: ``charset=iso-8859-2``; ``full`` is Textual's driver."""
    fields = dict(word.split("=") for word in words if "=" in word)
    # Whatever broke would be seen on the terminal.
    logging.basicConfig(level=logging.ERROR)
    use_language("en")
    till = FakeTill()
    app = KasoApp(till, allow_quit=True, line=Line(is_cells="full" not in words, **fields))
    signal.signal(signal.SIGHUP, lambda *_: app.leave())
    try:
        app.run(mouse=False)
    finally:
        till.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
