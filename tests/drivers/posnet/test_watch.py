from __future__ import annotations

from drivers.fiscal import Attention, Status
from drivers.posnet.frame import Frame
from drivers.posnet.watch import Timings, Verdict, Watch

TIMINGS = Timings(reply_s=10, report_s=30, first_poll_s=3, poll_s=1, blocked_max_s=100)


def answer(watch: Watch, pr: str = "0", ds: str = "0", qe: str = "T") -> None:
    watch.take(Frame("sprn", (("pr", pr),)))
    watch.take(Frame("sdev", (("ds", ds), ("qe", qe))))


def verdicts(watch: Watch, seconds: int, *, is_long: bool = False, **state: str) -> list[Verdict]:
    """Ask every second and answer with ``state``, or not at all without one."""
    found = []
    for _ in range(seconds):
        watch.pass_time(1)
        found.append(watch.verdict(is_long=is_long))
        watch.asked()
        if state:
            answer(watch, **state)
    return found


def test_when_to_ask():
    watch = Watch(TIMINGS, None)
    assert watch.pause_s == 3
    watch.pass_time(2)
    assert (watch.is_due, watch.pause_s) == (False, 1)
    watch.pass_time(1)
    assert watch.is_due
    watch.asked()
    assert (watch.is_due, watch.pause_s) == (False, 1)
    watch.forget()
    assert watch.pause_s == 3
    watch.pass_time(50)
    assert watch.pause_s > 0


def test_dead_after_patience_and_three_unheard_questions():
    assert verdicts(Watch(TIMINGS, None), 10)[-2:] == [Verdict.WAIT, Verdict.DEAD]
    short = Timings(reply_s=1, first_poll_s=1, poll_s=1)
    assert verdicts(Watch(short, None), 4) == [*[Verdict.WAIT] * 3, Verdict.DEAD]


def test_reports_take_longer():
    assert Verdict.DEAD not in verdicts(Watch(TIMINGS, None), 29, is_long=True)
    assert verdicts(Watch(TIMINGS, None), 30, is_long=True)[-1] is Verdict.DEAD


def test_a_ready_device_is_asked_again_once_a_patience():
    found = verdicts(Watch(TIMINGS, None), 30, pr="0")
    assert [at + 1 for at, verdict in enumerate(found) if verdict is Verdict.ASK_AGAIN] == [
        *(10, 20, 30)
    ]


def test_a_working_device_is_left_alone_without_a_word():
    heard: list[Status] = []
    watch = Watch(TIMINGS, heard.append)
    assert set(verdicts(watch, 90, qe="N")) == {Verdict.WAIT}
    assert heard == []


def test_a_device_that_works_for_ever_is_given_up():
    busy = Timings(reply_s=10, first_poll_s=3, poll_s=1, busy_max_s=20)
    found = verdicts(Watch(busy, None), 30, qe="N")
    assert found.index(Verdict.ABANDONED) == 21
    watch = Watch(busy, None)
    for _ in range(5):  # the limit is for one command
        assert Verdict.ABANDONED not in verdicts(watch, 19, qe="N")
        watch.forget()


def test_a_blocked_device_waits_until_nobody_came():
    heard: list[Status] = []
    watch = Watch(TIMINGS, heard.append)
    found = verdicts(watch, 110, ds="2")
    assert set(found[:100]) == {Verdict.WAIT}
    assert found[-1] is Verdict.ABANDONED
    assert {status.attention for status in heard} == {Attention.WAITING_KEY}


def test_half_an_answer_is_none():
    watch = Watch(TIMINGS, None)
    for _ in range(12):
        watch.pass_time(1)
        found = watch.verdict(is_long=False)
        watch.asked()
        watch.take(Frame("sprn", (("pr", "0"),)))
    assert found is Verdict.DEAD


def test_an_answer_nobody_asked_for_says_nothing():
    heard: list[Status] = []
    watch = Watch(TIMINGS, heard.append)
    answer(watch, pr="5")
    assert heard == []
