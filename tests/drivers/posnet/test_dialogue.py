from __future__ import annotations

from datetime import date

import pytest

from drivers.errors import InDoubt, Refused, Why
from drivers.fiscal import Holder, Mechanism
from drivers.posnet.commands import call
from drivers.posnet.dialogue import Exchange
from drivers.posnet.frame import Frame, Malformed, Scanner
from drivers.posnet.steps import Heard, Send, Wait
from drivers.posnet.watch import Timings

SILENCE = None
TIMINGS = Timings(reply_s=15, first_poll_s=3, poll_s=1)
LINE = call("trline", na="Mleko", vt=0, pr=100)


class Play:
    """Drives a dialogue by hand: what it sent, and what it is told."""

    def __init__(self, dialogue) -> None:
        self.dialogue = dialogue
        self.result = None
        self.is_over = False
        self.sent: list[str] = []
        self.wait_s = 0.0
        self._go(lambda: next(dialogue))

    def _go(self, step) -> None:
        try:
            while isinstance(what := step(), Send):
                (frame,) = Scanner().feed(what.data)
                mark = "!" if frame.immediate else ""
                self.sent.append(f"{mark}{frame.mnemonic}@{frame.token or ''}")
                step = lambda: self.dialogue.send(Heard())  # noqa: E731
        except StopIteration as end:
            self.result, self.is_over = end.value, True
        else:
            assert isinstance(what, Wait)
            assert what.seconds > 0
            self.wait_s = what.seconds

    def hear(self, *frames: Frame | Malformed) -> list[str]:
        """Tell of frames that came at once; give what was sent since the last call."""
        for frame in frames:
            self._go(lambda told=frame: self.dialogue.send(Heard(told, 0.001)))
        return self.news()

    def silence(self, seconds: float) -> list[str]:
        """Let at least ``seconds`` pass."""
        while seconds > 0:
            seconds -= self.wait_s
            self._go(lambda waited_s=self.wait_s: self.dialogue.send(Heard(SILENCE, waited_s)))
        return self.news()

    def news(self) -> list[str]:
        news, self.sent = self.sent, []
        return news


def play(*calls, first: int = 1, window: int = 4, **options) -> Play:
    numbered = [(each, first + index) for index, each in enumerate(calls)]
    options = {"timings": TIMINGS} | options
    return Play(Exchange(numbered, options.pop("timings"), window=window, **options).run())


def ok(number: int, name: str = "trline", *fields: tuple[str, str]) -> Frame:
    return Frame(name, fields, f"{number:04d}")


def err(code: int, number: int | None = None, *fields: tuple[str, str]) -> Frame:
    return Frame("ERR", fields, None if number is None else f"{number:04d}", code)


def ready() -> tuple[Frame, Frame]:
    return Frame("sprn", (("pr", "0"),)), Frame("sdev", (("ds", "0"), ("qe", "T")))


def no_paper() -> tuple[Frame, Frame]:
    return Frame("sprn", (("pr", "5"),)), Frame("sdev", (("ds", "0"),))


def test_ask_and_answer():
    talk = play(call("sid"), first=7)
    assert talk.news() == ["sid@0007"]
    answer = ok(7, "sid", ("nm", "X"))
    assert talk.hear(answer) == []
    assert talk.result == (answer,)


def test_nothing_to_ask():
    assert play().result == ()


def test_window():
    talk = play(*[LINE] * 6)
    assert talk.news() == [f"trline@000{number}" for number in (1, 2, 3, 4)]
    assert talk.hear(ok(1)) == ["trline@0005"]
    assert talk.hear(ok(2), ok(3)) == ["trline@0006"]
    talk.hear(ok(4), ok(5), ok(6))
    assert [frame.token for frame in talk.result] == [f"000{number}" for number in range(1, 7)]


def test_window_of_one():
    talk = play(LINE, LINE, window=1)
    assert talk.news() == ["trline@0001"]
    assert talk.hear(ok(1)) == ["trline@0002"]


def test_token_of_fewer_digits_is_the_same_token():
    talk = play(LINE)
    talk.hear(Frame("trline", token="1"))
    assert talk.is_over


def test_refusal_is_told_at_once():
    talk = play(LINE, LINE)
    with pytest.raises(Refused) as caught:
        talk.hear(Frame("trline", token="0001", error=2106))
    assert (caught.value.code, caught.value.command) == (2106, "trline")


def test_late_answers_of_older_tokens_are_skipped():
    talk = play(LINE, first=50)
    talk.hear(ok(49), Frame("trend", token="0012", error=2005), err(13, 49), err(5, 49))
    assert not talk.is_over
    assert talk.news() == []
    talk.hear(ok(50))
    assert talk.is_over


