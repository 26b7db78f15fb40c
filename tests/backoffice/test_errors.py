from __future__ import annotations

from backoffice.errors import BadRows, ChainConflict, OfficeError, RowFault


def test_bad_rows_name_the_first_and_list_all():
    faults = [RowFault(number, f"p{number}", "$.vat", "wrong") for number in range(8)]
    error = BadRows(faults)
    assert str(error).count("wrong") == 5
    assert "row 1 (p0): $.vat: wrong" in error.detail
    assert error.more["errors"][7] == {"index": 7, "id": "p7", "path": "$.vat", "reason": "wrong"}


def test_a_conflict_tells_where():
    error = ChainConflict(detail="x", alarm="fork", seq=3, hw=2)
    assert error.more == {"alarm": "fork", "seq": 3, "hw": 2}


def test_every_refusal_has_a_status_of_its_own_meaning():
    statuses = {kind.__name__: kind.status for kind in OfficeError.__subclasses__()}
    assert all(400 <= status < 500 or status in {503, 507} for status in statuses.values())
    assert statuses["ChainConflict"] == 409
    assert statuses["TooLarge"] == 413
