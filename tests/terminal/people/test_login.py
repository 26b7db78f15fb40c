from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from terminal.context import Context
from terminal.errors import Code, Rejected
from terminal.people import pins
from terminal.people.lockout import NONE, Failures
from terminal.people.login import approve, attempt, failures_of, log_in
from terminal.people.rights import Approval, Operator
from terminal.store import outbox
from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import Right, Role, Settings, User

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_mock import MockerFixture

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = NOON.timestamp()


def hash_of(pin: str) -> str:
    return f"hash of {pin}"


ADA = User("u1", "11", "Ada", "r", hash_of("1234"))
BOB = User("u2", "12", "Bob", "r", hash_of("9876"))
ADA_IN = Operator("u1", "11", "Ada", "Kasjer", frozenset({Right.SELL}), "")


@pytest.fixture(autouse=True)
def verify(mocker: MockerFixture) -> Any:
    """The real thing takes its time on purpose and has tests of its own."""
    return mocker.patch.object(
        pins, "verify", side_effect=lambda pin, pin_hash: pin_hash == hash_of(pin)
    )


class Shop:
    """A till with a clock to turn, and one that can be started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOON
        self.journal = open_writer(folder / "journal.db", "journal")
        self.office = open_writer(folder / "catalogue.db", "catalogue")
        with write(self.journal):
            outbox.begin(self.journal, 1)
        apply(self.office, "roles", 1, [Role("r", "Kasjer", ["sell"])])
        apply(self.office, "users", 1, [ADA, BOB])

    def mode(self, login_mode: Any) -> None:
        apply(self.office, "settings", 1, [Settings("settings", login_mode)])

    def context(self) -> Context:
        parts: Any = dict.fromkeys(("engine", "devices", "net", "lookup", "printer"))
        return Context(
            **parts,
            journal=self.journal,
            terminal="t1",
            shop="s1",
            epoch=1,
            stopping=Event(),
            now=lambda: self.now,
        )

    def log_in(self, identifier: str, pin: str = "") -> Operator:
        return log_in(self.context(), Catalogue(self.office), identifier, pin)

    def approve(self, right: Right, identifier: str, pin: str = "") -> Approval:
        catalogue = Catalogue(self.office)
        return approve(self.context(), catalogue, ADA_IN, right, identifier, pin)

    def not_approved(self, right: Right, identifier: str, pin: str = "") -> Rejected:
        with pytest.raises(Rejected) as caught:
            self.approve(right, identifier, pin)
        return caught.value

    def refused(self, identifier: str, pin: str = "") -> Rejected:
        with pytest.raises(Rejected) as caught:
            self.log_in(identifier, pin)
        return caught.value

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def restart(self) -> None:
        close_writer(self.journal)
        self.journal = open_writer(self.folder / "journal.db", "journal")

    def events(self) -> list[tuple[str, str, Any]]:
        rows = self.journal.execute("SELECT body FROM document ORDER BY seq")
        bodies = [json.loads(row[0]) for row in rows]
        return [(body["name"], body["operator"], body["detail"]) for body in bodies]

    def close(self) -> None:
        close_writer(self.journal)
        close_writer(self.office)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path)
    yield shop
    shop.close()


# --- the rules ---------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [ADA, None])
def test_a_wrong_pin_and_an_unknown_user_are_alike(user: User | None, verify: Any) -> None:
    result = attempt(user, "0000", NOW, Failures(3), Failures(1))
    assert not result.is_in
    assert (result.failures, result.terminal_failures) == (Failures(4), Failures(2))
    assert result.wait_s == 0
    assert verify.call_count == 1


def test_the_cost_of_a_hash_is_paid_for_an_unknown_user_too(mocker: MockerFixture) -> None:
    mocker.stopall()
    scrypt = mocker.spy(hashlib, "scrypt")
    for user in (ADA, None):
        scrypt.reset_mock()
        attempt(user, "0000", NOW, NONE, NONE)
        assert scrypt.call_count == 1


def test_nobody_is_in_even_where_nothing_matches_nothing(verify: Any) -> None:
    verify.side_effect = lambda pin, pin_hash: True
    assert not attempt(None, "", NOW, NONE, NONE).is_in
    assert not attempt(None, "", NOW, NONE, NONE, needs_pin=False).is_in


def test_a_good_pin_clears_both_counts() -> None:
    result = attempt(ADA, "1234", NOW, Failures(4), Failures(6, NOW - 1))
    assert result.is_in
    assert result.failures == result.terminal_failures == NONE


@pytest.mark.parametrize(
    ("failures", "terminal_failures", "wait_s"),
    [
        (Failures(5, NOW + 30), NONE, 30),
        (NONE, Failures(6, NOW + 12.5), 12.5),
        (Failures(5, NOW + 3), Failures(9, NOW + 400), 400),
    ],
)
def test_while_locked_out_no_pin_is_looked_at(
    failures: Failures, terminal_failures: Failures, wait_s: float, verify: Any
) -> None:
    for pin in ("1234", "0000"):
        result = attempt(ADA, pin, NOW, failures, terminal_failures)
        assert not result.is_in
        assert (result.failures, result.terminal_failures) == (failures, terminal_failures)
        assert result.wait_s == wait_s
    assert not verify.called


def test_the_fifth_wrong_pin_says_how_long_to_wait() -> None:
    result = attempt(ADA, "0000", NOW, Failures(4), Failures(7, NOW - 1))
    assert result.failures == Failures(5, NOW + 30)
    assert result.terminal_failures == Failures(8, NOW + 240)
    assert result.wait_s == 240


# --- with a journal ----------------------------------------------------------------------------


def test_pin_mode_is_the_default_and_wants_both(shop: Shop) -> None:
    assert shop.log_in("11", "1234") == ADA_IN
    for identifier, pin in [("11", ""), ("11", "9876"), ("13", "1234"), ("", "")]:
        assert shop.refused(identifier, pin).code is Code.WRONG_PIN


def test_identifier_mode_wants_no_pin(shop: Shop, verify: Any) -> None:
    shop.mode("identifier")
    assert shop.log_in("11") == ADA_IN
    assert shop.log_in("11", "whatever") == ADA_IN
    assert shop.refused("13").code is Code.WRONG_PIN
    assert not verify.called


def test_identifier_mode_locks_out_guesses(shop: Shop) -> None:
    shop.mode("identifier")
    assert [shop.refused(str(n)).code for n in range(90, 95)][-1] is Code.LOCKED_OUT
    assert shop.refused("11").code is Code.LOCKED_OUT


def test_mode_none_lets_everybody_sell_but_nobody_serve(shop: Shop) -> None:
    shop.mode("none")
    operator = shop.log_in("")
    assert operator == shop.log_in("77", "1")
    assert operator.id == operator.identifier == ""
    assert operator.name
    assert operator.rights == set(Right) - {Right.SERVICE}


def test_before_the_first_users_the_way_out_is_named(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.office.execute("DELETE FROM data_set WHERE name = 'users'")
    assert shop.refused("11", "1234").code is Code.NO_CATALOGUE
    assert failures_of(shop.journal, "terminal") == NONE
    shop.close()


def test_one_who_left_does_not_come_in(shop: Shop) -> None:
    apply(shop.office, "users", 2, [], ["u1"])
    assert shop.refused("11", "1234").code is Code.WRONG_PIN


def test_lock_out_step_by_step(shop: Shop) -> None:
    for _ in range(4):
        assert shop.refused("11", "0000").code is Code.WRONG_PIN
    for seconds in (30, 60, 120, 240, 480, 900, 900):
        last = shop.refused("11", "0000")
        assert last.code is Code.LOCKED_OUT
        assert last.params == {"seconds": seconds}
        shop.wait(seconds - 0.5)
        # The right PIN does not help, and asking costs nothing.
        assert shop.refused("11", "1234").params == {"seconds": 1}
        shop.wait(0.5)
    assert shop.log_in("11", "1234") == ADA_IN
    assert failures_of(shop.journal, "user:u1") == failures_of(shop.journal, "terminal") == NONE


def test_a_restart_forgets_no_failure(shop: Shop) -> None:
    for _ in range(4):
        shop.refused("11", "0000")
    shop.restart()
    assert shop.refused("11", "0000").params == {"seconds": 30}
    shop.restart()
    assert shop.refused("11", "1234").code is Code.LOCKED_OUT


def test_the_terminal_counts_tries_at_different_users(shop: Shop) -> None:
    for identifier in ("11", "12", "13", "14"):
        assert shop.refused(identifier, "0000").code is Code.WRONG_PIN
    assert shop.refused("15", "0000").params == {"seconds": 30}
    assert shop.refused("12", "9876").code is Code.LOCKED_OUT
    shop.wait(30)
    assert shop.log_in("12", "9876").name == "Bob"


def test_anothers_good_pin_does_not_clear_mine(shop: Shop) -> None:
    for _ in range(4):
        shop.refused("11", "0000")
    assert shop.log_in("12", "9876").name == "Bob"
    assert shop.refused("11", "0000").params == {"seconds": 30}


def test_a_clock_set_back_locks_nobody_out_for_a_day(shop: Shop) -> None:
    for _ in range(5):
        shop.refused("11", "0000")
    shop.wait(-86_400)
    assert shop.refused("11", "1234").params == {"seconds": 30}
    shop.wait(30)
    assert shop.log_in("11", "1234") == ADA_IN


def test_each_wrong_pin_is_a_document_without_what_was_typed(shop: Shop) -> None:
    shop.refused("11", "4321")
    shop.refused("70007", "4321")
    assert shop.events() == [
        ("wrong_pin", "Ada", {"user": "u1"}),
        ("wrong_pin", "", {"user": ""}),
    ]
    dump = "\n".join(shop.journal.iterdump())
    assert "4321" not in dump
    assert "70007" not in dump


def test_waiting_and_a_good_pin_make_no_document_here(shop: Shop) -> None:
    for _ in range(5):
        shop.refused("11", "0000")
    shop.refused("11", "0000")
    shop.wait(-60)
    shop.refused("11", "0000")
    shop.wait(100)
    shop.log_in("11", "1234")
    assert len(shop.events()) == 5


def test_a_failure_that_cannot_be_stored_lets_nobody_guess_on(
    shop: Shop, mocker: MockerFixture
) -> None:
    mocker.patch.object(outbox, "append", side_effect=OSError)
    with pytest.raises(OSError):  # noqa: PT011 - bare on purpose
        shop.log_in("11", "0000")
    assert failures_of(shop.journal, "user:u1") == NONE
    assert shop.events() == []


# --- approving -----------------------------------------------------------------------------------


@pytest.fixture
def led(shop: Shop) -> Shop:
    """Bob leads: his role has what Ada's has not."""
    apply(shop.office, "roles", 2, [Role("lead", "Kierownik", ["sell", "discount"])])
    apply(shop.office, "users", 2, [replace(BOB, role="lead")])
    return shop


