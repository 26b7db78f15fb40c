from __future__ import annotations

import json

import httpx2
from click.testing import CliRunner

from backoffice.commands import office
from backoffice.running import start_office


def test_a_link_for_an_owner_is_an_address_that_opens(tmp_path):
    running = start_office(f"sqlite:///{tmp_path}/office.db", sample=False)
    token_file = tmp_path / "token"
    token_file.write_text(running.admin_token + "\n")

    def ask(*words):
        where = ["--url", running.url + "/", "--token-file", str(token_file)]
        return CliRunner().invoke(office, [*where, "owner-link", *words])

    try:
        url = ask().stdout.strip()
        assert url.startswith(f"{running.url}/link/")
        assert httpx2.get(url).status_code == 200
        newer = json.loads(ask("--json").stdout)["url"]
        assert httpx2.get(url).status_code == 404
        assert httpx2.get(newer).status_code == 200
        token_file.write_text("wrong\n")
        assert ask().exit_code == 4
    finally:
        running.stop()
