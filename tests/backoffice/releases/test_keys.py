from __future__ import annotations

import json
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from backoffice.releases.faults import ReleaseFault
from backoffice.releases.keys import (
    make_key,
    name_of,
    online_signers,
    public_key,
    public_keys,
    role_of,
    signer,
)


def mode(path):
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_a_private_key_is_for_its_holder_alone_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        path = make_key(tmp_path, "root-anna")
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(tmp_path / "root-anna.pub.json") == 0o644
    assert "PRIVATE" not in (tmp_path / "root-anna.pub.json").read_text()


def test_both_halves_are_one_key(tmp_path):
    path = make_key(tmp_path, "releases-1")
    half = public_key(tmp_path / "releases-1.pub.json")
    assert half.keyid == signer(path).public_key.keyid
    assert (name_of(half), role_of(half)) == ("releases-1", "releases")
    half.verify_signature(signer(path).sign(b"told"), b"told")


def test_a_key_is_never_overwritten(tmp_path):
    path = make_key(tmp_path, "root-1")
    content = path.read_bytes()
    with pytest.raises(ReleaseFault, match="never overwritten"):
        make_key(tmp_path, "root-1")
    assert path.read_bytes() == content


def test_a_locked_key_opens_with_its_passphrase_only(tmp_path):
    path = make_key(tmp_path, "root-1", "Zażółć")
    assert b"ENCRYPTED" in path.read_bytes()
    assert signer(path, lambda _: "Zażółć").public_key
    with pytest.raises(ReleaseFault, match="wrong passphrase"):
        signer(path, lambda _: "other")
    with pytest.raises(ReleaseFault, match="locked"):
        signer(path)


@pytest.mark.parametrize("name", ["root", "boss-1", "root-", "../root-1", "root-a/b", "root-1\n"])
def test_a_name_says_the_role(tmp_path, name):
    with pytest.raises(ReleaseFault, match="ROLE-NAME"):
        make_key(tmp_path, name)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"\xff", b"[]", b'{"name":"root-1","public":"00"}',
        b'{"name":"root-1","public":5}', b'{"name":"king-1","public":"%s"}' % (b"0" * 64),
        b"x" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_public_half_is_named(tmp_path, content):
    path = tmp_path / "root-1.pub.json"
    path.write_bytes(content)
    with pytest.raises(ReleaseFault, match=r"root-1\.pub\.json"):
        public_key(path)


def test_private_files_that_cannot_be_used_say_why(tmp_path):
    path = make_key(tmp_path, "root-1")
    with pytest.raises(ReleaseFault, match="no such key file"):
        signer(tmp_path / "root-2.pem")
    path.chmod(0o640)
    with pytest.raises(ReleaseFault, match="chmod 600"):
        signer(path)
    path.chmod(0o600)
    path.write_bytes(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    with pytest.raises(ReleaseFault, match="no private key"):
        signer(path)
    other = generate_private_key(SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(ReleaseFault, match="Ed25519"):
        signer(path)


def test_a_folder_gives_the_keys_of_each_role(tmp_path):
    for name in ("root-1", "root-2", "timestamp-1"):
        make_key(tmp_path, name)
    found = public_keys([tmp_path])
    assert [name_of(it) for it in found["root"]] == ["root-1", "root-2"]
    assert len(online_signers(tmp_path, ("snapshot", "timestamp"))) == 1
    half = json.loads((tmp_path / "root-1.pub.json").read_bytes())
    assert half["public"] == found["root"][0].keyval["public"]
