from __future__ import annotations

import pytest

from backoffice.tax import tax_gr


@pytest.mark.parametrize(
    ("gross_gr", "rate_bp", "wanted"),
    [(1230, 2300, 230), (105, 500, 5), (10, 500, 0), (11, 500, 1), (999, 10_000, 0), (999, 0, 0)],
)
def test_tax_is_inside_the_gross_half_up(gross_gr, rate_bp, wanted):
    assert tax_gr(gross_gr, rate_bp) == wanted
