"""Documents survive what their printer does not."""

from __future__ import annotations

import pytest

from hw_emulator.novitus.jobs import ENDED_MAX, Jobs, State


@pytest.fixture
def path(tmp_path):
    return tmp_path / "jobs.json"


def test_one_after_the_other(path):
    jobs = Jobs(path)
    first, second = (jobs.store("receipt", {"x": n}, 1) for n in (1, 2))
    assert (jobs.next_queued, jobs.is_working) == (None, False)
    jobs.change(second, state=State.QUEUED)
    jobs.change(first, state=State.QUEUED)
    assert jobs.next_queued.number == first.number
    assert jobs.count(State.QUEUED, State.STORED) == 2
    assert jobs.find(first.number, "receipt").document == {"x": 1}
    assert jobs.find(first.number, "status") is None
    assert jobs.find("?", "receipt") is None


def test_a_power_cut(path):
    jobs = Jobs(path)
    stored, fresh, begun, done = (jobs.store("receipt", {}, 1) for _ in range(4))
    jobs.change(fresh, state=State.PENDING, printouts=7)
    jobs.change(begun, state=State.PENDING, printouts=6)
    jobs.change(done, state=State.DONE, jpkid=6)
    again = Jobs(path)
    assert [job.number for job in again.wake(7)] == [begun.number]
    states = [again.find(job.number, "receipt").state for job in (stored, fresh, begun, done)]
    assert states == [State.STORED, State.QUEUED, State.UNKNOWN, State.DONE]
    assert Jobs(path).next_queued.number == fresh.number


def test_what_is_forgotten(path):
    jobs = Jobs(path)
    stored, old, new, waiting = (jobs.store("receipt", {}, no) for no in (1, 1, 2, 1))
    jobs.change(old, state=State.DONE)
    jobs.change(new, state=State.ERROR)
    jobs.change(waiting, state=State.QUEUED)
    jobs.drop_stored()
    assert jobs.find(stored.number, "receipt") is None
    jobs.drop_before(2)
    left = {job.number for job in (old, new, waiting) if jobs.find(job.number, "receipt")}
    assert left == {new.number, waiting.number}
    jobs.drop(new)
    assert Jobs(path).find(new.number, "receipt") is None


def test_only_so_many_that_ended_are_kept(path):
    jobs = Jobs(path)
    stored = jobs.store("receipt", {}, 1)
    for _ in range(ENDED_MAX + 5):
        jobs.change(jobs.store("status", {}, 1), state=State.DONE)
    last = jobs.store("status", {}, 1)
    assert jobs.count(State.DONE) == ENDED_MAX
    assert (jobs.all[0].number, jobs.all[-1].number) == (stored.number, last.number)


def test_a_file_that_is_no_queue(path):
    for text in ("", '{"a": 1}', "[{}]", '[{"state": "?"}]'):
        path.write_text(text)
        with pytest.raises(ValueError, match="holds no queue"):
            Jobs(path)


def test_a_daily_report_waits():
    jobs = Jobs()
    report = jobs.store("daily_report", {}, 1)
    assert jobs.waiting_report is None
    jobs.change(report, state=State.PENDING)
    assert jobs.waiting_report.number == report.number
