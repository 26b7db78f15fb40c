from __future__ import annotations

import shutil
from datetime import timedelta

import msgspec
import pytest
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import Metadata

from backoffice.errors import NotFound
from backoffice.releases.faults import ReleaseFault
from backoffice.releases.shelf import Shelf
from backoffice.rollouts import Wish
from terminal.sync import wire
from tests.backoffice.releases.hand_made import MOMENT
from tests.backoffice.releases.test_commit import FIRST

HERE = wire.platform_here()


@pytest.fixture
def shelf(publisher):
    return Shelf(publisher.repository, publisher.keys)


def asked(shelf, wish, platform=HERE, channel="stable"):
    return shelf.answer("K1", wish, platform, channel, MOMENT)


def test_the_target_is_told_where_it_is_published(shelf):
    wish = Wish("1.0.0", 4, is_paused=True)
    assert asked(shelf, wish).target == FIRST
    assert asked(shelf, wish).is_paused
    for other in ({"platform": ""}, {"platform": "cp399-vax"}, {"channel": "pilot"}):
        answer = asked(shelf, wish, **other)
        assert (answer.version, answer.target, answer.assignment) == ("1.0.0", "", "")
    assert asked(shelf, Wish("7.0.0", 4)).target == ""
    assert asked(shelf, Wish()) == wire.ReleaseAnswer("")


def test_an_assignment_is_signed_for_its_role_and_names_a_published_file(publisher, shelf):
    answer = asked(shelf, Wish("1.0.0", 4, is_forced=True, may_go_back=True))
    assert len(answer.assignment) < wire.ASSIGNMENT_BYTES_MAX
    metadata = Metadata.from_bytes(answer.assignment.encode())
    live = publisher.repository.needed()
    live.targets.signed.verify_delegate("assignments", metadata.signed_bytes, metadata.signatures)
    ((path, file),) = metadata.signed.targets.items()
    published = live.releases.signed.targets[FIRST]
    assert (path, file.length, file.hashes) == (FIRST, published.length, published.hashes)
    assert msgspec.convert(file.custom, wire.AssignmentCustom) == wire.AssignmentCustom(
        "K1", "1.0.0", 1, is_forced=True, may_go_back=True
    )
    assert metadata.signed.version == 5
    assert metadata.signed.expires == MOMENT + timedelta(days=7)
    metadata.signed.targets[path].unrecognized_fields["custom"]["terminal"] = "K2"
    with pytest.raises(UnsignedMetadataError):
        live.targets.signed.verify_delegate(
            "assignments", metadata.signed_bytes, metadata.signatures
        )


def test_an_assignment_vouches_for_no_file_of_its_own(publisher, shelf, till):
    """Put where tills look for releases, it is not asked: the releases end the search."""
    answer = asked(shelf, Wish("1.0.0", 4))
    (publisher.repository.metadata / "1.assignments.json").write_text(answer.assignment)
    assert till.fetch("kasoterminal/stable/kasoterminal-6.6.6.tar") is None


def test_a_copy_of_somebody_elses_repository_is_not_renewed(publisher, tmp_path):
    later = MOMENT + timedelta(days=3)
    shelf = Shelf(publisher.repository)
    assert asked(shelf, Wish("1.0.0", 1)).target == FIRST
    assert asked(shelf, Wish("1.0.0", 1)).assignment == ""
    assert not shelf.renew(later)
    (tmp_path / "keys").mkdir()
    shutil.copy(publisher.keys / "assignments-1.pem", tmp_path / "keys")
    shelf = Shelf(publisher.repository, tmp_path / "keys")
    assert asked(shelf, Wish("1.0.0", 1)).assignment
    assert not shelf.renew(later)
    shutil.copy(publisher.keys / "timestamp-1.pem", tmp_path / "keys")
    with pytest.raises(ReleaseFault, match="online key of snapshot is missing"):
        shelf.renew(later + timedelta(days=1))


def test_what_is_in_force_is_read_anew_when_it_changes(publisher, shelf, next_bundle):
    assert asked(shelf, Wish("1.1.0", 1)).target == ""
    publisher.publish(next_bundle)
    assert asked(shelf, Wish("1.1.0", 1)).target
    assert shelf.renew(MOMENT + timedelta(hours=20))
    assert shelf.live().timestamp.signed.version == 4


def test_a_repository_that_is_not_there_or_torn_is_no_reason_to_fail(shelf, tmp_path):
    shelf.repository.metadata.joinpath("timestamp.json").write_bytes(b"{")
    assert asked(shelf, Wish("1.0.0", 1)) == wire.ReleaseAnswer("1.0.0")
    empty = Shelf(type(shelf.repository)(tmp_path / "none"), shelf.keys)
    assert asked(empty, Wish("1.0.0", 1)).target == ""
    assert not empty.renew(MOMENT)


@pytest.mark.parametrize(
    "name",
    [
        "", "..", "root.json", "0.root.json", "1.root.json\0", "1.root.json/", "../lock",
        "..%2flock", "1.assignments.json", ".timestamp.json.part", "2.root.json",
        "timestamp.json\n",
    ],
)  # fmt: skip
def test_only_metadata_is_metadata(shelf, name):
    (shelf.repository.metadata / "1.assignments.json").write_text("{}")
    with pytest.raises(NotFound):
        shelf.metadata(name)


def test_files_are_served_by_their_names(publisher, shelf):
    assert not shelf.metadata("timestamp.json").is_final
    assert shelf.metadata("1.root.json").is_final
    file = publisher.repository.needed().releases.signed.targets[FIRST]
    name = f"{file.hashes['sha256']}.{FIRST.rpartition('/')[2]}"
    served = shelf.target("stable", name)
    assert (served.etag, served.path.stat().st_size) == (file.hashes["sha256"], file.length)
    for channel, other in (("pilot", name), ("..", name), ("stable", name[1:]), ("stable", "")):
        with pytest.raises(NotFound):
            shelf.target(channel, other)


def test_a_link_leads_nowhere(shelf, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("{}")
    (shelf.repository.metadata / "9.root.json").symlink_to(secret)
    with pytest.raises(NotFound):
        shelf.metadata("9.root.json")
    name = f"{'0' * 64}.kasoterminal-1.tar"
    (shelf.repository.targets / "kasoterminal" / "stable" / name).symlink_to(secret)
    with pytest.raises(NotFound):
        shelf.target("stable", name)
