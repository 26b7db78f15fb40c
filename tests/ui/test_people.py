"""Who is at the till, by keys, on a real one: login modes, quick switch, lock-out, approvals."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from terminal import events
from terminal.people import pins
from terminal.sync.wire import Settings, User
from tests.terminal.desk import CASHIER, MANAGER, NAMES, Desk, desk
from tests.ui.conftest import running

USERS = [User(f"u{key}", key, name, key, f"{key}{key}{key}{key}") for key, name in NAMES.items()]


@pytest.fixture(autouse=True)
def _quick(mocker, monkeypatch):
    """The real hash takes its time on purpose; the language is not what is looked at here."""
    mocker.patch.object(
        pins, "verify", side_effect=lambda pin, pin_hash: 0 < len(pin) == 4 and pin == pin_hash
    )
    monkeypatch.setattr("ui.speech.use_language", lambda language: None)


@pytest.fixture
def shop(tmp_path):
    with desk(tmp_path, settings=[Settings("settings")], users=USERS) as one:
        yield one.start(login="")


def settle(shop: Desk, mode: str) -> None:
    """The office changes the login mode, and a synchronisation of the configuration brings it."""
    shop.publish("settings", Settings("settings", login_mode=mode))
    shop.context.tell(events.Pulled("settings", 9, 1, 0))


async def test_a_login_mode_takes_effect_with_the_configuration(shop):
    async with running(shop.till) as screen:
        await screen.until("Identifier: _")
        screen.keys("1", "enter", *"1111", "enter")
        await screen.until("TOTAL", "Anna")
        settle(shop, "identifier")
        await screen.true(lambda: screen.app.desk.known.settings.login_mode == "identifier")
        screen.keys("f10", "1", "esc")
        await screen.until("Identifier: _")
        screen.keys("2", "enter")
        await screen.until("TOTAL", "Marek")
        settle(shop, "none")
        await screen.true(lambda: screen.app.desk.known.settings.login_mode == "none")
        screen.keys("f10", "1", "esc")
        await screen.until("Enter logs in")
        screen.keys("enter")
        await screen.until("TOTAL", "Cashier")
        settle(shop, "pin")
        await screen.true(lambda: screen.app.desk.known.settings.login_mode == "pin")
        screen.keys("f10", "1", "esc")
        await screen.until("Identifier: _")
        screen.keys("2", "enter", "enter")
        await screen.until("E-34")


async def test_operators_change_over_an_open_receipt(shop):
    settle(shop, "identifier")
    async with running(shop.till) as screen:
        await screen.true(lambda: screen.app.desk.known.settings is not None)
        screen.keys("1", "enter")
        await screen.until("TOTAL", "Anna")
        screen.keys("1", "enter")
        await screen.until("Mleko")
        screen.keys("f10", "1", "esc", "2", "enter")
        await screen.until("Marek", "Mleko")
        screen.keys("3", "enter")
        await screen.until("Wódka")
    receipt = shop.receipt()
    assert [line.name for line in receipt.lines] == ["Mleko 1 l", "Wódka"]
    # Whoever began it is named on it; who was at the till when, the events tell.
    assert receipt.operator == "Anna"
    assert [one["operator"] for one in shop.named("login")] == ["Anna", "Marek"]


async def test_wrong_pins_lock_out_and_a_restart_does_not_help(shop):
    async with running(shop.till) as screen:
        await screen.until("Identifier: _")
        for _ in range(5):
            screen.keys("1", "enter", *"0000", "enter")
            await screen.until("! E-", "Identifier: _")
            screen.keys("up")
        await screen.until("Locked: wait")
    shop.restart(login="")
    async with running(shop.till) as screen:
        await screen.until("Identifier: _")
        screen.keys("1", "enter", *"1111", "enter")
        await screen.until("E-46", "Locked: wait")
    shop.wait(seconds=31)
    async with running(shop.till) as screen:
        await screen.until("Identifier: _")
        screen.keys("1", "enter", *"1111", "enter")
        await screen.until("TOTAL", "Anna")


async def test_a_manager_approves_a_price_and_the_receipt_stays_the_cashiers(shop):
    async with running(shop.till) as screen:
        await screen.until("Identifier: _")
        screen.keys("1", "enter", *"1111", "enter")
        await screen.until("TOTAL")
        screen.keys("1", "enter")
        await screen.until("Mleko")
        screen.keys("#", "#", *"300", "enter")
        await screen.until("E-48", "Another operator approves")
        screen.keys("2", "enter", *"0000", "enter")
        await screen.until("E-34", "Identifier: _")
        screen.keys("2", "enter", *"2222", "enter")
        await screen.until("3,00", "Code: _")
    assert shop.receipt().operator == "Anna"
    assert shop.view().operator.name == "Anna"
    (approved,) = shop.named("approved")
    assert approved["detail"] == {"right": "change_price", "by": "Marek", "user": f"u{MANAGER}"}
    (wrong,) = shop.named("wrong_pin")
    assert wrong["operator"] == "Marek"


async def test_who_is_switched_off_finishes_the_receipt_and_is_out(shop):
    async with running(shop.till) as screen:
        await screen.until("Identifier: _")
        screen.keys("1", "enter", *"1111", "enter")
        await screen.until("TOTAL")
        screen.keys("1", "enter")
        await screen.until("Mleko")
        shop.publish("users", replace(USERS[int(CASHIER)], is_active=False))
        shop.context.tell(events.Pulled("users", 9, 1, 0))
        shop.settle()
        await screen.until("Mleko", "Anna")
        screen.keys("enter", "enter")
        await screen.until("logged out", "E-35", "Anna")
