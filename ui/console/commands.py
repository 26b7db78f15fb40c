"""``kasoterminal console``: the technician's console on this line. May be a login shell."""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import signal
import sys
import termios
from contextlib import closing
from typing import TYPE_CHECKING

import click

from terminal import enrolling
from terminal.boot import load_identity
from terminal.config import ConfigError, find
from terminal.console import talk
from terminal.console.alone import Alone
from terminal.console.bench import Bench
from terminal.context import local_now
from terminal.errors import Code, TillError
from terminal.i18n import LANGUAGES, translate, use_language
from terminal.installed import installed
from ui.commands import config_option, fail, load_config
from ui.console.dialogue import Dialogue
from ui.console.lines import Paper, PlainReader
from ui.console.till_line import Gone, TillLine
from ui.console.typed import path_of, typed, word_behind
from ui.line import line as line_of

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.config import Config
    from terminal.console.talk import Reply
    from ui.console.lines import Reader
    from ui.console.till_line import Line

_FAILED, _USAGE, _ABSENT, _REFUSED = 1, 2, 3, 4
_LOG_BYTES, _LOG_FILES = 1_000_000, 3
# Slower lines are spared the editing.
_EDITED_FROM = termios.B19200
_DUMB = {"", "dumb", "unknown"}
# Keys that would leave a program, or stop it.
_IGNORED = (signal.SIGTSTP, signal.SIGQUIT, signal.SIGTTIN, signal.SIGTTOU)


@click.command(
    epilog="Exit codes: 0 done, 1 not well, 2 usage or configuration, 3 no till, 4 refused."
)
@config_option
@click.option("--plain", is_flag=True, help="No editing: the fewest bytes, for any terminal.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: of LANG, or the till's.")
@click.option("--once", metavar="LINE", help="Say one line that only looks, without a login.")
def console(
    config_path: Path | None, *, plain: bool, language: str | None, once: str | None
) -> None:
    """Serve a technician on this terminal line.

    \b
    kasoterminal console --config till.toml
    kasoterminal console --once "status --json"
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    config = load_config(config_path)
    use_language(spoken := language or _language() or config.screen.language)
    if once is not None:
        sys.exit(_said(_Way(config, config_path), spoken, once))
    for number in _IGNORED:
        signal.signal(number, signal.SIG_IGN)
    # The end of the line is the end of the session, whatever getty thinks of it.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    _log_lines(config.folder)
    device = os.ttyname(0) if os.isatty(0) else ""
    paper = Paper(1, line_of(config.screen, os.environ, device).charset)
    reader = PlainReader(paper) if plain or not _is_edited() else _edited()
    way = _Way(config, config_path)
    Dialogue(reader, paper, way.connect, way.enrol, spoken).run()


class _Way:
    """How the console reaches the till of ``config``, or its files."""

    def __init__(self, config: Config, path: Path | None) -> None:
        self._config = config
        self._path = path or find()

    def connect(self, name: str = "") -> Line:
        """Whoever answers; without a till, ``name`` (who was logged in to one) may look on."""
        try:
            return TillLine(self._config.folder)
        except Gone:
            return Alone(self._bench(), local_now, name)

    def enrol(self, code: str) -> list[str]:
        """Make a device that is none yet a terminal; raises what ``enrolling.enrol`` does."""
        if self._bench().installed is not None:
            return [translate("This device is a terminal already: log in, enrol tells which")]
        try:
            identity = enrolling.enrol(self._config, code).identity
        except ConfigError as error:
            return [str(error)]
        return [f"{identity.terminal} ({identity.shop})"]

    def _bench(self) -> Bench:
        try:
            known = installed(self._config, load_identity(self._config))
        except (ConfigError, TillError):
            known = None
        return Bench(self._config, self._path, known)


def _said(way: _Way, language: str, text: str) -> int:
    """Say one line for a script; gives the exit code."""
    line = typed(text)
    path = path_of(line.words)
    words = word_behind(path) if path else list(line.words)
    if not words or line.is_long:
        fail(f"nothing to say: {text[:40]!r}", _USAGE)
    try:
        with closing(way.connect()) as asked:
            asked.ask(talk.Hello(language, is_script=True))
            reply = asked.ask(talk.Say(words))
    except Gone:
        fail("the till has stopped", _ABSENT)
    if reply.code:
        click.echo(f"{reply.code} {reply.sentence}", err=True)
        return {Code.NO_WORD: _USAGE, Code.TILL_STOPPED: _ABSENT}.get(Code(reply.code), _REFUSED)
    _print(reply, is_json=line.is_json)
    return 0 if reply.is_well else _FAILED


def _print(reply: Reply, *, is_json: bool) -> None:
    if is_json:
        click.echo(json.dumps(reply.data, ensure_ascii=False))
        return
    for line in reply.lines:
        click.echo(line)


def _language() -> str:
    """What the environment speaks, when it is one of ours."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    told = next((name for name in names if name), "")[:2]
    return told if told in LANGUAGES else ""


def _is_edited() -> bool:
    """Whether this terminal can edit lines, and its line is quick enough for it."""
    if not (os.isatty(0) and os.isatty(1)) or os.environ.get("TERM", "") in _DUMB:
        return False
    return bool(termios.tcgetattr(0)[5] >= _EDITED_FROM)


def _edited() -> Reader:
    from ui.console.editing import EditingReader  # noqa: PLC0415 - slow, and not always needed

    return EditingReader()


def _log_lines(folder: Path) -> None:
    """Lines that no till can write down go to a file of the console's own."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "console.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
