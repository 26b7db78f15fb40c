from __future__ import annotations

from datetime import timedelta

import pytest
from tuf.api.metadata import Root

from backoffice.releases.ceremony import begin, rotate, sign_all, sign_file
from backoffice.releases.faults import ReleaseFault, Unfinished
from backoffice.releases.keys import make_key, public_key, public_keys
from backoffice.releases.repository import read
from backoffice.releases.roles import DUTIES
from tests.backoffice.releases.hand_made import MOMENT, Till
from tests.backoffice.releases.test_commit import FIRST


def new_half(publisher, name):
    make_key(publisher.keys, name)
    return public_key(publisher.keys / f"{name}.pub.json")


def test_a_repository_begins_with_the_roles_that_were_decided(publisher):
    live = publisher.repository.needed()
    root, delegations = live.root.signed, live.targets.signed.delegations
    found = {role: (len(it.keyids), it.threshold) for role, it in root.roles.items()}
    found |= {role: (len(it.keyids), it.threshold) for role, it in delegations.roles.items()}
    assert found == {
        "root": (3, 2), "targets": (2, 1), "snapshot": (1, 1), "timestamp": (1, 1),
        "releases": (3, 2), "assignments": (1, 1),
    }  # fmt: skip
    assert list(delegations.roles) == ["releases", "assignments"]
    assert delegations.roles["releases"].terminating
    assert delegations.roles["releases"].is_delegated_path(FIRST)
    assert not delegations.roles["releases"].is_delegated_path("other/stable/x.tar")
    assert not live.targets.signed.targets
    assert root.consistent_snapshot
    assert root.expires == MOMENT + timedelta(days=365)


def test_it_begins_once_and_with_all_keys(publisher, tmp_path):
    keys = public_keys([publisher.keys])
    with pytest.raises(ReleaseFault, match="a repository is there already"):
        begin(publisher.repository, keys, MOMENT)
    other = type(publisher)(tmp_path / "other")
    with pytest.raises(ReleaseFault, match="root: 3 keys are needed, found 2"):
        begin(other.repository, {**keys, "root": keys["root"][:2]}, MOMENT)
    begin(other.repository, keys, MOMENT)
    with pytest.raises(ReleaseFault, match="waits for signatures"):
        begin(other.repository, keys, MOMENT)


@pytest.mark.parametrize("role", DUTIES)
def test_a_lost_key_of_any_role_is_replaced_and_tills_follow(publisher, till, role):
    """None of the signatures is made by the key that is gone."""
    assert till.fetch(FIRST)
    rotate(publisher.repository, role, MOMENT, [new_half(publisher, f"{role}-new")], [f"{role}-1"])
    signers = {
        "root": ["root-2", "root-3"], "targets": ["root-2", "root-3", "targets-2"],
        "releases": ["targets-2", "releases-2", "releases-new"], "assignments": ["targets-2"],
    }.get(role, ["root-2", "root-3"])  # fmt: skip
    (publisher.keys / f"{role}-1.pem").unlink()
    publisher.sign(*signers)
    publisher.commit()
    assert till.fetch(FIRST)
    names = [it.unrecognized_fields["x-name"] for it in keys_of(publisher, role)]
    assert f"{role}-1" not in names
    assert f"{role}-new" in names


def keys_of(publisher, role):
    live = publisher.repository.needed()
    holder = live.targets.signed if role in {"releases", "assignments"} else live.root.signed
    return [holder.get_key(it) for it in holder.get_delegated_role(role).keyids]


def test_a_root_needs_the_threshold_of_the_old_and_of_the_new(publisher):
    rotate(publisher.repository, "root", MOMENT, [new_half(publisher, "root-4")], ["root-1"])
    publisher.sign("root-4", "root-2")
    # Two of the new ones, but only one of the old.
    with pytest.raises(Unfinished, match=r"root\.json: 1 more of root-1, root-3"):
        publisher.commit()
    publisher.sign("root-1")
    publisher.commit()
    assert publisher.repository.root().signed.version == 2


