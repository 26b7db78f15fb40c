"""A whole till, and an office that makes, signs and assigns releases; everything on a real line."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from backoffice import rollouts, update_states
from backoffice.rollouts import Rollout
from backoffice.running import Releases, start_office
from backoffice.store.engine import reading, writing
from terminal import config, events
from terminal.errors import Code, SyncError
from tests.backoffice.releases.hand_made import Publisher, make_bundle
from tests.shop import WAIT_S, Counter, wait_until

# Long enough to come in many pieces.
FILLER = b"#" * 3_000_000


class Shop(Counter):
    """A counter whose office has releases."""

    def __init__(self, folder):
        self.publisher = Publisher(folder).begin(datetime.now(UTC))
        self.published = 0
        super().__init__(folder)

    def start_office(self):
        releases = Releases(self.publisher.repository.folder, self.publisher.keys)
        url = f"sqlite:///{self.folder / 'office.db'}"
        self.office = start_office(url, port=self.office_port, releases=releases)
        self.office_port = int(self.office.url.rpartition(":")[2])
        return self.office

    @property
    def config(self):
        root = self.publisher.repository.metadata / "1.root.json"
        return msgspec.structs.replace(super().config, update=config.Update(str(root)))

    def release(self):
        """Publish the next version and roll it out; gives it and its bundle."""
        self.published += 1
        version = f"1.{self.published}.0"
        bundle = make_bundle(self.folder / version, version, self.published, filler=FILLER)
        self.publisher.publish(bundle, moment=datetime.now(UTC))
        self.roll_out(version)
        return version, bundle.read_bytes()

    def roll_out(self, version, **more):
        with writing(self.office.office.engine) as database:
            rollouts.begin(database, Rollout("", version, **more), datetime.now(UTC))

    def stop_roll_out(self):
        with writing(self.office.office.engine) as database:
            rollouts.stop(database, "", datetime.now(UTC))

    def told(self):
        """What the office knows of this till's updates."""
        self.till.push().result(WAIT_S)
        with reading(self.office.office.engine) as database:
            return update_states.states(database, "T1").get("T1")

    @property
    def finder(self):
        return self.till.finder


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    shop = Shop(tmp_path_factory.mktemp("shop"))
    shop.start_till()
    yield shop
    shop.stop()


def test_a_release_comes_from_its_makers_to_the_till(one):
    version, bundle = one.release()
    found = one.finder.look().result(WAIT_S)
    assert (found.version, found.size, found.received) == (version, len(bundle), 0)
    since = one.heard.mark()
    kept = one.finder.fetch().result(WAIT_S)
    assert kept.bundle.read_bytes() == bundle
    assert (kept.version, kept.counter) == (version, one.published)
    assert one.finder.verify_prepared().result(WAIT_S) == kept
    assert one.heard.wait(events.ReleasePrepared, since).version == version
    assert one.heard.wait(events.ReleaseComes, since).size == len(bundle)
    assert one.told().prepared == version


def test_a_till_finds_it_by_itself(one):
    assert one.finder.is_on
    version, bundle = one.release()
    one.finder._due._at = 0.0
    wait_until(lambda: one.finder.prepared and one.finder.prepared.version == version, "prepared")
    assert one.finder.prepared.bundle.read_bytes() == bundle
    wait_until(lambda: one.told().prepared == version, "told")


def test_it_goes_on_after_it_was_broken_off_and_the_office_was_away(one):
    _, bundle = one.release()
    finder = one.finder

    def cancel(event):
        if isinstance(event, events.ReleaseComes) and event.received < event.size:
            finder.cancel()

    one.running.context.engine.listen(cancel)
    assert finder.fetch().result(WAIT_S) is None
    one.running.context.engine._listeners.remove(cancel)
    held = finder.look().result(WAIT_S).received
    assert 0 < held < len(bundle)
    one.stop_office()
    with pytest.raises(SyncError) as caught:
        finder.fetch().result(WAIT_S)
    assert caught.value.code is Code.NO_NETWORK
    one.start_office()
    since = one.heard.mark()
    assert finder.fetch().result(WAIT_S).bundle.read_bytes() == bundle
    assert one.heard.wait(events.ReleaseComes, since).received > held


def test_the_office_pauses_it(one):
    version, _ = one.release()
    kept = one.finder.fetch().result(WAIT_S)
    one.roll_out(version, is_paused=True)
    assert one.finder.look().result(WAIT_S).is_paused
    with pytest.raises(SyncError) as caught:
        one.finder.verify_prepared().result(WAIT_S)
    assert caught.value.code is Code.RELEASE_UNFIT
    one.roll_out(version)
    assert one.finder.look().result(WAIT_S).is_prepared
    assert one.finder.verify_prepared().result(WAIT_S) == kept


def test_what_is_prepared_is_proven_without_the_office(one):
    one.release()
    kept = one.finder.fetch().result(WAIT_S)
    one.stop_office()
    assert one.finder.verify_prepared().result(WAIT_S) == kept
    one.start_office()


def test_a_roll_out_that_is_stopped_or_was_never_published_drops_what_was_prepared(one):
    one.release()
    kept = one.finder.fetch().result(WAIT_S)
    one.roll_out("7.0.0")
    with pytest.raises(SyncError) as caught:
        one.finder.look().result(WAIT_S)
    assert caught.value.code is Code.RELEASE_UNFIT
    assert one.finder.trouble == caught.value
    assert one.finder.prepared is None
    assert not kept.bundle.exists()
    one.stop_roll_out()
    one.finder.look().result(WAIT_S)
    assert one.finder.trouble is None
