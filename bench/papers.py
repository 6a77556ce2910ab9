"""Papers to measure on: a text of 20 KB, a Word paper with its budget, PDF pages, and thousands of plans."""

from __future__ import annotations

import random
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLANS = ROOT / "tests" / "plans"
SAMPLES = ROOT / "samples"
WORD = SAMPLES / "1-ke-hoach-tinh-an-linh.docx"
ISSUED = ROOT.parent / "shared" / "plans" / "quang-ngai-2018.txt"
DIGITAL = SAMPLES / "2-ke-hoach-huyen-kim-thach.pdf"


def text_of(size: int) -> str:
    """A plan of about `size` bytes: the sections of an annotated plan, its middle repeated under new labels."""
    plan = (PLANS / "song-lam-2026.txt").read_text("utf-8")
    head, middle, tail = re.split(r"(?=^III\. )|(?=^IV\. )", plan, flags=re.M)[:3]
    text, chapter = head, 3
    while len((text + tail).encode()) < size:
        text += re.sub(r"^III\. ", f"Phần {chapter}. ", middle, flags=re.M)
        chapter += 1
    return text.encode()[: size - len(tail.encode())].decode("utf-8", "ignore") + "\n" + tail


def generate(folder: Path, count: int, seed: int = 1) -> None:
    """`count` text plans in `folder`, each a real shape with its own numbers, years and order of sections' items."""
    dice = random.Random(seed)
    shapes = [p.read_text("utf-8") for p in sorted((*PLANS.glob("*.txt"), *PLANS.glob("*.md")))]
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        shape = shapes[i % len(shapes)]
        words = re.sub(r"\b\d{2}%", lambda _: f"{dice.randint(10, 99)}%", shape)
        words = re.sub(r"\b0?\d{1,3}(?=/KH-UBND)", lambda _: str(dice.randint(1, 400)), words)
        (folder / f"ke-hoach-{i:05}.txt").write_text(words, "utf-8")
