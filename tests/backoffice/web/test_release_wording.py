from __future__ import annotations

import pytest

from backoffice.update_states import UpdateState
from backoffice.web.release_wording import update


@pytest.mark.parametrize(
    ("event", "running", "said"),
    [
        ("update_prepared", "1.0.0", "1.1.0 czeka na zamknięcie dnia"),
        ("update_prepared", "1.1.0", "1.1.0 na próbie"),
        ("update_installed", "1.1.0", "1.1.0 zainstalowana"),
        ("update_rolled_back", "1.0.0", "1.1.0 wycofana"),
        ("update_barred", "1.0.0", "1.1.0 zablokowana na tej kasie"),
        ("update_refused", "1.0.0", "kasa odrzuciła to, co jej podano"),
        ("update_of_tomorrow", "1.0.0", "1.1.0"),
    ],
)
def test_what_became_of_a_version(event, running, said):
    assert update(UpdateState(event, "1.1.0", prepared="1.1.0"), running) == said
