"""Makes tokens and codes; the database keeps their hashes only. No HTTP.

They are random and long, so one round of SHA-256 is enough: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

TOKEN_BYTES = 32
CODE_DIGITS = 12


def new_token() -> str:
    """A bearer token, 256 bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """A code that can be typed on a till's keypad: twelve digits in groups of four."""
    digits = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    return "-".join(digits[start : start + 4] for start in range(0, CODE_DIGITS, 4))


def bare_code(code: str) -> str:
    """The digits of a code, however they were grouped."""
    return code.replace("-", "").replace(" ", "")


def hashed(secret: str) -> str:
    """SHA-256 in hex, the form in which a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
