from __future__ import annotations

from concurrent.futures import Future

from terminal.errors import Code, Rejected
from terminal.people.rights import Approval, NoRight, Operator, require
from terminal.sync.wire import Right
from tests.ui.fake_till import AtOnce
from ui.errands import WAITING_MAX, Errands


class Bench:
    def __init__(self):
        self.hops = []
        self.said = []
        self.approvals = []
        self.errands = Errands(self.hops.append, self.said.append, self.said.append, self._approve)

    def _approve(self, refusal, granted, declined):
        self.approvals.append((refusal.right, granted, declined))

    def run(self):
        while self.hops:
            self.hops.pop(0)()


def done(value=None, error=None):
    future = Future()
    if error:
        future.set_exception(error)
    else:
        future.set_result(value)
    return future


def test_an_answer_comes_by_hop_only():
    bench, got = Bench(), []
    bench.errands.ask(done(7), got.append)
    assert not got
    bench.run()
    assert got == [7]


def test_a_refusal_goes_to_the_message_line_or_to_who_asked():
    bench, got, error = Bench(), [], Rejected(Code.BUSY)
    bench.errands.ask(done(error=error))
    bench.errands.ask(done(error=error), None, got.append)
    bench.run()
    assert (bench.said, got) == ([error], [error])


def test_a_bug_of_the_till_is_logged_and_told(caplog):
    bench, error = Bench(), KeyError("x")
    bench.errands.ask(done(error=error))
    bench.run()
    assert bench.said == [error]
    assert "the till broke" in caplog.text
    caplog.clear()


def test_a_future_in_a_future_is_asked_next():
    bench, got, inner = Bench(), [], Future()
    bench.errands.order(done(inner), got.append)
    bench.run()
    assert not got
    assert bench.errands.in_turn(lambda: got.append("key"))
    inner.set_result(9)
    bench.run()
    assert got == ["key", 9]


def test_keys_wait_for_an_order_and_keep_their_order():
    bench, got, first = Bench(), [], Future()
    bench.errands.order(first, got.append)
    for key in "abc":
        bench.errands.in_turn(lambda key=key: got.append(key))
    assert not got
    first.set_result("sold")
    bench.run()
    assert got == ["sold", "a", "b", "c"]


def test_an_order_made_by_a_waiting_key_stops_the_line_again():
    bench, got, first, second = Bench(), [], Future(), Future()
    bench.errands.order(first)
    bench.errands.in_turn(lambda: bench.errands.order(second))
    bench.errands.in_turn(lambda: got.append("key"))
    first.set_result(None)
    bench.run()
    assert not got
    second.set_exception(Rejected(Code.BUSY))
    bench.run()
    assert got == ["key"]


def test_the_line_is_bounded():
    bench = Bench()
    bench.errands.order(Future())
    taken = [bench.errands.in_turn(lambda: None) for _ in range(WAITING_MAX + 5)]
    assert taken.count(True) == WAITING_MAX


def test_a_cancelled_errand_is_nothing():
    bench, future = Bench(), Future()
    bench.errands.order(future)
    future.cancel()
    bench.run()
    assert not bench.said
    assert bench.errands.in_turn(lambda: None)


ANNA = Operator("u1", "1", "Anna", "kasjer", frozenset(), "")


def priced():
    require(ANNA, Right.DISCOUNT)
    require(ANNA, Right.CHANGE_PRICE)
    return 349


def test_what_wants_a_right_is_called_again_with_an_approval_for_each_right():
    bench, got, errors = Bench(), [], []
    bench.errands.order(AtOnce("engine").call(priced), got.append, errors.append)
    bench.run()
    for wanted in (Right.DISCOUNT, Right.CHANGE_PRICE):
        right, granted, _ = bench.approvals.pop()
        assert right is wanted
        assert got == errors == bench.approvals == []
        granted(Approval(right, ANNA, "Marek"))
        bench.run()
    assert got == [349]
    assert not errors


def test_an_approval_is_for_one_call():
    bench, engine, got = Bench(), AtOnce("engine"), []
    for _ in range(2):
        bench.errands.order(engine.call(lambda: require(ANNA, Right.DISCOUNT)), got.append)
        bench.run()
        bench.approvals.pop()[1](Approval(Right.DISCOUNT, ANNA, "Marek"))
        bench.run()
    assert got == [ANNA, ANNA]


def test_without_an_approval_it_is_refused_to_who_asked():
    bench, errors = Bench(), []
    bench.errands.ask(AtOnce("engine").call(priced), None, errors.append)
    bench.run()
    bench.approvals.pop()[2]()
    assert [error.code for error in errors] == [Code.NO_RIGHT]


def test_what_cannot_be_called_again_is_refused():
    bench = Bench()
    bench.errands.ask(done(error=NoRight(Right.CASH)))
    bench.run()
    assert [error.right for error in bench.said] == [Right.CASH]
    assert not bench.approvals


def test_keys_in_line_can_be_forgotten():
    bench, got, call = Bench(), [], Future()
    bench.errands.order(call)
    bench.errands.in_turn(lambda: got.append("key"))
    bench.errands.forget()
    call.set_result(None)
    bench.run()
    assert not got
