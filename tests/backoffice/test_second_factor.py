from __future__ import annotations

import pyotp
import pytest
from sqlalchemy import select

from backoffice import accounts, second_factor
from backoffice.rights import Role
from backoffice.store.engine import writing
from backoffice.store.tables import account, recovery_code


@pytest.fixture
def who(engine, clock):
    """Id of an account."""
    with writing(engine) as database:
        return accounts.add(database, "anna", "Anna", Role.OWNER, None, "pl", clock())


@pytest.fixture
def phone(engine, who):
    """What the phone reads from the picture."""
    with writing(engine) as database:
        second_factor.propose(database, who)
        return pyotp.parse_uri(second_factor.address(database, who))


def take(engine, who, code, clock):
    with writing(engine) as database:
        return second_factor.take(database, who, code, clock())


def test_the_first_code_turns_it_on_and_the_secret_is_told_no_more(engine, clock, who, phone):
    assert (phone.name, phone.issuer) == ("anna", "kasoterminal")
    with writing(engine) as database:
        assert second_factor.secret_of(second_factor.address(database, who)) == phone.secret
        assert not accounts.one(database, who).has_second_factor
    assert take(engine, who, phone.at(clock()), clock)
    with writing(engine) as database:
        assert accounts.one(database, who).has_second_factor
        assert second_factor.address(database, who) == ""
        second_factor.propose(database, who)
        assert database.scalar(select(account.c.totp_secret)) == phone.secret


def test_a_code_is_good_once_and_so_is_none_before_it(engine, clock, who, phone):
    now = clock()
    assert take(engine, who, phone.at(now), clock)
    assert not take(engine, who, phone.at(now), clock)
    assert not take(engine, who, phone.at(now, counter_offset=-1), clock)
    clock.push(seconds=29)
    assert not take(engine, who, phone.at(now), clock)
    clock.push(seconds=1)
    spaced = phone.at(clock())
    assert take(engine, who, f" {spaced[:3]} {spaced[3:]} ", clock)


@pytest.mark.parametrize(("off", "is_good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(engine, clock, who, phone, off, is_good):
    assert take(engine, who, phone.at(clock(), counter_offset=off), clock) is is_good


@pytest.mark.parametrize("code", ["", "000000", "żółw", "1" * 5000, "\0"])
def test_no_other_code_is_good(engine, clock, who, phone, code):
    assert not take(engine, who, code, clock)


def test_without_a_secret_no_code_is_good(engine, clock, who):
    assert not take(engine, who, "123456", clock)
    with writing(engine) as database:
        assert second_factor.secret_of(second_factor.address(database, who)) == ""


def test_a_recovery_code_is_good_once_for_its_account(engine, clock, who):
    with writing(engine) as database:
        other = accounts.add(database, "ewa", "Ewa", Role.OWNER, None, "pl", clock())
        codes = second_factor.new_recovery_codes(database, who)
        assert len(set(codes)) == second_factor.RECOVERY_CODES
        kept = repr(database.execute(select(recovery_code)).all())
        assert not any(code in kept for code in codes)
        assert not second_factor.take_recovery(database, other, codes[0])
        assert second_factor.take_recovery(database, who, codes[0].upper().replace("-", " "))
        assert not second_factor.take_recovery(database, who, codes[0])
        newer = second_factor.new_recovery_codes(database, who)
        assert not second_factor.take_recovery(database, who, codes[1])
        assert second_factor.take_recovery(database, who, newer[1])


def test_it_is_turned_off_with_all_its_codes(engine, clock, who, phone):
    assert take(engine, who, phone.at(clock()), clock)
    with writing(engine) as database:
        codes = second_factor.new_recovery_codes(database, who)
        second_factor.turn_off(database, who)
        assert not accounts.one(database, who).has_second_factor
        assert not second_factor.take_recovery(database, who, codes[0])
    assert not take(engine, who, phone.at(clock(), counter_offset=1), clock)
