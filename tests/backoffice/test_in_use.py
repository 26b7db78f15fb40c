from __future__ import annotations

from contextlib import ExitStack

import pytest

from backoffice import in_use
from backoffice.errors import NotNow


def test_offices_share_and_a_restore_does_not(tmp_path):
    lock = tmp_path / "office.lock"
    with ExitStack() as running:
        running.enter_context(in_use.shared(lock))
        running.enter_context(in_use.shared(lock))
        with pytest.raises(NotNow, match="the office runs: stop it first"):
            running.enter_context(in_use.alone(lock))
    with ExitStack() as restoring:
        restoring.enter_context(in_use.alone(lock))
        with pytest.raises(NotNow, match="is being restored"):
            restoring.enter_context(in_use.shared(lock))
    with in_use.shared(lock):
        pass
