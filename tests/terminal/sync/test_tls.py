"""TLS with an authority of the shop's own, between a real till and a real office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import trustme

from backoffice.running import Tls, start_office
from terminal.errors import Code, SyncError
from terminal.sync import enrolment
from terminal.sync.http import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backoffice.running import Running


def authority(folder: Path, name: str) -> tuple[trustme.CA, Path]:
    made = trustme.CA()
    place = folder / f"{name}.pem"
    made.cert_pem.write_to_path(str(place))
    return made, place


def serve(made: trustme.CA, folder: Path, host: str = "127.0.0.1") -> Running:
    folder.mkdir(exist_ok=True)
    issued = made.issue_cert(host)
    issued.private_key_and_cert_chain_pem.write_to_path(str(folder / "office.pem"))
    tls = Tls(folder / "office.pem", folder / "office.pem")
    return start_office(f"sqlite:///{folder}/office.db", sample=True, tls=tls)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    folder = tmp_path_factory.mktemp("tls")
    made, place = authority(folder, "ours")
    office = serve(made, folder)
    yield office, place
    office.stop()


def states(office: Running, identity: enrolment.Identity, ca: Path | None) -> int:
    till = Office(office.url, identity.terminal, identity.key, ca=ca)
    try:
        return len(till.states())
    finally:
        till.close()


def test_the_configured_authority_is_trusted_and_no_other(
    ours: tuple[Running, Path], tmp_path: Path
) -> None:
    office, ca = ours
    assert office.url.startswith("https://")
    identity = enrolment.enrol(office.url, office.enrol_code("K1"), "1", ca=ca)
    assert states(office, identity, ca) > 5
    _, stranger = authority(tmp_path, "stranger")
    for wrong in (stranger, None):
        with pytest.raises(SyncError) as caught:
            states(office, identity, wrong)
        assert caught.value.code is Code.NO_NETWORK
        assert "certificate" in str(caught.value.params["detail"]).lower()


def test_during_a_change_of_authority_both_are_trusted(
    ours: tuple[Running, Path], tmp_path: Path
) -> None:
    office, ca = ours
    identity = enrolment.enrol(office.url, office.enrol_code("K2"), "1", ca=ca)
    made, fresh = authority(tmp_path, "fresh")
    both = tmp_path / "both.pem"
    both.write_bytes(ca.read_bytes() + fresh.read_bytes())
    assert states(office, identity, both) > 5
    moved = serve(made, tmp_path / "moved")
    try:
        again = enrolment.enrol(moved.url, moved.enrol_code("K2"), "1", ca=both)
        assert states(moved, again, both) > 5
        assert states(moved, again, fresh) > 5
        with pytest.raises(SyncError):
            states(moved, again, ca)
    finally:
        moved.stop()


def test_a_certificate_for_another_host_is_refused(tmp_path: Path) -> None:
    made, ca = authority(tmp_path, "ours")
    office = serve(made, tmp_path, host="office.example")
    try:
        with pytest.raises(SyncError) as caught:
            enrolment.enrol(office.url, office.enrol_code("K1"), "1", ca=ca)
        assert caught.value.code is Code.NO_NETWORK
        assert "127.0.0.1" in str(caught.value.params["detail"])
    finally:
        office.stop()
