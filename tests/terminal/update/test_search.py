from __future__ import annotations

import hashlib
import shutil
from datetime import timedelta
from threading import Event

import httpx2
import pytest

from terminal import events
from terminal.errors import Code, SyncError
from terminal.sync.wire import ReleaseAnswer, platform_here
from terminal.update import prepared
from terminal.update.search import Found
from tests.terminal.update.conftest import FLOOR, OWN
from tests.terminal.update.repository import CHANNEL, RELEASES, within


def refused(do, *args):
    with pytest.raises(SyncError) as caught:
        do(*args)
    return caught.value.code


# --- what is right -----------------------------------------------------------------------------


def test_nothing_is_offered(bench):
    assert bench.search.look() == Found()
    assert bench.fetch() is None
    assert bench.office.asked == [(platform_here(), CHANNEL)] * 2
    assert bench.repository.asked == []


def test_what_runs_already_is_nothing(bench):
    bench.office.answer = ReleaseAnswer(OWN, "whatever")
    assert bench.search.look() == Found()


def test_an_offer_is_found_and_nothing_of_it_is_fetched(bench):
    name = bench.publish("1.2.0", 7)
    size = len(bench.repository.files[bench.repository.path_of(name)])
    assert bench.search.look() == Found("1.2.0", size)
    assert not bench.folder.exists()


def test_an_offer_is_fetched_proven_and_kept(bench):
    name = bench.publish("1.2.0", 7, min_from="1.0")
    kept = bench.fetch()
    assert (kept.version, kept.counter, kept.min_from, kept.target) == ("1.2.0", 7, "1.0", name)
    assert kept.bundle.read_bytes() == bench.repository.files[bench.repository.path_of(name)]
    assert prepared.load(bench.folder) == kept == bench.search.prepared
    assert ("update_prepared", {"version": "1.2.0", "counter": 7}) in bench.documents()
    assert bench.told[-1] == events.ReleasePrepared("1.2.0")
    assert bench.woken
    assert bench.search.look().is_prepared


def test_what_is_prepared_is_not_fetched_again_also_after_a_restart(bench):
    name = bench.publish("1.2.0", 7)
    bench.fetch()
    bench.search = bench.make()
    bench.repository.asked.clear()
    assert bench.fetch().version == "1.2.0"
    path = bench.repository.path_of(name)
    assert path not in [asked for asked, _ in bench.repository.asked]


def test_a_newer_one_takes_the_place_of_what_was_prepared(bench):
    bench.publish("1.2.0", 7)
    first = bench.fetch()
    bench.publish("1.3.0", 8, number=2)
    second = bench.fetch()
    assert second.version == "1.3.0"
    assert not first.bundle.exists()
    assert sorted(path.name for path in bench.folder.iterdir()) == [
        "assignment.json",
        second.bundle.name,
        "prepared.json",
    ]


@pytest.mark.parametrize("version", ["", OWN, "1.0.0"])
def test_what_the_office_does_not_want_any_more_is_dropped(bench, version):
    bench.publish("1.2.0", 7)
    kept = bench.fetch()
    bench.office.answer = ReleaseAnswer(version)
    if version in {"", OWN}:
        assert bench.search.look() == Found()
    else:
        assert refused(bench.search.look) is Code.RELEASE_UNFIT
    assert bench.search.prepared is None
    assert not kept.bundle.exists()


# --- the office stops it -----------------------------------------------------------------------


def test_while_it_is_paused_nothing_is_fetched_and_nothing_installed(bench):
    bench.publish("1.2.0", 7)
    bench.office.pause()
    assert bench.search.look() == Found("1.2.0", is_paused=True)
    assert bench.fetch() is None
    bench.office.pause(is_paused=False)
    kept = bench.fetch()
    bench.office.pause()
    bench.search.look()
    bench.search = bench.make()
    assert refused(bench.search.verify) is Code.RELEASE_UNFIT
    assert bench.search.prepared == kept
    bench.office.pause(is_paused=False)
    bench.search.look()
    assert bench.search.verify() == kept


# --- what is refused ---------------------------------------------------------------------------


