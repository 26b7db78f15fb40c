"""What a till may ask about the parked receipts that the tills of its shop share."""

from __future__ import annotations

from typing import Any

from litestar import Request, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, SkipValidation
from litestar.status_codes import HTTP_200_OK

from backoffice import parked
from backoffice.api.openapi import problems
from backoffice.office import Office
from backoffice.store.engine import reading, writing
from terminal.sync import wire

# JSON escapes the quotes of the receipt within.
OFFER_BYTES_MAX = 4 * wire.SHARED_BYTES_MAX

Asked = Request[Any, Any, Any]
OpenOffice = NamedDependency[SkipValidation[Office]]


@get("/parked", responses=problems(), sync_to_thread=True)
def shared(office: OpenOffice, request: Asked, terminal: FromPath[str]) -> wire.SharedList:
    """What is held for the tills of the shop, and what became of this till's own."""
    with reading(office.engine) as database:
        return parked.listed(database, request.state.shop, terminal)


@put(
    "/parked/{share:str}",
    responses=problems(),
    sync_to_thread=True,
    request_max_body_size=OFFER_BYTES_MAX,
)
def offer(
    office: OpenOffice,
    request: Asked,
    terminal: FromPath[str],
    share: FromPath[str],
    data: JSONBody[wire.SharedReceipt],
) -> wire.ShareState:
    """Hold a parked receipt for all tills of the shop; the same again changes nothing."""
    shop = request.state.shop
    with writing(office.engine) as database:
        return parked.offer(database, shop, terminal, share, data, office.clock())


@post(
    "/parked/{share:str}/take", status_code=HTTP_200_OK, responses=problems(), sync_to_thread=True
)
def take(
    office: OpenOffice,
    request: Asked,
    terminal: FromPath[str],
    share: FromPath[str],
    data: JSONBody[wire.TakeRequest],
) -> wire.TakeAnswer:
    """Take a shared receipt: one till can; the same request is answered the same again."""
    shop = request.state.shop
    with writing(office.engine) as database:
        return parked.take(database, shop, terminal, share, data.request, office.clock())