def test_an_answer_to_another_command_with_our_token_is_doubt():
    talk = play(LINE)
    with pytest.raises(InDoubt, match="trend"):
        talk.hear(ok(1, "trend"))


def test_a_spoilt_answer_is_asked_for_again():
    talk = play(LINE)
    talk.news()
    assert talk.hear(Malformed(5)) == ["rpt@0001"]
    talk.hear(ok(1))
    assert talk.is_over


def test_an_answer_without_token_is_not_believed():
    talk = play(LINE)
    talk.news()
    assert talk.hear(Frame("trline")) == ["rpt@0001"]


def test_spoilt_answers_are_not_asked_for_for_ever():
    talk = play(LINE)
    talk.news()
    assert talk.hear(*[Malformed(5)] * 4) == ["rpt@0001"] * 4
    with pytest.raises(InDoubt, match="no answer"):
        talk.hear(Malformed(5))


def test_a_missing_answer_before_one_that_came():
    talk = play(LINE, LINE, LINE)
    talk.news()
    assert talk.hear(ok(2)) == ["rpt@0001"]
    assert talk.hear(ok(3)) == []
    talk.hear(ok(1))
    assert [frame.token for frame in talk.result] == ["0001", "0002", "0003"]


def test_nothing_new_goes_out_while_one_is_doubtful():
    talk = play(*[LINE] * 6)
    talk.news()
    assert talk.hear(ok(2)) == ["rpt@0001"]
    assert talk.hear(ok(3), ok(4)) == []
    assert talk.hear(ok(1)) == ["trline@0005", "trline@0006"]


@pytest.mark.parametrize("code", [5, 6, 11, 14, 15])
@pytest.mark.parametrize("token", [None, 1])
def test_a_frame_error_leads_to_one_more_copy(code, token):
    talk = play(call("cash", kw=1, wp=True))
    talk.news()
    assert talk.hear(err(code, token)) == ["rpt@0001"]
    assert talk.hear(err(13, 1, ("cm", "rpt"))) == ["cash@0001"]
    assert talk.hear(err(code, token)) == ["rpt@0001"]
    with pytest.raises(Refused) as caught:
        talk.hear(err(13, 1, ("cm", "rpt")))
    assert caught.value.code == code


def test_a_frame_error_of_some_noise_while_ours_was_done():
    talk = play(LINE)
    talk.news()
    assert talk.hear(err(15)) == ["rpt@0001"]
    talk.hear(ok(1))
    assert talk.is_over


def test_the_misprinted_form_of_a_frame_error_is_understood():
    talk = play(LINE)
    talk.news()
    assert talk.hear(Frame("ERR", (("er", "5"),))) == ["rpt@0001"]
    assert talk.hear(Frame("ERR", (("er", "13"),), "0001")) == ["trline@0001"]


@pytest.mark.parametrize("code", [1, 2, 3, 10])
def test_a_frame_error_of_our_own_making_is_a_refusal(code):
    talk = play(LINE)
    with pytest.raises(Refused) as caught:
        talk.hear(err(code, 1, ("cm", "trline")))
    assert caught.value.code == code
    talk = play(LINE)
    talk.hear(err(code, None, ("cm", "trline")))
    with pytest.raises(Refused):
        talk.hear(err(13, 1))


def test_a_missing_token_nobody_asked_for_proves_nothing():
    talk = play(LINE)
    talk.news()
    assert talk.hear(err(13, 1), err(13)) == []
    assert talk.hear(Malformed(5)) == ["rpt@0001"]  # and not another copy


def test_a_device_without_memory_for_answers_leaves_doubt():
    talk = play(LINE)
    talk.hear(Malformed(5))
    with pytest.raises(InDoubt, match="repeat"):
        talk.hear(err(1, 1, ("cm", "rpt")))


def test_silence_then_ready_then_the_stored_answer():
    talk = play(LINE)
    talk.news()
    assert talk.silence(2.9) == ["!sprn@", "!sdev@"]  # three seconds have passed
    for _ in range(12):
        assert talk.hear(*ready()) == []
        sent = talk.silence(0.9)
    assert sent == ["!sprn@", "!sdev@", "rpt@0001"]
    talk.hear(ok(1))
    assert talk.is_over


def until_rpt(talk: Play, *answers: Frame) -> list[str]:
    sent: list[str] = []
    for _ in range(200):
        sent = talk.silence(0.5)
        if any(each.startswith("rpt") for each in sent):
            return sent
        talk.hear(*answers)
    pytest.fail("never asked for the answer")


