"""Requests about shared receipts: addresses, bodies and answers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import msgspec

from terminal.sync import shared
from terminal.sync.wire import SharedHead, SharedList, SharedReceipt, ShareState, TakeAnswer

if TYPE_CHECKING:
    from terminal.sync.http import Office

SHARE = "00000000-0000-4000-8000-000000000001"
HEAD = SharedHead(SHARE, "T1", "Jan", "2026", "u1", "Anna", 349, 1, "Mleko")
RECEIPT = SharedReceipt(HEAD, "{}")


class Line:
    """Notes what is asked and gives the answer it was made with."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[tuple[object, ...]] = []

    def ask(self, method: str, path: str, answer: type, body: object = None) -> object:
        self.asked.append((method, path, body))
        return msgspec.json.decode(msgspec.json.encode(self.answer), type=answer)


def office(line: Line) -> Office:
    return SimpleNamespace(caller=line, path="/v1/terminals/T1")  # type: ignore[return-value]


def test_each_question_has_its_address() -> None:
    line = Line(SharedList([HEAD], [ShareState(SHARE, "T2")]))
    assert shared.listed(office(line)) == line.answer
    assert line.asked == [("GET", "/v1/terminals/T1/parked", None)]
    line = Line(ShareState(SHARE))
    assert shared.offer(office(line), RECEIPT) == line.answer
    assert line.asked == [("PUT", f"/v1/terminals/T1/parked/{SHARE}", RECEIPT)]
    line = Line(TakeAnswer(is_yours=True, taken_by="T1", receipt=RECEIPT))
    assert shared.take(office(line), SHARE, "q") == line.answer
    ((method, path, body),) = line.asked
    assert (method, path) == ("POST", f"/v1/terminals/T1/parked/{SHARE}/take")
    assert msgspec.json.encode(body) == b'{"request":"q"}'
