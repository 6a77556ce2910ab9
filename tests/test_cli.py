"""The command line: what is printed where, and with which status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from string import Formatter

import pytest

import hand_plan
from binhdang import __version__, checking
from binhdang.cli import command, formats, main, messages
from binhdang.cli.tables import Board, by_lead
from binhdang.cli.terminal import Terminal
from binhdang.cli.wording import CATALOGUE, Words
from binhdang.errors import EncryptedFile
from binhdang.paper import Finding, Severity, Span
from binhdang.plan import Document, Plan, from_record, to_json
from binhdang.plan.schema import PLAN_SCHEMA
from binhdang.reading import intake

Shown = pytest.CaptureFixture[str]
ANSI = re.compile(r"\x1b\[")


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(command, "_today", lambda: hand_plan.TODAY)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A paper that reads as the hand plan."""
    monkeypatch.chdir(tmp_path_factory.mktemp("papers"))
    Path("ke-hoach.docx").touch()
    monkeypatch.setattr(command, "read_plan", lambda path, limit: hand_plan.PLAN)
    monkeypatch.setattr(command, "examine", lambda path, against=None, off=(): (hand_plan.PLAN, hand_plan.FINDINGS))
    return "ke-hoach.docx"


@pytest.fixture
def plan_json(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.json"
    path.write_text(to_json(hand_plan.PLAN), encoding="utf-8")
    return path


def shown(plan: Plan = hand_plan.PLAN, *, language: str = "vi", most: int | None = None) -> str:
    out = StringIO()
    Board(Terminal(file=out), Words(language), hand_plan.TODAY, most=most).show(plan)
    return out.getvalue()


# ── single values ──


@pytest.mark.parametrize(
    ("number", "printed"),
    [("0", "0"), ("1250.5", "1.250,5"), ("1000000", "1.000.000"), ("-0.25", "-0,25"), ("1E+3", "1.000"), ("7.00", "7")],
)
def test_numbers_are_written_the_vietnamese_way(number: str, printed: str) -> None:
    assert formats.figure(Decimal(number)) == printed


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 6, 7), "hôm nay"),
        (date(2026, 6, 10), "còn 3 ngày"),
        (date(2026, 6, 5), "quá 2 ngày"),
        (date(2026, 12, 31), ""),
        (date(2020, 1, 1), ""),
    ],
)
def test_relative_words_stand_beside_near_days_only(day: date, printed: str) -> None:
    assert formats.relative(day, hand_plan.TODAY, Words()) == printed


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        ("by", "trước 10/06/2026 (còn 3 ngày)"),
        ("window", "15/11/2026 – 15/12/2026"),
        ("ongoing", "thường xuyên; cao điểm: 8/3"),
        ("periodic", "Hằng năm"),
        ("as_directed", "theo hướng dẫn của Phòng Nội vụ"),
    ],
)
def test_a_due_in_words(kind: str, printed: str) -> None:
    assert formats.due(hand_plan.DUES[kind], hand_plan.TODAY, Words()) == printed


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"year": None, "month": 6, "day": 5}, "trước 05/06 hằng năm"),
        ({"year": 2026, "month": 6, "day": 5}, "trước 05/06/2026"),
        ({"year": None, "month": None, "day": 25, "kind": "month", "before": False}, "ngày 25 hằng tháng"),
        ({"year": 2026, "month": 12, "day": None, "before": False}, "tháng 12/2026"),
        ({"year": None, "month": None, "day": None}, ""),
    ],
)
def test_a_reports_date_in_words(fields: dict[str, object], printed: str) -> None:
    duty = replace(hand_plan.PLAN.reporting[0], **fields)  # type: ignore[arg-type]
    assert formats.duty_date(duty, Words()) == printed


def test_escapes_of_a_hostile_file_never_reach_the_screen() -> None:
    document = Document(title="a\x1b[2Jb\u202ec\x07", issuer="[bold]đậm[/bold] :smile:")
    out = shown(Plan("", (), document))
    assert not set("\x1b\u202e\x07") & set(out)
    assert "[bold]đậm[/bold] :smile:" in out


