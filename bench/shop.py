"""One shop for all figures of a run: emulated printer, office and an enrolled till with goods.

Started as a user starts it, each program in a process of its own.
"""

from __future__ import annotations

import json
import socket
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.screen import Screen, screen
from bench.servers import printer, serve, ui
from terminal.i18n import translate, use_language
from ui.bursts import GAP_MAX_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.measure import Run

BAUD = 9600
# The language that the sample shop wants on its screens.
LANGUAGE = "pl"
OPERATOR, PIN, NAME = "2", "2222", "Marek"
BARCODE, ARTICLE = "5900480147200", "Chleb pszenny krojony"
_FETCH_S = 2.0
_CONFIG = """\
[store]
dir = "{folder}/till"
[printer]
url = "{folder}/printer"
baud = {baud}
[office]
url = "{office}"
[screen]
language = "{language}"
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """Where its files are."""

    folder: Path

    @property
    def command(self) -> list[str]:
        """What starts the till."""
        return [*ui("run"), "--config", str(self.folder / "till.toml")]

    def trouble(self, spec: str) -> None:
        """Add a fault to the printer."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.folder / "control"))
            line.sendall(json.dumps({"do": "fault", "spec": spec}).encode() + b"\n")
            answer = json.loads(line.recv(4096))
        assert answer["ok"], answer


def shop(run: Run) -> Shop:
    """The shop of this run; its servers end with the run."""
    found = run.kept.get("shop")
    if not isinstance(found, Shop):
        found = run.kept["shop"] = _open_shop(run)
    return found


def shows(*messages: str) -> Callable[[str], bool]:
    """Whether a screen shows all these messages, as far as they are fixed."""
    words = [translate(message).partition("{")[0] for message in messages]
    return lambda text: all(word in text for word in words)


def log_in(till: Screen) -> None:
    """From the first screen to the one that sells."""
    till.until(shows("Identifier"))
    till.type(f"{OPERATOR}\r")
    till.until(shows("PIN"))
    till.type(f"{PIN}\r")
    till.until(shows("TOTAL", NAME))


def sell(till: Screen, barcode: str = BARCODE, article: str = ARTICLE) -> None:
    """One receipt, paid in cash and printed."""
    till.until(shows("printer OK"))
    till.type(f"{barcode}\r")
    till.until(shows(article))
    pay(till)


def pay(till: Screen) -> None:
    """Take cash for what is on the screen and wait for the paper."""
    # An Enter on the heels of a scan is the scanner's own.
    till.rest(2 * GAP_MAX_S)
    till.type("\r")
    till.until(shows("Payment"))
    till.type("\r")
    till.until(shows("Last receipt: no. {no}, total {total}"))


def _open_shop(run: Run) -> Shop:
    folder = run.folder
    log = run.ends.enter_context((folder / "shop.log").open("w", encoding="utf-8"))
    run.ends.enter_context(serve(printer(folder, BAUD), log))
    token = folder / "office.token"
    office = run.ends.enter_context(
        serve(
            [
                *(*ui("backoffice"), "--db", f"sqlite:///{folder / 'office.db'}", "--sample"),
                *("--listen", "127.0.0.1:0", "--admin-token-file", str(token)),
            ],
            log,
        )
    )
    url = office.removeprefix("ready ").strip()
    config = folder / "till.toml"
    text = _CONFIG.format(folder=folder, baud=BAUD, office=url, language=LANGUAGE)
    use_language(LANGUAGE)
    config.write_text(text, encoding="utf-8")
    made = subprocess.run(
        [*ui("office"), "--url", url, "--token-file", str(token), "enrol", "T1", "--shop", "lipa"],
        check=True,
        capture_output=True,
        text=True,
    )
    subprocess.run(
        [*ui("enrol"), "--config", str(config), made.stdout.strip()],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    ready = Shop(folder)
    with screen(ready.command) as till:
        # The first start fetches everything; the next ones find it.
        till.until(shows("network OK"))
        till.rest(_FETCH_S)
        log_in(till)
        sell(till)
    return ready
