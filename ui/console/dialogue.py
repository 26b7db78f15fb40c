"""The console's talk with a technician: login, words, the menu's numbers. No sockets, no editing.

``Ctrl-C`` ends what is being typed or shown and never the console; five minutes of silence end the
login.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from terminal.console import talk
from terminal.console.letters import Mistyped, Reading
from terminal.console.words import help_of
from terminal.errors import Code, Rejected, TillError
from terminal.i18n import translate
from terminal.sync.wire import Scope
from terminal.version import VERSION
from ui.console.lines import IDLE_S, Closed, Idle, Interrupted
from ui.console.till_line import Gone
from ui.console.typed import OWN, SCOPES, Typed, entries, path_of, typed, word_behind

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.console.talk import Reply, Request
    from ui.console.lines import Paper, Reader
    from ui.console.till_line import Line

_FOLLOW_S = 1.0


class Dialogue:
    """``connect`` finds who answers; ``enrol`` makes a device without an identity a terminal."""

    def __init__(
        self,
        reader: Reader,
        paper: Paper,
        connect: Callable[[str], Line],
        enrol: Callable[[str], list[str]],
        language: str = "",
    ) -> None:
        self._reader = reader
        self._paper = paper
        self._connect = connect
        self._enrol = enrol
        self._language = language
        self._line: Line
        self._terminal = ""
        self._takes_pins = False
        self._name = ""

    def run(self) -> None:
        """Talk until the line ends or somebody leaves."""
        is_going = True
        try:
            self._meet(self._connect(""))
            self._greet()
            while is_going:
                try:
                    is_going = self._one()
                except (Interrupted, KeyboardInterrupt):
                    self._paper.put("\n")
        except Closed:
            pass
        finally:
            self._line.close()

    def _one(self) -> bool:
        """One line; False after the last one."""
        try:
            line = typed(
                self._reader.read(f"{self._terminal or 'till'}{'>' if self._name else '?'} ")
            )
        except Idle:
            self._lock()
            return True
        try:
            self._look_for_till()
            if line.words in {("exit",), ("quit",)}:
                self._ask(talk.Leave())
                return False
            self._do(line)
        except Gone:
            self._lost()
        except TillError as error:
            self._paper.say(f"{error.code} {error.sentence()}")
        return True

    def _do(self, line: Typed) -> None:
        if line.is_long:
            raise Rejected(Code.NO_WORD, line="...")
        match line.words:
            case ():
                return
            case ("logout",):
                self._ask(talk.Leave())
                self._name = ""
            case ("login", *scopes):
                self._login(scopes)
            case ("pin",):
                self._pin()
            case ("help", *words):
                self._help(words, is_json=line.is_json)
            case ("menu",):
                self._show(entries(""))
            case ("enrol", code):
                self._show(self._enrol(code))
            case ("log", "follow"):
                self._follow()
            case words:
                self._say(words, is_json=line.is_json)

    # --- the door --------------------------------------------------------------------------------

    def _meet(self, line: Line) -> None:
        """Talk to this one from now on; without a till, who was logged in goes on looking."""
        self._line = line
        if line.is_till:
            self._name = ""
        met = self._line.ask(talk.Hello(self._language)).data
        self._terminal, self._takes_pins = str(met["terminal"]), bool(met["takes_pins"])

    def _look_for_till(self) -> None:
        """A till that has started meanwhile is asked from now on; it wants its own login."""
        if self._line.is_till:
            return
        line = self._connect("")
        if line.is_till:
            self._meet(line)
            self._paper.say(translate("The till runs: log in to do more than look."))

    def _lost(self) -> None:
        self._meet(self._connect(self._name))
        if self._line.is_till:
            self._paper.say(translate("The till was started anew: log in again."))
        else:
            stopped = Rejected(Code.TILL_STOPPED)
            self._paper.say(f"{stopped.code} {stopped.sentence()}")

    def _greet(self) -> None:
        self._paper.say(f"KasoTerminal {VERSION} {self._terminal}")
        ways = translate("login SCOPE ... ({scopes}), help", scopes=", ".join(SCOPES))
        self._paper.say(f"{ways}, pin" if self._takes_pins else ways)

    def _login(self, scopes: list[str]) -> None:
        unknown = [scope for scope in scopes if scope not in SCOPES]
        if unknown:
            raise Rejected(Code.NO_WORD, line=unknown[0][:20])
        wanted = [Scope(scope) for scope in dict.fromkeys(scopes or [Scope.LOOK])]
        challenge = self._ask(talk.Ask(wanted))
        if challenge.code:
            return
        self._paper.say(translate("Sign this within five minutes (kasoterminal technician sign):"))
        self._show(challenge.lines)
        self._paper.say(translate("Answer, line by line; an empty line gives up."))
        answer = self._answer()
        if answer is None:
            return
        self._came(self._ask(talk.Bring(answer)))

    def _answer(self) -> bytes | None:
        """What is typed or pasted, line by line; None when somebody gives up."""
        reading = Reading()
        while not reading.is_whole:
            text = self._reader.read(f"{reading.number}: ", history=False)
            for line in text.replace("\r", "\n").split("\n"):
                if not line.strip():
                    return None
                try:
                    reading.take(line)
                except Mistyped as error:
                    number = error.number
                    self._paper.say(translate("Line {number} is mistyped: again", number=number))
                    break
                if reading.is_whole:
                    break
        try:
            return reading.data()
        except Mistyped:
            return b""

    def _pin(self) -> None:
        identifier = self._reader.read(f"{translate('Identifier')}: ", history=False).strip()
        pin = self._reader.read("PIN: ", history=False, secret=True).strip()
        if len(identifier) > talk.WORD_MAX or len(pin) > talk.WORD_MAX:
            raise Rejected(Code.WRONG_PIN)
        self._came(self._ask(talk.Pin(identifier, pin)))

    def _came(self, reply: Reply) -> None:
        if not reply.code:
            self._name = str(reply.data["name"])
            scopes = ", ".join(reply.data["scopes"])
            self._paper.say(
                translate("{name} is logged in for: {scopes}", name=self._name, scopes=scopes)
            )

    def _lock(self) -> None:
        if not self._name:
            self._paper.put("\r")
            return
        self._reader.clear()
        self._name = ""
        self._paper.put("\n")
        self._paper.say(translate("Five minutes without a key: logged out."))
        try:
            self._ask(talk.Leave())
        except Gone:
            self._lost()

    # --- words -----------------------------------------------------------------------------------

    def _say(self, words: tuple[str, ...] | list[str], *, is_json: bool) -> None:
        said = list(words)
        if path := path_of(tuple(words)):
            said = word_behind(path)
            if not said:
                self._show(entries(path))
                return
        reply = self._ask(talk.Say(said))
        if not reply.code:
            self._shown(reply, is_json=is_json)

    def _help(self, words: list[str], *, is_json: bool) -> None:
        told = help_of(words) if words and words[0] not in OWN else None
        own = [name for name in OWN if not words or name == words[0]]
        if told is None and words:
            self._show([f"{name:<26} {translate(OWN[name])}" for name in own])
            return
        told = told or help_of([])
        if is_json:
            self._paper.say(json.dumps(told.data, ensure_ascii=False))
            return
        self._show([f"{name:<26} {translate(OWN[name])}" for name in own if not words])
        self._show(list(told.lines))

    def _follow(self) -> None:
        reply = self._ask(talk.Say(["log", "20"]))
        ends_s, place = time.monotonic() + IDLE_S, (0, 0)
        while not reply.code and time.monotonic() < ends_s:
            self._show(reply.lines)
            if reply.data:
                place = reply.data[-1]["epoch"], reply.data[-1]["seq"]
            time.sleep(_FOLLOW_S)
            reply = self._ask(talk.Follow(*place))

    def _shown(self, reply: Reply, *, is_json: bool) -> None:
        if is_json:
            self._paper.say(json.dumps(reply.data, ensure_ascii=False))
        else:
            self._show(reply.lines)

    def _show(self, lines: list[str]) -> None:
        for line in lines:
            self._paper.say(line)

    def _ask(self, request: Request) -> Reply:
        """The answer; a refusal is said."""
        reply = self._line.ask(request)
        if reply.code:
            if reply.code == Code.NOT_LOGGED_IN:
                self._name = ""
            self._paper.say(f"{reply.code} {reply.sentence}")
        return reply