# ── the wording ──


def test_each_wording_says_the_same_values_in_both_languages() -> None:
    for key, pair in CATALOGUE.items():
        fields = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in pair]
        assert all(pair), key
        assert fields[0] == fields[1], key


def test_english_labels_leave_no_vietnamese_label() -> None:
    english = shown(language="en")
    for key in ("tasks", "due", "lead-missing", "sum-printed", "reporting", "recipients", "severity"):
        english_words = re.sub(r"\{\w+\}", "", CATALOGUE[key][1]).strip()
        assert english_words in english, key
    assert "Chưa rõ" not in english
    assert "Tổng ghi" not in english


# ── tables ──


def test_the_tables_hold_what_an_officer_asks_for() -> None:
    out = shown()
    for words in (
        "Kế hoạch (chưa có số) · 10/02/2026",
        "Lò Thị Mai (Phó Chủ tịch)",
        "Hội Phụ nữ (2)",
        "Chưa rõ cơ quan chủ trì (2)",
        "Phối hợp: Trường Tiểu học",
        "Cùng chủ trì: Ban Văn hóa",
        "≥ 80 %",
        "trước 05/06 hằng năm",
        "- Đảng ủy xã (b/c)",
        "[numbering.duplicate]",
        "45/KH-UBND",
        "Quỹ vì người nghèo",
    ):
        assert words in out, words


def test_the_budget_shows_its_own_sum_beside_the_printed_one() -> None:
    computed = next(line for line in shown().splitlines() if "Cộng các dòng" in line)
    printed = next(line for line in shown().splitlines() if "Tổng ghi" in line)
    assert computed.split()[-4:] == ["1", "1.212,5", "15", "1.227,5"]
    assert printed.split()[-4:] == ["1.212,5", "16", "≠", "1.227,5"]


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert max(map(len, shown().splitlines())) <= int(columns)


def test_a_pipe_gets_a_hundred_columns_and_no_colours() -> None:
    out = shown()
    assert max(map(len, out.splitlines())) == 100
    assert not ANSI.search(out)


def test_a_task_of_two_leads_stands_under_both() -> None:
    groups = by_lead(hand_plan.TASKS)
    assert {lead: [t.id for t in tasks] for lead, tasks in groups.items()} == {
        "Hội Phụ nữ": ["t1", "t2"],
        "Ban Văn hóa": ["t2"],
        "Công an xã": ["t3"],
        "": ["t4", "t5"],
    }


# ── a compiler's messages ──


def message(plan: Plan, *findings: Finding, width: int = 60) -> list[str]:
    out = StringIO()
    console = Terminal(file=out)
    console.width = width
    messages.show_findings(console, "a.docx", plan, findings, Words())
    return out.getvalue().splitlines()


def test_a_finding_reads_as_a_compilers_message() -> None:
    assert message(hand_plan.PLAN, hand_plan.FINDINGS[1]) == [
        "a.docx: trang 2: lỗi numbering.duplicate: Số thứ tự “1.” được dùng hai lần.",
        "    9 │ 1. Phát thanh về bình đẳng giới thường xuyên, cao …",
        "      │ ^^",
        "  = nên sửa: 2.",
        "a.docx: 1 lỗi, 0 cảnh báo, 0 ghi chú",
    ]


