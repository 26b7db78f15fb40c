"""The ``kasoterminal`` command: packages declare its subcommands, which load when called."""

from __future__ import annotations

from importlib.metadata import entry_points

import click

from terminal.version import VERSION

_GROUP = "kasoterminal.commands"


class LazyGroup(click.Group):
    """Finds subcommands among the installed entry points, so that ``--help`` imports no server."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all subcommands."""
        del ctx
        return sorted(entry.name for entry in entry_points(group=_GROUP))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one subcommand."""
        del ctx
        found = entry_points(group=_GROUP, name=cmd_name)
        for entry in found:
            command = entry.load()
            if isinstance(command, click.Command):
                return command
        return None


@click.group(
    cls=LazyGroup,
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 device or server"
    " absent, 4 refused.",
)
@click.version_option(VERSION, prog_name="kasoterminal")
def main() -> None:
    """Cash terminal for Polish shops.

    \b
    kasoterminal demo                        a shop with emulated devices, to try
    kasoterminal run --config till.toml      the terminal
    kasoterminal backoffice --sample         the office's server, with a sample shop
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
