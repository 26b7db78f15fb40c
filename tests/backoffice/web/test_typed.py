from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.web import i18n, typed, wording

AMOUNTS = st.integers(-9_999_999_999, 9_999_999_999)
LANGUAGES = st.sampled_from(i18n.LANGUAGES)


@given(LANGUAGES, AMOUNTS)
def test_money_is_read_as_it_is_shown(language, amount):
    with i18n.speaking(language):
        assert typed.money(wording.money(amount)) == amount
        assert typed.money(typed.as_money(amount)) == amount


@given(LANGUAGES, st.integers(0, 9_999))
def test_percents_are_read_as_they_are_shown(language, rate_bp):
    with i18n.speaking(language):
        assert typed.percent(wording.percent(rate_bp)) == rate_bp
        assert typed.percent(typed.as_percent(rate_bp)) == rate_bp


@given(LANGUAGES, st.integers(0, 9_999) | st.sampled_from([10_000, 10_100]))
def test_vat_rates_are_read_as_they_are_shown(language, rate_bp):
    with i18n.speaking(language):
        assert typed.vat(wording.rate(rate_bp)) == rate_bp


@given(LANGUAGES, st.integers(-999_999_999_999, 999_999_999_999))
def test_quantities_are_read_as_they_are_shown(language, qty_milli):
    """Never as another number: what English or Spanish groups like decimals is refused."""
    with i18n.speaking(language):
        try:
            assert typed.quantity(wording.quantity(qty_milli)) == qty_milli
        except typed.NotUnderstood:
            assert language in {"en", "es"}
            assert qty_milli % 1000 == 0
        assert typed.quantity(typed.as_quantity(qty_milli)) == qty_milli


@given(LANGUAGES, st.integers(1, 9_999_999_999))
def test_rates_are_read_as_they_are_shown(language, rate_e4):
    with i18n.speaking(language):
        assert typed.rate(typed.as_rate(rate_e4)) == rate_e4


@given(st.dates())
def test_days_are_read_as_they_are_shown(day):
    assert typed.day(day.isoformat()) == day.isoformat()
    assert typed.day(f"{day.day}.{day.month}.{day.year:04d}") == day.isoformat()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12,50", 1250),
        ("12.50 zł", 1250),
        (" 12,5 PLN", 1250),
        ("1 234,50", 123_450),
        ("1\u202f234,50\u00a0zł", 123_450),
        ("PLN 1,234.50", 123_450),
        ("1.234.567,8", 123_456_780),
        (",5", 50),
        ("5,", 500),
        ("007", 700),
        ("\u22123,20 zł", -320),
        ("1,500000", 150),
    ],
)
def test_money_is_understood_as_people_write_it(text, amount):
    assert typed.money(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "zł", "-", ",", "abc", "1,234", "12,505", "1 2 x", "1,2,3", "1.2.3", "1e5", "٣"),
        *("½", "9" * 16, "9" * 100_000, "--5", "5-", "0x10", "NaN", "12,50\0"),
    ],
)
def test_what_has_two_meanings_or_none_is_refused(text):
    with pytest.raises(typed.NotUnderstood) as refused:
        typed.money(text)
    assert refused.value.reason
    assert len(refused.value.reason) < 60


@given(st.text(max_size=60))
def test_nothing_typed_makes_a_reader_fall(text):
    readers = (typed.money, typed.percent, typed.quantity, typed.rate, typed.number)
    for read in (*readers, typed.day, typed.time):
        with suppress(typed.NotUnderstood):
            read(text)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "1,234"), ("es", "1.234"), ("es", "-12.345.678")]
)
def test_what_may_be_a_thousand_in_the_language_of_the_page_is_refused(language, text):
    with i18n.speaking(language), pytest.raises(typed.NotUnderstood, match="two ways"):
        typed.quantity(text)
    with i18n.speaking("pl"):
        assert typed.quantity("1,234") == typed.quantity("1.234") == 1234


@pytest.mark.parametrize(
    ("text", "day"), [("2026-2-3", "2026-02-03"), ("03.02.2026", "2026-02-03")]
)
def test_days_are_understood_as_people_write_them(text, day):
    assert typed.day(text) == day


@pytest.mark.parametrize("text", ["", "2026-02-30", "31.11.2026", "03.02.26", "2026", "jutro"])
def test_no_day_is_made_up(text):
    with pytest.raises(typed.NotUnderstood):
        typed.day(text)


@pytest.mark.parametrize(
    ("text", "time"), [("7:05", "07:05"), ("22.00", "22:00"), ("7h30", "07:30")]
)
def test_times_are_understood_as_people_write_them(text, time):
    assert typed.time(text) == time


@pytest.mark.parametrize("text", ["", "24:00", "12:60", "12", "12:5"])
def test_no_time_is_made_up(text):
    with pytest.raises(typed.NotUnderstood):
        typed.time(text)


def test_whole_numbers_have_no_comma():
    assert typed.number("1 000") == 1000
    assert typed.number("3,0") == 3
    with pytest.raises(typed.NotUnderstood, match="whole number"):
        typed.number("1,5")


def test_a_nip_is_typed_with_dashes_and_spaces():
    assert typed.nip(" PL 526-100-10-01 ") == "5261001001"
