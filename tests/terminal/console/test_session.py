"""What a login may do, what is written of it, and that no line whatever breaks a session."""

from __future__ import annotations

import os
import random
import tracemalloc
from dataclasses import replace

import msgspec
import pytest

from terminal.console import talk
from terminal.console import words as words_of_the_till
from terminal.console.session import IDLE_S, Session
from terminal.console.told import Told
from terminal.console.words import WORDS
from terminal.errors import Blocked, Code
from terminal.sync.wire import Scope
from tests.terminal.console.conftest import Talking, lines_of

ROUNDS = int(os.environ.get("ROUNDS", "100000"))
SEED = int(os.environ.get("SEED", "1"))


def test_nothing_is_done_without_a_login(one, console):
    for word in WORDS:
        assert console.say(word.name).code == "E-47", word.name
    assert lines_of(one) == []


def test_a_login_is_for_its_scopes(console, papers):
    console.login(papers, Scope.LOOK, Scope.PRINT)
    assert console.say("status").code == ""
    assert console.say("test printer").code == ""
    for word in WORDS:
        if word.scope not in {Scope.LOOK, Scope.PRINT}:
            reply = console.say(word.name)
            assert reply.code == "E-183", word.name
            assert word.scope in reply.sentence


def test_an_answer_is_good_once(console, papers):
    asked = console.ask(talk.Ask([Scope.LOOK]))
    answer = papers.answer(asked.lines)
    assert console.ask(talk.Bring(answer)).code == ""
    console.ask(talk.Leave())
    assert console.ask(talk.Bring(answer)).code == "E-182"
    assert console.say("status").code == "E-47"


def test_an_answer_to_another_session_is_none(one, console, papers):
    asked = console.ask(talk.Ask([Scope.LOOK]))
    other = Talking(one.till.console.session())
    other.ask(talk.Ask([Scope.LOOK]))
    assert other.ask(talk.Bring(papers.answer(asked.lines))).code == "E-182"


def test_a_challenge_does_not_survive_a_restart(one, console, papers):
    asked = console.ask(talk.Ask([Scope.LOOK]))
    one.restart()
    late = Talking(one.till.console.session())
    assert late.ask(talk.Bring(papers.answer(asked.lines))).code == "E-182"


def test_five_minutes_of_silence_end_the_login(one, papers):
    now = [0.0]
    console = Talking(Session(one.till.console._bench, one.till.console.entrance, lambda: now[0]))
    console.login(papers)
    now[0] += IDLE_S - 1
    assert console.say("version").code == ""
    now[0] += IDLE_S
    assert console.say("version").code == "E-47"
    assert len(one.named("console_logout")) == 1


def test_the_end_of_the_certificate_ends_the_login(one, papers):
    now = [0.0]
    console = Talking(Session(one.till.console._bench, one.till.console.entrance, lambda: now[0]))
    console.login(papers, hours=1)
    for _ in range(19):
        now[0] += 190
        code = console.say("version").code
    assert code == "E-47"


def test_each_line_and_its_outcome_is_a_document(one, technician):
    technician.say("version")
    technician.say("test printer")
    technician.say("test display")
    assert lines_of(one) == [
        ("J. Kowal", "version", "done"),
        ("J. Kowal", "test printer", "begun"),
        ("J. Kowal", "test printer", "done"),
        ("J. Kowal", "test display", "begun"),
        ("J. Kowal", "test display", "E-184"),
    ]
    technician.session.close()
    assert [body["operator"] for body in one.named("console_logout")] == ["J. Kowal"]


def test_of_what_is_not_in_the_table_only_the_count_is_kept(one, technician):
    for line in ("3333", "hunter2 secret", "enrol K7QX-93RT"):
        assert technician.say(line).code == "E-180"
    technician.say("version")
    assert one.named("console_unknown")[0]["detail"] == {"lines": 3}
    assert not any(word in str(one.documents()) for word in ("3333", "hunter2", "K7QX"))


def test_what_cannot_be_written_down_is_not_done(one, technician, monkeypatch):
    before = len(one.printer.forms_printed)
    monkeypatch.setattr(one.till.console.entrance, "note", _full)
    assert technician.say("test printer").code == "E-60"
    assert len(one.printer.forms_printed) == before
    # A technician comes because the disk is full: looking still works.
    assert technician.say("status").code == ""


def _full(*_args, **_detail):
    raise Blocked(Code.STORAGE, detail="disk full")


def test_during_an_open_receipt_only_words_that_read_are_done(one, technician):
    one.do(one.till.sell, "1")
    for word in WORDS:
        if not word.reads and word.name != "test scanner":
            assert technician.say(word.name).code in {"E-49", "E-184"}, word.name
    assert technician.say("status").data["is_receipt_open"]
    assert one.printer.forms_printed == []


