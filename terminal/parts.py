"""Hangs on a till the groups of verbs that are built around it. No rules of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.config import find
from terminal.console.room import Console
from terminal.day.state import Day
from terminal.device.safekeeping import Safekeeping
from terminal.device.space import Space
from terminal.errands.errands import Errands
from terminal.errands.ways import Ways
from terminal.field.courier import Courier
from terminal.field.desk import Desk
from terminal.field.field import Field
from terminal.field.files import Files
from terminal.gear.build import outfit
from terminal.installed import installed
from terminal.parked.build import hang_parking
from terminal.returns import Returns
from terminal.store.db import on_trouble
from terminal.sync.contents import Contents
from terminal.update.finder import Finder
from terminal.update.search import Search
from terminal.update.source import Source
from terminal.update.updates import Updates

if TYPE_CHECKING:
    from terminal.config import Config
    from terminal.context import Context
    from terminal.gear.tapes import Tapes
    from terminal.post import Post
    from terminal.store.catalogue import Catalogue
    from terminal.sync.enrolment import Identity
    from terminal.sync.http import Office
    from terminal.till import Till
    from terminal.update.installation import Installation


@dataclass(frozen=True, slots=True)
class Around:
    """What the parts of a till are built of; ``selling`` is the engine's own reader."""

    config: Config
    identity: Identity
    context: Context
    selling: Catalogue
    post: Post
    office: Office
    tapes: Tapes
    installation: Installation | None = None


def hang_parts(till: Till, around: Around) -> None:
    """Give ``till`` everything that is an attribute of it."""
    config, context, selling = around.config, around.context, around.selling
    till.space = Space(config.folder, context.tell)
    till.safe = Safekeeping(context, config.folder / "journal.db", config.export.path)
    on_trouble(context.journal, till.space.hear)
    till.installed = installed(config, around.identity)
    till.reports.export_path = config.export.path
    till.gear = outfit(config, context, till, selling, around.tapes)
    hang_parking(context, till, selling, around.office)
    files = Files(config.folder / "attachments")
    courier = Courier(context, Contents(around.office), files, lambda: till.updates.is_trial)
    till.field = Field(Desk(context, till, selling), till, files, courier)
    till.returns = Returns(context, selling, till.slips, around.post.sold, around.post.wake)
    till.finder = _finder(till, around)
    till.updates = Updates(
        context, config.folder, till.finder, around.post.wake, around.installation
    )
    till.closing.at_close = till.updates.at_close
    around.post.is_held = lambda: till.updates.is_trial
    named = around.installation.config if around.installation else None
    path = named or find()
    till.console = Console(config, path, context, till, selling, around.tapes)
    till.errands = Errands(
        context,
        Ways(context, till, around.office, config, path).table(),
        is_free=lambda: till.receipt is None and till.day() is not Day.CLOSING,
        told=till.report,
    )


def _finder(till: Till, around: Around) -> Finder:
    config, context, post = around.config, around.context, around.post
    source = Source.of(config, config.office.url or around.identity.office_url)
    search = Search(context, around.office, source, lambda: till.updates.installed(), post.wake)  # noqa: PLW0108 - not yet there
    finder = Finder(context, search, is_on=source.is_on)
    context.engine.listen(finder.hear)
    return finder
