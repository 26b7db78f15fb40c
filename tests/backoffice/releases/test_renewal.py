from __future__ import annotations

from threading import Event

from backoffice.releases.faults import ReleaseFault
from backoffice.releases.renewal import Renewal
from tests.backoffice.releases.hand_made import MOMENT


class Shelf:
    """Refuses twice alike, then works."""

    def __init__(self) -> None:
        self.looks, self.done = [], Event()

    def renew(self, moment):
        self.looks.append(moment)
        if len(self.looks) < 3:
            raise ReleaseFault(detail="the online key of timestamp is missing")
        if len(self.looks) > 3:
            self.done.set()


def test_it_goes_on_whatever_happens_and_says_it_once(capfd):
    shelf = Shelf()
    renewal = Renewal(shelf, lambda: MOMENT, look_s=0.001)
    assert shelf.done.wait(30)
    renewal.stop()
    assert capfd.readouterr().err.count("timestamp is missing") == 1
    looks = len(shelf.looks)
    assert not renewal._thread.is_alive()
    assert len(shelf.looks) == looks
