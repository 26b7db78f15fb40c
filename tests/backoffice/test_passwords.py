from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select, update

from backoffice import accounts, passwords
from backoffice.rights import Role
from backoffice.store.engine import writing
from backoffice.store.tables import account


@pytest.mark.parametrize(
    "good", ["kwiat paproci 7", "żółta łódka w Łebie", "zx8!Qm2#rT5k", "x" * 100 + "abcd efgh"]
)
def test_a_long_password_is_good_whatever_it_is_made_of(good):
    assert passwords.fault(good, "anna@lipa.example") == ""


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        ("", "short"),
        ("Summer2026!", "short"),
        ("x y" * 43, "long"),
        ("PasswordPassword", "common"),
        ("qwertyuiop123", "common"),
        ("abababababab", "common"),
        ("111111111111", "common"),
        ("Anna.Lipowska 1", "login"),
    ],
)
def test_what_is_guessed_first_is_refused(bad, word):
    assert passwords.fault(bad, "anna.lipowska@lipa.example") == word


def test_the_list_holds_only_what_length_alone_would_let_through():
    assert len(passwords.COMMONEST) > 50
    for common in passwords.COMMONEST:
        assert len(common) >= passwords.LENGTH_MIN
        assert common == common.casefold()


def test_a_password_is_kept_as_argon2id_and_known_again(engine, clock):
    with writing(engine) as database:
        made = accounts.add(database, "anna", "Anna", Role.CLERK, None, "pl", clock())
    assert not passwords.is_right(engine, made, "")
    with writing(engine) as database:
        passwords.set_for(database, made, passwords.kept("kwiat paproci 7"))
        kept = database.scalar(select(account.c.password_hash))
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert passwords.is_right(engine, made, "kwiat paproci 7")
    assert not passwords.is_right(engine, made, "kwiat paproci 8")
    assert not passwords.is_right(engine, "nobody", "kwiat paproci 7")


def test_finding_out_that_nobody_is_there_takes_as_long(engine, clock, mocker):
    assert extract_parameters(passwords._OF_NOBODY) == extract_parameters(
        PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1).hash("x")
    )
    verified = mocker.spy(PasswordHasher, "verify")
    assert not passwords.is_right(engine, None, "kwiat paproci 7")
    assert verified.call_args.args[1] == passwords._OF_NOBODY


def test_a_hash_that_is_none_opens_nothing(engine, clock):
    with writing(engine) as database:
        made = accounts.add(database, "anna", "Anna", Role.CLERK, None, "pl", clock())
        database.execute(update(account).values(password_hash="x"))
    assert not passwords.is_right(engine, made, "x")
