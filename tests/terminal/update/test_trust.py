"""Attacks of the public conformance suite and of the specification, on the till's own client."""

from __future__ import annotations

import errno
import json
import random
import subprocess
import sys
from datetime import timedelta

import pytest
from tuf.api.metadata import DelegatedRole, Delegations, MetaFile, Targets

from terminal.errors import Code, SyncError
from terminal.update import trust
from terminal.update.trust import kept_session
from tests.terminal.update.client import Client
from tests.terminal.update.repository import (
    ASSIGNMENTS,
    METADATA,
    RELEASES,
    Repository,
    served,
    within,
)

TERMINAL = "T1"
BYTES = 15


@pytest.fixture
def client(tmp_path, repository):
    return Client(tmp_path / "tuf", repository)


# --- what is right -----------------------------------------------------------------------------


def test_a_release_is_found_with_what_it_says_of_itself(client, repository):
    name = repository.release("1.2.0", 7)
    found = client.find(name)
    assert (found.name, found.custom["counter"]) == (name, 7)
    assert found.size == len(repository.files[repository.path_of(name)])
    assert client.version("releases") == 2


def test_what_nobody_lists_is_not_found(client):
    assert client.find("kasoterminal/stable/other.tar") is None
    assert client.find("elsewhere") is None


def test_lists_that_are_here_are_not_fetched_again(client, repository):
    name = repository.release("1.2.0", 7)
    client.find(name)
    repository.asked.clear()
    client.find(name)
    assert [path.rpartition("/")[2] for path, _ in repository.asked] == [
        "2.root.json",
        "timestamp.json",
    ]


def test_the_root_changes_its_keys_two_of_three(client, repository):
    client.refresh()
    for _ in range(3):
        repository.rotate_root()
    client.refresh()
    assert client.version("root") == 4


def test_a_new_key_for_each_online_role_comes_with_a_new_root(client, repository):
    client.refresh()
    for role in ("snapshot", "timestamp"):
        (old,) = repository.signers[role]
        repository.root.revoke_key(old.public_key.keyid, role)
        repository.signers[role] = [repository.key()]
        repository.root.add_key(repository.signers[role][0].public_key, role)
    repository.root.version += 1
    repository.write("root")
    repository.renew()
    client.refresh()
    assert client.version("timestamp") == 2


def test_fields_that_nobody_knows_stay_and_are_signed(client, repository):
    repository.timestamp.unrecognized_fields["later"] = {"a": [1]}
    repository.renew()
    client.refresh()
    assert json.loads((client.folder / "timestamp.json").read_bytes())["signed"]["later"]


# --- signatures --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", RELEASES])
def test_an_unsigned_list_is_refused(client, repository, role):
    name = repository.release("1.2.0", 7)
    repository.write(role, [])
    assert client.refused(name) is Code.NOT_GENUINE


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", RELEASES])
def test_a_list_signed_by_a_stranger_is_refused(client, repository, role):
    name = repository.release("1.2.0", 7)
    repository.write(role, [repository.key(), repository.key()])
    assert client.refused(name) is Code.NOT_GENUINE


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", RELEASES])
def test_a_list_changed_after_it_was_signed_is_refused(client, repository, role):
    name = repository.release("1.2.0", 7)
    file = f"{METADATA}{'' if role == 'timestamp' else f'{getattr(repository, role).version}.'}"
    tree = json.loads(repository.files[f"{file}{role}.json"])
    tree["signed"]["added"] = "by somebody"
    repository.files[f"{file}{role}.json"] = json.dumps(tree).encode()
    assert client.refused(name) is Code.NOT_GENUINE


def test_one_of_two_signatures_is_not_enough(client, repository):
    name = repository.release("1.2.0", 7)
    repository.write(RELEASES, repository.signers[RELEASES][:1])
    assert client.refused(name) is Code.NOT_GENUINE
    repository.write(RELEASES, repository.signers[RELEASES][1:])
    assert client.find(name)


def test_the_same_key_twice_counts_once(client, repository):
    name = repository.release("1.2.0", 7)
    data = json.loads(repository.write(RELEASES, repository.signers[RELEASES][:1]))
    data["signatures"] *= 2
    path = f"{METADATA}{repository.releases.version}.{RELEASES}.json"
    repository.files[path] = json.dumps(data).encode()
    assert client.refused(name) is Code.NOT_GENUINE


def test_a_role_that_names_a_key_twice_is_refused(client, repository):
    """A threshold of two must need two people."""
    role = repository.targets.delegations.roles[RELEASES]
    role.keyids = [role.keyids[0], role.keyids[0]]
    repository.renew("targets")
    assert client.refused(repository.release("1.2.0", 7)) is Code.NOT_GENUINE