def test_a_script_looks_without_a_login_and_no_more(console):
    console.ask(talk.Hello("en", is_script=True))
    assert console.say("version").code == ""
    assert console.say("test printer").code == "E-47"


def test_refusals_speak_the_language_of_the_console(console):
    console.ask(talk.Hello("pl"))
    assert console.say("status").sentence == "Najpierw się zaloguj"
    # No other language is looked for on the disk.
    console.ask(talk.Hello("../..\0"))
    assert console.say("status").sentence == "Log in first"


def test_a_word_that_breaks_says_so_and_the_session_goes_on(technician, monkeypatch):
    monkeypatch.setattr("terminal.console.bench.Live.ask", _broken)
    reply = technician.say("printer")
    assert reply.code == "E-66"
    monkeypatch.undo()
    assert technician.say("version").code == ""


def _broken(*_args):
    raise RuntimeError


PIECES = [
    *(word.name for word in WORDS),
    "help",
    "--json",
    "843",
    "8",
    "4",
    "ever",
    "follow",
    "all",
    "1000",
    "-1",
    "99999",
    "; ls",
    "$(id)",
    "`id`",
    "../../etc/passwd",
    "\x00",
    "\x1b[200~",
    "\x1b]0;x\x07",
    "\xff",
    "ą",
    "\u202e",
    "☁",
    "x" * 70,
    "|",
    "&&",
    "\n",
    "\r",
    "%s%n",
    "{0}",
    "{line}",
    "'",
    '"',
    "\\",
]


def hostile(random_):
    """A line: half of them well-formed requests with odd words, half of them anything."""
    kind = random_.random()
    if kind < 0.1:
        word = random_.choice(WORDS)
        words = [*word.name.split(), *word.takes[: random_.randrange(2)]]
        return msgspec.json.encode({"do": "say", "words": words})
    if kind < 0.5:
        words = [random_.choice(PIECES) for _ in range(random_.randrange(1, 10))]
        return msgspec.json.encode({"do": "say", "words": words})
    if kind < 0.7:
        do = random_.choice(["hello", "challenge", "answer", "pin", "follow", "leave", "x", 1])
        fields = {
            "scopes": random_.choice([["look"], [], ["root"], 7]),
            "answer": random_.choice(["AAAA", "=", 1, None, "A" * 4000]),
            "identifier": random_.choice(["1", "", None, "x" * 99]),
            "pin": random_.choice(["1111", "", {}]),
            "language": random_.choice(["pl", "../..", 5]),
            "epoch": random_.choice([1, -1, 2**70, "1"]),
            "seq": random_.choice([0, 2**62]),
        }
        return msgspec.json.encode({"do": do, **fields})
    size = random_.choice([0, 1, 10, 100, 10_000])
    return random_.randbytes(size).replace(b"\n", b" ")


def fuzz(one, console, papers, rounds, monkeypatch):
    """Gives what was done of the words that change something; they only say that they were."""
    done = []

    def found(words):
        word, args = words_of_the_till.find(words)
        if not word.reads:
            done.append((word.name, *args))
            word = replace(word, do=lambda _bench, _args: Told((), None))
        return word, args

    monkeypatch.setattr("terminal.console.session.find", found)
    random_ = random.Random(SEED)
    for number in range(rounds):
        if number % 500 == 0:
            _let_in(one, console, papers)
        reply = talk.read_reply(console.session.take(hostile(random_)))
        assert reply.code != "E-66", (SEED, number, reply)
    _let_in(one, console, papers)
    console.ask(talk.Hello("en"))
    assert console.say("version").lines[0].startswith("Program")
    return done


def _let_in(one, console, papers):
    one.do(one.context.journal.execute, "DELETE FROM pin_failure")
    console.ask(talk.Hello("en"))
    assert console.login(papers, *Scope).code == ""


def _bounded(one, console, papers, rounds, monkeypatch):
    fuzz(one, console, papers, 200, monkeypatch)
    tracemalloc.start()
    try:
        done = fuzz(one, console, papers, rounds, monkeypatch)
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 4 * 1024 * 1024
    names = {word.name for word in WORDS if not word.reads}
    assert {name for name, *_args in done} <= names
    assert done


def test_no_line_whatever_breaks_a_session(one, console, papers, monkeypatch):
    _bounded(one, console, papers, 2000, monkeypatch)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_no_line_whatever_breaks_a_session_for_long(one, console, papers, monkeypatch):
    _bounded(one, console, papers, ROUNDS, monkeypatch)
