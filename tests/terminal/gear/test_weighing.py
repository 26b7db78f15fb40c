from __future__ import annotations

import pytest

from drivers.errors import NotReady, Unreachable
from drivers.scale import Weight
from terminal.engine import Engine
from terminal.errors import Code, Rejected
from terminal.events import DeviceChanged, Weighed
from terminal.gear.weighing import WAITS, Weighing

WAIT_S = 20


class FakeScale:
    def __init__(self) -> None:
        self.answers: list[object] = []
        self.is_closed = False

    def read(self):
        return self._next()

    def weigh(self, patience_s):
        assert patience_s == 3
        return self._next()

    def _next(self):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self):
        self.is_closed = True


@pytest.fixture
def stand():
    scale, told = FakeScale(), []
    weighing = Weighing(scale, Engine("scale"), 3, told.append)
    yield scale, told, weighing
    weighing.stop()
    assert scale.is_closed


def refused(future) -> Rejected:
    with pytest.raises(Rejected) as caught:
        future.result(WAIT_S)
    return caught.value


def test_a_weight(stand):
    scale, told, weighing = stand
    scale.answers = [1250]
    assert weighing.weigh().result(WAIT_S) == 1250
    assert told == [DeviceChanged("scale", is_online=True), Weighed(1250)]


def test_a_weight_and_what_is_done_with_it(stand):
    scale, _, weighing = stand
    scale.answers = [1250]
    done = []
    weighing.then(done.append).result(WAIT_S)
    assert done == [1250]


@pytest.mark.parametrize("reason", [*WAITS, "something new"])
def test_a_scale_that_waits_for_somebody(stand, reason):
    scale, told, weighing = stand
    scale.answers = [NotReady(reason)]
    error = refused(weighing.weigh())
    assert error.code is Code.SCALE_WAITS
    assert WAITS.get(reason, reason) in str(error)
    assert told == [DeviceChanged("scale", is_online=True)]


def test_a_scale_that_is_gone_and_comes_back(stand):
    scale, told, weighing = stand
    scale.answers = [Unreachable("unplugged"), Unreachable("unplugged"), 500]
    assert refused(weighing.weigh()).code is Code.NO_SCALE
    assert refused(weighing.weigh()).code is Code.NO_SCALE
    assert weighing.weigh().result(WAIT_S) == 500
    assert told == [
        DeviceChanged("scale", is_online=False, detail="unplugged"),
        DeviceChanged("scale", is_online=True),
        Weighed(500),
    ]


@pytest.mark.parametrize(
    ("answer", "is_online"),
    [(Weight(0, True), True), (NotReady("busy"), True), (Unreachable("no such port"), False)],
)
def test_at_the_start_it_is_looked_for(stand, answer, is_online):
    scale, told, weighing = stand
    scale.answers = [answer]
    weighing.start()
    weighing._thread.call(lambda: None).result(WAIT_S)
    assert [event.is_online for event in told] == [is_online]
