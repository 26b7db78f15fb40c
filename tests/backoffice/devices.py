"""A till's side of the API: enrolling, and signing what it asks."""

from __future__ import annotations

from terminal.sync.signing import Signing, new_key, public_half


def request_of(code, key):
    return {"code": code, "version": "0.1.0", "public_key": public_half(key)}


def enrol_device(http, code, base=""):
    """Spend a code for a new key; gives what signs with it, as ``auth=`` of a request."""
    key = new_key()
    asked = request_of(code, key)
    http.post(f"{base}/v1/enrol", json=asked, auth=Signing(key)).raise_for_status()
    return Signing(key)
