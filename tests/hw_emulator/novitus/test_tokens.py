from __future__ import annotations

from datetime import timedelta

import pytest

from hw_emulator.novitus.tokens import HOURLY_MAX, Exhausted, Tokens, shown


def test_a_token_lives_for_twenty_minutes_and_can_be_refreshed_after_them(clock):
    tokens = Tokens(clock)
    assert not tokens.is_good("")
    first = tokens.mint()
    assert tokens.is_good(first)
    clock.at += timedelta(minutes=20)
    assert not tokens.is_good(first)
    second = tokens.refresh(first)
    assert tokens.is_good(second)
    assert second != first
    assert tokens.refresh(first) == ""
    assert tokens.refresh("") == ""


def test_a_new_token_ends_the_one_before(clock):
    tokens = Tokens(clock)
    first, second = tokens.mint(), tokens.mint()
    assert [tokens.is_good(token) for token in (first, second)] == [False, True]
    tokens.delete()
    assert not tokens.is_good(second)
    assert tokens.refresh(second) == ""


def test_ten_an_hour(clock):
    tokens = Tokens(clock)
    begin = clock.at
    for _ in range(HOURLY_MAX):
        last = tokens.mint()
        clock.at += timedelta(minutes=1)
    with pytest.raises(Exhausted) as caught:
        tokens.mint()
    assert caught.value.again == begin + timedelta(hours=1)
    assert not tokens.is_good(last), "the refusal takes the token away"
    clock.at = begin + timedelta(hours=1)
    assert tokens.is_good(tokens.mint())


def test_moments_are_told_in_utc(clock):
    assert shown(clock.at) == "2026-03-02T09:00:00Z"
