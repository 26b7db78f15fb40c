"""Puts the office's routes together. Listens nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide

from backoffice import settings
from backoffice.actor import actor_of
from backoffice.api import openapi, problems
from backoffice.api.access import office_of
from backoffice.api.admin import admin_routes
from backoffice.api.exchange import exchange_routes
from backoffice.api.figures import figure_routes
from backoffice.api.fleet import fleet_routes
from backoffice.api.health import health_routes
from backoffice.api.limits import STORE, Counts, limits
from backoffice.api.links import link_routes
from backoffice.api.metrics import counting, metrics_routes
from backoffice.api.persons import person_routes
from backoffice.api.rejected import rejected_routes
from backoffice.api.releases import release_routes
from backoffice.api.rollouts import rollout_routes
from backoffice.api.terminals import enrol, own_routes
from backoffice.store.company import SERVER
from backoffice.store.engine import writing
from backoffice.web.headers import add_headers
from backoffice.web.jinja import templates
from backoffice.web.origin import FromHereOnly
from backoffice.web.routes import web_routes

if TYPE_CHECKING:
    from backoffice.office import Office


def create_app(office: Office) -> Litestar:
    """The ASGI application of a server whose database is open and upgraded."""
    with writing(office.of(SERVER).engine) as database:
        key = settings.csrf_key(database)
    return Litestar(
        route_handlers=[
            enrol,
            own_routes,
            admin_routes,
            exchange_routes,
            figure_routes,
            fleet_routes,
            rejected_routes,
            person_routes,
            link_routes,
            release_routes,
            rollout_routes,
            health_routes,
            metrics_routes,
            *web_routes,
        ],
        middleware=[counting.middleware, limits().middleware, FromHereOnly()],
        dependencies={
            "actor": Provide(actor_of, sync_to_thread=False),
            "office": Provide(office_of, sync_to_thread=False),
            "server": Provide(lambda: office, sync_to_thread=False),
        },
        state=State({"office": office}),
        stores={STORE: Counts()},
        exception_handlers=problems.HANDLERS,
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=6, exclude_opt_key="no_gzip"
        ),
        csrf_config=CSRFConfig(secret=key, cookie_httponly=True, exclude="^/(v1|releases)/"),
        template_config=templates(),
        before_send=[add_headers],
        openapi_config=openapi.config(),
        logging_config=None,
    )
