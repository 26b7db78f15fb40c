"""A repository of releases in memory: every role with its keys, and whatever an attacker may do."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import httpx2
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from terminal.sync.wire import platform_here, target_of

URL = "http://127.0.0.1:1/releases"
METADATA, TARGETS = "/releases/metadata/", "/releases/targets/"
RELEASES, ASSIGNMENTS = "releases", "assignments"
CHANNEL = "stable"


def within(days):
    return (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)


def served(data, status=200, **headers):
    """An answer whose body has not been read yet, as one that comes over a line."""
    headers = {"Content-Length": str(len(data))} | headers
    return httpx2.Response(status, headers=headers, stream=httpx2.ByteStream(data))


class Repository:
    """``files`` is what is served, by path; ``faults`` change an answer, by the end of the path."""

    def __init__(self):
        self.files = {}
        self.faults = {}
        self.asked = []
        self.signers = {
            "root": [self.key() for _ in range(3)],
            RELEASES: [self.key() for _ in range(3)],
            **{role: [self.key()] for role in ("targets", "snapshot", "timestamp", ASSIGNMENTS)},
        }
        self.root = Root(expires=within(365), consistent_snapshot=True)
        for role in ("root", "targets", "snapshot", "timestamp"):
            for signer in self.signers[role]:
                self.root.add_key(signer.public_key, role)
        self.root.roles["root"].threshold = 2
        self.targets = Targets(expires=within(180))
        paths = ["kasoterminal/*/*"]
        self.targets.delegations = Delegations(
            {},
            {
                RELEASES: DelegatedRole(RELEASES, [], 2, terminating=True, paths=paths),
                ASSIGNMENTS: DelegatedRole(ASSIGNMENTS, [], 1, terminating=True, paths=paths),
            },
        )
        for role in (RELEASES, ASSIGNMENTS):
            for signer in self.signers[role]:
                self.targets.add_key(signer.public_key, role)
        self.releases = Targets(expires=within(90))
        self.snapshot = Snapshot(expires=within(7))
        self.timestamp = Timestamp(expires=within(1))
        self.publish("root", "targets", RELEASES)
        self.first_root = self.files[f"{METADATA}1.root.json"]

    @staticmethod
    def key():
        return CryptoSigner.generate_ed25519()

    # --- what the publisher does ---------------------------------------------------------------

    def sign(self, signed, signers):
        metadata = Metadata(signed)
        for signer in signers:
            metadata.sign(signer, append=True)
        return metadata.to_bytes()

    def write(self, role, signers=None):
        signed = getattr(self, role)
        name = "timestamp" if role == "timestamp" else f"{signed.version}.{role}"
        data = self.sign(signed, self.signers[role] if signers is None else signers)
        self.files[f"{METADATA}{name}.json"] = data
        return data

    def publish(self, *roles):
        """Write ``roles`` as they are, then a snapshot and a timestamp that know of them."""
        for role in roles:
            self.write(role)
        self.snapshot.meta = {
            "targets.json": MetaFile(self.targets.version),
            f"{RELEASES}.json": MetaFile(self.releases.version),
        }
        self.write("snapshot")
        self.timestamp.snapshot_meta = MetaFile(self.snapshot.version)
        self.write("timestamp")

    def renew(self, *roles):
        """The next version of ``roles``, and of what knows of them."""
        for role in (*roles, "snapshot", "timestamp"):
            getattr(self, role).version += 1
        self.publish(*roles)

    def release(self, version, counter, *, min_from="0.0", data=None, platform=None, **custom):
        """Publish a bundle; gives the name of its target."""
        platform = platform or platform_here()
        name = target_of(CHANNEL, version, platform)
        data = f"bundle of {version}".encode() * 1000 if data is None else data
        info = TargetFile.from_data(name, data, ["sha256"])
        info.unrecognized_fields["custom"] = {
            "version": version,
            "counter": counter,
            "min_from": min_from,
            "python": "3.11",
            "platform": platform,
            **custom,
        }
        self.releases.targets[name] = info
        self.files[self.path_of(name)] = data
        self.renew(RELEASES)
        return name

    def path_of(self, name):
        folder, _, file = name.rpartition("/")
        return f"{TARGETS}{folder}/{self.releases.targets[name].hashes['sha256']}.{file}"

    def rotate_root(self, *, signers=None):
        """One key of the root is exchanged; signed by old and new ones."""
        old = self.signers["root"]
        new = [*old[:2], self.key()]
        self.root.revoke_key(old[2].public_key.keyid, "root")
        self.root.add_key(new[2].public_key, "root")
        self.root.version += 1
        self.signers["root"] = new
        return self.write("root", [*old[:2], new[2]] if signers is None else signers)

    def assign(self, terminal, version, *, number=1, name=None, signers=None, days=7, **custom):
        """The signed assignment of a published version."""
        name = name or target_of(CHANNEL, version, platform_here())
        info = TargetFile.from_dict(
            json.loads(json.dumps(self.releases.targets[name].to_dict())), name
        )
        own = self.releases.targets[name].unrecognized_fields["custom"]
        told = {"terminal": terminal, "version": version, "counter": own["counter"]} | custom
        info.unrecognized_fields["custom"] = told
        signed = Targets(version=number, expires=within(days), targets={name: info})
        return self.sign(signed, self.signers[ASSIGNMENTS] if signers is None else signers)

    # --- what is on the line -------------------------------------------------------------------

    def handle(self, request):
        path = request.url.path
        self.asked.append((path, request.headers.get("Range", "")))
        for end, fault in self.faults.items():
            if path.endswith(end):
                answer = fault(request)
                if answer is not None:
                    return answer
        if path not in self.files:
            return httpx2.Response(404, content=b"")
        return self.answer(request, self.files[path])

    @staticmethod
    def answer(request, data):
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        if not asked:
            return served(data)
        first = int(asked[1])
        if first >= len(data):
            return httpx2.Response(416, content=b"")
        told = {"Content-Range": f"bytes {first}-{len(data) - 1}/{len(data)}"}
        return served(data[first:], 206, **told)

    @property
    def transport(self):
        return httpx2.MockTransport(self.handle)
