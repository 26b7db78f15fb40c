"""Files on their way: against an office of the test, which forgets, lies, and is away."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code, Rejected, SyncError
from terminal.events import OfficeHeard
from terminal.field.courier import Courier
from terminal.sync.wire import CHUNK_BYTES_MAX, Held
from tests.shop import WAIT_S

if TYPE_CHECKING:
    from pathlib import Path

BYTES = os.urandom(2 * CHUNK_BYTES_MAX + 1000)
SHA256 = hashlib.sha256(BYTES).hexdigest()


class FakeDepot:
    """Keeps what comes; ``faults`` are raised one by one, before the piece is kept."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: list[SyncError] = []
        self.pieces: list[tuple[int, int]] = []
        self.gives = BYTES

    def held(self, sha256: str) -> Held:
        known = self.files.get(sha256, b"")
        return Held(sha256, len(known), hashlib.sha256(known).hexdigest() == sha256)

    def put(self, sha256: str, offset: int, size: int, piece: bytes) -> Held:
        if self.faults:
            raise self.faults.pop(0)
        assert offset == len(self.files.get(sha256, b""))
        self.pieces.append((offset, len(piece)))
        self.files[sha256] = self.files.get(sha256, b"") + piece
        assert len(self.files[sha256]) <= size
        return self.held(sha256)

    def piece(self, _sha256: str, first: int) -> tuple[bytes, int]:
        if self.faults:
            raise self.faults.pop(0)
        self.pieces.append((first, 0))
        return self.gives[first : first + CHUNK_BYTES_MAX], len(self.gives)


def fault(status: int = 0) -> SyncError:
    code = Code.OFFICE_REFUSED if status else Code.NO_NETWORK
    return SyncError(code, detail="why", **({"status": status} if status else {}))


@pytest.fixture
def depot() -> FakeDepot:
    return FakeDepot()


@pytest.fixture
def courier(shop, depot) -> Courier:
    return Courier(shop.context, depot, shop.till.field.files, lambda: False)


@pytest.fixture
def waiting(shop, field, tmp_path: Path) -> None:
    """A file waits whose document the office has."""
    (tmp_path / "a.bin").write_bytes(BYTES)
    field.attach("customer", "c1", tmp_path / "a.bin")
    shop.do(deliver, shop)


def deliver(shop) -> None:
    db = shop.context.journal
    db.execute("UPDATE delivered SET hw = (SELECT max(seq) FROM document)")


def state(shop) -> tuple[str, str]:
    return shop.sql("SELECT state, reason FROM content")[0]


def run(shop, courier: Courier) -> None:
    """Let everything go that can go now."""
    courier.wake()
    # Asked between two steps: whoever has more to do has said so by then.
    while shop.context.net.call(lambda: courier._is_due).result(WAIT_S):
        pass


def test_it_goes_in_pieces_after_its_document(shop, field, courier, depot, tmp_path) -> None:
    (tmp_path / "a.bin").write_bytes(BYTES)
    field.attach("customer", "c1", tmp_path / "a.bin")
    run(shop, courier)
    assert depot.files == {}
    shop.do(deliver, shop)
    run(shop, courier)
    assert depot.files == {SHA256: BYTES}
    sizes = [CHUNK_BYTES_MAX, CHUNK_BYTES_MAX, 1000]
    assert depot.pieces == [(no * CHUNK_BYTES_MAX, size) for no, size in enumerate(sizes)]
    assert state(shop) == ("sent", "")
    assert shop.view().unsent.contents == 0


@pytest.mark.usefixtures("waiting")
def test_it_goes_on_where_the_line_broke_when_the_office_is_heard(shop, courier, depot) -> None:
    depot.files[SHA256] = BYTES[:CHUNK_BYTES_MAX]
    depot.faults = [fault()]
    run(shop, courier)
    assert state(shop) == ("waiting", "")
    assert depot.pieces == []
    courier.hear(OfficeHeard(shop.now))
    run(shop, courier)
    assert depot.pieces[0] == (CHUNK_BYTES_MAX, CHUNK_BYTES_MAX)
    assert state(shop) == ("sent", "")


@pytest.mark.usefixtures("waiting")
def test_an_office_that_has_it_gets_no_piece(shop, courier, depot) -> None:
    depot.files[SHA256] = BYTES
    run(shop, courier)
    assert (depot.pieces, state(shop)) == ([], ("sent", ""))


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize(
    ("faults", "end"),
    [
        ([fault(409)], ("sent", "")),
        ([fault(422), fault(422)], ("sent", "")),
        ([fault(422)] * 3, ("refused", "why")),
        ([fault(413)], ("refused", "why")),
        ([fault(507)], ("waiting", "")),
        ([fault(503)], ("waiting", "")),
    ],
)
def test_what_the_office_will_never_take_is_noted_and_the_rest_waits(
    shop, courier, depot, faults, end
) -> None:
    depot.faults = list(faults)
    run(shop, courier)
    assert state(shop) == end


@pytest.mark.usefixtures("waiting")
def test_bytes_that_are_nowhere_any_more_stand_in_nobodys_way(shop, courier, depot) -> None:
    shop.till.field.files.path(SHA256).unlink()
    run(shop, courier)
    assert state(shop) == ("refused", "its bytes are not here any more")


@pytest.mark.usefixtures("waiting")
def test_a_version_on_trial_sends_nothing(shop, depot) -> None:
    held = Courier(shop.context, depot, shop.till.field.files, lambda: True)
    run(shop, held)
    assert depot.pieces == []


def test_a_file_of_another_till_is_fetched_and_goes_on_after_a_cut(shop, courier, depot) -> None:
    depot.faults = []
    folder = shop.till.field.files.folder
    folder.mkdir(exist_ok=True)
    (folder / f"{SHA256}.part").write_bytes(BYTES[:CHUNK_BYTES_MAX])
    path = courier.fetch(SHA256).result(WAIT_S)
    assert path.read_bytes() == BYTES
    assert depot.pieces == [(CHUNK_BYTES_MAX, 0), (2 * CHUNK_BYTES_MAX, 0)]
    assert courier.fetch(SHA256).result(WAIT_S) == path
    assert len(depot.pieces) == 2


def test_a_file_that_comes_damaged_is_not_taken(shop, courier, depot) -> None:
    depot.gives = b"x" + BYTES[1:]
    with pytest.raises(Rejected) as caught:
        courier.fetch(SHA256).result(WAIT_S)
    assert caught.value.code is Code.FILE_AWAY
    assert list(shop.till.field.files.folder.iterdir()) == []
    depot.gives = BYTES
    assert courier.fetch(SHA256).result(WAIT_S).read_bytes() == BYTES


def test_a_line_that_is_away_keeps_what_came(shop, courier, depot) -> None:
    depot.faults = [fault()]
    with pytest.raises(SyncError):
        courier.fetch(SHA256).result(WAIT_S)
    assert courier.fetch(SHA256).result(WAIT_S).read_bytes() == BYTES
