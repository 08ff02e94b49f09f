"""A hundred thousand organisations on the map of a real browser: how soon they are seen, how it moves."""

import os
from itertools import pairwise
from typing import Any

from tests.bench.figures import Figures
from tests.e2e.site import Site
from tests.services.system import chromium

FIRST_PICTURE_S = 2.0
DROPPED_S = 1.0
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DRAWN = "#map[data-drawn]"
MARKS = """Object.fromEntries(
  performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime / 1000]))"""
FEED = """performance.getEntriesByType('resource')
  .filter(({ name }) => name.includes('/mapa/puntos/'))
  .map(({ transferSize, responseEnd, startTime }) => [transferSize, (responseEnd - startTime) / 1000])[0]"""
WATCH_FRAMES = """() => {
  window.frames_seen = [];
  const look = (at) => { window.frames_seen.push(at / 1000); requestAnimationFrame(look); };
  requestAnimationFrame(look);
}"""


def measure_map(site: Site, figures: Figures) -> None:
    """Add when the groups of all points are on the map, and the longest frame while it is moved."""
    from playwright.sync_api import sync_playwright

    if chromium() is None:
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        page = browser.new_page(
            base_url=site.url, locale="es-PE", viewport={"width": 1280, "height": 800}
        )
        page.goto("/directorio/")  # the server has started, the browser has fonts and styles
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto("/mapa/", wait_until="commit")
        page.wait_for_selector(DRAWN, state="attached")
        marks, (size, seconds) = page.evaluate(MARKS), page.evaluate(FEED)
        told = {
            one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
        }
        figures.add("map.first_picture_s", marks["minka:map-drawn"], at_most=FIRST_PICTURE_S)
        figures.add("map.points_s", marks["minka:map-points"])
        figures.add("map.feed_s", seconds)
        figures.add("map.feed_bytes", size)
        figures.add("map.main_thread_s", told["TaskDuration"])
        figures.add("map.longest_frame_s", _longest_frame(page), at_most=DROPPED_S)
        figures.add("map.load_per_processor", os.getloadavg()[0] / (os.cpu_count() or 1))
        browser.close()


def _longest_frame(page: Any) -> float:
    """Drag and zoom for some seconds; return the longest time between two frames."""
    page.evaluate(WATCH_FRAMES)
    box = page.locator("#map canvas").bounding_box()
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(across, down)
    for turn in range(3):
        page.mouse.down()
        for step in range(1, 9):
            page.mouse.move(across + 20 * step * (-1) ** turn, down + 10 * step)
        page.mouse.up()
        page.mouse.move(across, down)
        page.mouse.wheel(0, -240)
        page.wait_for_timeout(400)
    return max(after - before for before, after in pairwise(page.evaluate("window.frames_seen")))
