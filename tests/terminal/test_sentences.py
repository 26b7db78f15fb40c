from __future__ import annotations

from terminal.codes import Code
from terminal.sentences import SENTENCES


def test_each_code_has_a_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(Code)
    assert len(set(SENTENCES.values())) == len(Code)
