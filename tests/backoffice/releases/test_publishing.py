from __future__ import annotations

import json
from pathlib import Path

import pytest

from backoffice.releases.faults import ReleaseFault
from backoffice.releases.publishing import publish, sbom_target, withdraw
from tests.backoffice.releases.hand_made import MOMENT, make_bundle
from tests.backoffice.releases.test_commit import FIRST, SECOND


def staged(publisher, bundle, channel="stable"):
    return publish(publisher.repository, bundle, channel, MOMENT)


def test_the_list_of_parts_lies_beside_the_bundle(publisher, till):
    path, _ = till.fetch(sbom_target(FIRST))
    assert json.loads(Path(path).read_bytes())["specVersion"] == "1.6"


def test_the_target_tells_what_a_till_must_know_before_it_fetches(publisher, till):
    _, found = till.fetch(FIRST)
    assert found.custom == {
        "version": "1.0.0", "counter": 1, "min_from": "0.0", "python": found.custom["python"],
        "platform": found.custom["platform"], "size_unpacked": found.custom["size_unpacked"],
    }  # fmt: skip
    assert found.custom["size_unpacked"] > 0


def test_a_version_is_published_once(publisher, next_bundle, tmp_path):
    same = make_bundle(tmp_path / "same", "1.0.0", 9, filler=b"# other\n")
    with pytest.raises(ReleaseFault, match="published already: a version is never replaced"):
        staged(publisher, same)
    staged(publisher, next_bundle)
    with pytest.raises(ReleaseFault, match="published already"):
        staged(publisher, next_bundle)


@pytest.mark.parametrize(("version", "counter"), [("1.2.0", 1), ("0.9.0", 5), ("1.0", 5)])
def test_what_is_not_newer_by_version_and_counter_is_refused(publisher, tmp_path, version, counter):
    bundle = make_bundle(tmp_path / "odd", version, counter)
    with pytest.raises(ReleaseFault, match=rf"version {version} with counter {counter} is not"):
        staged(publisher, bundle)
    assert not publisher.repository.waiting()


def test_each_channel_counts_for_itself(publisher, till, tmp_path):
    target = publisher.publish(make_bundle(tmp_path / "early", "0.9.0", 1), "pilot")
    assert target.startswith("kasoterminal/pilot/")
    assert till.fetch(target)


@pytest.mark.parametrize("channel", ["", "../x", "a/b", "Stable", "stable\n"])
def test_a_channel_is_a_plain_name(publisher, next_bundle, channel):
    with pytest.raises(ReleaseFault, match="no name of a channel"):
        staged(publisher, next_bundle, channel)


def test_two_bundles_are_one_ceremony(publisher, till, next_bundle, tmp_path):
    staged(publisher, next_bundle)
    third = staged(publisher, make_bundle(tmp_path / "third", "1.2.0", 3))
    publisher.sign("releases-2", "releases-3")
    publisher.commit()
    assert till.fetch(SECOND)
    assert till.fetch(third)


def test_what_is_staged_after_a_signature_must_be_signed_again(publisher, next_bundle, tmp_path):
    staged(publisher, next_bundle)
    publisher.sign("releases-2", "releases-3")
    staged(publisher, make_bundle(tmp_path / "third", "1.2.0", 3))
    assert not publisher.repository.waiting()["releases"].signatures


def test_a_release_can_be_taken_away(publisher, till):
    withdraw(publisher.repository, FIRST, MOMENT)
    publisher.sign("releases-1", "releases-2")
    publisher.commit()
    assert till.fetch(FIRST) is None
    assert till.fetch(sbom_target(FIRST)) is None
    with pytest.raises(ReleaseFault, match="is not published; targets: none"):
        withdraw(publisher.repository, FIRST, MOMENT)
    assert not publisher.repository.waiting()
