"""Every word that the command line and the review page say of their own: Vietnamese first, then English.

Messages of findings and errors are Vietnamese and stand where they are raised.
"""

from __future__ import annotations

LANGUAGES = ("vi", "en")

CATALOGUE: dict[str, tuple[str, str]] = {
    # ── the paper's head ──
    "kind-missing": ("(chưa rõ loại văn bản)", "(kind unknown)"),
    "number-missing": ("(chưa có số)", "(no number)"),
    "date-missing": ("(chưa có ngày)", "(no date)"),
    "title-missing": ("(không có trích yếu)", "(no title)"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "place": ("Nơi ban hành", "Place"),
    "period": ("Thời kỳ", "Period"),
    "signer": ("Người ký", "Signer"),
    "places": ("Địa bàn", "Places"),
    "file": ("Tệp", "File"),
    "unknown": ("chưa rõ", "unknown"),
    # ── parts ──
    "tasks": ("Nhiệm vụ", "Tasks"),
    "targets": ("Chỉ tiêu", "Targets"),
    "budget": ("Kinh phí", "Budget"),
    "reporting": ("Báo cáo", "Reporting"),
    "citations": ("Trích dẫn", "Citations"),
    "recipients": ("Nơi nhận", "Recipients"),
    "findings": ("Phát hiện", "Findings"),
    "funding": ("Nguồn kinh phí nêu trong lời văn", "Funding named in the text"),
    "none": ("Không có.", "None."),
    "more": ("… và {n} dòng nữa", "… and {n} more rows"),
    # ── tasks ──
    "ref": ("Mục", "Ref"),
    "task": ("Nhiệm vụ", "Task"),
    "due": ("Thời hạn", "Due"),
    "lead": ("Chủ trì", "Lead"),
    "lead-missing": ("Chưa rõ cơ quan chủ trì", "No lead agency named"),
    "lead-also": ("Cùng chủ trì", "Also lead"),
    "partners": ("Phối hợp", "Partners"),
    "places-at": ("Địa bàn", "Places"),
    "requested": ("Đề nghị", "Requested"),
    # ── dues ──
    "before": ("trước {day}", "before {day}"),
    "ongoing": ("thường xuyên", "ongoing"),
    "periodic": ("định kỳ", "periodic"),
    "as_directed": ("theo hướng dẫn", "as directed"),
    "peaks": ("cao điểm: {days}", "peaks: {days}"),
    "today": ("hôm nay", "today"),
    "days-left": ("còn {n} ngày", "{n} d left"),
    "days-late": ("quá {n} ngày", "{n} d ago"),
    "yearly": ("{day} hằng năm", "{day} every year"),
    "monthly": ("ngày {day} hằng tháng", "day {day} of the month"),
    "day-of": ("ngày {day}", "day {day}"),
    "month": ("tháng {month}", "month {month}"),
    # ── targets, citations, duties ──
    "subject": ("Đối tượng", "Subject"),
    "value": ("Mức", "Value"),
    "year": ("Năm", "Year"),
    "kind": ("Loại", "Kind"),
    "number": ("Số", "Number"),
    "date": ("Ngày", "Date"),
    "title": ("Trích yếu", "Title"),
    "basis": ("căn cứ", "basis"),
    "mention": ("nhắc đến", "mention"),
    "report": ("Kỳ báo cáo", "Report"),
    "reporters": ("Nơi gửi", "From"),
    "to": ("Nơi nhận", "To"),
    "via": ("qua {agencies}", "via {agencies}"),
    "cut-off": ("số liệu đến {day}", "figures up to {day}"),
    "content": ("Nội dung", "Content"),
    "report.plan": ("Kế hoạch", "Plan"),
    "report.month": ("Tháng", "Month"),
    "report.quarter": ("Quý", "Quarter"),
    "report.six_month": ("6 tháng", "Six months"),
    "report.annual": ("Năm", "Annual"),
    "report.ad_hoc": ("Đột xuất", "Ad hoc"),
    "report.mid_term": ("Sơ kết giữa kỳ", "Mid-term"),
    "report.final": ("Tổng kết", "Final"),
    "report.budget_proposal": ("Dự toán", "Budget proposal"),
    "report.periodic": ("Định kỳ", "Periodic"),
    # ── money ──
    "unit": ("Đơn vị tính", "Unit"),
    "row": ("Nội dung chi", "Item"),
    "central": ("Trung ương", "Central"),
    "local": ("Địa phương", "Local"),
    "other": ("Khác", "Other"),
    "source": ("Nguồn", "Source"),
    "amount": ("Số tiền (triệu đồng)", "Amount (million đồng)"),
    "total": ("Tổng", "Total"),
    "sum-computed": ("Cộng các dòng", "Sum of the rows"),
    "sum-printed": ("Tổng ghi trong văn bản", "Total as printed"),
    "budget-by-year": ("Kinh phí theo năm", "Budget by year"),
    "budget-by-source": ("Kinh phí theo nguồn", "Budget by source"),
    # ── findings ──
    "severity": ("Mức độ", "Severity"),
    "error": ("lỗi", "error"),
    "warning": ("cảnh báo", "warning"),
    "info": ("ghi chú", "note"),
    "code": ("Mã", "Code"),
    "message": ("Nội dung", "Message"),
    "where": ("Chỗ", "Place"),
    "page": ("trang {n}", "page {n}"),
    "Page": ("Trang {n}", "Page {n}"),
    "mend": ("nên sửa", "suggestion"),
    "further-lines": ("(còn {n} dòng nữa)", "({n} more lines)"),
    "tally": ("{errors} lỗi, {warnings} cảnh báo, {infos} ghi chú", "errors: {errors}, warnings: {warnings}, notes: {infos}"),
    "clean": ("không có phát hiện nào", "no findings"),
    # ── folders ──
    "reading": ("Đang đọc", "Reading"),
    "failed": ("{n} không đọc được", "{n} failed"),
    "speed": ("{n} tệp/giây", "{n} files/s"),
    "summary": (
        "Đã đọc {read} tệp, {failed} tệp không đọc được, bỏ qua {skipped} tệp đã làm; {seconds} giây, {speed} tệp/giây.",
        "Read {read} files, {failed} failed, {skipped} skipped as done; {seconds} s, {speed} files/s.",
    ),
    "written": ("Kết quả: {path}", "Output: {path}"),
    "interrupted": ("Đã dừng; chạy lại cùng lệnh để đọc tiếp.", "Stopped; run the same command to go on."),
    # ── the review page ──
    "page-written": ("Đã ghi trang đối chiếu: {path}", "Review page written: {path}"),
    "text": ("Văn bản", "Text"),
    "items": ("Các mục đã đọc", "Items read"),
    "skip": ("Tới các mục đã đọc", "Skip to the items"),
    "keys": ("j / k: mục sau, mục trước · Enter: tới chỗ trong văn bản", "j / k: next, previous · Enter: go to the words"),
    "legend": ("Ký hiệu", "Legend"),
    "evidence": ("cơ quan, thời hạn", "agencies, dues"),
    "no-place": ("không có chỗ trong văn bản", "no place in the text"),
    "made-by": ("binhdang {version} đọc ra từ {name}", "read by binhdang {version} from {name}"),
    # ── usage ──
    "about": (
        "Đọc kế hoạch bình đẳng giới của cơ quan nhà nước và kiểm tra như một văn thư cẩn thận.",
        "Reads the State's gender-equality plans and checks them as a careful clerk would.",
    ),
    "usage": ("cách dùng: ", "usage: "),
    "arguments": ("đối số", "arguments"),
    "options": ("tùy chọn", "options"),
    "commands": ("lệnh", "commands"),
    "help": ("xem hướng dẫn này", "show this help"),
    "help-version": ("xem phiên bản", "show the version"),
    "help-lang": ("ngôn ngữ của nhãn: vi hoặc en", "language of the labels: vi or en"),
    "help-colour": ("không dùng màu", "no colours"),
    "help-read": ("đọc một văn bản, hoặc cả thư mục", "read one paper, or a folder of them"),
    "help-read-path": ("tệp (docx, doc, pdf, html, md, txt) hoặc thư mục", "a file (docx, doc, pdf, html, md, txt) or a folder"),
    "help-json": ("in JSON", "print JSON"),
    "help-html": ("ghi trang đối chiếu văn bản và các mục đã đọc", "write a page with the text beside the items read"),
    "help-out": ("với thư mục: tệp kết quả .jsonl hoặc .parquet", "for a folder: the output, .jsonl or .parquet"),
    "help-workers": ("số tiến trình (mặc định: số nhân máy)", "number of processes (default: number of cores)"),
    "help-limit": ("bỏ qua tệp lớn hơn MB này (mặc định 50)", "refuse files larger than so many MB (default 50)"),
    "help-retry": ("đọc lại các tệp lần trước không đọc được", "read again the files that failed before"),
    "help-check": ("kiểm tra một văn bản", "check a paper"),
    "help-check-path": ("văn bản, hoặc JSON do read --json in ra", "a paper, or JSON made by read --json"),
    "help-against": ("kế hoạch cấp trên để đối chiếu", "the plan above, to compare with"),
    "help-off": ("mã không kiểm tra, cách nhau bằng dấu phẩy", "codes not to check, separated by commas"),
    "help-rules": ("liệt kê các quy tắc kiểm tra", "list the rules"),
    "help-samples": ("đọc và kiểm tra các văn bản mẫu", "read and check the sample papers"),
    "help-demo": ("máy chủ dùng thử: một tỉnh, các cơ quan, người ở mọi vai trò", "a server to try: a province, its agencies, people in every role"),
    "help-folder": ("thư mục của dữ liệu thử (binhdang-demo)", "folder of the trial data (binhdang-demo)"),
    "help-samples-path": ("thư mục văn bản mẫu", "folder of sample papers"),
    "help-schema": ("in JSON Schema của kết quả", "print the JSON Schema of the output"),
    "usage-missing": ("thiếu đối số: {what}", "missing: {what}"),
    "usage-unknown": ("không hiểu đối số: {what}", "unknown: {what}"),
    "usage-choice": ("giá trị không hợp lệ: {what}", "invalid value: {what}"),
    "usage-folder-out": (
        "đọc thư mục cần --out TỆP.jsonl hoặc --out TỆP.parquet",
        "a folder needs --out FILE.jsonl or --out FILE.parquet",
    ),
    "usage-folder-only": ("{what} chỉ dùng khi đọc thư mục", "{what} is for folders only"),
    "usage-file-only": ("{what} chỉ dùng khi đọc một tệp", "{what} is for one file only"),
    "help-serve": ("chạy máy chủ: trang web cho các cơ quan, dữ liệu trong BINHDANG_FOLDER", "run the server"),
    "help-port": ("cổng (8000)", "port (8000)"),
    "help-address": ("địa chỉ lắng nghe (127.0.0.1)", "address to listen on (127.0.0.1)"),
    "help-processes": ("số tiến trình phục vụ", "number of serving processes"),
    "help-jobs": ("số tiến trình làm việc chạy nền (mặc định: 1)", "number of processes for work in the background (default: 1)"),
    "help-load-units": ("nạp danh mục đơn vị hành chính, cũ và mới, vào cơ sở dữ liệu", "load the administrative units into the database"),
    "help-audit": ("kiểm chứng nhật ký của máy chủ", "prove the server's audit"),
    "help-audit-task": ("verify: tính lại mọi dấu niêm phong", "verify: compute every seal again"),
    "help-heads": ("thư mục giữ các dấu đã xuất", "folder of exported heads"),
    "help-backup": ("sao lưu máy chủ vào một tệp: cơ sở dữ liệu, tệp, dấu nhật ký", "back the server up into one file"),
    "help-backup-file": ("tệp sao lưu", "the backup file"),
    "help-backup-for": ("khóa công khai age để khóa bản sao lưu", "age public key that locks the backup"),
    "help-new-key": ("tạo cặp khóa để khóa bản sao lưu", "make a key pair to lock backups with"),
    "help-restore": ("phục hồi bản sao lưu vào nơi trống", "restore a backup into an empty place"),
    "help-identity": ("tệp khóa của bản sao lưu", "identity file that opens the backup"),
    "off-unknown": ("--off {code}: không có quy tắc nào mang mã này (xem: binhdang check --list-rules)", "--off {code}: no rule has this code (see: binhdang check --list-rules)"),
    "usage-positive": ("{what} phải là số dương", "{what} must be a positive number"),
}  # fmt: skip


class Words:
    """The wording in one language: `words("page", n=2)` is "trang 2"."""

    def __init__(self, language: str = "vi") -> None:
        self.language = language
        self._column = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key`; KeyError for one that the catalogue does not hold."""
        words = CATALOGUE[key][self._column]
        return words.format(**values) if values else words

    def __contains__(self, key: str) -> bool:
        return key in CATALOGUE
