"""Whether this process is alive and can work, for a supervisor or a load balancer. No secrets."""

from __future__ import annotations

import logging

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from backoffice.errors import NotNow
from backoffice.office import Office
from backoffice.store.engine import reading
from terminal.version import VERSION

_log = logging.getLogger(__name__)

OpenOffice = NamedDependency[SkipValidation[Office]]


class Health(msgspec.Struct, frozen=True):
    """``status`` is always ok: what is not answers 503."""

    status: str
    version: str


@get("/live", sync_to_thread=False)
def live() -> Health:
    """The process answers; nothing else is looked at."""
    return Health("ok", VERSION)


@get("/ready", sync_to_thread=True)
def ready(server: OpenOffice) -> Health:
    """The database answers as well."""
    try:
        with reading(server.engine) as database:
            database.execute(text("SELECT 1"))
    except SQLAlchemyError:
        _log.exception("the database does not answer")
        raise NotNow(detail="the database does not answer") from None
    return Health("ok", VERSION)


health_routes = Router("/health", route_handlers=[live, ready], include_in_schema=False)
