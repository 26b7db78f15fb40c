"""The handlers of all pages of the exchange."""

from __future__ import annotations

from backoffice.web.exchange import (
    channel_pages,
    job_list_pages,
    job_pages,
    order_pages,
    queue_pages,
)

HANDLERS = (
    *order_pages.HANDLERS,
    *job_list_pages.HANDLERS,
    *job_pages.HANDLERS,
    *queue_pages.HANDLERS,
    *channel_pages.HANDLERS,
)
