"""The routes of declared data sets: the same handlers, each time below another path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Router
from litestar.di import Provide

from backoffice.rights import Right
from backoffice.web.sets import (
    customer_pages,
    declared,
    import_pages,
    pages,
    price_pages,
    vat_pages,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler

    from backoffice.web.sets.shape import DataSet

LOOKING = pages.LOOKING
CHANGING = (*pages.CHANGING, *import_pages.HANDLERS)


def routers(
    data_set: DataSet,
    looking: Sequence[ControllerRouterHandler] = LOOKING,
    changing: Sequence[ControllerRouterHandler] = CHANGING,
) -> list[Router]:
    """The pages of a data set: to look at it one right is needed, to change it another."""
    return [
        Router(
            data_set.path,
            route_handlers=handlers,
            dependencies={"data_set": Provide(lambda: data_set, sync_to_thread=False)},
            opt={"right": right},
        )
        for handlers, right in ((looking, data_set.look), (changing, data_set.right))
    ]


HANDLERS = [
    *routers(declared.UNITS),
    *routers(declared.CATEGORIES),
    *routers(declared.PAYMENT_METHODS),
    *routers(declared.CURRENCIES),
    *routers(declared.DISCOUNTS),
    *routers(declared.VAT_RATES, (vat_pages.vat_rates, pages.row)),
    *routers(declared.PRICE_LISTS),
    *routers(
        declared.PRICES,
        (price_pages.prices,),
        (price_pages.save_prices, *import_pages.HANDLERS),
    ),
    *routers(declared.CUSTOMERS),
    *routers(declared.REPRESENTATIVES),
    Router(
        declared.CUSTOMERS.path,
        route_handlers=[customer_pages.erase_form, customer_pages.erase],
        opt={"right": Right.JUDGE},
    ),
]
