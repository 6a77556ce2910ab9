"""What the clerk and the reader doubt in a paper, and what the reviewers said of it."""

from __future__ import annotations

from dataclasses import dataclass

from binhdang.review import Reviewed, finding_key

_ORDER = {"error": 0, "warning": 1, "info": 2, "unplaced": 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt with its place and what was decided; `severity` "unplaced" for words that no stage could place."""

    key: str
    code: str
    severity: str
    message: str
    mend: str
    start: int
    end: int
    state: str = "open"
    reason: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether somebody has resolved or waived it."""
        return self.state != "open"


def findings_of(reviewed: Reviewed) -> list[Finding]:
    """The findings of the Reading, errors first; then the words without a place."""
    text = reviewed.record["text"]
    rows = [
        *reviewed.record["findings"],
        *(
            {"code": "unplaced", "severity": "unplaced", "message": text[span[0] : span[1]], "span": span}
            for span in reviewed.record["unplaced"]
        ),
    ]
    found = []
    for row in rows:
        key = finding_key(row)
        state, reason = reviewed.findings.get(key, ("open", ""))
        start, end = row.get("span") or (-1, -1)
        found.append(
            Finding(key, row["code"], row["severity"], row["message"], row.get("mend", ""), start, end, state, reason)
        )
    return sorted(found, key=lambda f: (_ORDER[f.severity], f.start))
