from __future__ import annotations

from drivers.paper import LOGO, RULE, Align, Kind, Row, Slip
from terminal.paper.shown import ShownRow, shown


def test_everything_that_can_be_read_is_there() -> None:
    rows = (LOGO, RULE, Row("Mleko", "3,49"), Row("980", kind=Kind.BARCODE, align=Align.CENTRE))
    told = shown(Slip("Paragon", rows))
    assert told.title == "Paragon"
    assert told.rows[1:] == (ShownRow("Mleko", "3,49"), ShownRow("980", is_centred=True))
    assert set(told.rows[0].text) == {"-"}
