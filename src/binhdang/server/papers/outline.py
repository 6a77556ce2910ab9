"""The sections of a paper, for setting who and when for all that stands in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from binhdang.review import Reviewed


def sections(record: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """The nodes of the outline that hold others or tasks: id, words, depth."""
    nodes = {o["id"]: o for o in record["outline"]}
    parents = {o["parent"] for o in record["outline"]}
    found = []
    for node in record["outline"]:
        if node["id"] not in parents:
            continue
        depth, above = 0, node["parent"]
        while above is not None and depth < 12:
            depth, above = depth + 1, nodes[above]["parent"]
        words = f"{node['ref'] or ''} {node['heading']}".strip()
        found.append((node["id"], words[:120], depth))
    return found


def tasks_in(reviewed: Reviewed, section: str) -> list[str]:
    """The keys of the live tasks that stand in a section or below it."""
    nodes = {o["id"]: o["parent"] for o in reviewed.record["outline"]}
    inside: dict[str | None, bool] = {None: False, section: True}

    def lies_in(node: str | None) -> bool:
        path = []
        while node not in inside:
            path.append(node)
            node = nodes.get(node) if node is not None else None
        for step in path:
            inside[step] = inside[node]
        return inside[node]

    return [item.key for item in reviewed.of("task") if lies_in(item.fields["outline"])]