@pytest.mark.parametrize(
    ("command", "expected"),
    [(LINE, ["trline@0001"]), (call("scnt"), ["scnt@0001"])],
)
def test_a_lost_command_is_sent_once_more(command, expected):
    talk = play(command)
    talk.news()
    until_rpt(talk, *ready())
    assert talk.hear(err(13, 1)) == expected
    until_rpt(talk, *ready())
    with pytest.raises(InDoubt, match="knows nothing"):
        talk.hear(err(13, 1))


@pytest.mark.parametrize(
    "command",
    [
        call("cash", kw=1, wp=True),
        call("dailyrep", da=date(2026, 10, 9)),
        call("formline", s1="x", fn=200, fl=711),
        call("trftrln", id=0, na="x"),
        call("showsubtotal"),
    ],
)
def test_what_does_harm_twice_is_not_sent_again_after_mere_silence(command):
    talk = play(command, timings=Timings(reply_s=4, report_s=4))
    talk.news()
    until_rpt(talk, *ready())
    with pytest.raises(InDoubt, match="knows nothing"):
        talk.hear(err(13, 1))


def test_a_refusal_after_a_second_copy_is_doubt():
    talk = play(call("trend", to=100))
    talk.news()
    until_rpt(talk, *ready())
    assert talk.hear(err(13, 1)) == ["trend@0001"]
    with pytest.raises(InDoubt, match="twice"):
        talk.hear(Frame("trend", token="0001", error=2005))


def test_a_question_refused_after_a_second_copy_is_refused():
    talk = play(call("scnt"))
    until_rpt(talk, *ready())
    talk.hear(err(13, 1))
    with pytest.raises(Refused):
        talk.hear(Frame("scnt", token="0001", error=2036))


def test_silence_on_everything():
    talk = play(LINE)
    talk.news()
    sent = talk.silence(14)
    assert set(sent) == {"!sprn@", "!sdev@"}
    with pytest.raises(InDoubt, match="nor to anything"):
        talk.silence(2)


def test_reports_get_more_patience():
    talk = play(call("dailyrep", da=date(2026, 10, 9)))
    talk.silence(55)
    assert not talk.is_over
    with pytest.raises(InDoubt, match="dailyrep"):
        talk.silence(10)


def test_blocked_for_minutes():
    heard = []
    talk = play(LINE, on_wait=heard.append)
    talk.news()
    for _ in range(300):
        assert "rpt@0001" not in talk.silence(0.9)
        talk.hear(*no_paper())
    assert {status.mechanism for status in heard} == {Mechanism.NO_PAPER}
    assert len(heard) > 200
    talk.hear(ok(1))
    assert talk.is_over


def test_blocked_then_dead():
    talk = play(LINE)
    talk.silence(3)
    talk.hear(*no_paper())
    with pytest.raises(InDoubt, match="nor to anything"):
        talk.silence(30)


def test_blocked_then_ready_starts_the_patience_anew():
    talk = play(LINE, timings=Timings(reply_s=15, first_poll_s=3, poll_s=1))
    talk.silence(13)
    talk.hear(*no_paper())
    talk.silence(2)
    talk.hear(*no_paper())
    sent = []
    for _ in range(12):
        sent += talk.silence(0.9)
        talk.hear(*ready())
    assert "rpt@0001" not in sent
    assert until_rpt(talk, *ready())[-1] == "rpt@0001"


def test_an_answer_from_a_device_that_does_not_know_the_polls():
    talk = play(LINE)
    talk.silence(3)
    assert talk.hear(err(1, None, ("cm", "sprn")), err(12, None, ("cm", "!sdev"))) == []
    talk.hear(ok(1))
    assert talk.is_over


def test_rpt_as_a_command_takes_any_answer():
    stored = Frame("trend", token="0077")
    talk = play(call("rpt"), first=77)
    assert talk.news() == ["rpt@0077"]
    talk.hear(stored)
    assert talk.result == (stored,)
    refused = Frame("trend", token="0077", error=2805)
    talk = play(call("rpt"), first=77)
    talk.hear(refused)
    assert talk.result == (refused,)
    missing = err(13, 77, ("cm", "rpt"))
    talk = play(call("rpt"), first=77)
    talk.hear(missing)
    assert talk.result == (missing,)


# Another interface holds the device


def later(number: int, name: str = "trline") -> Frame:
    return Frame(name, token=f"{number:04d}", error=41)


def held_by_second() -> tuple[Frame, Frame]:
    return Frame("sprn", (("pr", "0"),)), Frame("sdev", (("ds", "0"), ("tl", "2")))


