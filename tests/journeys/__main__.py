"""Walk the journeys and write their pictures: `python -m tests.journeys FOLDER [JOURNEY ...]`.

The evaluator's first wave has JOURNEY_PEOPLE people, 4000 unless the environment says otherwise.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import chromium
from tests.journeys.first_wave import first_wave
from tests.journeys.stage import Album, staged
from tests.journeys.walks import WALKS

FIRST_WAVE = "6-first-wave"


def main(folder: Path, *chosen: str) -> None:
    """Take the pictures of the chosen journeys, of all if none is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
        for name in chosen or (*WALKS, FIRST_WAVE):
            album = Album(folder / name, name)
            album.folder.mkdir(parents=True, exist_ok=True)
            if name == FIRST_WAVE:
                first_wave(browser, album, int(os.environ.get("JOURNEY_PEOPLE", "4000")))
            else:
                with staged(browser) as stage:
                    WALKS[name](stage, album)
            album.bind()
            print(f"{album.folder / 'index.html'}: {len(album.captions)} pictures")
        browser.close()


main(Path(sys.argv[1]), *sys.argv[2:])
