from __future__ import annotations

from backoffice.app import create_app
from backoffice.office import Office

OPEN = {
    *("/sign-in", "/link/{token:str}", "/language", "/static/{name:str}"),
    *("/openapi", "/openapi/openapi.json", "/openapi/{path:str}"),
    *("/v1/enrol", "/health/live", "/health/ready"),
    # What devices are updated by: no secret, and signed; each device checks it by keys of its own.
    "/releases/metadata/{name:str}",
    "/releases/targets/kasoterminal/{channel:str}/{name:str}",
}


def test_every_route_but_the_doors_is_guarded(engine):
    app = create_app(Office(engine))
    guarded = set()
    for route in app.routes:
        handlers = getattr(route, "route_handlers", [getattr(route, "route_handler", None)])
        if all(handler.resolve_guards() for handler in handlers):
            guarded.add(route.path)
        else:
            assert route.path in OPEN, route.path
    assert {"/", "/receipts/{row_id:int}", "/reports", "/sign-out"} <= guarded
    assert {"/v1/admin/rejected", "/v1/terminals/{terminal:str}/snapshots/{key:str}"} <= guarded
    assert len([path for path in guarded if path.startswith("/v1/")]) > 20


def test_the_key_of_the_forms_outlives_a_restart(engine):
    first, second = create_app(Office(engine)), create_app(Office(engine))
    assert first.csrf_config.secret == second.csrf_config.secret


def test_no_api_pages_of_the_framework(http):
    assert http.get("/schema").status_code == 404
    assert "server" not in http.get("/sign-in").headers
