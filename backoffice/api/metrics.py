"""Figures for Prometheus at ``/v1/metrics``: this process's requests, and one company's tills.

Scraped with the token of the company's administrator. What the tills count themselves comes with
their heartbeats, for nobody can scrape a till behind a shop's router.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.plugins.prometheus import PrometheusConfig
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client import REGISTRY as PROCESS

from backoffice import fleet, update_states
from backoffice.actor import CurrentActor
from backoffice.api.access import admin_only
from backoffice.office import Office
from backoffice.releases.roles import SNAPSHOT, STAGED, TIMESTAMP
from backoffice.rights import Right
from backoffice.store import journal
from backoffice.store.engine import reading
from backoffice.update_states import NOTHING_TOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backoffice.update_states import UpdateState

OpenOffice = NamedDependency[SkipValidation[Office]]

# Counts and times of requests, by route and not by address: ids must not become labels.
counting = PrometheusConfig(app_name="backoffice", prefix="kaso", group_path=True)


@get("/v1/metrics", opt={"right": Right.TERMINALS}, sync_to_thread=True)
def metrics(office: OpenOffice, actor: CurrentActor) -> Response[bytes]:
    """Everything, in Prometheus' text format."""
    actor.must_see_every_shop()
    registry = CollectorRegistry()
    with reading(office.engine) as database:
        tills = fleet.all_terminals(database)
        figures = dict(journal.figures(database))
        told = update_states.states(database)
    for name, about, value in _gauges(tills, figures):
        Gauge(f"kaso_{name}", about, registry=registry).set(value)
    _each_till(registry, tills)
    _updates(registry, tills, told)
    _metadata(registry, office)
    body = generate_latest(PROCESS) + generate_latest(registry)
    return Response(body, media_type=CONTENT_TYPE_LATEST)


def _gauges(tills: Any, figures: dict[str, int]) -> Iterator[tuple[str, str, float]]:  # noqa: ANN401
    yield "terminals", "Terminals that were ever enrolled", sum(1 for it in tills if it.epoch)
    yield "documents", "Documents stored", figures["documents"]
    yield "documents_rejected", "Documents stored and rejected", figures["rejected"]
    yield "alarms", "Places where a journal contradicts itself", figures["alarms"]


def _each_till(registry: CollectorRegistry, tills: Any) -> None:  # noqa: ANN401 (rows of a query)
    unsent = Gauge(
        "kaso_terminal_unsent",
        "Documents that a terminal had not sent at its last heartbeat",
        ["terminal"],
        registry=registry,
    )
    seen = Gauge(
        "kaso_terminal_seen_seconds",
        "Time of a terminal's last heartbeat, seconds since 1970",
        ["terminal"],
        registry=registry,
    )
    for it in tills:
        unsent.labels(it.id).set(it.unsent)
        if it.seen_at:
            seen.labels(it.id).set(datetime.fromisoformat(it.seen_at).timestamp())


def _updates(registry: CollectorRegistry, tills: Any, told: dict[str, UpdateState]) -> None:  # noqa: ANN401
    versions = Gauge(
        "kaso_terminals_version", "Terminals that run a version", ["version"], registry=registry
    )
    states = Gauge(
        "kaso_terminals_update", "Terminals by what their update does", ["state"], registry=registry
    )
    for it in tills:
        versions.labels(it.version or "none").inc()
        states.labels(told.get(it.id, NOTHING_TOLD).word(it.version) or "none").inc()


def _metadata(registry: CollectorRegistry, office: Office) -> None:
    """When tills will refuse the releases' metadata, unless it is renewed before."""
    live = office.shelf.live() if office.shelf else None
    if live is None:
        return
    expires = Gauge(
        "kaso_release_expires_seconds",
        "When metadata of the releases expires, seconds since 1970",
        ["role"],
        registry=registry,
    )
    for role in (*STAGED, SNAPSHOT, TIMESTAMP):
        expires.labels(role).set(getattr(live, role).signed.expires.timestamp())


metrics_routes = Router("/", guards=[admin_only], route_handlers=[metrics], include_in_schema=False)
