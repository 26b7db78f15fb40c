"""The routes of what is done outside the shop."""

from __future__ import annotations

from backoffice.web.field import attachment_pages, document_pages, visit_pages

HANDLERS = (
    *document_pages.HANDLERS,
    *visit_pages.HANDLERS,
    *attachment_pages.HANDLERS,
)
