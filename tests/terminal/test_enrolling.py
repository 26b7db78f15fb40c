"""A folder becomes a till once everything is there, and not before."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import msgspec
import pytest

from backoffice import receive
from backoffice.running import start_office
from backoffice.store.engine import reading
from terminal import boot, config, enrolling
from terminal.config import ConfigError
from terminal.errors import Blocked, Code, SyncError
from terminal.store.db import close_writer, open_writer
from terminal.sync import enrolment
from terminal.sync.http import Office
from terminal.sync.signing import new_key
from tests.sync.tills import SellingTill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backoffice.running import Running

DOCUMENTS = 5


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("office")
    running = start_office(f"sqlite:///{folder / 'office.db'}", sample=False)
    yield running
    running.stop()


@pytest.fixture
def sold(office: Running, tmp_path: Path) -> str:
    """A terminal whose documents are at the office, and whose device is no more."""
    name = f"T-{tmp_path.name[-40:]}"
    identity = enrolment.enrol(office.url, office.enrol_code(name), "test")
    till = till_of(tmp_path / "old", identity)
    sell(till, DOCUMENTS)
    send(till)
    till.stop()
    return name


def till_of(folder: Path, identity: enrolment.Identity) -> SellingTill:
    return SellingTill(folder, identity, identity.office_url, random.Random(3), 10.0)


def sell(till: SellingTill, count: int) -> None:
    for _ in range(count):
        till.engine.call(till._work).result(10)


def send(till: SellingTill) -> None:
    till.net.call(till.post._postman.post).result(10)


@pytest.fixture
def here(office: Running, tmp_path: Path) -> config.Config:
    """The configuration of a new device."""
    nowhere = config.Printer(url="tcp://127.0.0.1:1")
    store = config.Store(dir=str(tmp_path / "new"))
    return config.Config(printer=nowhere, store=store, office=config.Office(url=office.url))


def files(here: config.Config) -> set[str]:
    return {path.name for path in here.folder.iterdir() if path.suffix == ".json"}


def unplug(monkeypatch: pytest.MonkeyPatch) -> None:
    def journal(*_: object) -> None:
        raise SyncError(Code.NO_NETWORK)

    monkeypatch.setattr(Office, "journal", journal)


def test_a_new_terminal_has_nothing_to_bring_back(office: Running, here: config.Config) -> None:
    enrolled = enrolling.enrol(here, office.enrol_code("N1"))
    assert (enrolled.identity.terminal, enrolled.restored) == ("N1", None)
    assert boot.load_identity(here) == enrolled.identity


def test_a_device_in_the_place_of_another_gets_its_history(
    office: Running, here: config.Config, sold: str
) -> None:
    enrolled = enrolling.enrol(here, office.enrol_code(sold))
    assert enrolled.restored is not None
    assert (enrolled.identity.epoch, enrolled.restored.documents) == (2, DOCUMENTS)
    assert files(here) == {boot.IDENTITY_FILE}
    assert boot.load_identity(here) == enrolled.identity


def test_no_till_starts_before_everything_is_back_and_no_code_is_needed_to_go_on(
    office: Running, here: config.Config, sold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as line:
        unplug(line)
        with pytest.raises(SyncError) as caught:
            enrolling.enrol(here, office.enrol_code(sold))
    assert caught.value.code is Code.NO_NETWORK
    assert files(here) == {boot.RESTORING_FILE}
    with pytest.raises(ConfigError, match="not got all of its history back"):
        boot.load_identity(here)
    enrolled = enrolling.enrol(here)
    assert enrolled.restored is not None
    assert (enrolled.identity.epoch, enrolled.restored.documents) == (2, DOCUMENTS)
    assert files(here) == {boot.IDENTITY_FILE}


def test_a_till_whose_journal_was_lost_does_not_start_as_the_one_it_was(
    office: Running, here: config.Config, sold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolling.enrol(here, office.enrol_code(sold))
    (here.folder / boot.JOURNAL_FILE).unlink()
    with monkeypatch.context() as line:
        unplug(line)
        with pytest.raises(SyncError):
            enrolling.enrol(here, office.enrol_code(sold))
    assert files(here) == {boot.IDENTITY_FILE, boot.RESTORING_FILE}
    with pytest.raises(ConfigError, match="not got all of its history back"):
        boot.load_identity(here)
    enrolled = enrolling.enrol(here)
    assert (enrolled.identity.epoch, boot.load_identity(here)) == (3, enrolled.identity)


def test_a_cut_between_journal_and_identity_is_no_second_restore(
    office: Running, here: config.Config, sold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_save = enrolment.save

    def cut(identity: enrolment.Identity, path: Path) -> None:
        if path.name == boot.IDENTITY_FILE:
            raise KeyboardInterrupt
        really_save(identity, path)

    with monkeypatch.context() as power:
        power.setattr(enrolment, "save", cut)
        with pytest.raises(KeyboardInterrupt):
            enrolling.enrol(here, office.enrol_code(sold))
    with pytest.raises(ConfigError):
        boot.load_identity(here)
    enrolled = enrolling.enrol(here)
    assert (enrolled.identity.terminal, enrolled.restored) == (sold, None)
    assert boot.load_identity(here) == enrolled.identity


def test_another_code_goes_on_as_well(
    office: Running, here: config.Config, sold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as line:
        unplug(line)
        with pytest.raises(SyncError):
            enrolling.enrol(here, office.enrol_code(sold))
    enrolled = enrolling.enrol(here, office.enrol_code(sold))
    assert enrolled.restored is not None
    assert (enrolled.identity.epoch, enrolled.restored.documents) == (3, DOCUMENTS)


def test_a_till_with_documents_of_its_own_keeps_them(
    office: Running, here: config.Config, sold: str
) -> None:
    enrolling.enrol(here, office.enrol_code(sold))
    enrolled = enrolling.enrol(here, office.enrol_code(sold))
    assert (enrolled.identity.epoch, enrolled.restored) == (3, None)
    journal = open_writer(here.folder / boot.JOURNAL_FILE, "journal")
    assert journal.execute("SELECT epoch FROM delivered").fetchone() == (2,)
    close_writer(journal)


def test_an_old_device_that_is_found_again_brings_what_it_had_not_sent(
    office: Running, here: config.Config, sold: str, tmp_path: Path
) -> None:
    there = msgspec.structs.replace(here, store=config.Store(dir=str(tmp_path / "old")))
    lost = till_of(tmp_path / "old", enrolment.Identity(sold, "lipa", new_key(), 1, office.url))
    sell(lost, 3)
    lost.stop()
    heir = till_of(here.folder, enrolling.enrol(here, office.enrol_code(sold)).identity)
    sell(heir, 2)
    send(heir)
    heir.stop()
    found = enrolling.enrol(there, office.enrol_code(sold))
    assert (found.identity.epoch, found.restored) == (3, None)
    lost = till_of(tmp_path / "old", msgspec.structs.replace(found.identity, epoch=1))
    send(lost)
    assert lost.unsent() == 0
    lost.stop()
    with reading(office.office.engine) as database:
        assert receive.page(database, sold, 0, 100, 1).hw == DOCUMENTS + 3


def test_the_journal_of_another_terminal_is_in_the_way(
    office: Running, here: config.Config, sold: str
) -> None:
    before = enrolling.enrol(here, office.enrol_code(sold)).identity
    with pytest.raises(SyncError) as caught:
        enrolling.enrol(here, office.enrol_code("N2"))
    assert sold in str(caught.value)
    assert boot.load_identity(here) == before


def test_without_a_code_there_must_be_something_to_go_on_with(here: config.Config) -> None:
    with pytest.raises(ConfigError, match="CODE"):
        enrolling.enrol(here)


def test_a_running_till_is_not_touched_and_the_code_is_still_good(
    office: Running, here: config.Config, sold: str
) -> None:
    here.folder.mkdir()
    running = open_writer(here.folder / boot.JOURNAL_FILE, "journal")
    code = office.enrol_code(sold)
    with pytest.raises(Blocked):
        enrolling.enrol(here, code)
    close_writer(running)
    assert enrolling.enrol(here, code).restored is not None
