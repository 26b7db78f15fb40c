"""Every state of a printer has a word for the program and words for people."""

from __future__ import annotations

from itertools import product

import pytest

from drivers.fiscal import Attention, Mechanism, Status
from terminal.sale.waiting import WAITS, in_words, waiting_for


@pytest.mark.parametrize(("mechanism", "attention"), list(product(Mechanism, Attention)))
def test_every_state_has_words(mechanism: Mechanism, attention: Attention) -> None:
    word = waiting_for(Status(mechanism, attention))
    if (mechanism, attention) == (Mechanism.OK, Attention.READY):
        assert word == ""
    else:
        assert word in WAITS
        assert in_words(word)


def test_the_mechanism_comes_before_the_operator() -> None:
    status = Status(Mechanism.NO_PAPER, Attention.WAITING_KEY)
    assert waiting_for(status) == "no_paper"
    assert in_words("no_paper") == "no paper"


def test_a_word_of_a_newer_driver_is_shown_as_it_is() -> None:
    assert in_words("on fire") == "on fire"
