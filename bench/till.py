"""The till as ``kasoterminal run`` starts it, with one more thing: SIGUSR1 closes the day.

On the screen a cashier waits for the report; here it prints while somebody sells, as it does when
a report is made from elsewhere.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from terminal import config as configuration
from terminal.boot import build, start
from terminal.i18n import use_language
from ui.app import KasoApp
from ui.showing import settle


def main(path: Path) -> None:
    """Run until SIGTERM."""
    config = configuration.load(path)
    use_language(config.screen.language)
    running = build(config)
    start(running)
    app = KasoApp(running.till, settled=settle)
    signal.signal(signal.SIGUSR1, lambda *_: running.till.close_day(allow_empty=True))
    signal.signal(signal.SIGTERM, lambda *_: app.leave())
    try:
        app.run(mouse=False)
    finally:
        running.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