@pytest.mark.parametrize(
    ("text", "span", "width", "expected"),
    [
        ("một hai ba", (4, 7), 40, ("một hai ba", "    ^^^", 0)),
        ("đầu\nmột hai ba\ncuối", (8, 11), 40, ("một hai ba", "    ^^^", 0)),
        ("ab\ncd", (1, 5), 40, ("ab", " ^", 1)),
        ("中文 hai", (3, 6), 40, ("中文 hai", "     ^^^", 0)),
        ("e\u0302\u0301 hai", (4, 7), 40, ("e\u0302\u0301 hai", "  ^^^", 0)),
        ("\thai", (1, 4), 40, (" hai", " ^^^", 0)),
        ("x" * 50 + "HAI" + "y" * 50, (50, 53), 20, ("…" + "x" * 9 + "HAI" + "y" * 6 + "…", " " * 10 + "^^^", 0)),
        ("HAI" + "y" * 50, (0, 53), 20, ("HAI" + "y" * 15 + "…", "^" * 18, 0)),
    ],
    ids=["plain", "later line", "over the line's end", "wide", "combining", "tab", "long line", "long span"],
)
def test_carets_stand_under_the_words(
    text: str, span: tuple[int, int], width: int, expected: tuple[str, str, int]
) -> None:
    assert messages.underlined(text, Span(*span), width) == expected


def test_a_finding_outside_the_text_has_no_excerpt() -> None:
    lost = Finding("x.y", Severity.INFO, "Chỗ\nlạ", Span(9_000, 9_009))
    assert message(hand_plan.PLAN, lost)[0] == "a.docx: trang 2: ghi chú x.y: Chỗ lạ"
    assert len(message(hand_plan.PLAN, lost)) == 2


# ── commands ──


def test_read_shows_tables(paper: str, capsys: Shown) -> None:
    assert main(["read", paper]) == 0
    assert "Công tác vì sự tiến bộ của phụ nữ xã Sông Đà năm 2026" in capsys.readouterr().out


def test_a_paper_of_unknown_kind_is_not_called_a_plan(capsys: Shown, tmp_path: Path) -> None:
    letter = tmp_path / "thu.txt"
    letter.write_text("Kính gửi các bạn, hôm nay trời đẹp.\n", encoding="utf-8")
    main(["read", str(letter)])
    assert "(chưa rõ loại văn bản) (chưa có số)" in capsys.readouterr().out


def test_read_json_is_the_plan(paper: str, capsys: Shown) -> None:
    assert main(["read", paper, "--json"]) == 0
    assert from_record(json.loads(capsys.readouterr().out)) == hand_plan.PLAN


def test_read_html_is_written_whole(paper: str, capsys: Shown, tmp_path: Path) -> None:
    out = tmp_path / "trang.html"
    assert main(["read", paper, "--html", str(out), "--lang", "en"]) == 0
    assert out.read_text(encoding="utf-8").endswith("</html>\n")
    assert [p.name for p in tmp_path.iterdir()] == ["trang.html"]
    assert capsys.readouterr().out == f"Review page written: {out}\n"


def test_an_output_that_cannot_be_written_is_one_line(paper: str, capsys: Shown, tmp_path: Path) -> None:
    assert main(["read", paper, "--html", str(tmp_path / "không" / "trang.html")]) == 2
    error = capsys.readouterr().err
    assert error.startswith("binhdang: [output.unwritable] Không ghi được")
    assert "trang.html: thư mục không có." in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("place", [".", "/dev/full"])
def test_a_folder_or_a_device_is_never_replaced(paper: str, capsys: Shown, place: str) -> None:
    before = Path(place).stat().st_mode
    assert main(["read", paper, "--html", place]) == 2
    assert Path(place).stat().st_mode == before
    assert "[output.unwritable]" in capsys.readouterr().err


def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from binhdang.cli import main; sys.exit(main(['schema']))"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("binhdang: [output.unwritable]")
    assert done.stderr.count("\n") == 1


def test_a_name_too_long_for_the_system_is_one_line(capsys: Shown) -> None:
    assert main(["read", "a" * 5000]) == 2
    assert capsys.readouterr().err.startswith("binhdang: [file.not-found]")


