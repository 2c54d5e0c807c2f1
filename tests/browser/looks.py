"""How a screen is looked at: no accessibility violation, nothing that scrolls sideways, and a picture for our own eyes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page

from tests.browser.theatre import Scheme, violations

WIDE = (1280, 860)
NARROW = (320, 640)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

PHONE = (360, 740)
ULTRA_WIDE = (1920, 1000)
LOOKS: tuple[tuple[str, Scheme], ...] = (
    ("dark", "dark"),
    ("contrast", "light"),
    ("contrast", "dark"),
    ("forced", "dark"),
)
"""Theme or `forced` colours, and what the system asks for."""


async def looked_at(page: Page, name: str, inside: str | None = None, wide: tuple[int, int] = WIDE) -> None:
    """Raises AssertionError with what axe finds. Pictures go where SCREENSHOTS says."""
    found: list[str] = []
    for width, height in (wide, NARROW):
        await page.set_viewport_size({"width": width, "height": height})
        found += await _sideways(page, width)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            found += [f"{width} px {scheme}: {line}" for line in await violations(page, inside)]
            await _pictured(page, f"{name}-{width}-{scheme}")
    assert not found, "\n".join(found)
    await page.set_viewport_size({"width": wide[0], "height": wide[1]})
    await page.emulate_media(color_scheme="light")


async def looked_at_in_every_theme(page: Page, name: str) -> None:
    """At the desk and its neighbours: from a phone to an ultra-wide screen, high contrast and forced colours too."""
    found: list[str] = []
    before = page.viewport_size
    for width, height in (PHONE, ULTRA_WIDE):
        await page.set_viewport_size({"width": width, "height": height})
        found += await _sideways(page, width)
        found += [f"{width} px: {line}" for line in await violations(page)]
        for theme, scheme in LOOKS:
            async with _seen_as(page, theme, scheme):
                if (
                    width == ULTRA_WIDE[0]
                ):  # Colours are the same at every width, and all that a theme changes.
                    seen = await violations(page, rule="color-contrast")
                    found += [f"{theme} {scheme}: {line}" for line in seen]
                await _pictured(page, f"{name}-{width}-{theme}-{scheme}")
    if before is not None:
        await page.set_viewport_size(before)
    assert not found, "\n".join(found)


@asynccontextmanager
async def _seen_as(page: Page, theme: str, scheme: Scheme) -> AsyncIterator[None]:
    is_forced = theme == "forced"
    chosen = await page.evaluate("document.documentElement.dataset.theme ?? ''")
    await page.emulate_media(color_scheme=scheme, forced_colors="active" if is_forced else "none")
    await page.evaluate(
        "(theme) => document.documentElement.dataset.theme = theme", "" if is_forced else theme
    )
    if theme == "contrast":  # It follows the system between black on white and white on black.
        await page.evaluate("(scheme) => document.documentElement.style.colorScheme = scheme", scheme)
    yield
    await page.evaluate("document.documentElement.style.colorScheme = ''")
    await page.evaluate("(theme) => document.documentElement.dataset.theme = theme", chosen)
    await page.emulate_media(color_scheme="light", forced_colors="none")


async def _sideways(page: Page, width: int) -> list[str]:
    over = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{width} px: scrolls {over} px sideways"] if over > 0 else []


async def _pictured(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")
