"""Makes the sample papers again: python script/samples/make.py [FOLDER].

Their words stand beside this file; places and people are invented. Needs LibreOffice (soffice) and the "scan" extra.
A remade file has the same words, not the same bytes: Word files and PDFs carry times.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import letters
import sheet
import word
from binhdang.vietnamese import legacy

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"


def printed(docx: Path) -> Path:
    """The Word file printed as a PDF beside it, by LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        sys.exit("LibreOffice (soffice) is needed to print the samples.")
    profile = f"-env:UserInstallation=file://{docx.parent}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(docx.parent), str(docx)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return docx.with_suffix(".pdf")


def tcvn3(text: str) -> bytes:
    """The text in the bytes of a .VnTime font. Accented capitals have no place there but in .VnTimeH, as small letters."""
    codes: dict[str, int] = {}
    for code in range(0xA1, 0xFF):
        codes.setdefault(legacy.convert(chr(code), "tcvn3"), code)
    text = unicodedata.normalize("NFC", text)
    return bytes(ord(c) if c < "\x80" else codes[c] if c in codes else codes[c.lower()] for c in text)


def main(out: Path) -> None:
    """All samples into the folder `out`."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("tinh-an-linh", "huyen-kim-thach", "xa-suoi-mo"):
            word.write(letters.load(HERE / f"{name}.txt"), work / f"{name}.docx")
        shutil.copy(work / "tinh-an-linh.docx", out / "1-ke-hoach-tinh-an-linh.docx")
        shutil.copy(printed(work / "huyen-kim-thach.docx"), out / "2-ke-hoach-huyen-kim-thach.pdf")
        commune = printed(work / "xa-suoi-mo.docx")
        sheet.scan(commune, out / "3-ke-hoach-xa-suoi-mo-ban-quet.pdf", ("ỦY BAN NHÂN DÂN", "XÃ SUỐI MƠ"), (0.6, 0.285))
    old = (HERE / "huyen-phu-dien-2007.txt").read_text("utf-8")
    (out / "4-ke-hoach-huyen-phu-dien-2007-tcvn3.txt").write_bytes(tcvn3(old))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
