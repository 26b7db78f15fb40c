"""The routes of the pages: the handlers of each module, behind the door or before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Router

from backoffice.web import (
    account_pages,
    accounts_pages,
    audit_pages,
    backup_pages,
    company_pages,
    dashboard_pages,
    enrolment_pages,
    errand_pages,
    first_pages,
    group_pages,
    language_pages,
    link_pages,
    new_shop_pages,
    quick_key_pages,
    receipt_pages,
    register_pages,
    rejected_pages,
    report_pages,
    role_pages,
    sales_pages,
    second_factor_pages,
    setting_pages,
    shift_pages,
    shop_pages,
    sign_in_pages,
    staff_pages,
    synchronisation_pages,
    terminal_pages,
    token_pages,
    transaction_pages,
    version_pages,
)
from backoffice.web.door import known_only, signed_in_only
from backoffice.web.exchange import routes as exchange_routes
from backoffice.web.field import routes as field_routes
from backoffice.web.goods import routes as goods_routes
from backoffice.web.page import speak
from backoffice.web.sets import routes as set_routes
from backoffice.web.static_files import static_file

if TYPE_CHECKING:
    from litestar.handlers import HTTPRouteHandler
    from litestar.types import ControllerRouterHandler

# One line for each module.
ROUTES: list[ControllerRouterHandler] = [
    *dashboard_pages.HANDLERS,
    *receipt_pages.HANDLERS,
    *transaction_pages.HANDLERS,
    *sales_pages.HANDLERS,
    *report_pages.HANDLERS,
    *shift_pages.HANDLERS,
    *register_pages.HANDLERS,
    *rejected_pages.HANDLERS,
    *version_pages.HANDLERS,
    *terminal_pages.HANDLERS,
    *enrolment_pages.HANDLERS,
    *errand_pages.HANDLERS,
    *synchronisation_pages.HANDLERS,
    *audit_pages.HANDLERS,
    *company_pages.HANDLERS,
    *shop_pages.HANDLERS,
    *new_shop_pages.HANDLERS,
    *setting_pages.HANDLERS,
    *group_pages.HANDLERS,
    *staff_pages.HANDLERS,
    *role_pages.HANDLERS,
    *quick_key_pages.HANDLERS,
    *sign_in_pages.HANDLERS,
    *goods_routes.HANDLERS,
    *field_routes.HANDLERS,
    *set_routes.HANDLERS,
    *exchange_routes.HANDLERS,
    *account_pages.HANDLERS,
    *token_pages.HANDLERS,
    *accounts_pages.HANDLERS,
    *first_pages.HANDLERS,
    *backup_pages.HANDLERS,
]
# Whoever is not signed in gets these.
OPEN_ROUTES = [
    *sign_in_pages.OPEN_HANDLERS,
    *language_pages.OPEN_HANDLERS,
    *link_pages.OPEN_HANDLERS,
]

# No form but a file to import is longer.
PAGE_BYTES_MAX = 256 * 1024

# Compressing a page that holds a secret beside foreign text would let its length give it away.
web_routes: list[Router | HTTPRouteHandler] = [
    Router(
        "/",
        guards=[signed_in_only],
        before_request=speak,
        route_handlers=ROUTES,
        opt={"no_gzip": True},
        request_max_body_size=PAGE_BYTES_MAX,
        include_in_schema=False,
    ),
    Router(
        "/",
        before_request=speak,
        route_handlers=OPEN_ROUTES,
        opt={"no_gzip": True},
        request_max_body_size=PAGE_BYTES_MAX,
        include_in_schema=False,
    ),
    Router(
        "/",
        guards=[known_only],
        before_request=speak,
        route_handlers=second_factor_pages.HALF_OPEN_HANDLERS,
        opt={"no_gzip": True},
        request_max_body_size=PAGE_BYTES_MAX,
        include_in_schema=False,
    ),
    static_file,
]