def test_stolen_keys_below_the_threshold_make_no_root(publisher, till):
    """Whoever has one root key and every online key gets nowhere."""
    mallory = new_half(publisher, "root-mallory")
    rotate(publisher.repository, "root", MOMENT, [mallory], ["root-2", "root-3"])
    publisher.sign("root-1", "root-mallory")
    forged = publisher.repository.waiting()["root"]
    with pytest.raises(Unfinished):
        publisher.commit()
    # Even when it is simply put where tills look.
    (publisher.repository.metadata / "2.root.json").write_bytes(forged.to_bytes())
    with pytest.raises(Exception, match="root was signed by 1/2 keys"):
        till.fetch(FIRST)


def test_a_till_that_slept_through_three_roots_follows(publisher, till):
    for number in range(3):
        rotate(publisher.repository, "root", MOMENT, [new_half(publisher, f"root-x{number}")])
        publisher.sign("root-1", "root-2")
        publisher.commit()
    assert till.fetch(FIRST)
    assert Till(till.folder, publisher.repository).fetch(FIRST)


def test_a_role_is_renewed_without_new_keys(publisher):
    later = MOMENT + timedelta(days=60)
    rotate(publisher.repository, "releases", later)
    publisher.sign("releases-1", "releases-2")
    publisher.commit(later)
    live = publisher.repository.needed()
    assert live.releases.signed.expires == later + timedelta(days=90)
    assert FIRST in live.releases.signed.targets
    with pytest.raises(ReleaseFault, match="renewed by the office itself"):
        rotate(publisher.repository, "timestamp", later)


def test_mistakes_with_keys_are_named(publisher):
    with pytest.raises(ReleaseFault, match=r"no key, or more than one, is 'root-9': root-1"):
        rotate(publisher.repository, "root", MOMENT, remove=["root-9"])
    with pytest.raises(ReleaseFault, match="1 keys would be left, 2 must sign"):
        rotate(publisher.repository, "root", MOMENT, remove=["root-1", "root-2"])
    with pytest.raises(ReleaseFault, match="releases-9 was made for another role than root"):
        rotate(publisher.repository, "root", MOMENT, [new_half(publisher, "releases-9")])
    assert not publisher.repository.waiting()


def test_a_key_that_may_sign_nothing_of_it_is_named(publisher):
    rotate(publisher.repository, "releases", MOMENT)
    with pytest.raises(ReleaseFault, match=r"may sign none of: releases"):
        sign_all(publisher.repository, [publisher.key("root-1")])


def test_a_file_is_signed_where_it_was_carried_to(publisher, tmp_path):
    rotate(publisher.repository, "root", MOMENT)
    carried = tmp_path / "root.json"
    carried.write_bytes((publisher.repository.staged / "root.json").read_bytes())
    for name in ("root-2", "root-3"):
        carried.write_bytes(sign_file(carried, [publisher.key(name)]).to_bytes())
    (publisher.repository.staged / "root.json").write_bytes(carried.read_bytes())
    publisher.commit()
    assert publisher.repository.root().signed.version == 2


@pytest.mark.parametrize("content", [b"", b"{}", b'{"signed":{},"signatures":[]}', b"\xff" * 9])
def test_what_is_no_metadata_is_named(tmp_path, content):
    path = tmp_path / "root.json"
    path.write_bytes(content)
    with pytest.raises(ReleaseFault, match=r"root\.json: not signed metadata"):
        read(path, Root)
    with pytest.raises(ReleaseFault, match="cannot be read"):
        read(tmp_path / "none.json", Root)


def test_metadata_of_another_kind_is_named(publisher):
    with pytest.raises(ReleaseFault, match="expected root, found timestamp"):
        read(publisher.repository.metadata / "timestamp.json", Root)
