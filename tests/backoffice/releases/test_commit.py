from __future__ import annotations

import itertools
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tuf.api.exceptions import ExpiredMetadataError

from backoffice.releases import files
from backoffice.releases.ceremony import rotate
from backoffice.releases.commit import commit, renew
from backoffice.releases.faults import ReleaseFault, Unfinished
from backoffice.releases.keys import make_key, online_signers, public_key
from backoffice.releases.publishing import publish
from backoffice.releases.roles import SNAPSHOT, TIMESTAMP
from terminal.sync import wire
from tests.backoffice.releases.hand_made import MOMENT, Publisher, Till

FIRST = wire.target_of("stable", "1.0.0", wire.platform_here())
SECOND = wire.target_of("stable", "1.1.0", wire.platform_here())


class PowerCut(Exception):
    """The machine is off."""


@pytest.fixture
def cut_at(monkeypatch):
    """Lets that many changes of the disk happen; the next one is the end."""
    replace, unlink = Path.replace, Path.unlink

    def cut(number):
        left = itertools.count(number, -1)

        def held(real):
            def change(*args, **more):
                if next(left) <= 0:
                    raise PowerCut
                return real(*args, **more)

            return change

        monkeypatch.setattr(files.os, "fsync", held(lambda _number: None))
        monkeypatch.setattr(Path, "replace", held(replace))
        monkeypatch.setattr(Path, "unlink", held(unlink))

    yield cut
    monkeypatch.undo()


def online(publisher):
    return online_signers(publisher.keys, (SNAPSHOT, TIMESTAMP))


def stage_rotation(publisher):
    """Everything at once: another key of root, of the timestamp and of the releases."""
    for name in ("root-new", "timestamp-new", "releases-new"):
        role = name.partition("-")[0]
        make_key(publisher.keys, name)
        half = public_key(publisher.keys / f"{name}.pub.json")
        rotate(publisher.repository, role, MOMENT, [half], [f"{role}-1"])
    publisher.sign("root-2", "root-3", "root-new", "targets-2", "releases-new", "releases-2")


def test_a_till_finds_what_was_published(publisher, till, next_bundle):
    assert till.fetch(FIRST)[1].custom["counter"] == 1
    assert till.fetch(SECOND) is None
    publisher.publish(next_bundle)
    path, _ = till.fetch(SECOND)
    assert Path(path).read_bytes() == next_bundle.read_bytes()


@pytest.mark.parametrize("change", ["publish", "rotate"])
def test_a_power_cut_at_any_step_leaves_a_whole_repository(
    made, tmp_path, next_bundle, cut_at, change
):
    staged = Publisher(shutil.copytree(made, tmp_path / "staged"))
    if change == "publish":
        publish(staged.repository, next_bundle, "stable", MOMENT)
        staged.sign("releases-1", "releases-2")
    else:
        stage_rotation(staged)
    signers = online(staged)
    finished = 0
    for number in itertools.count():
        folder = tmp_path / str(number)
        publisher = Publisher(shutil.copytree(tmp_path / "staged", folder))
        cut_at(number)
        try:
            commit(publisher.repository, signers, MOMENT)
            finished = number
        except PowerCut:
            pass
        cut_at(10**6)
        assert Till(folder / "till", publisher.repository).fetch(FIRST)
        if publisher.repository.waiting():
            publisher.commit()
        late = Till(folder / "late", publisher.repository)
        assert late.fetch(FIRST)
        assert bool(late.fetch(SECOND)) == (change == "publish")
        assert not publisher.repository.waiting()
        if finished:
            break
    assert finished > 10


@pytest.mark.parametrize("request_no", range(7))
def test_a_till_in_the_middle_of_its_questions_sees_old_or_new(publisher, till, request_no):
    """Also when the keys of everything change between two of them."""
    stage_rotation(publisher)
    asked = itertools.count()

    def before(_path):
        if next(asked) == request_no:
            publisher.commit()

    assert till.updater(before=before).get_targetinfo(FIRST)
    assert till.fetch(FIRST)


