"""An update is installed in the day close, tried before anything is sold, confirmed or given up."""

from __future__ import annotations

import errno
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.errors import Unreachable
from terminal import events
from terminal.errors import Blocked, Code, Rejected, SyncError
from terminal.store import releases, settings
from terminal.store.db import write
from terminal.update import before, installing, record, trial, updates
from terminal.update import prepared as store
from terminal.update.launcher import AGAIN, UNWELL, Boot
from terminal.update.phase import Phase
from terminal.update.prepared import FOLDER
from terminal.update.states import State
from tests.shop import wait_until
from tests.terminal.desk import CASHIER, desk
from tests.terminal.fake_printer import refuse
from tests.terminal.update.counter import InstalledDesk, installed
from tests.terminal.update.device import NEW, OLD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InstalledDesk]:
    with installed(tmp_path, monkeypatch) as one:
        yield one


def confirmed(shop: InstalledDesk) -> None:
    shop.till.updates.screen_lives()
    wait_until(lambda: not shop.slots.boot().is_trial, "confirmed")
    wait_until(lambda: not shop.till.updates.is_trial, "told")


def test_a_till_that_is_not_installed_closes_its_day_and_sells(tmp_path: Path) -> None:
    with desk(tmp_path) as plain:
        plain.start()
        own = plain.till.updates
        assert own.at_close().result(0) == ""
        own.let_sell()
        own.install_now()
        own.postpone()
        assert own.state.phase is Phase.IDLE
        with pytest.raises(Rejected) as caught:
            own.go_back().result(20)
        assert caught.value.code is Code.NOTHING_TO_GO_BACK_TO


def test_a_day_close_without_anything_prepared_installs_nothing(shop: InstalledDesk) -> None:
    shop.launch()
    was = shop.slots.boot()
    assert not any("ersion" in note for note in shop.sell_and_close().notes)
    assert shop.slots.boot() == was
    assert not shop.till.updates.is_trial


def test_from_the_day_close_to_the_confirmed_version(shop: InstalledDesk) -> None:
    old = shop.launch().active
    shop.prepare()
    closed = shop.sell_and_close()
    new = shop.slots.boot().active
    assert shop.slots.boot() == Boot(new, old, 3, floor=1)
    # The page says it by the phase; among the notes stands what did not go well.
    assert not any(NEW in note for note in closed.notes)
    wait_until(lambda: shop.ends == [AGAIN], "the program ends")
    assert store.load(shop.folder / FOLDER) is None
    # Before it ends, the old program sells nothing more.
    shop.do(shop.till.login, CASHIER)
    assert shop.code(shop.till.sell, "1") is Code.UPDATE_TRIAL

    assert shop.launch().active == new
    assert shop.code(shop.till.sell, "1") is Code.UPDATE_TRIAL
    assert shop.code(shop.till.pay, "cash") is Code.UPDATE_TRIAL
    assert shop.code(shop.till.move_cash, 100, "float") is Code.UPDATE_TRIAL
    assert shop.code(shop.till.close_day, allow_empty=True) is Code.UPDATE_TRIAL
    confirmed(shop)
    assert shop.slots.boot() == Boot(new, new, floor=2)
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    assert shop.named("update_installed")[0]["detail"] == {"version": NEW, "was": OLD}
    assert before.kept_for(shop.folder) == ""
    assert shop.do(releases.remembered, shop.context.journal).floor == 2


def test_screens_hear_how_far_it_is(shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "_COUNTDOWN_S", 30)
    shop.launch()
    shop.prepare()
    shop.pay("1")
    shop.do(shop.till.close_day)
    state = shop.shown(Phase.COUNTDOWN)
    assert (state.version, state.seconds_left) == (NEW, 30)
    shop.till.updates.install_now()
    assert shop.shown(Phase.INSTALLING).version == NEW
    assert shop.shown(Phase.RESTARTING).version == NEW
    assert {it.step for it in shop._in(Phase.INSTALLING, 0)} >= {"", "Unpacking", "Sealing"}
    shop.launch()
    assert shop.till.updates.state.phase is Phase.TRIAL
    confirmed(shop)
    assert shop.till.updates.state.phase is Phase.IDLE


