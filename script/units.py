"""Makes src/binhdang/reference/units.csv and successions.csv from the published conversion table.

    .venv/bin/python script/units.py TABLE.csv

TABLE.csv is the General Statistics Office's table of the reorganisation of 1 July 2025, one row for each old commune and
new unit, with the columns old_province_code … new_province, note. Its slips are mended here, each with a remark.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

OUT = Path(__file__).parent.parent / "src" / "binhdang" / "reference"
LAST, FIRST = "2025-06-30", "2025-07-01"
KINDS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "quận", "huyện", "phường", "xã")
# Not in the table: Đồng Nai became a city under the central government (National Assembly, in force 30 April 2026).
CHANGES = {"75": ("2026-04-29", "2026-04-30", "Thành phố Đồng Nai")}
SLIPS = {
    "Thi trấn Ngan Dừa": "Thị trấn Ngan Dừa",
    "Xa Ea Kly": "Xã Ea Kly",
    "Quảng Trị": "Tỉnh Quảng Trị",
    "Xuân Quang 3": "Xã Xuân Quang 3",
    "Xuân Phước": "Xã Xuân Phước",
}

Row = dict[str, str]


def clean(text: str) -> str:
    """NFC, single blanks, the kind with one capital, known slips mended."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    name = SLIPS.get(name, name)
    for kind in KINDS:
        if name.lower().startswith(kind + " "):
            return kind.capitalize() + name[len(kind) :]
    return name


def usual(names: Counter[str]) -> str:
    """The spelling printed most often; of two as often, the older way of placing the tone ("Thụy")."""
    return max(sorted(names, reverse=True), key=lambda n: names[n])


def parted(name: str) -> tuple[str, str]:
    """ "Phường 4" → ("phường", "4")."""
    kind = next((k for k in KINDS if name.lower().startswith(k + " ")), "")
    return kind, name[len(kind) :].strip()


def extent(note: str) -> tuple[str, str]:
    """How much of the old unit's area and people went over: whole, part, none, or "" where the note does not say."""
    low = unicodedata.normalize("NFC", note).lower().replace("nhâp", "nhập")
    if "toàn bộ diện tích" in low:
        return "whole", ""
    if "toàn bộ dân số" in low:
        return "part", "whole"
    if "một phần diện tích" in low:
        return "part", ""
    if "một phần" in low or "phần còn lại" in low:
        return "part", "part"
    return "whole", "whole"


def main() -> int:
    """Writes both files and prints what was counted and mended."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        table = [
            {k: v if k.endswith("code") else " ".join(v.split()) for k, v in row.items()}
            for row in csv.DictReader(file)
        ]
    units, ids = read_units(table)
    links = read_links(table, ids)
    write("units.csv", ("id", "code", "level", "kind", "name", "parent", "from", "to", "remark"), units)
    write("successions.csv", ("old", "new", "on", "area", "people", "printed"), links)
    print(Counter(u[2] + (" now" if not u[7] else "") for u in units), len(links), "links")
    return 0


def read_units(table: list[Row]) -> tuple[list[tuple[str, ...]], dict[tuple[str, str], str]]:
    """Units, and their ids: of old communes by code and name, of all others by code."""
    spelled: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    above = parents(table)
    for row in table:
        for what in ("old province", "old district", "old commune", "new province", "new commune"):
            column = what.replace(" ", "_")
            if row[f"{column}_code"]:
                spelled[what, row[f"{column}_code"]][clean(row[column])] += 1
    known = {
        (above[what, f"{code} {n}"], n): code
        for (what, code), names in spelled.items()
        if what == "old commune" and len(told_apart(names)) == 1
        for n in names
    }
    units: list[tuple[str, ...]] = []
    ids: dict[tuple[str, str], str] = {}
    for (what, code), names in sorted(spelled.items()):
        level, commune = what.split()[1], what == "old commune"
        apart = told_apart(names) if commune else [usual(names)]
        mine = [n for n in apart if not (len(apart) > 1 and known.get((above[what, f"{code} {n}"], n)))]
        for name in apart:
            key = f"{code} {name}" if commune else code
            if len(apart) > 1 and (own := known.get((above[what, key], name))):
                ids[what, key] = own  # printed under a neighbour's code in one row, under its own in others
                continue
            ids[what, key] = id_ = (
                f"{code}.2025" if what.startswith("new") else code if name == apart[0] else f"{code}b"
            )
            remark = "code printed for two communes" if len(mine) > 1 else ""
            when = ("", LAST) if what.startswith("old") else (FIRST, "")
            units.append((id_, code, level, *parted(name), above[what, key], *when, remark))
    return [u for unit in units for u in changed_since(unit)], ids


def changed_since(unit: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The unit, in two rows where it changed its name or kind after the reorganisation."""
    if unit[0].endswith(".2025") and unit[2] == "province" and unit[1] in CHANGES:
        last, first, name = CHANGES[unit[1]]
        return [
            (*unit[:7], last, unit[8]),
            (f"{unit[1]}.{first[:4]}", unit[1], "province", *parted(name), "", first, "", ""),
        ]
    return [unit]


