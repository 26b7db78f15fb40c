"""From nothing to a sale that the owner sees: an office that was never set up, in a browser, and a
till at its keys.

Each program is a process of its own, started by its command; the browser is the system's Chromium.
Nobody reaches into them: what is not on the page, on the screen or on the paper was not done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp
import pytest

from hw_emulator.host import start_posnet
from terminal.i18n import translate as says
from terminal.i18n import use_language
from tests.walks.pty_till import PtyTill

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = shutil.which("chromium")
PASSWORD = "kwiat paproci 7"
SLOW_MS = 30_000
NAME, PRICE, NUMBER = "Herbata z lipy 50 g", "12,90", "901"
CONFIG = """\
[store]
dir = "{folder}/till"
[printer]
url = "tcp://{printer}"
[office]
url = "{office}"
"""


@contextmanager
def office_of_nothing(folder: Path) -> Iterator[tuple[str, str]]:
    """The office as its command starts it, told nothing: its address, and the link that it says."""
    with subprocess.Popen(
        [sys.executable, "-m", "ui", "backoffice", "--listen", "127.0.0.1:0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "XDG_DATA_HOME": str(folder / "data"), "PYTHONPATH": str(Path.cwd())},
    ) as process:
        try:
            ready = process.stdout.readline()
            said = iter(process.stderr.readline, "")
            link = next(line.strip() for line in said if "/link/" in line)
            yield ready.removeprefix("ready ").strip(), link
        finally:
            process.terminate()
            process.communicate()
    assert (folder / "data" / "kasoterminal" / "office.db").exists()


@contextmanager
def chromium() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("no chromium here")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        # Made for a box of its own, where there is nothing to protect.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(locale="en-GB")
        context.set_default_timeout(SLOW_MS)
        yield context
        browser.close()


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def become_owner(page, link: str) -> None:
    """The link, the account, the phone, the codes for its loss."""
    page.goto(link)
    page.get_by_label("Login").fill("ewa")
    page.get_by_label("First and last name").fill("Ewa Lipa")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("Password once more").fill(PASSWORD)
    press(page, "Continue")
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Code of the phone").fill(pyotp.TOTP(secret).now())
    press(page, "Continue")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="Continue").click()


def code_for_a_till(page) -> str:
    """The first steps: the sample shop, and a code."""
    page.get_by_role("heading", name="First steps").wait_for()
    press(page, "Take the sample shop")
    page.get_by_role("link", name="Add the first till").click()
    page.get_by_role("main").get_by_role("button").click()
    return page.locator("p.code").inner_text()


def write_a_product(page) -> None:
    """From the menu to a saved product."""
    page.get_by_role("link", name="Goods", exact=True).first.click()
    page.get_by_role("link", name="Add a product").click()
    page.get_by_label("Name", exact=False).first.fill(NAME)
    page.get_by_label("Price", exact=False).first.fill(PRICE)
    page.get_by_label("Unit", exact=False).first.select_option("szt")
    page.get_by_label("PLU").fill(NUMBER)
    page.get_by_role("main").get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=NAME).wait_for()


def enrol(config: Path, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui", "enrol", "--config", str(config), code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def log_in(till: PtyTill) -> None:
    till.until(says("Identifier"), says("printer OK"))
    till.press("2", "enter", "2222", "enter")
    till.until(f"{says('Customers')}: ", says("Enter = accept"))
    till.press("enter").until(says("all sent"))


def fetch_products(till: PtyTill) -> str:
    """Menu 8 4 3."""
    till.press("f10", "8", "4", "3").until(says("Start? Enter = yes, Esc = no"))
    shown = till.press("enter").until(f"Enter {says('finish')}")
    till.press("enter", "esc", "esc", "esc").until(says("TOTAL"))
    return shown


def sell(till: PtyTill) -> None:
    till.press(NUMBER, "enter").until(NAME)
    till.press("enter").until(says("Payment"))
    till.press("enter").until(says("day: open"), says("all sent"))


@pytest.mark.timeout(240)
def test_from_a_link_to_a_sale_on_the_dashboard(tmp_path: Path) -> None:
    use_language("pl")
    printer = start_posnet(tmp_path / "memory.jsonl", paper=tmp_path / "paper.txt", tcp=0)
    try:
        with office_of_nothing(tmp_path) as (office, link), chromium() as browser:
            page = browser.new_page()
            become_owner(page, link)
            code = code_for_a_till(page)
            config = tmp_path / "till.toml"
            told = {"folder": tmp_path, "printer": printer.tcp, "office": office}
            config.write_text(CONFIG.format(**told), encoding="utf-8")
            enrol(config, code)
            page.get_by_text("The till is enrolled since").wait_for()  # without being asked again
            till = PtyTill(config)
            try:
                log_in(till)
                write_a_product(page)
                fetch_products(till)
                look = browser.new_page()
                look.goto(office)
                sell(till)
                look.get_by_text("12.90").first.wait_for()  # without being loaded again
            finally:
                till.stop()
            look.goto(link)
            look.get_by_text("This link opens nothing any more").first.wait_for()
    finally:
        printer.stop()
        use_language("en")
    assert NAME in (tmp_path / "paper.txt").read_text(encoding="utf-8")
