"""``python -m ui`` is the ``kasoterminal`` command."""

from ui.main import main

main(prog_name="kasoterminal")
