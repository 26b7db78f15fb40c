from __future__ import annotations

import base64
import hashlib

from backoffice.people import hash_pin


def test_a_pin_can_be_checked_from_the_hash_alone():
    name, parameters, salt, digest = hash_pin("1234").split("$")[1:]
    assert (name, parameters) == ("scrypt", "ln=14,r=8,p=1")
    raw_salt = base64.b64decode(salt, validate=True)
    assert len(raw_salt) == 16
    again = hashlib.scrypt(
        b"1234", salt=raw_salt, n=2**14, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=32
    )
    assert again == base64.b64decode(digest, validate=True)


def test_the_same_pin_never_looks_the_same():
    assert hash_pin("1234") != hash_pin("1234")
