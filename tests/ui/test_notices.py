from __future__ import annotations

import pytest

from terminal import events
from ui.notices import notice


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            events.DeviceChanged("scanner", is_online=False, detail="cannot open /dev/ttyUSB1"),
            "Scanner does not answer; selling goes on",
        ),
        (events.DeviceChanged("scanner", is_online=True), ""),
        (events.DrawerChanged(True, 61.7, True), "The drawer has been open for 61 s"),
        (events.DrawerChanged(True), ""),
        (events.DrawerChanged(False, 5), ""),
        (events.NetworkChanged(is_online=False), ""),
        (events.ReleasePrepared("1.2.0"), ""),
        (
            events.ReleasePrepared("1.2.0", is_urgent=True),
            "Version 1.2.0 is urgent: the back office asks for an early day close (menu 3)",
        ),
    ],
)
def test_what_is_said(event, sentence):
    assert notice(event) == sentence
