"""The talk of the console with a technician, its reader and its till played."""

from __future__ import annotations

import json
import os
import random

import pytest

from terminal.console import talk
from terminal.console.letters import read, written
from terminal.console.talk import Reply
from terminal.console.words import WORDS
from terminal.errors import Code, Rejected
from terminal.i18n import use_language
from ui.console import dialogue
from ui.console.dialogue import Dialogue
from ui.console.lines import Closed, Idle, Interrupted, Paper, PlainReader
from ui.console.till_line import Gone

ANSWER = bytes(range(60))
ROUNDS = int(os.environ.get("ROUNDS", "100000"))
SEED = int(os.environ.get("SEED", "1"))


@pytest.fixture(autouse=True)
def _english():
    use_language("en")


class Typist:
    """Types what it was told; an exception happens instead of a line."""

    def __init__(self, *lines):
        self.lines = list(lines)
        self.prompts = []
        self.kept = []
        self.is_cleared = False

    def read(self, prompt, *, history=True, secret=False):
        self.prompts.append(prompt)
        line = self.lines.pop(0) if self.lines else Closed()
        if isinstance(line, BaseException):
            raise line
        if history and not secret:
            self.kept.append(line)
        return line

    def clear(self):
        self.is_cleared = True


class Sheet(Paper):
    def __init__(self):
        super().__init__()
        self.text = ""

    def put(self, text):
        self.text += text


class FakeTill:
    """Answers as a till: ``gone_at`` is the question after which it is not there any more."""

    def __init__(self, *, is_till=True, takes_pins=True, gone_at=None):
        self.is_till = is_till
        self.takes_pins = takes_pins
        self.gone_at = gone_at
        self.heard = []

    def ask(self, request):
        self.heard.append(request)
        if self.gone_at is not None and len(self.heard) > self.gone_at:
            raise Gone
        match request:
            case talk.Hello():
                return Reply(data={"terminal": "T1", "takes_pins": self.takes_pins})
            case talk.Ask():
                return Reply(written(b"challenge"))
            case talk.Bring() | talk.Pin():
                return Reply(data={"name": "J. Kowal", "scopes": ["look"]})
            case talk.Say(["reboot"]):
                return Reply(code=str(Code.NOT_LOGGED_IN), sentence="Log in first")
            case talk.Say(words):
                # A log is followed from its last event on; here there is none.
                data = [] if words[0] == "log" else {"did": words}
                return Reply([f"did {' '.join(words)}"], data)
        return Reply()

    def close(self):
        self.is_closed = True


def talked(*lines, tills=None, enrol=None):
    """Gives what was shown, the typist, and the tills."""
    tills = tills or [FakeTill()]
    left = list(tills)
    typist, sheet = Typist(*lines), Sheet()

    def connect(_name):
        return left.pop(0) if len(left) > 1 else left[0]

    Dialogue(typist, sheet, connect, enrol or (lambda code: [f"enrolled {code}"]), "en").run()
    return sheet.text, typist, tills


def said(tills):
    return [
        request.words for till in tills for request in till.heard if isinstance(request, talk.Say)
    ]


def test_words_and_numbers_of_the_menu_go_to_the_till():
    text, _, tills = talked("status", "8 4 3", "843", "", "unsent --json")
    assert said(tills) == [["status"], ["pull", "products"], ["pull", "products"], ["unsent"]]
    assert "did status\n" in text
    assert json.loads(text.splitlines()[-1]) == {"did": ["unsent"]}


def test_what_the_menu_has_below_a_number_is_shown_without_asking():
    text, _, tills = talked("menu", "84", "91", "99")
    assert said(tills) == []
    assert "8 4 3    Synchronise products  = pull products" in text
    assert "Customers: only on the cashier's screen" in text
    assert "No such number in the menu: 99" in text