def test_keys_of_one_role_do_not_sign_for_another(client, repository):
    name = repository.release("1.2.0", 7)
    repository.write("snapshot", repository.signers["timestamp"])
    assert client.refused(name) is Code.NOT_GENUINE


def test_a_signature_of_another_kind_of_list_does_not_do(client, repository):
    """A snapshot where a timestamp should be."""
    repository.files[f"{METADATA}timestamp.json"] = repository.sign(
        repository.snapshot, repository.signers["timestamp"]
    )
    assert client.refused() is Code.NOT_GENUINE


@pytest.mark.parametrize("role", ["1.root", "timestamp", "snapshot", "targets", RELEASES])
def test_whichever_byte_is_changed_nothing_else_is_believed(client, repository, role):
    """A changed byte is refused, or changes nothing: one of three signatures, and two suffice."""
    name = repository.release("1.2.0", 7)
    known = client.find(name)
    path = next(path for path in repository.files if path.endswith(f"{role}.json"))
    path = max((path for path in repository.files if path.endswith(f"{role}.json")), default=path)
    whole = repository.files[path]
    dice = random.Random(role)
    for number in range(BYTES):
        at, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        repository.files[path] = whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]
        client.folder = client.folder.with_name(f"tuf{number}")
        try:
            found = client.find(name)
        except SyncError:
            continue
        assert (found.sha256, found.size, found.custom) == (known.sha256, known.size, known.custom)


# --- the root ----------------------------------------------------------------------------------


def test_a_root_that_the_old_keys_did_not_sign_is_refused(client, repository):
    client.refresh()
    repository.rotate_root(signers=[repository.key(), repository.key()])
    assert client.refused() is Code.NOT_GENUINE
    assert client.version("root") == 1


def test_a_root_that_only_one_old_key_signed_is_refused(client, repository):
    old = repository.signers["root"][0]
    repository.rotate_root(signers=[old])
    assert client.refused() is Code.NOT_GENUINE


def test_a_root_that_its_own_keys_did_not_sign_is_refused(client, repository):
    old = list(repository.signers["root"])
    for signer in old[1:]:
        repository.root.revoke_key(signer.public_key.keyid, "root")
    for _ in range(2):
        repository.root.add_key(repository.key().public_key, "root")
    repository.root.version += 1
    repository.write("root", old)
    assert client.refused() is Code.NOT_GENUINE


def test_a_root_that_leaves_out_a_version_is_refused(client, repository):
    repository.root.version += 2
    data = repository.write("root")
    repository.files[f"{METADATA}2.root.json"] = data
    assert client.refused() is Code.ROLLED_BACK


def test_the_old_root_again_under_the_next_number_is_refused(client, repository):
    repository.files[f"{METADATA}2.root.json"] = repository.first_root
    assert client.refused() is Code.ROLLED_BACK


def test_a_root_in_the_cache_that_is_not_ours_is_not_believed(client, repository):
    """Only the root that came with the till begins the trust."""
    stranger = Repository()
    client.folder.mkdir()
    (client.folder / "root.json").write_bytes(stranger.first_root)
    history = client.folder / "root_history"
    history.mkdir()
    (history / "1.root.json").write_bytes(stranger.first_root)
    client.refresh()
    assert client.version("root") == 1
    repository.files = stranger.files
    client.folder = client.folder.with_name("other")
    assert client.refused() is Code.NOT_GENUINE


def test_an_embedded_root_that_is_damaged_is_told(client):
    client.root = b"{"
    assert client.refused() is Code.NOT_GENUINE


# --- going back --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", RELEASES])
def test_an_older_list_is_refused(client, repository, role):
    name = repository.release("1.2.0", 7)
    repository.renew("targets", RELEASES)
    client.find(name)
    getattr(repository, role).version -= 1
    if role == "timestamp":
        repository.publish()
    else:
        for newer in {"snapshot", "timestamp"} - {role}:
            getattr(repository, newer).version += 1
        repository.publish(*({role} - {"snapshot"}))
    assert client.refused(name) is Code.ROLLED_BACK


def test_a_snapshot_that_forgets_a_list_is_refused(client, repository):
    name = repository.release("1.2.0", 7)
    client.find(name)
    repository.snapshot.version += 1
    del repository.snapshot.meta[f"{RELEASES}.json"]
    repository.write("snapshot")
    repository.timestamp.version += 1
    repository.timestamp.snapshot_meta = MetaFile(repository.snapshot.version)
    repository.write("timestamp")
    assert client.refused(name) is Code.NOT_GENUINE


