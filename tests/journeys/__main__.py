"""Walk the journeys and write their pictures: `python -m tests.journeys FOLDER [JOURNEY ...]`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import chromium
from tests.journeys.stage import Album, staged
from tests.journeys.walks import WALKS


def main(folder: Path, *chosen: str) -> None:
    """Take the pictures of the chosen journeys, of all if none is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
        for name in chosen or WALKS:
            album = Album(folder / name, name)
            album.folder.mkdir(parents=True, exist_ok=True)
            with staged(browser) as stage:
                WALKS[name](stage, album)
            album.bind()
            print(f"{album.folder / 'index.html'}: {len(album.captions)} pictures")
        browser.close()


main(Path(sys.argv[1]), *sys.argv[2:])
