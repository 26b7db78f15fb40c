"""The ``kasoterminal`` command: packages declare its subcommands, which load when called."""

from __future__ import annotations

from importlib.metadata import entry_points

import click

from terminal.version import VERSION

COMMANDS, TAPE_COMMANDS = "kasoterminal.commands", "kasoterminal.tape"


class LazyGroup(click.Group):
    """Finds subcommands among the installed entry points, so that ``--help`` imports no server."""

    entry_group = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all subcommands."""
        del ctx
        return sorted(entry.name for entry in entry_points(group=self.entry_group))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one subcommand."""
        del ctx
        found = entry_points(group=self.entry_group, name=cmd_name)
        for entry in found:
            command = entry.load()
            if isinstance(command, click.Command):
                return command
        return None


class TapeGroup(LazyGroup):
    """The till shows its tapes, the emulator plays them: neither room imports the other."""

    entry_group = TAPE_COMMANDS


@click.group(cls=TapeGroup)
def tape() -> None:
    """What the devices said in the last minutes: saved with errors, shown, played again.

    \b
    kasoterminal tape list                   tapes this till has saved
    kasoterminal tape show FILE --mask       one of them, without tax numbers
    kasoterminal tape save                   save them now
    kasoterminal tape replay FILE            our side of it against the emulator
    kasoterminal tape faults FILE            what went wrong, as faults of the emulator
    """  # noqa: D301 - \b is click's mark for text that is not wrapped


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
