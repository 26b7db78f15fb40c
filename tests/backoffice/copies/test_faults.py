from __future__ import annotations

from backoffice.copies.faults import BadCopy, CopyFailed


def test_a_bad_copy_is_the_callers_and_a_failed_one_is_the_machines():
    assert (BadCopy(detail="x").status, CopyFailed(detail="x").status) == (422, 503)
