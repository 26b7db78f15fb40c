from __future__ import annotations

from drivers.paper import PaperState, PaperStatus, Slip


def test_a_status_may_be_unknown():
    status = PaperStatus(None, PaperState.UNKNOWN)
    assert status.cover_open is None
    assert status.paper == "unknown"


def test_a_slip_needs_no_codes():
    slip = Slip("T", ("a",))
    assert (slip.barcode, slip.qr) == ("", "")
