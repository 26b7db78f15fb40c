"""The demo in a browser, for trainings: needs the extra ``web``, serves this machine only."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

import click

PORT = 8130


@click.command("demo-web")
@click.option("--port", default=PORT, show_default=True, help="Where it listens on 127.0.0.1.")
def demo_web(port: int) -> None:
    """Try a shop in a browser: each tab is a shop of its own, gone when the tab is closed.

    \b
    kasoterminal demo-web                    then open the address it says
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    if find_spec("textual_serve") is None:
        msg = "the demo in a browser needs more: pip install 'kasoterminal[web]'"
        raise click.ClickException(msg)
    from ui.web.server import DemoServer  # noqa: PLC0415 - an extra, and slow to import

    def ready(url: str) -> None:
        click.echo(f"ready {url}")
        links = Path(tempfile.gettempdir()) / "kaso-demo-*" / "office-link"
        click.echo(f"the office of a tab: open the link in {links}")

    try:
        DemoServer(port, ready).serve()
    except OSError as error:
        msg = f"cannot listen on port {port}: {error.strerror}. Choose another with --port"
        raise click.ClickException(msg) from error