def test_a_line_break_in_a_name_makes_no_second_message() -> None:
    stream = StringIO()
    messages.show_findings(Terminal(file=stream), "a\nb.txt: lỗi", hand_plan.PLAN, (), Words())
    assert stream.getvalue().startswith("a\ufffdb.txt: lỗi: ")


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (
            EncryptedFile("a.pdf có mật khẩu.", hint="Hãy bỏ mật khẩu."),
            2,
            "binhdang: [file.encrypted] a.pdf có mật khẩu. Hãy",
        ),
        (KeyboardInterrupt(), 130, ""),
        (RuntimeError("hỏng"), 2, "binhdang: [internal] Lỗi bên trong binhdang: RuntimeError: hỏng (test_cli.py:"),
    ],
)
def test_errors_are_one_line_and_a_status(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], raised: BaseException, status: int, words: str
) -> None:
    def fail(path: Path, limit: int) -> Plan:
        raise raised

    monkeypatch.setattr(command, "read_plan", fail)
    assert main(["read", __file__]) == status
    error = capfd.readouterr().err
    assert error.startswith(words)
    assert error.count("\n") == bool(words)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "thiếu đối số: LỆNH"),
        (["read"], "thiếu đối số: FILE|FOLDER"),
        (["check"], "thiếu đối số: FILE"),
        (["read", "a", "--colour"], "không hiểu đối số: --colour"),
        (["read", "a", "--lang", "fr"], "giá trị không hợp lệ: 'fr'"),
        (["read", "a", "--workers", "x"], "giá trị không hợp lệ: 'x'"),
        (["read", __file__, "--limit", "0"], "--limit phải là số dương"),
        (["read", __file__, "--limit", "inf"], "--limit phải là số dương"),
        (["read", __file__, "--limit", "nan"], "--limit phải là số dương"),
        (["read", __file__, "--out", "p.jsonl"], "--out chỉ dùng khi đọc thư mục"),
        (["read", "."], "đọc thư mục cần --out"),
        (["read", ".", "--out", "p.csv"], "đọc thư mục cần --out"),
        (["read", ".", "--out", "p.jsonl", "--json"], "--json chỉ dùng khi đọc một tệp"),
        (["read", ".", "--out", "p.jsonl", "--workers", "0"], "--workers phải là số dương"),
        (["read", ".", "--out", "p.jsonl", "--limit", "-1"], "--limit phải là số dương"),
        (["read", "a", "--lang", "en", "--bad"], "unknown: --bad"),
    ],
)
def test_wrong_usage_is_said_in_words(capsys: Shown, argv: list[str], words: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)
    assert caught.value.code == 2
    assert f"binhdang: [usage] {words}" in capsys.readouterr().err


