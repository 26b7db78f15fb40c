"""Asks a running office over HTTP on behalf of the command line. Prints nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx2

TIMEOUT_S = 30.0


class OfficeAbsent(Exception):
    """Nobody answers at the address."""


class OfficeRefused(Exception):
    """The office said no; ``problem`` is what it said, ``errors`` the faulty rows, if any."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.errors: list[dict[str, Any]] = problem.get("errors") or []
        super().__init__(problem.get("detail") or problem.get("title") or f"HTTP {status}")


class OfficeClient:
    """The administrator's questions; each raises ``OfficeAbsent`` or ``OfficeRefused``."""

    def __init__(
        self, url: str, token: str, shop: str = "", transport: httpx2.BaseTransport | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self._shop = {"shop": shop} if shop else {}
        self._http = httpx2.Client(
            base_url=f"{self.url}/v1/admin",
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT_S,
            transport=transport,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Every living row of a data set."""
        found: list[dict[str, Any]] = []
        after = ""
        while True:
            page = self._ask("GET", _path(name), params={**self._shop, "after": after})
            found += page["rows"]
            after = page["next"]
            if not after:
                return found

    def row(self, name: str, row_id: str) -> dict[str, Any]:
        """One row."""
        return dict(self._ask("GET", _path(name, row_id), params=self._shop))

    def put(self, name: str, rows: list[dict[str, Any]], *, take_good: bool) -> dict[str, Any]:
        """Add or replace rows."""
        params = {**self._shop, "take": "good" if take_good else "all"}
        return dict(self._ask("PUT", _path(name), params=params, json=rows))

    def change(
        self, name: str, row_id: str, fields: dict[str, Any], *, replace: bool
    ) -> dict[str, Any]:
        """Change some fields of a row, or with ``replace`` the whole row."""
        verb = "PUT" if replace else "PATCH"
        return dict(self._ask(verb, _path(name, row_id), params=self._shop, json=fields))

    def remove(self, name: str, row_id: str) -> dict[str, Any]:
        """Take a row off the tills."""
        return dict(self._ask("DELETE", _path(name, row_id), params=self._shop))

    def invite(self, terminal: str, shop: str) -> dict[str, Any]:
        """Make a one-time enrolment code."""
        return dict(self._ask("POST", "/terminals", json={"terminal": terminal, "shop": shop}))

    def owner_link(self) -> dict[str, Any]:
        """Make a one-time link that makes its bearer an owner."""
        return dict(self._ask("POST", "/owner-link"))

    def terminals(self) -> list[dict[str, Any]]:
        """Every terminal and its last heartbeat."""
        return list(self._ask("GET", "/terminals"))

    def rejected(self) -> list[dict[str, Any]]:
        """Documents that the office rejected, and why."""
        return list(self._ask("GET", "/rejected"))

    def judge_again(self, place: str) -> dict[str, Any]:
        """Have the document at ``TERMINAL/EPOCH/NUMBER`` judged once more."""
        return dict(self._ask("POST", _path("rejected", *place.split("/"))))

    def block(self, terminal: str, *, is_blocked: bool) -> dict[str, Any]:
        """Shut a terminal out, or let it in again."""
        path = _path("terminals", terminal)
        return dict(self._ask("PUT", path, json={"is_blocked": is_blocked}))

    def join(self, terminal: str, group: str) -> dict[str, Any]:
        """Put a terminal into a group."""
        return dict(self._ask("PUT", _path("terminals", terminal, "group"), json={"group": group}))

    def rollouts(self) -> list[dict[str, Any]]:
        """Every roll-out."""
        return list(self._ask("GET", "/rollouts"))

    def begin_rollout(self, wish: dict[str, Any]) -> dict[str, Any]:
        """Roll a version out to a group of terminals."""
        return dict(self._ask("PUT", "/rollouts", json=wish))

    def widen_rollout(self, group: str, percent: int) -> dict[str, Any]:
        """Set how much of a group shall have the version."""
        told = {"group": group, "percent": percent}
        return dict(self._ask("PUT", "/rollouts/percent", json=told))

    def pause_rollout(self, group: str, *, is_paused: bool) -> dict[str, Any]:
        """Pause one, or go on with it."""
        told = {"group": group, "is_paused": is_paused}
        return dict(self._ask("PUT", "/rollouts/pause", json=told))

    def stop_rollout(self, group: str) -> dict[str, Any]:
        """Stop one."""
        return dict(self._ask("DELETE", "/rollouts", params={"group": group}))

    def erase(self, nip: str, name: str) -> dict[str, Any]:
        """Have whoever has this tax number or name forgotten."""
        return dict(self._ask("POST", "/erase", json={"nip": nip, "name": name}))

    def _ask(self, verb: str, path: str, **what: Any) -> Any:  # noqa: ANN401 (JSON)
        try:
            answer = self._http.request(verb, path, **what)
        except httpx2.TransportError as error:
            raise OfficeAbsent(str(error)) from error
        try:
            content = answer.json()
        except ValueError:
            content = {}
        if not answer.is_success:
            raise OfficeRefused(answer.status_code, content if isinstance(content, dict) else {})
        return content


def _path(*parts: str) -> str:
    return "".join(f"/{quote(part, safe='')}" for part in parts)