@pytest.mark.parametrize("role", ["snapshot", "targets", RELEASES])
def test_a_list_of_another_moment_is_refused(client, repository, role):
    """Mix and match: each is genuine, and they do not belong together."""
    name = repository.release("1.2.0", 7)
    older = getattr(repository, role)
    repository.renew("targets", RELEASES)
    name = repository.release("1.3.0", 8)
    current = getattr(repository, role).version
    older.version = current - 1
    data = repository.write(role)
    older.version = current
    repository.files[f"{METADATA}{current}.{role}.json"] = data
    assert client.refused(name) is Code.ROLLED_BACK


def test_hashes_in_timestamp_and_snapshot_hold(client, repository):
    name = repository.release("1.2.0", 7)
    repository.renew()
    data = repository.files[f"{METADATA}{repository.snapshot.version}.snapshot.json"]
    repository.timestamp.snapshot_meta = MetaFile.from_data(
        repository.snapshot.version, data, ["sha256"]
    )
    repository.timestamp.version += 1
    repository.write("timestamp")
    assert client.find(name)
    repository.snapshot.unrecognized_fields["other"] = 1
    repository.timestamp.version += 1
    repository.write("timestamp")
    repository.write("snapshot")
    client.folder = client.folder.with_name("fresh")
    assert client.refused(name) is Code.BAD_BUNDLE


# --- time --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets", RELEASES])
def test_a_list_that_has_run_out_is_refused(client, repository, role):
    name = repository.release("1.2.0", 7)
    getattr(repository, role).expires = within(-1)
    if role == "root":
        repository.root.version += 1
        repository.write("root")
    else:
        repository.renew(*({role} - {"timestamp", "snapshot"}))
    assert client.refused(name) is Code.RELEASES_EXPIRED


def test_an_old_root_that_has_run_out_leads_to_a_new_one(client, repository):
    repository.root.expires = within(-400)
    repository.root.version = 1
    client.root = repository.write("root")
    repository.root.expires = within(365)
    repository.rotate_root()
    client.refresh()
    assert client.version("root") == 2


def test_the_repository_stands_still_and_is_noticed(client, repository):
    client.refresh()
    client.ahead = timedelta(days=2)
    assert client.refused() is Code.RELEASES_EXPIRED
    repository.timestamp.expires = within(3)
    repository.renew()
    client.refresh()


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_wrong_by_years(client, repository, years):
    """The reference is told from outside: a clock behind does not make an old list fresh."""
    name = repository.release("1.2.0", 7)
    client.ahead = timedelta(days=365 * years)
    if years > 0:
        assert client.refused(name) is Code.RELEASES_EXPIRED
    else:
        assert client.find(name)
    client.ahead = timedelta()
    assert client.find(name)


# --- delegations -------------------------------------------------------------------------------


def test_a_delegated_list_speaks_only_of_its_paths(client, repository):
    repository.release("1.2.0", 7)
    info = next(iter(repository.releases.targets.values()))
    repository.releases.targets["etc/passwd"] = info
    repository.renew(RELEASES)
    assert client.find("etc/passwd") is None


def test_a_list_that_delegates_to_itself_ends(client, repository):
    own = repository.signers[RELEASES]
    paths = ["kasoterminal/*/*"]
    repository.releases.delegations = Delegations(
        {}, {RELEASES: DelegatedRole(RELEASES, [], 1, terminating=False, paths=paths)}
    )
    repository.releases.add_key(own[0].public_key, RELEASES)
    repository.renew(RELEASES)
    assert client.find("kasoterminal/stable/none.tar") is None


def test_a_list_that_names_a_role_outside_of_the_folder_stays_in_it(client, repository):
    name = "../../escape"
    paths = ["kasoterminal/*/*"]
    signer = repository.key()
    repository.targets.delegations.roles = {
        name: DelegatedRole(name, [], 1, terminating=True, paths=paths)
    }
    repository.targets.add_key(signer.public_key, name)
    repository.renew("targets")
    repository.snapshot.meta[f"{name}.json"] = MetaFile(1)
    repository.snapshot.version += 1
    repository.timestamp.version += 1
    repository.write("snapshot")
    repository.timestamp.snapshot_meta = MetaFile(repository.snapshot.version)
    repository.write("timestamp")
    data = repository.sign(Targets(expires=within(1)), [signer])
    repository.faults["escape.json"] = lambda _: served(data)
    before = {path for path in client.folder.parent.rglob("*") if client.folder not in path.parents}
    assert client.find("kasoterminal/stable/none.tar") is None
    after = {path for path in client.folder.parent.rglob("*") if client.folder not in path.parents}
    assert after - before <= {client.folder, client.folder.with_name("tuf.lock")}
    assert (client.folder / "..%2F..%2Fescape.json").is_file()


# --- targets -----------------------------------------------------------------------------------


