"""What the modules of the package have in common: nothing heavy before it is needed, one table."""

from __future__ import annotations

import subprocess
import sys

from backoffice.releases import roles


def test_the_commands_are_there_before_anything_heavy_is(tmp_path):
    code = (
        "import sys, backoffice.releases.commands;"
        "print({'tuf', 'cryptography', 'sqlalchemy', 'cyclonedx', 'packaging'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout == b"set()\n"


def test_no_threshold_is_above_its_keys_and_what_people_sign_outlasts_what_machines_do():
    people = [it for it in roles.DUTIES.values() if not it.is_online]
    machines = [it for it in roles.DUTIES.values() if it.is_online]
    assert all(1 <= it.threshold <= it.keys for it in roles.DUTIES.values())
    assert min(it.life for it in people) > max(it.life for it in machines)
    assert set(roles.DUTIES) == {*roles.TOP, *roles.DELEGATED}
