"""The objects that are exchanged: their words, their order, and the data sets they are made of."""

from __future__ import annotations

from typing import Final

# The nine exports in the order in which references need them, and the data sets of each.
EXPORTS: Final[dict[str, tuple[str, ...]]] = {
    "basic_data": ("units", "currencies", "payment_methods"),
    "representatives": ("representatives",),
    "partners": ("customers",),
    "categories": ("categories",),
    "articles": ("products", "barcodes"),
    "availability": ("stock",),
    "price_lists": ("price_lists", "prices"),
    "documents": ("sales_documents",),
    "attachments": ("attachments",),
}
# The four imports; `documents` are orders and quotes, `activities` visits.
IMPORTS: Final[tuple[str, ...]] = ("partners", "documents", "attachments", "activities")