def test_a_file_is_the_one_or_is_refused(client, repository, tmp_path):
    name = repository.release("1.2.0", 7)
    target = client.find(name)
    data = repository.files[repository.path_of(name)]
    for raw in (data, data[:-1], data + b"x", data[:-1] + b"x", b""):
        file = tmp_path / "file"
        file.write_bytes(raw)
        with file.open("rb") as opened:
            if raw == data:
                target.check(opened)
                continue
            with pytest.raises(SyncError, match="E-164"):
                target.check(opened)


# --- assignments -------------------------------------------------------------------------------


def assigned(client, raw, name):
    with client.session() as lists:
        lists.find(name)
        return lists.assigned(raw)


def test_an_assignment_names_its_target(client, repository):
    name = repository.release("1.2.0", 7)
    found = assigned(client, repository.assign(TERMINAL, "1.2.0", number=4), name)
    assert (found.number, found.target.name) == (4, name)
    assert found.target.custom["terminal"] == TERMINAL


def test_an_assignment_signed_by_a_stranger_or_by_nobody_is_refused(client, repository):
    name = repository.release("1.2.0", 7)
    for signers in ([], [repository.key()], repository.signers[RELEASES][:1]):
        raw = repository.assign(TERMINAL, "1.2.0", signers=signers)
        with pytest.raises(SyncError, match="E-162"):
            assigned(client, raw, name)
    for raw in (b"", b"{}", repository.files[f"{METADATA}timestamp.json"]):
        with pytest.raises(SyncError, match="E-162"):
            assigned(client, raw, name)


def test_there_may_be_none_where_none_is_needed(client, repository):
    name = repository.release("1.2.0", 7)
    with client.session() as lists:
        lists.find(name)
        assert lists.assigned(b"", is_needed=False) is None
        with pytest.raises(SyncError, match="E-162"):
            lists.assigned(b"{}", is_needed=False)


def test_an_assignment_that_has_run_out_is_refused(client, repository):
    name = repository.release("1.2.0", 7)
    raw = repository.assign(TERMINAL, "1.2.0", days=-1)
    with pytest.raises(SyncError, match="E-161"):
        assigned(client, raw, name)


def test_where_nobody_may_assign_nothing_is_signed(client, repository):
    del repository.targets.delegations.roles[ASSIGNMENTS]
    repository.renew("targets")
    name = repository.release("1.2.0", 7)
    assert assigned(client, b"", name) is None


# --- the cache ---------------------------------------------------------------------------------


def test_the_cache_is_for_one_program_at_a_time(client):
    with client.session():
        assert client.refused() is Code.UPDATE_BUSY
    client.refresh()


@pytest.mark.parametrize("name", ["make_folder", "sync_tree"])
def test_a_disk_that_fails_is_told(client, monkeypatch, name):
    def fail(_):
        raise OSError(errno.EIO, "the disk")

    monkeypatch.setattr(trust, name, fail)
    assert client.refused() is Code.STORAGE


def test_what_was_left_half_written_is_cleared(client):
    client.refresh()
    (client.folder / "tmpabcdef").write_bytes(b"half")
    client.refresh()
    assert not list(client.folder.glob("tmp*"))


@pytest.mark.parametrize("name", ["timestamp", "snapshot", "targets", RELEASES, "root"])
@pytest.mark.parametrize("raw", [b"", b"\0" * 512, None])
def test_a_torn_or_lost_file_of_the_cache_is_fetched_again(client, repository, name, raw):
    target = repository.release("1.2.0", 7)
    client.find(target)
    path = client.folder / f"{name}.json"
    path.unlink()
    if raw is not None:
        path.write_bytes(raw)
    assert client.find(target)


def test_what_was_proven_stays_so_without_a_network(client, repository):
    name = repository.release("1.2.0", 7)
    repository.rotate_root()
    client.find(name)
    repository.files.clear()
    for role in ("root", "timestamp", "snapshot", "targets", RELEASES):
        assert getattr(repository, role).expires < within(400)
    with kept_session(client.folder, repository.first_root) as lists:
        assert lists.find(name).custom["version"] == "1.2.0"
        assert lists.find("kasoterminal/stable/other.tar") is None


def test_nothing_is_proven_by_a_cache_that_somebody_changed(client, repository):
    name = repository.release("1.2.0", 7)
    client.find(name)
    path = client.folder / f"{RELEASES}.json"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"counter":7', b'"counter":9'))
    assert path.read_bytes() != whole
    with (
        kept_session(client.folder, repository.first_root) as lists,
        pytest.raises(SyncError),
    ):
        lists.find(name)


def test_nothing_is_proven_by_no_cache(client, repository):
    with pytest.raises(SyncError, match="E-162"), kept_session(client.folder, b"{}"):
        pass


def test_a_till_starts_without_tuf():
    """It costs more than the whole start may."""
    program = "import sys, terminal.parts; print([m for m in sys.modules if 'tuf' == m])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
