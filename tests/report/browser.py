"""A real browser for tests: Debian's Chromium, without a screen, reading files from disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement


def find_browser() -> tuple[str | None, str | None]:
    """The programs, where they are installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")


class Reader:
    """A person with a browser."""

    def __init__(self, browser: str, driver: str, profile: Path) -> None:
        options = Options()
        options.binary_location = browser
        for argument in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            f"--user-data-dir={profile}",
            "--window-size=1280,900",
        ):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = Chrome(options=options, service=Service(driver))

    def close(self) -> None:
        """Ends the browser."""
        self.driver.quit()

    def open(self, path: Path, fragment: str = "") -> None:
        """The file, from disk."""
        self.driver.get(path.as_uri() + (f"#{fragment}" if fragment else ""))

    def run(self, script: str, *values: Any) -> Any:
        """What a script says; it runs as the browser's own, outside the page's policy."""
        return self.driver.execute_script(script, *values)

    def all(self, selector: str) -> list[WebElement]:
        """The elements."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        """The element."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def shown(self, selector: str) -> int:
        """How many of the elements can be seen."""
        count: int = self.run(
            "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).length", selector
        )
        return count

    def complaints(self) -> list[str]:
        """What the console holds since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    @contextmanager
    def media(self, width: int, **features: str) -> Iterator[None]:
        """A screen of this width, with media features such as `prefers-color-scheme`."""
        tell = self.driver.execute_cdp_cmd
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        tell("Emulation.setDeviceMetricsOverride", size)
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        tell("Emulation.setEmulatedMedia", {"features": named})
        try:
            yield
        finally:
            tell("Emulation.clearDeviceMetricsOverride", {})
            tell("Emulation.setEmulatedMedia", {"features": []})

    def violations(self) -> list[str]:
        """What axe-core finds serious or critical on the page: rule, and where."""
        axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
        self.run(axe)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then((r) => done(r.violations), (e) => done(String(e)));"
        )
        assert isinstance(found, list), found
        return [
            f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:160]}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