def test_somebody_puts_it_off_until_the_next_day_close(
    shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "_COUNTDOWN_S", 30)
    was = shop.launch()
    shop.prepare()
    shop.pay("1")
    since = shop.heard.mark()
    shop.do(shop.till.close_day)
    shop.shown(Phase.COUNTDOWN)
    shop.till.updates.postpone()
    closed = shop.heard.wait(events.DayClosed, since)
    assert any("next day close" in note for note in closed.notes)
    assert shop.slots.boot() == was
    assert store.load(shop.folder / FOLDER) is not None
    monkeypatch.setattr(updates, "_COUNTDOWN_S", 0)
    shop.do(shop.till.login, "2")
    shop.sell_and_close()
    assert shop.slots.boot().is_trial


# --- when it may not be ---------------------------------------------------------------------------


def counters(shop: InstalledDesk, **changes: object) -> None:
    def put() -> None:
        db = shop.context.journal
        with write(db):
            known = settings.expected_counters(db)
            settings.expect_counters(db, replace(known, **changes))

    shop.do(put)


def test_nothing_is_installed_while_the_day_is_open(shop: InstalledDesk) -> None:
    was = shop.launch()
    shop.prepare()

    def refused() -> None:
        with pytest.raises(Blocked) as caught:
            shop.till.updates.at_close().result(20)
        assert caught.value.code is Code.UPDATE_NOT_NOW
        assert shop.slots.boot() == was
        assert [one.state for one in shop.slots.standing()] == [State.CONFIRMED]
        assert shop.code(shop.till.updates.go_back) is Code.UPDATE_NOT_NOW

    shop.do(shop.till.sell, "1")
    refused()  # a receipt is open
    shop.do(shop.till.pay, "cash")
    shop.settle()
    refused()  # something was sold
    shop.close_day()
    assert shop.slots.boot().is_trial


def test_a_printer_that_was_never_met_installs_nothing(shop: InstalledDesk) -> None:
    shop.printer.is_off = True
    shop.launch(login="")
    shop.prepare()
    with pytest.raises(Blocked) as caught:
        shop.till.updates.at_close().result(20)
    assert caught.value.code is Code.UPDATE_NOT_NOW


def test_a_device_on_its_battery_installs_nothing(
    shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "is_on_mains", lambda: False)
    was = shop.launch()
    shop.prepare()
    closed = shop.sell_and_close()
    assert any("battery" in note for note in closed.notes)
    assert shop.slots.boot() == was


def not_installed(shop: InstalledDesk, word: str) -> None:
    """The day is closed, the note says why, and the old version goes on."""
    was = shop.slots.boot()
    closed = shop.sell_and_close()
    assert isinstance(closed, events.DayClosed)
    assert any(word in note for note in closed.notes), closed.notes
    assert (shop.slots.boot().active, shop.slots.boot().good) == (was.good, was.good)
    assert shop.till.updates.state.phase is Phase.IDLE
    shop.do(shop.till.login, "2")
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_bundle_that_is_damaged_is_thrown_away(shop: InstalledDesk) -> None:
    shop.launch()
    bundle = shop.prepare()
    data = bytearray(bundle.bundle.read_bytes())
    data[-2000:-1000] = bytes(1000)
    data[2000:2100] = bytes(100)
    bundle.bundle.write_bytes(data)
    not_installed(shop, "damaged")
    assert store.load(shop.folder / FOLDER) is None


def test_a_bundle_that_is_not_genuine_any_more(shop: InstalledDesk) -> None:
    shop.launch()
    shop.prepare()

    def expired() -> None:
        raise SyncError(Code.OFFICE_REFUSED, detail="not genuine")

    shop.source.verify_prepared = expired
    not_installed(shop, "not genuine")


@pytest.mark.parametrize("step", ["unpack", "build", "try", "seal", "copy"])
def test_a_disk_that_is_full_at_any_step(
    shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    shop.launch()
    shop.prepare()

    def full(name: str) -> None:
        if name == step:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shop.till.updates, "_step", full)
    not_installed(shop, "No space left on device")
    monkeypatch.undo()
    assert not list((shop.slots.prefix / "slots").glob(".*"))