def test_try_later_is_asked_again_under_another_token_and_told():
    heard = []
    tokens = iter(range(50, 60))
    talk = play(call("scnt"), call("stot"), fresh=lambda: next(tokens), on_wait=heard.append)
    talk.news()
    assert talk.hear(later(1, "scnt")) == ["!sprn@", "!sdev@"]
    assert talk.hear(*held_by_second()) == []
    assert [status.held_by for status in heard] == [Holder.SECOND]
    assert talk.hear(ok(2, "stot")) == []
    assert 0.9 < talk.wait_s < 1
    assert talk.silence(0.5) == ["scnt@0050"]
    assert talk.hear(later(1, "scnt")) == []  # the old answer once more: nobody waits for it
    talk.hear(ok(50, "scnt"))
    assert [frame.mnemonic for frame in talk.result] == ["scnt", "stot"]


def test_try_later_ends():
    tokens = iter(range(50, 99))
    timings = Timings(poll_s=1, held_max_s=5)
    talk = play(call("scnt"), fresh=lambda: next(tokens), timings=timings)
    talk.news()
    last = 1
    with pytest.raises(Refused) as caught:  # noqa: PT012 - it happens at some round
        for _ in range(20):
            talk.hear(later(last, "scnt"))
            while not (sent := [each for each in talk.silence(0.5) if each.startswith("scnt")]):
                pass
            last = int(sent[0].removeprefix("scnt@"))
    assert caught.value.why is Why.BUSY
    assert 54 <= last <= 56


def test_a_command_under_the_tills_own_token_is_not_repeated_under_another():
    talk = play(call("dailyrep", da=date(2026, 10, 9)), first=77)
    with pytest.raises(Refused) as caught:
        talk.hear(later(77, "dailyrep"))
    assert caught.value.code == 41


def test_while_others_wait_too_nothing_new_goes_out():
    tokens = iter(range(50, 60))
    talk = play(*[LINE] * 6, fresh=lambda: next(tokens))
    talk.news()
    sent = talk.hear(later(1), ok(2), ok(3), ok(4))
    assert not any(each.startswith("trline") for each in sent)
    sent = [each for each in talk.silence(1.1) if each.startswith("trline")]
    assert sent == ["trline@0050", "trline@0005", "trline@0006"]


def test_a_command_sent_twice_stays_unsure_while_another_interface_holds_the_device():
    tokens = iter(range(50, 60))
    talk = play(LINE, fresh=lambda: next(tokens))
    talk.news()
    until_rpt(talk, *ready())
    assert talk.hear(err(13, 1)) == ["trline@0001"]
    talk.hear(later(1))
    assert "trline@0050" in talk.silence(1.5)
    with pytest.raises(InDoubt, match="twice"):
        talk.hear(Frame("trline", token="0050", error=2005))


@pytest.mark.parametrize("number", ["9" * 5000, "\u00b2", "\u0663", "x", ""])
def test_a_frame_error_without_a_number_is_noise(number):
    talk = play(LINE)
    talk.news()
    assert talk.hear(Frame("ERR", (("er", number),), "0001")) == ["rpt@0001"]


# Somebody wants a reprint to end

COPIES = call("ecprndoc", ty=0, fn=1, tn=9)


def test_a_reprint_is_broken_off_once():
    wishes = iter([False, False, *[True] * 20])
    talk = play(COPIES, wants_break=lambda: next(wishes))
    assert talk.news() == ["ecprndoc@0001"]
    assert talk.silence(0.2) == []
    assert talk.silence(0.5) == ["!break@"]
    assert talk.hear(Frame("break"), err(12, None, ("cm", "!break"))) == []
    assert "!break@" not in talk.silence(1)
    talk.hear(ok(1, "ecprndoc", ("il", "3")))
    assert talk.result[0].get("il") == "3"


def test_nothing_but_copies_is_broken_off():
    talk = play(call("dailyrep", da=date(2026, 10, 9)), wants_break=lambda: True)
    assert talk.news() == ["dailyrep@0001"]
    assert "!break@" not in talk.silence(10)


def test_the_refused_goods_are_named_whatever_the_command():
    discount = call("trdiscntline", vt=0, ds="Kawa", rt=100, rd=True, rw=10)
    for command, name in ((LINE, "Mleko"), (discount, "Kawa"), (call("trnipset", ni="1"), "")):
        talk = play(command)
        with pytest.raises(Refused) as caught:
            talk.hear(Frame(command.frame.mnemonic, token="0001", error=1985))
        assert caught.value.item == name
