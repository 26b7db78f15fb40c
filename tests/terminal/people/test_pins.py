from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest

from terminal.people import pins
from terminal.people.pins import verify

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

SALT = bytes(range(16))


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def hash_of(pin: str, *, salt: bytes = SALT, size: int = 32) -> str:
    key = hashlib.scrypt(
        pin.encode(), salt=salt, n=2**14, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=size
    )
    return f"$scrypt$ln=14,r=8,p=1${b64(salt)}${b64(key)}"


GOOD = hash_of("1234")


def test_a_hash_made_elsewhere_is_understood() -> None:
    # Fixed: a change of the form or of the parameters must not lock every operator out.
    made = (
        "$scrypt$ln=14,r=8,p=1$AAECAwQFBgcICQoLDA0ODw=="
        "$WN+87vPtGO4o1fwEttloKNIwtqGZqnsfkSCWNJhrpMg="
    )
    assert made == GOOD
    assert verify("1234", made)


@pytest.mark.parametrize(
    "pin", ["1235", "123", "12345", "", " 1234", "1234\n", "１２３４", "\ud800"]
)
def test_another_pin_does_not_match(pin: str) -> None:
    assert not verify(pin, GOOD)


def test_padding_is_optional() -> None:
    head, salt, key = GOOD.rsplit("$", 2)
    assert verify("1234", f"{head}${salt.rstrip('=')}${key.rstrip('=')}")


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        "1234",
        "$scrypt$",
        GOOD[1:],
        GOOD + "$",
        GOOD + "\n",
        GOOD[:-8],
        GOOD.replace("ln=14", "ln=15"),
        GOOD.replace("r=8", "r=1"),
        GOOD.replace("$scrypt$", "$argon2id$"),
        GOOD.replace(b64(SALT), ""),
        GOOD.replace(b64(SALT), "A"),
        GOOD.replace(b64(SALT), "!!!!"),
        hash_of("1234", salt=b"short"),
        hash_of("1234", size=16),
        "$scrypt$ln=14,r=8,p=1$" + "A" * 5000 + "$" + "A" * 44,
        "$scrypt$ln=14,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$",
    ],
)
def test_a_malformed_hash_never_matches(malformed: str) -> None:
    assert not verify("1234", malformed)
    assert not verify("", malformed)


def test_an_empty_or_endless_pin_never_matches() -> None:
    assert not verify("", hash_of(""))
    assert not verify("1" * 65, hash_of("1" * 64))
    assert verify("1" * 64, hash_of("1" * 64))


@pytest.mark.parametrize("pin_hash", [GOOD, "", "malformed", hash_of("1234", size=16)])
@pytest.mark.parametrize("pin", ["1234", "9999", ""])
def test_every_answer_costs_one_scrypt(mocker: MockerFixture, pin: str, pin_hash: str) -> None:
    scrypt = mocker.spy(hashlib, "scrypt")
    compare = mocker.spy(pins.hmac, "compare_digest")
    verify(pin, pin_hash)
    assert scrypt.call_count == compare.call_count == 1
    cost = {key: scrypt.call_args.kwargs[key] for key in ("n", "r", "p", "dklen")}
    assert cost == {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
