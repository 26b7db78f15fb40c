from __future__ import annotations

import re

from backoffice.web import audit_wording
from backoffice.web.i18n import speaking

ACTS_OF_THE_DOOR = """
sign in; sign in refused; sessions ended; account; password; token; token taken back; owner link
link owner used; link invite; link invite used; link reset; link reset used; invite
second factor; second factor refused; second factor on; second factor on refused
second factor set_up; second factor codes; second factor off; recovery code; recovery code refused
"""


def test_each_act_of_the_door_has_words():
    acts = re.split(r"[;\n]\s*", ACTS_OF_THE_DOOR.strip())
    with speaking("pl"):
        assert [act for act in acts if audit_wording.act(act) == act] == []


def test_acts_are_said_and_a_new_one_stays_as_it_is():
    with speaking("en"):
        assert audit_wording.act("put") == "changed"
        assert audit_wording.act("roll out") == "gave out a version"
        assert audit_wording.act("dance") == "dance"
    with speaking("pl"):
        assert audit_wording.act("put") == "zmiana"
