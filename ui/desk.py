"""The cashier's desk: what is known, what comes in, what pages ask of the till. No Textual.

Whatever a foreign thread has to tell comes through ``hop``, which runs it on the screen's thread.
A page that breaks is closed (``stack``) and the till goes on: the receipt lives there, not here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from terminal import events
from terminal.i18n import translate
from ui.errands import Errands
from ui.idle import Idle
from ui.known import Known, after, from_view, is_sold
from ui.menu import MENU, QUIT
from ui.notices import notice
from ui.screens import opening
from ui.screens.approve import Approve, at_hand
from ui.screens.frame import framed
from ui.screens.page import Scans
from ui.sounds import Sound
from ui.speech import Speech
from ui.stack import Stack
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from terminal.errors import TillError
    from terminal.gear.gear import Scan
    from terminal.lamps import View
    from terminal.people.rights import Approval, NoRight, Operator
    from terminal.store.exchanges import Exchange
    from terminal.sync.wire import PaymentMethod
    from terminal.till import Till
    from ui.menu import Choice
    from ui.training import Training

P = ParamSpec("P")
T = TypeVar("T")
_CODE_MAX = 40
# What these events changed has no event of its own.
_LOOK_AFTER = (events.ReceiptPrinted, events.DayClosed, events.OperatorChanged, events.Pulled)


class Desk(Stack):
    """``hop`` runs something on the screen's thread, ``bell`` sounds, ``leave`` ends the program.

    ``is_quiet``: of the exchanges at a login only those are shown that somebody should know of.
    """

    def __init__(
        self,
        till: Till,
        hop: Callable[[Callable[[], None]], None],
        bell: Callable[[Sound], object],
        leave: Callable[[], object] | None = None,
        *,
        is_quiet: bool = False,
    ) -> None:
        super().__init__(bell)
        self.till = till
        self.known = Known()
        self.methods: list[PaymentMethod] = []
        self.clock = ""
        self.is_antenna_lit = False
        self.is_quiet = is_quiet
        self.theme = "normal"
        self.leave = leave
        self.training: Training | None = None
        self.menu = (*MENU, *QUIT) if leave else MENU
        self._hop = hop
        self._errands = Errands(hop, self.refuse, self._broken, self.approve)
        self.speech = Speech()
        self.idle = Idle()
        self.pages = [opening.root(self.known)(self)]

    def start(self) -> None:
        """Listen to the till and ask how things are."""
        self.till.engine.listen(self._hear)
        for lamp in self.till.gear.lamps.copy().values():
            self.known = after(self.known, lamp)
        self.look()

    def look(self) -> None:
        """Ask for a fresh picture: settings, payment methods, state of the day."""
        self.ask(self.till.engine.call(self.till.view), self._seen)
        self.look_up(self._methods_came, self.till.shelf.payment_methods)

    @property
    def news(self) -> tuple[Exchange, ...]:
        """The exchanges of this login that the cashier has not accepted yet."""
        if not self.is_quiet:
            return self.known.news
        return tuple(one for one in self.known.news if one.error or one.refused)

    def accept_news(self) -> None:
        """They were read."""
        self.known = replace(self.known, news=())

    # --- what comes in -------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """A key from the keypad; it also ends what was said."""
        self.idle.touched()
        if not self._errands.in_turn(lambda: self._press(key)):
            self._bell(Sound.REFUSED)

    def scan(self, text: str) -> None:
        """What a keyboard scanner typed; see ``take``."""
        self.take(self.till.gear.read(text))

    def take(self, scan: Scan) -> None:
        """A scan, wherever it was read; a modal question swallows it."""
        self.idle.touched()
        if not self._errands.in_turn(lambda: self._scan(scan)):
            self._bell(Sound.REFUSED)

    def refuse_scan(self) -> None:
        """A burst that was no code: nothing of it was done."""
        self.refuse_text(translate("The scan could not be read: try again"))

    def tell(self, event: object) -> None:
        """Something happened in the till."""
        if is_sold(self.known, event):
            self._bell(Sound.DONE)
        self.known = after(self.known, event)
        if isinstance(event, events.Scanned):
            self.take(event.scan)
        if sentence := notice(event):
            self.refuse_text(sentence)
        if isinstance(event, events.OperatorChanged):
            self._change_operator(event.operator)
        else:
            self._follow_known()
        is_said = [self._guarded(page.told, event) for page in tuple(self.pages)]
        if isinstance(event, events.Failed) and not any(is_said):
            self.refuse(event.error)
        if isinstance(event, _LOOK_AFTER):
            self.look()
        opening.follow(self, event)

    def rest(self) -> None:
        """Lock a till that nobody touches."""
        if self.idle.wants_lock(self.known, self.pages):
            self.call(self.till.lock)

    # --- what pages ask for --------------------------------------------------------------------

    def refuse(self, error: TillError) -> None:
        """What the till says no to: number and sentence."""
        self.refuse_text(f"{error.code} {error.sentence()}")
        opening.cure(self, error)

    def approve(
        self,
        refusal: NoRight,
        granted: Callable[[Approval], object],
        declined: Callable[[], object] | None = None,
    ) -> None:
        """Go on with what was approved at the door, or ask who stands by to lend the right."""
        if approval := at_hand(self.pages, refusal.right):
            granted(approval)
        else:
            self._errands.forget()
            self.open(Approve(self, refusal, granted, declined))

    def call(self, verb: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have the engine do ``verb``; only a refusal is shown, success comes as events."""
        self.order(self.till.engine.call(verb, *args, **kwargs))

    def order(
        self,
        future: Future[T],
        then: Callable[[T], object] | None = None,
        refused: Callable[[TillError], object] | None = None,
    ) -> None:
        """Hand the answer to ``then`` or ``refused``; keys typed ahead wait for it."""
        self._errands.order(future, then and self._safe(then), refused and self._safe(refused))

    def ask(
        self,
        future: Future[T],
        then: Callable[[T], object] | None = None,
        refused: Callable[[TillError], object] | None = None,
    ) -> None:
        """Hand the answer to ``then`` or ``refused``; nothing waits for it."""
        self._errands.ask(future, then and self._safe(then), refused and self._safe(refused))

    def look_up(
        self, then: Callable[[T], object], find: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Have the lookup thread ``find`` something and hand it to ``then``."""
        self.ask(self.till.lookup.call(find, *args, **kwargs), then)

    def choose(self, choice: Choice, approval: Approval | None = None) -> None:
        """Do what a menu entry names; what was approved at its door need not be asked inside."""
        opening.choose(self, choice)
        self.page.approval = approval

    def service_key(self, name: str) -> None:
        """A key that means the same on every page."""
        opening.service_key(self, name)

    def rows(self, width: int, height: int) -> list[row.Row]:
        """The whole screen; a page that cannot be drawn is closed."""
        for _ in range(2):
            drawn = self._guarded(framed, self, width, height)
            if drawn is not None:
                return drawn
        return row.wrapped(width, self.said.text if self.said else "", row.ERROR)

    # --- inside --------------------------------------------------------------------------------

    def _hear(self, event: object) -> None:
        self._hop(lambda: self.tell(event))

    def _press(self, key: str) -> None:
        self.said = None
        self._guarded(self.page.press, key)

    def _scan(self, scan: Scan) -> None:
        self.said = None
        if self.page.scans is Scans.IGNORE:
            code = scan.code[:_CODE_MAX]
            self.refuse_text(translate("Answer first: the scan {code} was ignored", code=code))
        elif self.page.scans is Scans.SELL:
            self._guarded(self.page.scanned, scan)
        else:
            self._guarded(self.page.filled, scan)

    def _seen(self, view: View) -> None:
        self.known = from_view(self.known, view)
        self._follow_known()

    def _methods_came(self, methods: list[PaymentMethod]) -> None:
        self.methods = methods

    def _change_operator(self, operator: Operator | None) -> None:
        if operator is None:
            self.pages = [self.pages[0], *(p for p in self.pages[1:] if p.survives_lock)]
        self.speech.follow(operator, self.known.settings)
        self._follow_known()

    def _follow_known(self) -> None:
        """The lowest page follows from what is known."""
        wanted = opening.root(self.known)
        self._settle_root(wanted, lambda: wanted(self))
