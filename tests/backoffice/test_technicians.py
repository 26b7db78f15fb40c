from __future__ import annotations

import base64

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from backoffice.errors import BadSetting
from backoffice.technicians import certify, make_authority
from terminal.sync.wire import Certificate, Certified, Scope
from terminal.sync.wire.technician import CERTIFICATE_MARK

PUBLIC = base64.b64encode(bytes(32)).decode()


def test_the_authoritys_key_is_made_once_and_for_its_owner(tmp_path):
    path = tmp_path / "authority.key"
    public = make_authority(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert make_authority(path) == public


def test_a_certificate_says_who_for_what_where_and_how_long(tmp_path):
    path = tmp_path / "authority.key"
    public = make_authority(path)
    line = certify(path, "J. Kowal", PUBLIC, [Scope.LOOK], ["T1"], 1000, 8)
    certified = msgspec.msgpack.decode(base64.b64decode(line), type=Certified)
    told = msgspec.msgpack.decode(certified.certificate, type=Certificate)
    assert told == Certificate("J. Kowal", bytes(32), [Scope.LOOK], ["T1"], 1000, 1000 + 8 * 3600)
    authority = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
    authority.verify(certified.signature, CERTIFICATE_MARK + certified.certificate)


@pytest.mark.parametrize(
    ("name", "key", "terminals"),
    [("", PUBLIC, ["T1"]), ("J", "AAAA", ["T1"]), ("J", "no base64!", ["T1"]), ("J", PUBLIC, [])],
)
def test_what_no_till_would_take_is_not_signed(tmp_path, name, key, terminals):
    path = tmp_path / "authority.key"
    make_authority(path)
    with pytest.raises(BadSetting):
        certify(path, name, key, [Scope.LOOK], terminals, 1000, 8)


def test_a_key_that_others_may_read_or_that_is_none_is_not_used(tmp_path):
    path = tmp_path / "authority.key"
    make_authority(path)
    path.chmod(0o640)
    with pytest.raises(BadSetting, match="chmod 600"):
        make_authority(path)
    path.write_text("garbage")
    path.chmod(0o600)
    with pytest.raises(BadSetting, match="is no key"):
        make_authority(path)