@pytest.mark.parametrize("mode", ["pin", "identifier", "none"])
def test_another_lends_a_right_by_pin_in_each_login_mode(led: Shop, mode: str) -> None:
    led.mode(mode)
    assert led.not_approved(Right.DISCOUNT, "12").code is Code.WRONG_PIN
    assert led.approve(Right.DISCOUNT, "12", "9876") == Approval(Right.DISCOUNT, ADA_IN, "Bob")
    detail = {"right": "discount", "by": "Bob", "user": "u2"}
    assert led.events()[-1] == ("approved", "Ada", detail)


def test_where_nobody_has_a_pin_none_is_asked(led: Shop) -> None:
    users = [replace(user, pin_hash="") for user in (ADA, replace(BOB, role="lead"))]
    apply(led.office, "users", 3, users)
    assert led.approve(Right.DISCOUNT, "12").approver == "Bob"


def test_who_may_not_do_it_cannot_lend_it(led: Shop) -> None:
    for identifier, pin, name in [("12", "9876", "Bob"), ("11", "1234", "Ada")]:
        error = led.not_approved(Right.CASH, identifier, pin)
        assert error.code is Code.CANNOT_APPROVE
        assert error.params["name"] == name
    assert not led.events()


def test_wrong_pins_of_approvers_count_as_at_a_login(led: Shop) -> None:
    for _ in range(4):
        assert led.not_approved(Right.DISCOUNT, "12", "0000").code is Code.WRONG_PIN
    assert led.refused("12", "0000").params == {"seconds": 30}
    assert led.not_approved(Right.DISCOUNT, "12", "9876").code is Code.LOCKED_OUT
    assert [name for name, *_ in led.events()] == ["wrong_pin"] * 5