@pytest.mark.parametrize(("findings", "status"), [(hand_plan.FINDINGS, 1), (hand_plan.FINDINGS[::2], 0), ((), 0)])
def test_check_fails_on_errors_only(
    monkeypatch: pytest.MonkeyPatch, capsys: Shown, findings: tuple[Finding, ...], status: int
) -> None:
    monkeypatch.setattr(command, "examine", lambda path, against, off: (hand_plan.PLAN, findings))
    assert main(["check", "a.docx"]) == status
    assert main(["check", "a.docx", "--json"]) == status
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{\n") :])["counts"]["error"] == status


def test_check_hands_on_what_it_was_told(monkeypatch: pytest.MonkeyPatch, capsys: Shown) -> None:
    told: list[object] = []

    def examine(path: Path, against: Path | None, off: frozenset[str]) -> tuple[Plan, tuple[Finding, ...]]:
        told.extend((path, against, off))
        return hand_plan.PLAN, ()

    monkeypatch.setattr(command, "examine", examine)
    assert main(["check", "a.docx", "--against", "b.docx", "--off", "a.b, c", "--off", "d.e"]) == 0
    assert told == [Path("a.docx"), Path("b.docx"), {"a.b", "c", "d.e"}]
    assert capsys.readouterr().out == "a.docx: không có phát hiện nào\n"


def test_check_takes_the_json_that_read_made(plan_json: Path, capsys: Shown) -> None:
    assert main(["check", str(plan_json)]) == 1
    assert f"{plan_json}: trang 2: lỗi numbering.duplicate" in capsys.readouterr().out


def test_the_rules_are_listed(capsys: Shown) -> None:
    assert main(["check", "--list-rules"]) == 0
    out = capsys.readouterr().out
    assert all(rule.code in out for rule in checking.RULES)


def test_the_schema_is_printed(capsys: Shown) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == PLAN_SCHEMA


def test_samples_are_shown_and_a_bad_one_survived(
    monkeypatch: pytest.MonkeyPatch, capsys: Shown, tmp_path: Path
) -> None:
    def read(path: Path) -> Plan:
        if path.name == "hong.pdf":
            raise EncryptedFile("có mật khẩu")
        return hand_plan.PLAN

    monkeypatch.setattr(command, "read_plan", read)
    for name in ("hong.pdf", "tot.docx", ".hidden"):
        (tmp_path / name).touch()
    assert main(["samples", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "[file.encrypted] có mật khẩu" in out
    assert "tot.docx: trang 2: lỗi numbering.duplicate" in out
    assert ".hidden" not in out


def test_a_folder_without_samples_says_where_to_get_some(capsys: Shown, tmp_path: Path) -> None:
    assert main(["samples", str(tmp_path)]) == 2
    assert "binhdang: [file.not-found] Không có văn bản mẫu nào" in capsys.readouterr().err


def test_the_version(capsys: Shown) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"binhdang {__version__}\n"


# ── the command as it is installed ──


def binhdang(*argv: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    script = "import sys; from binhdang.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", script, *argv],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **surroundings},
        check=False,
    )


def test_output_is_utf8_whatever_the_locale(plan_json: Path) -> None:
    done = binhdang("check", str(plan_json), PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (1, "")
    assert "lỗi numbering.duplicate" in done.stdout


def test_a_folder_is_read_and_the_run_summed_up(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "trong.txt").write_bytes(b"")
    (tmp_path / "papers" / "ke-hoach.txt").write_text(hand_plan.TEXT, encoding="utf-8")
    out = tmp_path / "plans.jsonl"
    done = binhdang("read", str(tmp_path / "papers"), "--out", str(out), "--workers", "1")
    assert done.returncode == 0
    assert done.stdout.startswith("Đã đọc 1 tệp, 1 tệp không đọc được, bỏ qua 0 tệp đã làm; ")
    assert "trong.txt: [file.empty]" in done.stderr
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_a_reader_that_goes_away_is_no_error(plan_json: Path) -> None:
    script = "import sys; from binhdang.cli import main; sys.exit(main())"
    writer = subprocess.Popen(
        [sys.executable, "-c", script, "check", str(plan_json), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout is not None
    writer.stdout.close()
    assert writer.stderr is not None
    assert writer.stderr.read() == b""
    writer.stderr.close()
    assert writer.wait() == 141


def test_a_mistyped_folder_is_said_to_be_missing(capsys: Shown) -> None:
    assert main(["read", "khong-co", "--out", "p.jsonl"]) == 2
    assert "[file.not-found] Không có khong-co." in capsys.readouterr().err


def test_the_limit_of_a_file_goes_both_ways(capsys: Shown, tmp_path: Path) -> None:
    paper = tmp_path / "ke-hoach.txt"
    paper.write_text(hand_plan.TEXT, encoding="utf-8")
    assert main(["read", str(paper), "--limit", "0.0001"]) == 2
    assert "[file.too-large]" in capsys.readouterr().err
    paper.write_text(hand_plan.TEXT + " " * (intake.LIMIT + 1), encoding="utf-8")
    assert main(["read", str(paper)]) == 2
    assert main(["read", str(paper), "--limit", "60"]) == 0


def test_an_unknown_code_to_switch_off_is_named(capsys: Shown, paper: str) -> None:
    main(["check", paper, "--off", "layout,numbering.gap,numberin", "--no-colour"])
    said = capsys.readouterr().err
    assert "--off numberin: không có quy tắc nào mang mã này" in said
    assert "layout" not in said