def test_without_keys_nobody_is_asked(bench):
    bench.without_root()
    assert refused(bench.search.look) is Code.UPDATES_OFF
    assert bench.office.asked == []


def test_the_office_does_not_answer(bench):
    bench.office.refusal = SyncError(Code.NO_NETWORK, detail="away")
    assert refused(bench.fetch) is Code.NO_NETWORK
    assert bench.search.trouble.code is Code.NO_NETWORK
    assert bench.documents() == []
    bench.office.refusal = None
    bench.search.look()
    assert bench.search.trouble is None


def test_a_release_below_the_floor_is_refused_and_told_once(bench):
    bench.setting(FLOOR, "7")
    bench.publish("1.2.0", 7)
    for _ in range(3):
        assert refused(bench.fetch) is Code.ROLLED_BACK
    ((name, detail),) = bench.documents()
    assert (name, detail["code"]) == ("update_refused", "E-163")


def test_the_pointers_floor_counts_when_the_journal_was_lost(bench):
    bench.installed = (9, frozenset())
    bench.publish("1.2.0", 9)
    assert refused(bench.fetch) is Code.ROLLED_BACK


@pytest.mark.parametrize("loses", ["the cache", "nothing"])
def test_an_old_repository_that_is_still_fresh_does_not_lead_back(bench, loses):
    """Without the cache TUF takes it for the newest; the floor does not."""
    bench.publish("1.0.0", 5)
    old = dict(bench.repository.files), bench.office.answer
    bench.publish("1.2.0", 7, number=2)
    assert bench.fetch().counter == 7
    bench.setting(FLOOR, "7")
    if loses == "the cache":
        shutil.rmtree(bench.source.cache)
    bench.repository.files, bench.office.answer = old
    assert refused(bench.fetch) is Code.ROLLED_BACK


def test_the_office_may_sign_that_a_till_goes_back(bench):
    bench.setting(FLOOR, "7")
    bench.publish("1.0.0", 5, may_go_back=True)
    kept = bench.fetch()
    assert kept.version == "1.0.0"
    assert bench.search.verify() == kept


def test_an_older_assignment_is_refused(bench):
    bench.publish("1.3.0", 8, number=1)
    older = bench.office.answer
    bench.publish("1.2.0", 7, number=2)
    bench.search.look()
    bench.office.answer = older
    assert refused(bench.search.look) is Code.ROLLED_BACK


def test_an_office_that_signs_nothing_leads_forward_and_one_that_has_signed_goes_on_signing(bench):
    name = bench.publish("1.2.0", 7)
    unsigned = ReleaseAnswer("1.2.0", name)
    signed, bench.office.answer = bench.office.answer, unsigned
    kept = bench.fetch()
    assert bench.search.verify() == kept
    bench.office.answer = signed
    assert bench.search.look().is_prepared
    bench.office.answer = unsigned
    assert refused(bench.search.look) is Code.NOT_GENUINE
    assert bench.search.verify() == kept


def test_the_office_may_ask_for_an_early_day_close(bench):
    bench.publish("1.2.0", 7)
    assert not bench.search.look().is_urgent
    bench.office.assign("1.2.0", number=2, is_forced=True)
    assert bench.search.look().is_urgent
    bench.fetch()
    assert bench.told[-1] == events.ReleasePrepared("1.2.0", is_urgent=True)


def test_a_version_that_failed_here_is_refused(bench):
    bench.installed = (0, frozenset({"1.2.0"}))
    bench.publish("1.2.0", 7)
    assert refused(bench.fetch) is Code.RELEASE_BARRED


@pytest.mark.parametrize("ahead_days", [3650, 30])
def test_a_clock_that_is_ahead_stops_updates_and_nothing_else(bench, ahead_days):
    bench.publish("1.2.0", 7)
    bench.context.now.ahead = timedelta(days=ahead_days)
    assert refused(bench.fetch) is Code.RELEASES_EXPIRED
    bench.context.now.ahead = timedelta()
    assert bench.fetch().version == "1.2.0"


