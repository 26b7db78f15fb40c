from __future__ import annotations

from ui.sounds import Sound, signals


def test_yes_rings_once_and_no_twice():
    assert signals(Sound.DONE, "all", is_console=False) == ["\a"]
    assert signals(Sound.REFUSED, "all", is_console=False) == ["\a", "\a"]


def test_on_the_console_no_is_longer_and_lower():
    (done,) = signals(Sound.DONE, "all", is_console=True)
    (refused,) = signals(Sound.REFUSED, "all", is_console=True)
    assert done.endswith("\a")
    assert (pitch(done) > pitch(refused), length(done) < length(refused)) == (True, True)


def test_who_wants_less_gets_less():
    for is_console in (True, False):
        assert signals(Sound.DONE, "errors", is_console=is_console) == []
        assert signals(Sound.REFUSED, "errors", is_console=is_console)
        assert signals(Sound.REFUSED, "off", is_console=is_console) == []


def pitch(sent: str) -> int:
    return int(sent.partition("\x1b[10;")[2].partition("]")[0])


def length(sent: str) -> int:
    return int(sent.partition("\x1b[11;")[2].partition("]")[0])