def test_a_version_that_fails_its_own_test_is_barred(
    shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.launch()
    bundle = shop.prepare()

    def red(*_: object) -> None:
        why = "ImportError: no module"
        raise installing.Unfit(why)

    monkeypatch.setattr(installing, "try_out", red)
    not_installed(shop, "ImportError: no module")
    assert shop.slots.boot().bad == (NEW,)
    assert shop.named("update_barred")[0]["detail"]["version"] == NEW
    assert installing.wanted(shop.slots, shop.folder) is None
    assert bundle.bundle.exists()


# --- the trial -----------------------------------------------------------------------------------


def test_a_silent_printer_is_waited_for_and_uses_up_no_try(shop: InstalledDesk) -> None:
    shop.launch()
    new = shop.update()
    for _ in range(5):
        shop.printer.fault("counters", *[refuse(Unreachable("cable"))] * 2000)
        shop.printer.is_off = True
        assert shop.launch(login="").active == new
        shop.till.updates.screen_lives()
        shop.shown(Phase.WAITING)
        wait_until(lambda: shop.slots.boot().tries == 3, "the try is given back")
        with pytest.raises(Blocked) as caught:
            shop.till.updates.let_sell()
        assert caught.value.code is Code.UPDATE_WAITS
    shop.printer.is_off = False
    shop.printer._faults.clear()
    confirmed(shop)
    assert shop.slots.boot().good == new


@pytest.mark.parametrize(
    "changes",
    [{"unique_no": "OTHER 1"}, {"reports": 7}, {"receipts": 1}, {"ram_resets": 1}],
    ids=str,
)
def test_a_printer_that_counts_otherwise_is_red(
    shop: InstalledDesk, changes: dict[str, object]
) -> None:
    shop.launch()
    shop.update()
    shop.printer.now = replace(shop.printer.now, **changes)
    shop.ends.clear()
    shop.launch(login="")
    shop.till.updates.screen_lives()
    wait_until(lambda: UNWELL in shop.ends, "it ends")
    boot = shop.slots.boot()
    assert (boot.is_trial, boot.tries, boot.why) == (True, 2, "not well: printer")
    with pytest.raises(Blocked):
        shop.till.updates.let_sell()


def test_a_journal_that_is_not_the_one_from_the_day_close_is_red(shop: InstalledDesk) -> None:
    shop.launch()
    shop.update()
    begun = shop.do(lambda: record.begun(shop.context.journal))
    assert begun.seq > 0

    def other() -> None:
        with write(shop.context.journal) as db:
            text = settings.get(db, record._BEGUN).replace(begun.head, "0" * 64)
            settings.put(db, record._BEGUN, text)

    shop.do(other)
    shop.ends.clear()
    shop.launch(login="")
    wait_until(lambda: UNWELL in shop.ends, "it ends")
    assert shop.slots.boot().why == "not well: journal"


def test_a_screen_that_never_comes_to_its_turn_is_red_and_ended_hard(
    shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "LIMIT_S", 0.05)
    hard: list[int] = []
    monkeypatch.setattr(updates, "_exit", hard.append)
    shop.launch()
    shop.update()
    wait_until(lambda: hard == [AGAIN], "the old one")
    shop.launch(login="")
    wait_until(lambda: hard == [AGAIN, UNWELL], "ended")
    assert shop.slots.boot().why == "not well: screen"


def test_it_is_not_confirmed_before_it_ran_for_a_while(
    shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.launch()
    shop.update()
    monkeypatch.setattr(trial, "STEADY_S", 3600.0)
    shop.launch(login="")
    shop.till.updates.screen_lives()
    shop.settle()
    time.sleep(0.1)
    assert shop.slots.boot().is_trial
    assert shop.till.updates.state.phase is Phase.TRIAL


def test_what_a_version_on_trial_writes_is_not_sent(shop: InstalledDesk) -> None:
    shop.launch()
    shop.update()
    shop.launch()
    post = shop.running.post
    assert shop.do(post._pending).entries == ()
    confirmed(shop)
    assert shop.do(post._pending).entries != ()


def test_a_power_cut_between_arming_and_forgetting_installs_it_once(shop: InstalledDesk) -> None:
    shop.launch()
    new = shop.update()
    shop.prepare()
    shop.launch()
    confirmed(shop)
    assert shop.slots.boot().good == new
    assert isinstance(shop.sell_and_close(), events.DayClosed)
    assert not shop.slots.boot().is_trial


# --- and back ------------------------------------------------------------------------------------


def given_up(shop: InstalledDesk) -> None:
    for _ in range(3):
        shop.launch(login="")
        shop.fall()
    assert shop.launch().active.startswith(OLD)


def test_a_version_that_never_comes_up_is_left_and_the_office_hears_of_it(
    shop: InstalledDesk,
) -> None:
    shop.launch()
    shop.update()
    given_up(shop)
    why = "ended with code 1"
    shop.settle()
    assert shop.named("update_rolled_back")[0]["detail"] == {
        "version": NEW,
        "back": OLD,
        "why": why,
    }
    assert shop.named("update_barred")[0]["detail"] == {"version": NEW, "why": why}
    assert shop.till.updates.state.rolled_back == f"{NEW}: {why}"
    assert before.kept_for(shop.folder) == ""
    # It sells, is told once, and never installs that version again.
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    shop.prepare()
    shop.close_day()
    assert not shop.slots.boot().is_trial
    shop.launch()
    assert len(shop.named("update_rolled_back")) == 1


def too_new(shop: InstalledDesk) -> None:
    """The version on trial leaves the journal as the one before cannot read it."""

    def migrated() -> None:
        db = shop.context.journal
        db.execute("PRAGMA user_version=9999")
        db.execute("CREATE TABLE oldest_program (version INTEGER NOT NULL) STRICT")
        db.execute("INSERT INTO oldest_program VALUES (9999)")

    shop.launch(login="")
    shop.do(migrated)
    shop.fall()


def test_a_journal_that_the_version_before_cannot_read_is_taken_back(shop: InstalledDesk) -> None:
    shop.launch()
    shop.update()
    shop.launch()
    shop.do(shop.till.login, CASHIER)
    too_new(shop)
    with pytest.raises(Blocked):
        shop.launch()
    back(shop)
    assert shop.named("update_rolled_back")
    # What the given-up version wrote was never sent; it is kept beside, and not in the chain.
    assert [body["name"] for body in shop.documents("event")][-1] == "login"
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def back(shop: InstalledDesk) -> None:
    """The version before starts, ends the day close that the copy was made in, and sells."""
    assert shop.launch(login="").active.startswith(OLD)
    shop.heard.wait(events.DayClosed)
    shop.do(shop.till.login, "2")


@pytest.mark.parametrize("what", ["sold", "silent"])
def test_a_journal_is_not_taken_back_without_proof(shop: InstalledDesk, what: str) -> None:
    shop.launch()
    shop.update()
    too_new(shop)
    for _ in range(2):
        with pytest.raises(Blocked):
            shop.launch(login="")
    if what == "sold":
        shop.printer.now = replace(shop.printer.now, last_receipt_no=99)
    else:
        shop.printer.is_off = True
    for _ in range(2):  # again and again: nothing is thrown away
        with pytest.raises(Blocked) as caught:
            shop.launch(login="")
        assert caught.value.code is Code.UPDATE_NO_WAY_BACK
    if what == "silent":
        shop.printer.is_off = False
        back(shop)
        assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_technician_gives_a_trial_up(
    shop: InstalledDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.launch()
    shop.update()
    monkeypatch.setattr(trial, "STEADY_S", 3600.0)
    shop.ends.clear()
    shop.launch()
    assert shop.do(shop.till.updates.go_back) == OLD
    wait_until(lambda: AGAIN in shop.ends, "it ends")
    assert shop.launch().active.startswith(OLD)
    shop.settle()
    assert shop.named("update_rolled_back")[0]["detail"]["why"] == "gone back by hand"


def test_a_technician_goes_back_from_a_confirmed_version(shop: InstalledDesk) -> None:
    shop.launch()
    shop.update()
    shop.launch()
    confirmed(shop)
    assert shop.do(shop.till.updates.go_back) == OLD
    assert shop.launch().is_trial
    confirmed(shop)
    shop.settle()
    assert shop.slots.boot().bad == (NEW,)
    assert shop.named("update_installed")[-1]["detail"] == {"version": OLD, "was": NEW}
    assert shop.named("update_barred")[-1]["detail"]["version"] == NEW
    assert shop.code(shop.till.updates.go_back) is Code.NOTHING_TO_GO_BACK_TO
