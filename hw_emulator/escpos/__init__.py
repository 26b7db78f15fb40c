"""An ESC/POS receipt printer: bytes in, paper as text out."""
