"""Walk: a new version from its maker to the counter, by keys; then one that does not come up."""

from __future__ import annotations

import pytest

from terminal.device import first_slot
from terminal.update.launcher import version_of
from tests.shop import wait_until
from tests.walks.installed_till import CRASHES, HANGS, InstalledCounter, Maker, tiny_program

# Building a slot takes its time on a slow machine.
LONG_S = 100.0
OLD, NEW, BAD = "0.1.0", "0.1.1", "0.1.2"


@pytest.fixture
def one(tmp_path):
    counter = InstalledCounter(tmp_path)
    yield counter
    counter.stop()


def log_in(screen):
    screen.until("Identyfikator")
    screen.press("1", "enter", "1111", "enter")
    screen.until("SUMA", within_s=LONG_S)


def sell(screen, receipt):
    screen.press("1", "enter")
    screen.until("1 pozycja")
    screen.press("enter", "enter")
    screen.until(f"Ostatni paragon: nr {receipt}")


def fetch(screen, version):
    """8 4 5: found, fetched, proven; the till may have been faster by itself."""
    screen.press("f10", "8", "4", "5")
    text = screen.until(version, any_of=("Pobrać teraz?", "jest przygotowana"))
    if "Pobrać" in text:
        screen.press("enter")
    screen.until(
        f"Wersja {version} jest przygotowana. Zostanie zainstalowana przy zamknięciu dnia."
    )
    screen.press("enter")


def begin_to_install(screen, version):
    """The daily report, and the seconds in which somebody may say no."""
    screen.press("f10", "3")
    screen.until("Data i godzina poprawne?")
    screen.press("enter")
    screen.until(f"Instalacja wersji {version} za")
    screen.press("enter")
    screen.until(f"Trwa instalacja wersji {version}.")


def close_day(screen, version):
    """The daily report, and all that it installs."""
    begin_to_install(screen, version)
    screen.until(f"Program uruchomi się ponownie w wersji {version}.", within_s=LONG_S)


def take(one, screen, version):
    """A version that is rolled out and comes up: fetched, installed, tried, confirmed."""
    fetch(screen, version)
    close_day(screen, version)
    # Exit code 75, the launcher starts the new one, and that one shows that it is well.
    screen.until("Identyfikator", within_s=LONG_S)
    log_in(screen)
    sell(screen, 1)
    wait_until(lambda: one.told().word(version) == "installed", "the office hears of it")
    assert one.boot.good == one.boot.active
    assert version_of(one.boot.active) == version


def refuse(one, screen, version):
    """One that does not come up: the one before is back by itself, and sells."""
    runs = one.boot.good
    fetch(screen, version)
    close_day(screen, version)
    screen.until(f"Wersja {version} nie działa na tej kasie", "Identyfikator", within_s=LONG_S)
    log_in(screen)
    sell(screen, 1)
    assert (one.boot.active, one.boot.good) == (runs, runs)
    assert version in one.boot.bad
    wait_until(lambda: one.told().word(runs) == "rolled_back", "the office hears of it")
    assert (one.told().version, version in one.told().barred) == (version, True)
    # It is offered still, and not taken.
    screen.press("f10", "8", "4", "5")
    screen.until("E-167", version)
    screen.press("enter")
    assert one.told().word(runs) == "rolled_back"


def test_a_version_is_rolled_out_installed_tried_and_sold_with(one, tmp_path, monkeypatch):
    # This checkout has shown that it can run; only the new version need do it again.
    monkeypatch.setattr(first_slot, "_try_out", lambda _slot: None)
    one.install(tiny_program(tmp_path / OLD, OLD))
    one.enrol()
    one.roll_out(tiny_program(tmp_path / NEW, NEW), NEW)
    screen = one.launch()
    log_in(screen)
    sell(screen, 1)
    take(one, screen, NEW)
    assert one.boot.floor == 1001
    screen.press("f10", "7", "4")
    screen.until(f"KasoTerminal {NEW}", "Aplikacja jest aktualna.")


@pytest.mark.torture
@pytest.mark.parametrize("fault", [CRASHES, HANGS])
def test_a_version_that_never_starts_gives_way_to_the_one_before(one, tmp_path, fault):
    one.install(tiny_program(tmp_path / OLD, OLD))
    one.enrol()
    one.hurry_launcher()
    one.roll_out(tiny_program(tmp_path / NEW, NEW, fault), NEW)
    screen = one.launch()
    log_in(screen)
    sell(screen, 1)
    refuse(one, screen, NEW)
    # The owner names another one, and that is taken.
    one.roll_out(tiny_program(tmp_path / BAD, BAD), BAD)
    take(one, screen, BAD)


@pytest.mark.torture
@pytest.mark.timeout(900)
def test_the_real_program_is_cut_off_updated_and_comes_back(one, tmp_path, monkeypatch):
    """As its vendor builds it, all wheels of it; takes some minutes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772366400")
    maker = Maker(tmp_path / "maker")
    one.install(maker.build(OLD))
    one.enrol_by_command()
    assert f"CONFIRMED  {OLD}" in one.command("slots", "--check")
    one.roll_out(maker.build(NEW), NEW)
    screen = one.launch()
    log_in(screen)
    sell(screen, 1)
    fetch(screen, NEW)
    begin_to_install(screen, NEW)
    wait_until(lambda: list(one.prefix.glob("slots/.*.tmp/venv/bin/python")), "half a slot")
    screen.kill()
    assert version_of(one.boot.active) == OLD
    # After the power cut the close goes on by itself, the installation with it.
    screen = one.launch()
    screen.until(f"Program uruchomi się ponownie w wersji {NEW}.", within_s=LONG_S)
    screen.until("Identyfikator", within_s=LONG_S)
    log_in(screen)
    sell(screen, 1)
    assert version_of(one.boot.good) == NEW
    one.roll_out(maker.build(BAD, 'raise RuntimeError("planted")'), BAD)
    refuse(one, screen, BAD)
    assert "whole" in one.command("slots", "--check")
