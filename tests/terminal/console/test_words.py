from __future__ import annotations

import pytest

from terminal.console.words import MENU_VERBS, WORDS, find, help_of
from terminal.errors import Code, Rejected
from terminal.sync.wire import Scope
from ui.menu import MENU, SERVICE

# What a technician was promised; fixed for good.
PROMISED = (
    "status",
    "printer",
    "frames",
    "tape save",
    "test printer",
    "test drawer",
    "test scale",
    "test display",
    "test scanner",
    "db check",
    "journal verify",
    "export",
    "network",
    "enrol",
    "sync",
    "log",
    "unsent",
    "rejected",
    "update status",
    "slots",
    "rollback",
    "reboot",
)


def test_every_word_that_was_promised_is_there_once():
    names = [word.name for word in WORDS]
    assert set(PROMISED) <= set(names)
    assert len(names) == len(set(names))


def test_every_number_of_the_menu_that_is_a_word_here_means_one():
    verbs = {choice.verb for choice in (*MENU, *SERVICE)}
    for verb, line in MENU_VERBS.items():
        if verb.startswith("pull.") and verb not in verbs:
            continue
        assert verb in verbs, verb
        assert find(line.split())


@pytest.mark.parametrize(
    ("line", "name", "args"),
    [
        ("db check", "db check", ()),
        ("log 50", "log", ("50",)),
        ("log follow", "log", ("follow",)),
        ("pull products ever", "pull", ("products", "ever")),
        ("rejected", "rejected", ()),
        ("rejected retry", "rejected retry", ()),
    ],
)
def test_lines_are_found(line, name, args):
    word, given = find(line.split())
    assert (word.name, given) == (name, args)


@pytest.mark.parametrize(
    "line",
    [
        "db",
        "statu",
        "status now",
        "log 0",
        "log 1001",
        "log 1 2",
        "log -1",
        "log ١",
        "pull x",
        "!ls",
        "pull ever ever",
        "test",
        "sync; ls",
    ],
)
def test_others_are_not(line):
    with pytest.raises(Rejected) as caught:
        find(line.split())
    assert caught.value.code is Code.NO_WORD


def test_what_was_typed_is_told_in_printable_signs_only():
    with pytest.raises(Rejected) as caught:
        find(["\x1b[2Jevil" * 20])
    assert caught.value.params["line"].isprintable()
    assert len(caught.value.params["line"]) <= 40


def test_help_knows_all_of_them_and_one():
    assert len(help_of([]).data) == len(WORDS)
    assert [row["word"] for row in help_of(["db", "check"]).data] == ["db check"]
    names = [row["word"] for row in help_of(["update"]).data]
    assert names == ["update status", "update find", "update fetch"]
    with pytest.raises(Rejected):
        help_of(["nothing"])


def test_looking_needs_no_other_scope_and_changing_does():
    for word in WORDS:
        if word.scope is Scope.LOOK:
            assert word.reads, word.name
