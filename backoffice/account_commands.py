"""Commands about who enters the office; they ask a running one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backoffice.asking import CODES, answering, as_json_too, say

if TYPE_CHECKING:
    from backoffice.client import OfficeClient


@click.command("owner-link", epilog=CODES)
@as_json_too
@click.pass_obj
def owner_link(client: OfficeClient, *, as_json: bool) -> None:
    """Make a link that makes an owner, once and within a day: open it in a browser.

    For a new office, and for one whose owners lost what lets them in.
    """
    with answering():
        answer = client.owner_link()
    url = client.url + answer["path"]
    say({**answer, "url": url}, url, as_json=as_json)
