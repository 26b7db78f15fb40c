from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import msgspec
import pytest
from tuf.api.metadata import Metadata
from tuf.ngclient import Updater

from backoffice.running import Releases, start_office
from terminal.sync import wire
from tests.backoffice.devices import enrol_device
from tests.backoffice.releases.hand_made import Publisher, make_bundle

TARGET = wire.target_of("stable", "1.0.0", wire.platform_here())


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An office with releases, on SQLite: what is served lies in a folder."""
    folder = tmp_path_factory.mktemp("own")
    moment = datetime.now(UTC)
    publisher = Publisher(folder).begin(moment)
    publisher.publish(make_bundle(folder), moment=moment)
    releases = Releases(publisher.repository.folder, publisher.keys)
    running = start_office(f"sqlite:///{folder}/office.db", releases=releases)
    yield running, publisher
    running.stop()


@pytest.fixture
def get(own):
    with httpx2.Client(base_url=own[0].url) as client:
        yield client.get


@pytest.fixture
def address(own):
    file = own[1].repository.needed().releases.signed.targets[TARGET]
    folder, _, name = TARGET.rpartition("/")
    return f"/releases/targets/{folder}/{file.hashes['sha256']}.{name}", file


def test_a_till_updates_over_http(own, tmp_path):
    running, publisher = own
    updater = Updater(
        str(tmp_path),
        f"{running.url}/releases/metadata/",
        str(tmp_path),
        f"{running.url}/releases/targets/",
        bootstrap=(publisher.repository.metadata / "1.root.json").read_bytes(),
    )
    found = updater.get_targetinfo(TARGET)
    path = updater.download_target(found, str(tmp_path / "bundle"))
    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == found.hashes["sha256"]


def test_a_bundle_comes_in_parts(get, address):
    path, file = address
    whole = get(path)
    assert hashlib.sha256(whole.content).hexdigest() == file.hashes["sha256"]
    assert whole.headers["etag"] == f'"{file.hashes["sha256"]}"'
    assert "immutable" in whole.headers["cache-control"]
    assert "set-cookie" not in whole.headers
    part = get(path, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    rest = get(path, headers={"Range": "bytes=100-", "If-Range": whole.headers["etag"]})
    assert whole.content[:100] + rest.content == whole.content
    other = get(path, headers={"Range": "bytes=100-", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    assert get(path, headers={"Range": f"bytes={file.length}-"}).status_code == 416
    assert get(path, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304


def test_what_changes_is_not_kept_and_what_does_not_is(get):
    fresh, final = (get(f"/releases/metadata/{it}.json") for it in ("timestamp", "1.root"))
    assert fresh.headers["cache-control"] == "no-cache"
    assert "immutable" in final.headers["cache-control"]
    assert final.headers["content-type"] == "application/json"
    missing = get("/releases/metadata/2.root.json")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")
    assert missing.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "metadata/../lock", "metadata/%2e%2e/lock", "metadata/..%2flock", "metadata/%2flock",
        "metadata/../../keys/root-1.pem", "metadata/root-1.pem", "metadata/lock",
        "staged/root.json", "targets/../staged/releases.json", "targets/kasoterminal/../x/y.tar",
        "targets/kasoterminal/..%2f..%2f..%2fkeys/root-1.pem", "metadata/1.root.json%00",
        "metadata/1.root.json%0a", "metadata/", "", "targets/kasoterminal/stable/",
    ],
)  # fmt: skip
def test_no_path_leads_elsewhere(get, path):
    answer = get(f"/releases/{path}")
    assert answer.status_code in {400, 404}
    assert b"PRIVATE" not in answer.content
    assert b"signatures" not in answer.content


def test_each_terminal_gets_a_signed_assignment(own, get):
    running, publisher = own
    device = enrol_device(httpx2, running.enrol_code("K1"), running.url)
    admin = {"Authorization": f"Bearer {running.admin_token}"}
    wish = {"version": "1.0.0", "may_go_back": True}
    where = f"{running.url}/v1/admin/rollouts"
    missing = httpx2.put(where, headers=admin, json={"version": "1.0.1"})
    assert (missing.status_code, missing.json()["detail"]) == (
        404, "version 1.0.1 is not published here",
    )  # fmt: skip
    httpx2.put(where, headers=admin, json=wish).raise_for_status()
    where = {"platform": wire.platform_here()}
    asked = get("/v1/terminals/K1/release", auth=device, params=where)
    answer = msgspec.json.decode(asked.content, type=wire.ReleaseAnswer)
    assert answer.target == TARGET
    metadata = Metadata.from_bytes(answer.assignment.encode())
    custom = metadata.signed.targets[TARGET].custom
    assert (custom["terminal"], custom["may_go_back"]) == ("K1", True)
    publisher.repository.needed().targets.signed.verify_delegate(
        "assignments", metadata.signed_bytes, metadata.signatures
    )


def test_the_office_tells_when_its_metadata_expires(own, get):
    admin = {"Authorization": f"Bearer {own[0].admin_token}"}
    lines = get("/v1/metrics", headers=admin).text.splitlines()
    told = [line for line in lines if line.startswith("kaso_release_expires_seconds{")]
    assert len(told) == 5


def test_an_office_without_releases_has_none(http):
    answer = http.get("/releases/metadata/timestamp.json")
    assert (answer.status_code, answer.json()["detail"]) == (404, "this office has no releases")
