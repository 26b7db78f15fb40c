from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest

from terminal import events
from terminal.sync.wire import Settings
from tests.ui.conftest import running


async def test_the_pin_is_never_shown(screen):
    await screen.until("Identifier")
    screen.keys("1", "enter").type("1234")
    text = await screen.until("PIN: ****_")
    assert "1234" not in text
    assert "Identifier: 1" in text


async def test_a_wrong_pin_says_so_and_starts_again(screen, till):
    await screen.until("Identifier")
    screen.keys("1", "enter", "1", "1", "1", "1", "enter")
    await screen.until("E-34", "Identifier: _")
    await screen.log_in()
    assert till.operator is not None


async def test_the_rest_of_a_lock_is_counted_down(screen):
    await screen.until("Identifier")
    screen.keys("1", "enter", *"9999", "enter")
    await screen.until("E-46", "Locked: wait 30 s")
    await screen.until("Locked: wait 29 s")


async def test_esc_starts_again(screen):
    await screen.until("Identifier")
    screen.keys("1", "enter", "5", "esc", "esc")
    await screen.until("Identifier: _")


async def test_nobody_sells_or_opens_a_menu_before_login(screen, till):
    await screen.until("Identifier")
    screen.keys("f2")
    await screen.until("E-47")
    screen.scan("5900000000001")
    await screen.until("PIN: _")
    assert not till.calls


async def test_a_till_without_data_synchronises_before_anybody_can_log_in(screen, till):
    await screen.until("Identifier", "F10 menu")
    slow = Future()
    till.push = lambda cause: slow
    screen.keys("f10", "1", "1", "enter")
    await screen.until("Synchronise everything", "Sending transactions")
    screen.scan("5900000000001")
    await screen.until("PIN: _")
    slow.set_result(0)
    await screen.until("Synchronisation is finished")
    assert till.calls == [("pull", "all")]


async def test_the_open_receipt_is_kept_over_a_lock(sale, till):
    sale.keys("1", "enter")
    await sale.until("Mleko")
    sale.keys("f10", "1", "esc")
    await sale.until("An open receipt is kept, lines: 1", "logged out")
    await sale.log_in()
    await sale.until("Mleko")


@pytest.mark.parametrize(("mode", "keys"), [("none", ["enter"]), ("identifier", ["1", "enter"])])
async def test_shops_without_pins(till, mode, keys):
    till.settings = Settings("settings", login_mode=mode)
    calls = []

    def login(identifier, pin=""):
        calls.append((identifier, pin))
        return type(till).login(till, "1", "1234")

    till.login = login
    async with running(till) as screen:
        await screen.until("Enter logs in" if mode == "none" else "Identifier")
        await screen.true(lambda: screen.app.desk.known.settings is not None)
        screen.keys(*keys)
        await screen.until("TOTAL")
    assert calls == [("1" if mode == "identifier" else "", "")]


async def test_the_language_of_the_operator(screen, till, mocker):
    spoken = mocker.patch("ui.speech.use_language")
    await screen.log_in()
    spoken.assert_not_called()
    french = replace(till.operator, language="fr")
    till.engine.tell(events.OperatorChanged(french))
    till.engine.tell(events.OperatorChanged(None))
    await screen.until("logged out")
    assert [call.args for call in spoken.call_args_list] == [("fr",), ("en",)]
