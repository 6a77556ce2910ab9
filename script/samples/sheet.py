"""A printed paper as a scanner gives it: pages a little turned, grey, grainy, with a seal and a signature."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

DPI = 200
SEAL = "/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf"
RED, BLUE = (205, 40, 48), (40, 52, 130)


def scan(pdf: Path, out: Path, seal: tuple[str, str], at: tuple[float, float]) -> None:
    """The pages of `pdf` as pictures in the PDF `out`; the seal's upper and lower words stand `at` (shares of width
    and height) on the last page."""
    document = pdfium.PdfDocument(pdf)
    pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
    document.close()
    pages[-1] = _stamped(pages[-1], seal, at)
    worn = [_worn(page, turn, i) for i, (page, turn) in enumerate(zip(pages, (0.6, -0.4, 0.3), strict=False))]
    worn[0].save(out, "PDF", resolution=DPI, save_all=True, append_images=worn[1:], quality=38)


def _stamped(page: Image.Image, seal: tuple[str, str], at: tuple[float, float]) -> Image.Image:
    """The seal covers a third of the signature on its left, as the rules ask; ink darkens, it does not hide."""
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    x, y, radius = at[0] * page.width, at[1] * page.height, 18 / 25.4 * DPI
    for size, width in ((1.0, 7), (0.93, 2), (0.62, 2)):
        r = radius * size
        draw.ellipse((x - r, y - r, x + r, y + r), outline=RED, width=width)
    star = [
        (x + radius * s * math.sin(i * math.pi / 5), y - radius * s * math.cos(i * math.pi / 5))
        for i, s in enumerate([0.4, 0.16] * 5)
    ]
    draw.polygon(star, fill=RED)
    font = ImageFont.truetype(SEAL, int(radius * 0.2))
    _around(ink, seal[0], font, (x, y), radius * 0.775, upper=True)
    _around(ink, seal[1], font, (x, y), radius * 0.775, upper=False)
    _signed(draw, x + radius * 0.9, y, radius)
    return Image.fromarray((np.asarray(page).astype(np.uint16) * np.asarray(ink) // 255).astype(np.uint8))


def _around(
    ink: Image.Image,
    words: str,
    font: ImageFont.FreeTypeFont,
    centre: tuple[float, float],
    radius: float,
    *,
    upper: bool,
) -> None:
    step = font.size * 0.82 / radius
    for i, letter in enumerate(words):
        angle = (i - (len(words) - 1) / 2) * step
        tile = Image.new("L", (font.size * 2, font.size * 2), 0)
        ImageDraw.Draw(tile).text((font.size, font.size), letter, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) if upper else math.degrees(angle), resample=Image.Resampling.BICUBIC)
        down = -math.cos(angle) if upper else math.cos(angle)
        place = (round(centre[0] + radius * math.sin(angle) - font.size), round(centre[1] + radius * down - font.size))
        ink.paste(Image.new("RGB", tile.size, RED), place, tile)


def _signed(draw: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    """A scribble of loops that runs out in a stroke."""
    points = [
        (
            x + size * (0.012 * t - 0.25 + 0.16 * math.sin(t * 0.55)),
            y + size * (0.22 * math.sin(t * 0.5 + 1) * (1 - t / 130) - 0.001 * t),
        )
        for t in range(105)
    ]
    draw.line(points, fill=BLUE, width=4, joint="curve")


def _worn(page: Image.Image, turn: float, seed: int) -> Image.Image:
    picture = cv2.GaussianBlur(np.asarray(page), (3, 3), 0.6)
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    picture = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    paper = np.linspace(250, 240, width, dtype=np.float32)[None, :, None] / 255
    # Grain at half size: a scanner's softness, and a quarter of the bytes that white noise takes in a JPEG.
    grain = np.random.default_rng(seed).normal(0, 5, (height // 2 + 1, width // 2 + 1)).astype(np.float32)
    grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR)[:, :, None]
    return Image.fromarray(np.clip(picture * paper + grain, 0, 255).astype(np.uint8))
