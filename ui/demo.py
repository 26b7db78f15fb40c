"""The demo: a shop with emulated devices and a back office of its own, in a temporary folder.

On a terminal it is the cashier's screen; otherwise ``ui.demo_day`` plays a scripted day through the
same screen, the same serial line and the same server, and prints what came out.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

_READY_S = 30.0
_END_S = 10.0
_OWNER_ONLY = 0o600
_TERMINATED = 128 + signal.SIGTERM
TERMINAL = "T1"
SHOP = "lipa"
_CONFIG = """\
[store]
dir = "{folder}/till"

[printer]
url = "{folder}/printer"
baud = 115200

[office]
url = "{office}"
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """A running shop: where its files are and the address of its office."""

    folder: Path
    office_url: str

    @property
    def config(self) -> Path:
        """The till's configuration file."""
        return self.folder / "till.toml"

    @property
    def paper(self) -> Path:
        """What the fiscal printer has printed."""
        return self.folder / "paper.txt"

    @property
    def office_link(self) -> Path:
        """Where the link lies that opens the office in a browser."""
        return self.folder / "office-link"

    def ask_office(self, *words: str) -> str:
        """What the office answers to its owner."""
        token = self.folder / "office.token"
        return _ask(["office", "--url", self.office_url, "--token-file", str(token), *words])


@click.command()
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep databases and paper in this folder.",
)
@click.option("--in-browser", is_flag=True, hidden=True, help="By hand, though on no terminal.")
def demo(keep: Path | None, *, in_browser: bool) -> None:
    """Try a shop: emulated fiscal printer, back office with goods, terminal.

    \b
    kasoterminal demo                   by hand (operators 1/1111, 2/2222, 3/3333)
    kasoterminal demo </dev/null        a scripted day, exit code 0
    kasoterminal demo --keep shop       keeps databases and paper
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    from ui.demo_day import play  # noqa: PLC0415 - Textual is slow to import

    by_hand = in_browser or (sys.stdin.isatty() and sys.stdout.isatty())
    # Whoever ends the demo from outside wants its devices ended, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TERMINATED))
    folder = keep or Path(tempfile.mkdtemp(prefix="kaso-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _stage(folder) as stage:
            told = "The office, in a browser, as long as this runs:"
            click.echo(f"{told} {_office_link(stage)}", err=by_hand)
            if by_hand:
                _say("Operators: 1 / 1111 Anna, 2 / 2222 Marek, 3 / 3333 Ewa.  F10 opens the menu.")
                if not in_browser:
                    # The till's screen will cover it.
                    click.pause("Enter opens the till.", err=True)
                code = subprocess.run(  # noqa: S603 - our own command
                    [*_command("run"), "--config", str(stage.config), "--allow-quit"], check=False
                ).returncode
            else:
                code = play(stage)
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code)


@contextmanager
def _stage(folder: Path) -> Iterator[Stage]:
    """Start printer and office, enrol the till, and stop both when the caller is done."""
    emulator = [sys.executable, "-m", "hw_emulator", "posnet", "--baud", "115200"]
    emulator += ["--pty", str(folder / "printer"), "--paper", str(folder / "paper.txt")]
    emulator += ["--memory", str(folder / "fiscal-memory.jsonl")]
    server = [*_command("backoffice"), "--sample", "--listen", "127.0.0.1:0"]
    server += ["--db", f"sqlite:///{folder / 'office.db'}"]
    server += ["--admin-token-file", str(folder / "office.token"), "--no-second-factor"]
    with ExitStack() as devices:
        log = devices.enter_context((folder / "demo.log").open("a", encoding="utf-8"))
        printer = _begin(emulator, log)
        devices.callback(_end, printer)
        office = _begin(server, log)
        devices.callback(_end, office)
        _ready(printer)
        url = _ready(office).removeprefix("ready ").strip()
        stage = Stage(folder, url)
        stage.config.write_text(_CONFIG.format(folder=folder.absolute(), office=url))
        _enrol(stage)
        yield stage


def _enrol(stage: Stage) -> None:
    if (stage.folder / "till" / "identity.json").exists():
        return
    code = stage.ask_office("enrol", TERMINAL, "--shop", SHOP)
    _ask(["enrol", "--config", str(stage.config), code])


def _office_link(stage: Stage) -> str:
    """What opens the office once; it lies in the folder as well, for whom it is not shown to."""
    link = stage.ask_office("owner-link")
    stage.office_link.touch(_OWNER_ONLY)
    stage.office_link.write_text(f"{link}\n", encoding="utf-8")
    return link


def _ask(words: list[str]) -> str:
    """What one of our commands answers; its complaint ends the demo."""
    done = subprocess.run(  # noqa: S603 - our own command
        [*_command(words[0]), *words[1:]],
        check=False,
        capture_output=True,
        text=True,
        timeout=_READY_S,
    )
    if done.returncode:
        raise click.ClickException(done.stderr.strip())
    return done.stdout.strip()


def _command(name: str) -> list[str]:
    return [sys.executable, "-m", "ui", name]


def _begin(command: list[str], log: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own commands
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True
    )


def _ready(process: subprocess.Popen[str]) -> str:
    """The line with which a server says that it answers."""
    impatience = Timer(_READY_S, process.kill)
    impatience.start()
    line = process.stdout.readline() if process.stdout else ""
    impatience.cancel()
    if not line.startswith("ready"):
        msg = f"{process.args!r} did not start; see demo.log"
        raise click.ClickException(msg)
    return line


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _say(text: str) -> None:
    click.echo(text, err=True)
