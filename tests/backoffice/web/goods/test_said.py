from __future__ import annotations

from backoffice.errors import RowFault
from backoffice.reasons import Reason
from backoffice.web.goods.said import by_field
from backoffice.web.i18n import speaking


def test_each_field_says_the_first_thing_that_is_wrong():
    faults = [
        RowFault(0, "p", "$.barcodes[2]", "Expected `str` matching regex"),
        RowFault(0, "p", "$.barcodes[3]", Reason("bar code {code}: listed twice", code="1")),
        RowFault(0, "p", "$.name", Reason("bar code {code}: listed twice", code="{x}")),
        RowFault(0, "p", "$", "odd"),
    ]
    with speaking("en"):
        assert by_field(faults) == {
            "barcodes": "A bar code has 6 to 14 digits",
            "name": "bar code {x}: listed twice",
            "$": "This cannot be taken as it is written",
        }
