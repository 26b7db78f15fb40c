"""Tiny wheels, a repository with all keys in one hand, a till that reads it from its folder."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface, Updater

from backoffice.releases.bundle import Contents, pack
from backoffice.releases.ceremony import begin, sign_all
from backoffice.releases.commit import commit
from backoffice.releases.keys import make_key, online_signers, public_keys, signer
from backoffice.releases.publishing import publish
from backoffice.releases.repository import Repository
from backoffice.releases.roles import DUTIES, SNAPSHOT, TIMESTAMP
from backoffice.releases.wheels import read_wheel

MOMENT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def make_wheel(folder, name, version, needs=(), tag="py3-none-any", filler=b"", more=()):
    """A wheel that pip would install: one module that knows its version, and ``more`` files."""
    stem = f"{name}-{version}"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files = {
        f"{name}.py": f"VERSION = {version!r}\n".encode() + filler,
        f"{stem}.dist-info/METADATA": (
            head + "".join(f"Requires-Dist: {it}\n" for it in needs)
        ).encode(),
        f"{stem}.dist-info/WHEEL": (
            f"Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: {tag}\n"
        ).encode(),
        **dict(more),
    }
    lines = io.StringIO()
    rows = csv.writer(lines, lineterminator="\n")
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow([path, f"sha256={digest}", len(content)])
    rows.writerow([f"{stem}.dist-info/RECORD", "", ""])
    files[f"{stem}.dist-info/RECORD"] = lines.getvalue().encode()
    path = folder / f"{stem}-{tag}.whl"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as opened:
        for inside, content in files.items():
            opened.writestr(zipfile.ZipInfo(inside), content)
    return path


def make_bundle(folder, version="1.0.0", counter=1, **more):
    """A bundle of the project, one part and a pip that is none."""
    project = read_wheel(make_wheel(folder, "kasoterminal", version, ["part>=1"], **more))
    part = read_wheel(make_wheel(folder, "part", "1.5"))
    pip = read_wheel(make_wheel(folder, "pip", "26.0"))
    return pack(Contents(project, [part], pip, counter, "0.0", MOMENT), folder / "out")


class Publisher:
    """A repository and every key of it."""

    def __init__(self, folder) -> None:
        self.repository = Repository(folder / "releases")
        self.keys = folder / "keys"

    def key(self, name):
        return signer(self.keys / f"{name}.pem")

    def sign(self, *names):
        return sign_all(self.repository, [self.key(name) for name in names])

    def commit(self, moment=MOMENT):
        online = online_signers(self.keys, (SNAPSHOT, TIMESTAMP))
        return commit(self.repository, online, moment)

    def begin(self, moment=MOMENT):
        for role, duty in DUTIES.items():
            for number in range(1, duty.keys + 1):
                make_key(self.keys, f"{role}-{number}")
        begin(self.repository, public_keys([self.keys]), moment)
        self.sign("root-1", "root-2", "targets-1", "releases-1", "releases-2")
        self.commit(moment)
        return self

    def publish(self, bundle, channel="stable", moment=MOMENT):
        target = publish(self.repository, bundle, channel, moment)
        self.sign("releases-1", "releases-3")
        self.commit(moment)
        return target


class FolderFetcher(FetcherInterface):
    """Reads a repository's folder as if it were served; ``before`` is called with each path."""

    def __init__(self, folder, before=None) -> None:
        self.folder, self.before = folder, before

    def _fetch(self, url):
        path = urlsplit(url).path.lstrip("/")
        if self.before:
            self.before(path)
        try:
            yield (self.folder / path).read_bytes()
        except FileNotFoundError:
            raise DownloadHTTPError(path, 404) from None


class Till:
    """A till's side of TUF, by the library alone."""

    def __init__(self, folder, repository, root=None) -> None:
        self.folder, self.repository = folder, repository
        self.folder.mkdir(exist_ok=True)
        self.root = root or (repository.metadata / "1.root.json").read_bytes()

    def updater(self, moment=MOMENT, before=None):
        updater = Updater(
            str(self.folder),
            "http://office/metadata/",
            str(self.folder),
            "http://office/targets/",
            fetcher=FolderFetcher(self.repository.folder, before),
            bootstrap=self.root,
        )
        updater._trusted_set.reference_time = moment
        return updater

    def fetch(self, target, moment=MOMENT):
        updater = self.updater(moment)
        found = updater.get_targetinfo(target)
        return found and (updater.download_target(found, str(self.folder / "bundle")), found)