def test_a_login_shows_a_challenge_and_takes_the_answer_line_by_line():
    first, second, third = written(ANSWER)
    text, typist, (till,) = talked("login look print", first, "bogus", second, third)
    assert written(b"challenge")[0] in text
    assert "Line 2 is mistyped: again" in text
    assert till.heard[1] == talk.Ask(["look", "print"])
    assert till.heard[2] == talk.Bring(ANSWER)
    assert typist.prompts == ["T1? ", "1: ", "2: ", "2: ", "3: ", "T1> "]
    # The answer is nothing to be called back with the arrow.
    assert typist.kept == ["login look print"]


def test_an_answer_may_be_pasted_as_one():
    _, _, (till,) = talked("login", "\n".join(written(ANSWER)))
    assert till.heard[2] == talk.Bring(ANSWER)


def test_an_empty_line_gives_the_login_up():
    _, typist, (till,) = talked("login", "", "status")
    assert not any(isinstance(request, talk.Bring) for request in till.heard)
    assert typist.prompts[-1] == "T1? "


def test_an_unknown_scope_is_told():
    text, _, (till,) = talked("login root")
    assert "E-180" in text
    assert len(till.heard) == 1


def test_identifier_and_pin_are_asked_and_not_kept():
    _, typist, (till,) = talked("pin", "3", "3333", "status")
    assert till.heard[1] == talk.Pin("3", "3333")
    assert typist.kept == ["pin", "status"]
    text, _, (till,) = talked("pin", "3", "9" * 70)
    assert "E-34" in text
    assert len(till.heard) == 1


def test_help_needs_no_till_that_answers():
    text, _, tills = talked("help", "help db check", "help login", "help bogus", "help --json")
    assert said(tills) == []
    assert "log [follow] [N]" in text
    assert text.count("db check") >= 2
    assert "E-180" in text
    assert json.loads(text.splitlines()[-1])[0]["word"] == "status"


def test_silence_ends_the_login_and_wipes_the_screen():
    text, typist, (till,) = talked("pin", "3", "3333", Idle(), Idle(), "status")
    assert typist.is_cleared
    assert text.count("logged out") == 1
    assert [type(request) for request in till.heard].count(talk.Leave) == 1
    assert typist.prompts[-1] == "T1? "


def test_a_till_that_says_nobody_is_logged_in_is_believed():
    _, typist, _ = talked("pin", "3", "3333", "reboot", "status")
    assert typist.prompts[-2] == "T1? "


def test_control_c_ends_what_is_being_typed_and_nothing_else():
    _, _, tills = talked(Interrupted(), "login", Interrupted(), KeyboardInterrupt(), "status")
    assert said(tills) == [["status"]]


def test_exit_and_log_out():
    _, typist, (till,) = talked("pin", "3", "3333", "logout", "exit", "status")
    assert typist.prompts[-1] == "T1? "
    assert [type(request) for request in till.heard].count(talk.Leave) == 2
    assert said([till]) == []


def test_a_till_that_ends_is_told_and_looking_goes_on():
    till, alone = FakeTill(gone_at=2), FakeTill(is_till=False)
    text, typist, _ = talked("pin", "3", "3333", "status", "status", tills=[till, alone])
    assert "E-181" in text
    assert said([alone]) == [["status"]]
    assert typist.prompts[-1] == "T1> "


def test_a_till_that_starts_again_wants_its_own_login():
    first, alone, again = FakeTill(gone_at=2), FakeTill(is_till=False), FakeTill()
    text, typist, _ = talked("pin", "3", "3333", "status", "status", tills=[first, alone, again])
    assert "The till runs: log in to do more than look." in text
    assert said([again]) == [["status"]]
    assert typist.prompts[-1] == "T1? "


def test_a_till_that_was_started_anew_at_once_wants_it_too():
    first, again = FakeTill(gone_at=2), FakeTill()
    text, typist, _ = talked("pin", "3", "3333", "status", tills=[first, again])
    assert "started anew" in text
    assert typist.prompts[-1] == "T1? "


def test_a_long_line_is_not_half_done():
    text, _, tills = talked("status " * 500, "x" * 5000)
    assert text.count("E-180") == 2
    assert said(tills) == []


