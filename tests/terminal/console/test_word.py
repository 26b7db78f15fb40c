from __future__ import annotations

from terminal.console.word import Word, completions
from terminal.sync.wire import Scope

TABLE = (
    Word("log", Scope.LOOK, True, False, "", lambda _bench, _args: None, ("follow",), 9),
    Word("db check", Scope.LOOK, True, False, "", lambda _bench, _args: None),
    Word("pull", Scope.NETWORK, False, True, "", lambda _bench, _args: None, ("all", "ever")),
)


def test_usage_is_how_it_is_typed():
    assert [word.usage for word in TABLE] == ["log [follow] [N]", "db check", "pull [all|ever]"]


def test_the_last_word_is_completed():
    assert completions("", TABLE) == ["db", "log", "pull"]
    assert completions("l", TABLE) == ["log"]
    assert completions("db ", TABLE) == ["check"]
    assert completions("DB ch", TABLE) == ["check"]
    assert completions("pull ", TABLE) == ["all", "ever"]
    assert completions("pull all ", TABLE) == ["ever"]
    assert completions("nothing ", TABLE) == []


def test_what_follows_is_let_once_and_within_bounds():
    log = TABLE[0]
    assert all(log.let(args) for args in ((), ("9",), ("follow",)))
    assert not any(log.let(args) for args in (("10",), ("0",), ("1", "2"), ("follow", "follow")))
