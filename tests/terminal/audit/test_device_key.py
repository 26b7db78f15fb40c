from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from terminal.audit.device_key import DeviceKey
from terminal.sync.signing import new_key, public_half


def test_it_signs_with_the_key_of_the_enrolment():
    seed = new_key()
    key = DeviceKey(seed)
    assert base64.b64encode(bytes.fromhex(key.public())).decode() == public_half(seed)
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public()))
    public.verify(bytes.fromhex(key.sign(b"text")), b"text")
    assert seed not in repr(key)


def test_what_is_no_key_signs_nothing(caplog):
    for seed in ("", "x", "AAAA"):
        key = DeviceKey(seed)
        assert (key.public(), key.sign(b"text")) == ("", "")
    assert "the journal is not signed" in caplog.text