def test_a_clock_that_is_behind_does_not_make_an_old_list_fresh(bench):
    """The office's clock is believed where it is later; it is remembered after a restart."""
    bench.publish("1.2.0", 7)
    bench.context.now.ahead = timedelta(days=-3650)
    assert bench.search.look().version == "1.2.0"
    bench.search.office_at = within(2)
    assert refused(bench.search.look) is Code.RELEASES_EXPIRED
    bench.search = bench.make()
    assert refused(bench.search.look) is Code.RELEASES_EXPIRED


def test_a_daily_report_tells_the_time_too(bench):
    bench.publish("1.2.0", 7)
    bench.context.journal.execute(
        "INSERT INTO closing (rid, step, started_at, ended_at, operator, base, local_gr, token,"
        " route) VALUES ('r', 'DONE', '', ?, '', '', '', 1, 'terminal')",
        (within(3).isoformat(),),
    )
    bench.context.now.ahead = timedelta(days=-3650)
    assert refused(bench.search.look) is Code.RELEASES_EXPIRED


def test_the_till_stops_while_the_line_is_busy(bench):
    bench.publish("1.2.0", 7)
    over = Event()
    bench.context.net.call(over.wait)
    bench.context.stopping.set()
    assert refused(bench.fetch) is Code.NO_NETWORK
    over.set()


# --- at the day close --------------------------------------------------------------------------


def test_nothing_is_prepared(bench):
    assert bench.search.verify() is None


def test_what_is_prepared_is_proven_without_a_network_and_long_after(bench):
    bench.publish("1.2.0", 7)
    kept = bench.fetch()
    bench.repository.files.clear()
    bench.repository.faults[""] = lambda _: httpx2.Response(500)
    bench.context.now.ahead = timedelta(days=3650)
    bench.search = bench.make()
    assert bench.search.verify() == kept


def test_a_bundle_that_changed_on_the_disk_is_thrown_away_and_fetched_again(bench):
    bench.publish("1.2.0", 7)
    kept = bench.fetch()
    whole = kept.bundle.read_bytes()
    kept.bundle.write_bytes(whole[:-1] + b"x")
    assert refused(bench.search.verify) is Code.BAD_BUNDLE
    assert not kept.bundle.exists()
    assert bench.search.verify() is None
    assert bench.fetch() == kept
    assert kept.bundle.read_bytes() == whole


def test_a_note_that_somebody_changed_proves_nothing(bench):
    """The hash in the note is not what is believed."""
    bench.publish("1.2.0", 7)
    kept = bench.fetch()
    other = b"somebody's program"
    kept.bundle.write_bytes(other)
    note = bench.folder / "prepared.json"
    digest = hashlib.sha256(other).hexdigest()
    note.write_text(note.read_text().replace(kept.sha256, digest))
    assert refused(bench.search.verify) is Code.BAD_BUNDLE


def test_a_release_that_was_taken_back_is_not_installed(bench):
    name = bench.publish("1.2.0", 7)
    bench.fetch()
    del bench.repository.releases.targets[name]
    bench.repository.renew(RELEASES)
    assert refused(bench.search.look) is Code.RELEASE_UNFIT
    assert refused(bench.search.verify) is Code.RELEASE_UNFIT


def test_what_was_confirmed_meanwhile_forbids_what_is_older(bench):
    bench.publish("1.2.0", 7)
    bench.fetch()
    bench.setting(FLOOR, "8")
    assert refused(bench.search.verify) is Code.ROLLED_BACK


def test_the_cache_is_gone(bench):
    bench.publish("1.2.0", 7)
    kept = bench.fetch()
    shutil.rmtree(bench.source.cache)
    assert refused(bench.search.verify) is Code.NOT_GENUINE
    assert kept.bundle.exists()


def test_a_newer_assignment_of_the_same_version_goes_with_it(bench):
    bench.publish("1.2.0", 7)
    kept = bench.fetch()
    bench.office.assign("1.2.0", number=2)
    assert bench.search.look().is_prepared
    assert bench.search.verify() == kept


def test_a_full_disk_says_so(bench, monkeypatch):
    bench.publish("1.2.0", 7)
    monkeypatch.setattr("terminal.update.download._RESERVE_BYTES", 1 << 60)
    assert refused(bench.fetch) is Code.NO_ROOM
