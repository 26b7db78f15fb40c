"""Handbook: what can go wrong with finding, fetching and proving a newer program. No I/O."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

RELEASES = {
    Code.UPDATES_OFF: Advice(
        _("no file of trusted keys: [update] root in till.toml"),
        "",
        _("a technician puts the root file of the releases on the till (docs/updates.md)"),
    ),
    Code.RELEASES_EXPIRED: Advice(
        _("the office has not signed its list anew, or the clock of this till is ahead"),
        "",
        _("compare the clocks (8 2), else tell the office; only updates wait"),
    ),
    Code.NOT_GENUINE: Advice(
        _("a signature is missing or wrong, or the answer is no list of releases"),
        "",
        _("tell the office at once: somebody may be on the line; nothing was installed"),
    ),
    Code.ROLLED_BACK: Advice(
        _("an old list is offered, or a version from before the one that runs"),
        "",
        _("tell the office: it was restored from an old copy, or somebody is on the line"),
    ),
    Code.BAD_BUNDLE: Advice(
        _("damaged or changed on its way, or on this disk"),
        "",
        _("8 4 5 fetches it again; when that does not help tell the office"),
    ),
    Code.NO_ROOM: Advice(
        _("the disk is nearly full"),
        "",
        _("a technician makes room, then 8 4 5"),
    ),
    Code.NO_RELEASES: Advice(
        _("no network, or the server of the releases does not answer in time"),
        "",
        _("sell on; it goes on by itself where it broke off, 8 4 5 tries now"),
    ),
    Code.RELEASE_BARRED: Advice(
        _("it did not start, or was not well, and the till went back to the one before"),
        "",
        _("the office sees why, and offers a newer one"),
    ),
    Code.RELEASE_UNFIT: Advice(
        _("the office offers something for other machines, or a step was left out"),
        "",
        _("tell the office"),
    ),
    Code.UPDATE_BUSY: Advice(
        _("one at a time"),
        "",
        _("wait until it has ended"),
    ),
}