def test_below_the_threshold_nothing_changes(publisher, till, next_bundle):
    publish(publisher.repository, next_bundle, "stable", MOMENT)
    publisher.sign("releases-2")
    with pytest.raises(Unfinished, match=r"releases\.json: 1 more of releases-1, releases-3"):
        publisher.commit()
    assert till.fetch(SECOND) is None
    # The same person twice is one person.
    publisher.sign("releases-2")
    with pytest.raises(Unfinished):
        publisher.commit()
    publisher.sign("releases-3")
    publisher.commit()
    assert till.fetch(SECOND)


def test_a_signature_of_a_stranger_is_not_counted_and_not_published(publisher, next_bundle):
    publish(publisher.repository, next_bundle, "stable", MOMENT)
    path = publisher.repository.staged / "releases.json"
    staged = publisher.repository.waiting()["releases"]
    for name in ("root-1", "root-2", "releases-1"):
        staged.sign(publisher.key(name), append=True)
    path.write_bytes(staged.to_bytes())
    with pytest.raises(Unfinished, match="1 more"):
        publisher.commit()
    publisher.sign("releases-2")
    publisher.commit()
    assert len(publisher.repository.needed().releases.signatures) == 2


def test_without_the_online_keys_nothing_comes_into_force(publisher, till, next_bundle, tmp_path):
    publish(publisher.repository, next_bundle, "stable", MOMENT)
    publisher.sign("releases-1", "releases-2")
    with pytest.raises(ReleaseFault, match="online key of snapshot is missing"):
        commit(publisher.repository, [], MOMENT)
    with pytest.raises(ReleaseFault, match="online key of timestamp is missing"):
        commit(publisher.repository, online_signers(publisher.keys, (SNAPSHOT,)), MOMENT)
    assert till.fetch(SECOND) is None


def test_what_waited_too_long_is_staged_again(publisher, next_bundle):
    publish(publisher.repository, next_bundle, "stable", MOMENT)
    publisher.sign("releases-1", "releases-2")
    with pytest.raises(ReleaseFault, match="expired while it waited"):
        publisher.commit(MOMENT + timedelta(days=91))


def test_two_changes_that_were_prepared_apart_do_not_overwrite_each_other(
    publisher, next_bundle, tmp_path
):
    publish(publisher.repository, next_bundle, "stable", MOMENT)
    publisher.sign("releases-1", "releases-2")
    shutil.copytree(publisher.repository.staged, tmp_path / "carried")
    publisher.repository.clear_staged()
    rotate(publisher.repository, "releases", MOMENT)
    publisher.sign("releases-1", "releases-2")
    publisher.commit()
    shutil.copytree(tmp_path / "carried", publisher.repository.staged, dirs_exist_ok=True)
    with pytest.raises(ReleaseFault, match="another change came first"):
        publisher.commit()


def test_nothing_waits(publisher):
    with pytest.raises(ReleaseFault, match="nothing waits"):
        publisher.commit()


def test_the_office_renews_at_half_time_what_it_signs_alone(publisher, till):
    repository, signers = publisher.repository, online(publisher)
    assert not renew(repository, signers, MOMENT + timedelta(hours=11))
    assert renew(repository, signers, MOMENT + timedelta(hours=13))
    assert repository.needed().timestamp.signed.version == 3
    assert till.updater(MOMENT + timedelta(hours=36)).get_targetinfo(FIRST)
    with pytest.raises(ExpiredMetadataError):
        till.updater(MOMENT + timedelta(hours=38)).get_targetinfo(FIRST)
    later = MOMENT + timedelta(days=4)
    assert renew(repository, signers, later)
    assert repository.needed().snapshot.signed.version == 3
    assert till.updater(later + timedelta(hours=23)).get_targetinfo(FIRST)
