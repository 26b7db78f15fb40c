"""The routes of the pages of goods."""

from __future__ import annotations

from backoffice.web.goods import bulk_pages, grid_pages, import_pages, product_pages

HANDLERS = (
    *grid_pages.HANDLERS,
    *product_pages.HANDLERS,
    *bulk_pages.HANDLERS,
    *import_pages.HANDLERS,
)