def test_a_new_device_is_enrolled_by_its_code():
    codes = []

    def enrol(code):
        codes.append(code)
        raise Rejected(Code.NO_CATALOGUE)

    text, _, _ = talked("enrol K7QX-93RT", enrol=enrol)
    assert codes == ["K7QX-93RT"]
    assert "E-62" in text
    text, _, tills = talked("enrol K7QX-93RT", "enrol")
    assert "enrolled K7QX-93RT" in text
    assert said(tills) == [["enrol"]]


def test_the_log_is_followed_until_somebody_stops_it(monkeypatch):
    class Busy(FakeTill):
        def ask(self, request):
            reply = super().ask(request)
            if isinstance(request, talk.Say):
                return Reply(["first"], [{"epoch": 1, "seq": 5}])
            if isinstance(request, talk.Follow):
                return Reply(["next"], [{"epoch": 1, "seq": request.seq + 1}])
            return reply

    naps = []

    def nap(seconds):
        naps.append(seconds)
        if len(naps) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(dialogue.time, "sleep", nap)
    till = Busy()
    text, _, _ = talked("log follow", "exit", tills=[till])
    assert text.count("next") == 3
    follows = [request.seq for request in till.heard if isinstance(request, talk.Follow)]
    assert follows == [5, 6, 7]
    assert isinstance(till.heard[-1], talk.Leave)


def test_the_challenge_is_one_that_a_technicians_program_reads():
    text, _, _ = talked("login")
    line = next(line for line in text.splitlines() if line == written(b"challenge")[0])
    assert read(line) == b"challenge"


def hostile(random_):
    """Bytes that somebody, or a line with noise on it, may send."""
    kind = random_.random()
    if kind < 0.4:
        pieces = random_.choices(
            [*PIECES, *(word.name for word in WORDS)], k=random_.randrange(1, 6)
        )
        return " ".join(pieces).encode("utf-8", "surrogatepass")
    if kind < 0.5:
        return b"\x1b[200~" + random_.choice(WORDS).name.encode() + b"\x1b[201~"
    size = random_.choice([0, 1, 3, 30, 300, 10_000])
    return random_.randbytes(size)


PIECES = [
    *("login", "pin", "menu", "help", "logout", "enrol", "log follow", "8 4 3", "--json", "look"),
    *("; ls", "$(reboot)", "`id`", "!sh", "../..", "\x00", "\x1b[2J", "\x1b]0;x\x07", "\ud800"),
    *("999999999", "-1", "%s", "{0}", "{line}", "ż" * 40, "x" * 2000, "\x03", "\x04", "\x1a"),
]


def fuzz(rounds, monkeypatch):
    """Everything that came through the line, at the till's end."""
    random_ = random.Random(SEED)
    monkeypatch.setattr(dialogue.time, "sleep", lambda _seconds: (_ for _ in ()).throw(Interrupted))
    sheet, till = Sheet(), FakeTill()
    lines = iter(hostile(random_).replace(b"\n", b"\r") for _ in range(rounds))
    reader = PlainReader(sheet, handle=-1)

    def take():
        if (line := next(lines, None)) is None:
            raise Closed
        sheet.text = ""
        reader._kept += line.replace(b"\r", b"\n") + b"\n"

    monkeypatch.setattr(reader, "_take", take)
    monkeypatch.setattr("ui.console.lines.select.select", lambda *_: ([1], [], []))
    Dialogue(reader, sheet, lambda _name: till, lambda _code: ["no"], "en").run()
    assert next(lines, None) is None, SEED
    return till.heard


def test_no_bytes_whatever_end_the_console_or_leave_its_table(monkeypatch):
    heard = fuzz(2000, monkeypatch)
    said_words = [request.words for request in heard if isinstance(request, talk.Say)]
    assert len(said_words) > 100
    for words in said_words:
        assert all(word.isprintable() and len(word) <= talk.WORD_MAX for word in words)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_no_bytes_whatever_for_long(monkeypatch):
    assert fuzz(ROUNDS, monkeypatch)
