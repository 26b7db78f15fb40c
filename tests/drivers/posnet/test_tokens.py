from __future__ import annotations

import pytest

from drivers.posnet.tokens import TOKEN_MAX, Tokens


def test_tokens_go_round():
    tokens = Tokens(TOKEN_MAX - 1)
    assert [tokens.fresh() for _ in range(3)] == [TOKEN_MAX - 1, TOKEN_MAX, 1]


def test_no_token_comes_twice_in_a_round():
    tokens = Tokens()
    given = [tokens.fresh() for _ in range(TOKEN_MAX)]
    assert sorted(given) == list(range(1, TOKEN_MAX + 1))


def test_reserved_tokens_are_left_out():
    tokens = Tokens(5)
    assert tokens.reserve(6) == 6
    assert [tokens.fresh(), tokens.fresh()] == [5, 7]


def test_old_reservations_end():
    tokens = Tokens(1)
    for token in range(1, 41):
        tokens.reserve(token)
    assert tokens.fresh() == 1


@pytest.mark.parametrize("token", [0, -1, TOKEN_MAX + 1])
def test_tokens_the_wire_cannot_carry(token):
    with pytest.raises(ValueError, match="token"):
        Tokens().reserve(token)
