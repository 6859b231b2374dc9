"""How soon a first answer is possible on a slow phone, and how much the page moves by itself.

Chromium with a round trip of 150 ms for each request, 1.6 Mbit/s and a processor slowed down 4 times,
as its own tools simulate them; setting up a connection costs nothing there.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Error, sync_playwright

from tests.benchmarks.table import Line

ROUNDS = 3
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}

TAKEN = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) moved += one.value; })
    .observe({type: "layout-shift", buffered: true});
  const [page] = performance.getEntriesByType("navigation");
  const look = () => {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    if (!painted) return setTimeout(look, 100);
    done([Math.max(page.domContentLoadedEventEnd, painted.startTime), moved]);
  };
  setTimeout(look, 500);
})"""
"""Milliseconds from asking for the page until it is painted and its script has begun; the layout shift."""


def run(address: str) -> Iterator[Line]:
    """The lines of this benchmark, for the page at an address; none where there is no browser."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        except Error:
            print("first answer: not measured, there is no browser", file=sys.stderr)
            return
        rounds = [_opened(browser, address) for _ in range(ROUNDS)]
        browser.close()
    yield Line("first answer possible, slow phone", median(taken for taken, _ in rounds), "ms", target=1000)
    yield Line("layout shift, slow phone", max(moved for _, moved in rounds), "", target=0)


def _opened(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    taken, moved = page.evaluate(TAKEN)
    context.close()
    return float(taken), float(moved)
