"""The data sets that the office publishes to its tills: their names, order and rows. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.sync.wire.field import (
    Attachment,
    Representative,
    SalesDocument,
    Visit,
)
from terminal.sync.wire.rows import (
    Barcode,
    Category,
    Currency,
    Customer,
    Discount,
    PaymentMethod,
    Price,
    PriceList,
    Product,
    QuickKey,
    Role,
    Settings,
    Shop,
    Stock,
    Unit,
    User,
    VatRate,
)

if TYPE_CHECKING:
    from msgspec import Struct

# Name of each data set and the type of its rows, in the order in which references need them.
SETS: dict[str, type[Struct]] = {
    "settings": Settings,
    "shop": Shop,
    "vat_rates": VatRate,
    "payment_methods": PaymentMethod,
    "currencies": Currency,
    "roles": Role,
    "users": User,
    "representatives": Representative,
    "units": Unit,
    "categories": Category,
    "products": Product,
    "barcodes": Barcode,
    "price_lists": PriceList,
    "prices": Price,
    "discounts": Discount,
    "quick_keys": QuickKey,
    "customers": Customer,
    "sales_documents": SalesDocument,
    "visits": Visit,
    "attachments": Attachment,
    "stock": Stock,
}
