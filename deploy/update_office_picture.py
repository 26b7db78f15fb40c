"""Takes the picture of the office's first page for the README: a week of a shop, in Chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "office.png"
WIDTH, HEIGHT = 1280, 860
BYTES_MAX = 120 * 1024
# As few as still look like the page.
COLOURS = 64


def main() -> None:
    """Replace the picture."""
    sys.path.insert(0, str(ROOT))
    from backoffice import accounts  # noqa: PLC0415 (found by the line above)
    from backoffice.running import start_office  # noqa: PLC0415 (same)
    from backoffice.store.engine import writing  # noqa: PLC0415 (same)
    from tests.backoffice.web.signed import cookie_of, new_account  # noqa: PLC0415 (same)
    from tests.pages.seeded import seed  # noqa: PLC0415 (same)

    with tempfile.TemporaryDirectory() as folder:
        running = start_office(f"sqlite:///{folder}/office.db")
        try:
            seed(running.office)
            owner = new_account(running.office)
            with writing(running.office.engine) as database:
                accounts.rename(database, owner, "Ewa Lipa", "en")
            session = cookie_of(running.office, owner)
            taken = Path(folder) / "office.png"
            _take(running.url, session, taken)
            with Image.open(taken) as picture:
                picture.convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)
        finally:
            running.stop()
    size = PICTURE.stat().st_size
    if size > BYTES_MAX:
        sys.exit(f"{PICTURE} has {size} bytes: more than {BYTES_MAX}")


def _take(url: str, session: str, path: Path) -> None:
    with sync_playwright() as playwright:
        # Made for a box of its own, where there is nothing to protect.
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = browser.new_context(
            locale="en", color_scheme="light", viewport={"width": WIDTH, "height": HEIGHT}
        )
        context.add_cookies([{"name": "office", "value": session, "url": url}])
        page = context.new_page()
        page.goto(url)
        page.screenshot(path=path)
        browser.close()


if __name__ == "__main__":
    main()
