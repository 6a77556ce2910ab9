"""Words that begin what somebody does: where an agency's name ends in running text ("Sở Tư pháp | tổ chức …").

Collected from issued plans, 2004-2026. Lower case only: "Ban Tổ chức", "Trung tâm Hỗ trợ" are names.
"""

_WORDS = """
tăng; giảm; tuyển; kêu gọi; mời; khám; chuyển giao; chuyển tải; thu hút; tìm hiểu; hòa nhập; chăm lo; chăm sóc; giữ; phát hành; quy định; rà; xét; chấm; kiến nghị; nhân dịp; thông tin kịp thời; lên án; đấu tranh; ngăn chặn; truy; khởi tố; xét xử; truy tố;
ban hành; bao gồm; biên soạn; biểu dương; bám sát; báo cáo; bảo vệ; bảo đảm; bằng; bố trí; bồi dưỡng; bổ sung; can
thiệp; chi tiết; chi trả; cho; chuyển; chuẩn bị; chú trọng; chấp hành; chậm nhất; chỉ đạo; chịu trách nhiệm; chọn;
chủ trì; chủ động; cung cấp; cân đối; có kế hoạch; có nhiệm vụ; có trách nhiệm; có văn bản; có ý kiến; công bố; công
khai; cùng; căn cứ; cấp bổ sung; cấp kinh phí; cấp phát; cần; cập nhật; củng cố; cử; do; duy trì; dành; dự; ghi; ghi
nhận; giao; giám sát; giúp; giải quyết; giới thiệu; góp ý; gắn; gắn với; gồm; gửi; hoàn thành; hoặc; huy động; hàng
năm; hàng quý; hàng tháng; hình thành; hòa giải; hướng dẫn; hằng năm; hằng quý; hằng tháng; hỏi; hỗ trợ; in; in ấn;
khai thác; khen thưởng; khi; khuyến khích; khảo sát; khẩn trương; khởi; kiểm tra; kiện toàn; ký; kết nối; kết quả;
kịp thời; là; làm tốt; làm đầu mối; lãnh đạo các; lãnh đạo thực; lãnh đạo tổ; lãnh đạo việc; lãnh đạo xây; lập; lắp
đặt; lồng; lồng ghép; lựa chọn; mỗi; mở; ngay; nghiêm túc; nghiên cứu; nhân rộng; như; nhận; nhắc nhở; nhằm; này;
nâng cao; nêu; nắm; nếu; nộp; phát hiện; phát huy; phát sóng; phát thanh bài; phát thanh các; phát thanh nội; phát
thanh tin; phát thanh tuyên; phát động; phân bổ; phân công; phê duyệt; phòng ngừa; phải; phản ánh; phối hợp; phổ
biến; qua; quan tâm; quyết toán; quyết định; quán triệt; quản lý chặt; quản lý việc; quản lý và; quản lý,; quản trị; rà soát;
rút kinh nghiệm; sơ kết; sẽ; sử dụng; sửa đổi; tham gia; tham mưu; theo; theo dõi; thu thập; thành lập; thí điểm;
thông báo; thông qua; thông tin,; thăm; thường xuyên; thẩm tra; thẩm định; thống kê; thực hiện; tiến hành; tiếp
nhận; tiếp tục; tranh thủ; trao; treo; triển khai; trong; truyền tải; trên cơ sở; trên địa bàn; trình; trước; trả
lời; tuyên truyền; tích cực; tăng cường; tư vấn; tại; tạo điều kiện; tập huấn; tập trung; tặng; tổ chức; tổng hợp;
tổng kết; từ; tự; viết; việc chấp; việc giải; việc quản; việc thực; việc tiếp; việc triển; việc tổ; việc xây; và các
nguồn; và những; vào; vì vậy; vận động; về; với; xem xét; xác minh; xác định; xây dựng; xử lý; yêu cầu; đa dạng;
đang; đồng chủ trì; điều chỉnh; điều phối; đào tạo; đánh giá; đã; đôn; đôn đốc; đăng; đăng ký; đăng tải; đưa; được; đại diện; đảm
bảo; đẩy mạnh; đẩy nhanh; đề cao; đề nghị; đề xuất; để; định kỳ; đồng thời; đổi mới; ưu tiên; ở
"""

DOING_WORDS = frozenset(" ".join(_WORDS.split()).split("; "))
