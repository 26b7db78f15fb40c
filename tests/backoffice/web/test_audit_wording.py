from __future__ import annotations

from backoffice.web import audit_wording
from backoffice.web.i18n import speaking


def test_acts_are_said_and_a_new_one_stays_as_it_is():
    with speaking("en"):
        assert audit_wording.act("put") == "changed"
        assert audit_wording.act("roll out") == "gave out a version"
        assert audit_wording.act("dance") == "dance"
    with speaking("pl"):
        assert audit_wording.act("put") == "zmiana"
