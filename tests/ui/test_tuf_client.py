"""The three commands of the conformance suite, against a repository on a real line."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest
from click.testing import CliRunner

from tests.terminal.update.repository import Repository, within
from ui.tuf_client import tuf_client


class Server:
    def __init__(self):
        self.repository = repository = Repository()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                request = httpx2.Request("GET", f"http://h{self.path}", headers=dict(self.headers))
                answer = repository.handle(request)
                body = answer.read()
                self.send_response(answer.status_code)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/releases"
        self.thread = threading.Thread(target=self.http.serve_forever)
        self.thread.start()

    def stop(self):
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


@pytest.fixture
def server():
    one = Server()
    yield one
    one.stop()


@pytest.fixture
def run(server, tmp_path):
    """Runs a command; gives its exit status and what it complained of."""
    metadata = tmp_path / "metadata"
    root = tmp_path / "root.json"
    root.write_bytes(server.repository.first_root)

    def run(*words):
        base = ("--metadata-dir", str(metadata), "--metadata-url", f"{server.url}/metadata/")
        done = CliRunner().invoke(tuf_client, [*base, *map(str, words)], catch_exceptions=False)
        return done.exit_code, done.output

    assert run("init", root) == (0, "")
    return run


@pytest.fixture
def version(tmp_path):
    def version(role):
        return json.loads((tmp_path / f"metadata/{role}.json").read_bytes())["signed"]["version"]

    return version


def test_init_keeps_the_root(run, version):
    assert version("root") == 1


def test_refresh_has_the_newest_lists_under_names_without_numbers(run, server, version, tmp_path):
    server.repository.rotate_root()
    server.repository.renew("targets")
    assert run("refresh") == (0, "")
    assert [version(role) for role in ("root", "timestamp", "snapshot", "targets")] == [2, 2, 2, 2]
    names = {path.name for path in (tmp_path / "metadata").iterdir()}
    assert names == {
        *("root.json", "timestamp.json", "snapshot.json", "targets.json", "root_history")
    }


def test_download_fetches_what_is_named(run, server, tmp_path):
    names = [server.repository.release(version, 7) for version in ("1.2.0", "1.3.0")]
    into = tmp_path / "into"
    words = [word for name in names for word in ("--target-name", name)]
    told = (*words, "--target-base-url", f"{server.url}/targets/", "--target-dir", into, "download")
    assert run(*told) == (0, "")
    got = {path.read_bytes() for path in into.iterdir()}
    repository = server.repository
    assert got == {repository.files[repository.path_of(name)] for name in names}
    repository.asked.clear()
    assert run(*told) == (0, "")
    assert not [path for path, _ in repository.asked if "/targets/" in path]


def test_a_file_that_was_changed_is_not_left_there(run, server, tmp_path):
    name = server.repository.release("1.2.0", 7)
    server.repository.files[server.repository.path_of(name)] = b"changed"
    base = ("--target-base-url", f"{server.url}/targets/", "--target-dir", tmp_path / "into")
    status, told = run("--target-name", name, *base, "download")
    assert (status, "E-164" in told) == (1, True)
    assert list((tmp_path / "into").iterdir()) == []
    status, told = run("--target-name", "missing", *base, "download")
    assert (status, "missing: not in any list" in told) == (1, True)


def test_what_is_refused_gives_1(run, server):
    assert run("refresh") == (0, "")
    server.repository.timestamp.expires = within(-1)
    server.repository.renew()
    status, told = run("refresh")
    assert status == 1
    assert "E-161" in told


def test_nobody_there_gives_1(run):
    status, told = run("--metadata-url", "http://127.0.0.1:9/", "refresh")
    assert (status, "E-166" in told) == (1, True)


def test_refresh_before_init_gives_1(tmp_path):
    words = ["--metadata-dir", str(tmp_path / "none"), "--metadata-url", "http://127.0.0.1:9"]
    done = CliRunner().invoke(tuf_client, [*words, "refresh"])
    assert done.exit_code == 1
