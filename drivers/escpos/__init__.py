"""ESC/POS receipt printers: bytes are rendered by python-escpos, sent and watched by us."""
