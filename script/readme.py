"""Puts the real output under each command of README.md: python script/readme.py [--check].

A ```console block opens with "$ command"; the rest of the block is what it prints, at 100 columns, without colours.
--check changes nothing and ends with status 1 when the page shows something else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n\$ (?P<command>.+)\n(?P<output>(?:(?!```).*\n)*)```$", re.M)


def renewed(page: str) -> str:
    """The page with each command's output as it is now."""
    return _BLOCK.sub(lambda block: f"```console\n$ {block['command']}\n{_output(block['command'])}```", page)


def _output(command: str) -> str:
    """What a person sees, without the spaces at the ends of lines and empty lines at the end."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    lines = [line.rstrip() for line in done.stdout.rstrip().split("\n")]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Renews or checks the page."""
    page = PAGE.read_text("utf-8")
    fresh = renewed(page)
    if "--check" in sys.argv:
        return int(fresh != page)
    PAGE.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
