"""Whether a file bears a secrecy mark, asked before a byte of it is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from binhdang.server.web.records import Refused

_PATIENCE = 60  # seconds: the first page of a scan takes two


def refuse_secret_file(path: Path, name: str) -> None:
    """Raises Refused for a paper marked Mật, Tối mật, Tuyệt mật. What else is wrong with a file is told when it is read."""
    argv = [sys.executable, "-m", "binhdang.server.papers.reading_process", str(path), name, "--secrecy"]
    try:
        done = subprocess.run(argv, capture_output=True, timeout=_PATIENCE, check=False)
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as e:
        raise Refused(
            f"Chưa kiểm tra được “{name}” có đóng dấu mật hay không nên chưa nhận.",
            hint="Hãy gửi lại từng tệp nhỏ hơn.",
        ) from e
    if told:
        raise Refused(told["error"], hint=told["hint"], field="file")
