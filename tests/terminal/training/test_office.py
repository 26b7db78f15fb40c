"""Nobody answers."""

from __future__ import annotations

import pytest

from terminal.errors import Code, SyncError
from terminal.sync.wire import JournalPush
from terminal.training.office import NoOffice


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("states", ()),
        ("page", ("products", 0, 10)),
        ("push", (JournalPush(1, []),)),
        ("journal", (1, 0)),
        ("heartbeat", (None,)),
        ("release", ("cp311-linux_x86_64", "stable")),
    ],
)
def test_every_question_ends_at_once(verb, args) -> None:
    with pytest.raises(SyncError) as caught:
        getattr(NoOffice(), verb)(*args)
    assert caught.value.code is Code.NO_NETWORK


def test_there_is_no_file_either() -> None:
    office = NoOffice()
    with pytest.raises(SyncError), office.snapshot("x", 0, ""):
        pass
    office.close()
