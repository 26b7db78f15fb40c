from __future__ import annotations

from queue import Empty, Queue

from drivers.errors import Unreachable
from drivers.scan import read_scan
from terminal.events import DeviceChanged, Scanned
from terminal.gear import attendant
from terminal.gear.scanning import attend
from tests.shop import wait_until


class Reader:
    def __init__(self) -> None:
        self.codes: Queue[object] = Queue()
        self.is_closed = False

    def read(self, timeout_s):
        try:
            code = self.codes.get(timeout=timeout_s)
        except Empty:
            return []
        if code is None:
            raise Unreachable("unplugged")  # noqa: EM101
        return [read_scan(text) for text in code]

    def close(self):
        self.is_closed = True


def test_every_code_is_told_and_a_scanner_that_left_may_come_back(monkeypatch):
    monkeypatch.setattr(attendant, "RETRY_FIRST_S", 0.001)
    reader, told = Reader(), []
    thread = attend(reader, told.append)
    for codes in (["590", "591"], None, ["592"], []):
        reader.codes.put(codes)
    thread.start()
    wait_until(lambda: Scanned(read_scan("592")) in told)
    thread.stop()
    assert told == [
        Scanned(read_scan("590")),
        Scanned(read_scan("591")),
        DeviceChanged("scanner", is_online=True),
        DeviceChanged("scanner", is_online=False, detail="unplugged"),
        Scanned(read_scan("592")),
        DeviceChanged("scanner", is_online=True),
    ]
