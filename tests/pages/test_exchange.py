"""Export and import in a browser, from the choice to the result, with a worker that does them."""

from __future__ import annotations

import hashlib
import time

import msgspec
import pytest

from backoffice import publish
from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.jobs import book
from backoffice.running import start_office
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from tests.backoffice.web.signed import cookie_of, new_account

WAIT_MS = 90_000
UNITS = "id;name\nwiadro;wdr\npaleta;\n"
PARTNER = {"id": "c-77", "name": "Kawiarnia Pod Kasztanem", "nip": "5260250274"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder that the office shares with another program, which has put units there."""
    shared = tmp_path_factory.mktemp("shared")
    for name in ("out", "in", "archive"):
        (shared / name).mkdir()
    _put(shared, "units-20261126-001.csv", UNITS)
    return shared


def _put(shared, name, text):
    file = shared / "out" / name
    file.write_text(text, encoding="utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    file.with_name(f"{name}.sha256").write_text(digest, encoding="utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory, folder):
    """An office that exchanges with it, and begins a worker of its own."""
    settings = tmp_path_factory.mktemp("erp")
    (settings / "wares.toml").write_text(
        f'kind = "folder"\naddress = "{folder}"\nformat = "csv"\n', encoding="utf-8"
    )
    place = tmp_path_factory.mktemp("exchange") / "office.db"
    running = start_office(f"sqlite:///{place}", sample=True, erp=settings)
    with writing(running.office.engine) as database:
        channels.put_channel(database, Channel("main", "Sklepy", connector="wares"))
    yield running
    running.stop()


@pytest.fixture
def window(chromium, own):
    """Opens a browser in which an owner is signed in; he speaks Polish."""
    opened = []

    def open_one():
        context = chromium.new_context(locale="pl")
        session = cookie_of(own.office, new_account(own.office, language="pl"))
        context.add_cookies([{"name": "office", "value": session, "url": own.url}])
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        return page

    yield open_one
    for context in opened:
        context.close()


def choose(page, own, way, *labels):
    page.goto(f"{own.url}/exchange/{way}")
    page.get_by_role("button", name="Odznacz wszystkie").click()
    for label in labels:
        page.get_by_label(label).check()
    page.get_by_label("kiedykolwiek").check()


def ended(page):
    """Waits, without a reload, until the page says that the job is done."""
    page.locator(".tiles").get_by_text("wykonane").wait_for()


def figures(page, row):
    return page.get_by_role("row", name=row).first.locator("td").all_inner_texts()


def test_an_export_from_the_choice_to_the_result(window, own):
    page = window()
    choose(page, own, "export", "Dane podstawowe")
    page.get_by_role("button", name="Podgląd").click()
    assert figures(page, "Dane podstawowe") == ["1", "0", "0", "1"]
    page.get_by_role("button", name="Uruchom teraz").click()
    ended(page)
    assert figures(page, "Dane podstawowe") == ["1", "0", "1", "0"]
    page.get_by_label("Wynik").select_option("refused")
    page.get_by_role("button", name="Pokaż").click()
    assert page.get_by_text("units-20261126-001.csv").count()
    with page.expect_download() as sheet:
        page.get_by_role("link", name="CSV").click()
    assert "paleta" in sheet.value.path().read_text(encoding="utf-8-sig")
    with reading(own.office.engine) as database:
        units = map(msgspec.json.decode, data_rows.living(database, "units", "lipa"))
        assert "wiadro" in [it["id"] for it in units]


def test_an_import_goes_on_after_the_browser_is_closed(window, own, folder):
    with writing(own.office.engine) as database:
        publish.put(database, "customers", "lipa", [PARTNER])
        book.pause(database, "main", "main", is_paused=True)
    page = window()
    choose(page, own, "import", "Kontrahenci")
    page.get_by_role("button", name="Uruchom teraz").click()
    page.wait_for_url("**/exchange/jobs/*")
    place = page.url
    page.context.close()
    with writing(own.office.engine) as database:
        book.pause(database, "main", "main", is_paused=False)
    wait_for_end(own, place.rpartition("/")[2])
    again = window()
    again.goto(f"{own.url}/exchange/jobs")
    again.get_by_role("row", name="Import BUS danych").first.get_by_role("link").click()
    assert again.url == place
    ended(again)
    assert int(figures(again, "Kontrahenci")[0]) >= 1
    sent = "".join(it.read_text(encoding="utf-8") for it in (folder / "in").glob("*.csv"))
    assert PARTNER["name"] in sent


def wait_for_end(own, job_id):
    deadline = time.monotonic() + WAIT_MS / 1000
    while True:
        with reading(own.office.engine) as database:
            job = book.job(database, job_id)
        if not job.is_open:
            return
        assert time.monotonic() < deadline, job
        time.sleep(0.2)