def parents(table: list[Row]) -> dict[tuple[str, str], str]:
    """The id of the unit above, by the keys of the ids."""
    provinces = home_provinces(table)
    found: dict[tuple[str, str], str] = defaultdict(str)
    for row in table:
        found["old district", row["old_district_code"]] = provinces[row["old_district_code"]]
        found["old commune", f"{row['old_commune_code']} {clean(row['old_commune'])}"] = row["old_district_code"]
        found["new commune", row["new_commune_code"]] = f"{row['new_province_code']}.2025"
    return found


def told_apart(names: Counter[str]) -> list[str]:
    """Names under one code that are not spellings of one another."""
    bare = {n: re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFD", n.lower())) for n in names}
    kept: list[str] = []
    for name in sorted(names):
        if not any(bare[name] == bare[k] for k in kept):
            kept.append(name)
    return kept


def home_provinces(table: list[Row]) -> dict[str, str]:
    """The province that most rows print for a district: one row names a neighbour."""
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for row in table:
        printed[row["old_district_code"]][row["old_province_code"]] += 1
    return {district: seen.most_common(1)[0][0] for district, seen in printed.items()}


def read_links(table: list[Row], ids: dict[tuple[str, str], str]) -> list[tuple[str, ...]]:
    """Successions of communes and island districts, then of provinces."""
    links: list[tuple[str, ...]] = []
    for row in table:
        code, name = row["old_commune_code"], clean(row["old_commune"])
        if code:
            old = ids.get(("old commune", f"{code} {name}")) or code
        elif name:
            continue  # a stretch of coast without a code, run by a district
        else:
            old = row["old_district_code"]
        links.append(
            (
                old,
                ids["new commune", row["new_commune_code"]],
                FIRST,
                *extent(row["note"]),
                unicodedata.normalize("NFC", row["note"]),
            )
        )
    links = with_people(links)
    into: dict[str, Counter[str]] = defaultdict(Counter)
    provinces = home_provinces(table)
    for row in table:
        into[provinces[row["old_district_code"]]][row["new_province_code"]] += 1
    for old, seen in sorted(into.items()):
        new = seen.most_common(1)[0][0]
        links.append((old, f"{new}.2025", FIRST, "whole", "whole", ""))
    links += [
        (f"{code}.2025", f"{code}.{first[:4]}", first, "whole", "whole", "") for code, (_, first, _) in CHANGES.items()
    ]
    return links


def with_people(links: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Where one successor took all the people, those that took area only took none."""
    whole = {link[0] for link in links if link[4] == "whole"}
    return [(*link[:4], link[4] or ("none" if link[0] in whole else ""), link[5]) for link in links]


def write(name: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """One CSV file with LF line ends."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
