from __future__ import annotations

from backoffice.web.right_words import GROUPS, WORDS
from terminal.sync.wire import Right


def test_every_right_has_its_words_once():
    assert set(WORDS) == set(Right)
    assert sum(len(group.rights) for group in GROUPS) == len(Right)
    assert all(words.name and words.meaning.endswith(".") for words in WORDS.values())
