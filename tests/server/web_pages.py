"""Pages that web's tests ask for: one for each way in which a view can go wrong, and one with every component."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from binhdang.server.urls import handler400, handler403, handler404, handler500
from binhdang.server.web.paging import page_of
from binhdang.server.web.records import Conflict, Difference, Refused

__all__ = ["handler400", "handler403", "handler404", "handler500"]

ERRORS: dict[str, Exception] = {
    "refused": Refused("Cơ quan này đã kết thúc từ 01/03/2025.", hint="Hãy chọn cơ quan kế thừa."),
    "conflict": Conflict("Người khác vừa sửa.", hint="Hãy xem lại."),
    "differences": Conflict("Người khác vừa sửa.", differences=[Difference("Tên", "Sở Nội vụ", "<b>Sở</b>")]),
    "denied": PermissionDenied("Cơ quan của bạn không có phần việc ở đây."),
    "denied-without-words": PermissionDenied(),
    "broken": ZeroDivisionError("secret"),
}


class Form(forms.Form):
    """A field of each kind that components lay out."""

    name = forms.CharField(label="Tên cơ quan", help_text="Ghi như trong quyết định.")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Sở"), ("b", "Ban")])
    level = forms.ChoiceField(label="Cấp", choices=[("a", "Cấp tỉnh")], widget=forms.RadioSelect, help_text="Hai cấp")
    active = forms.BooleanField(label="Đang hoạt động", required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)

    def clean(self) -> None:
        """Refuses a name that is a mark."""
        if self.cleaned_data.get("name") == "<i>":
            raise forms.ValidationError("Tên không thể là <i>.")


COMPONENTS = """{% extends "web/base.html" %}
{% block title %}Cơ quan{% endblock %}
{% block content %}
<c-page-head title="Cơ quan" subtitle="Tỉnh Gia Lai" back="/" back_title="Trang đầu">
  <c-slot name="actions"><c-button href="/them/">Thêm</c-button><c-button why_not="Chỉ lãnh đạo duyệt">Duyệt</c-button></c-slot>
</c-page-head>
<c-tabs label="Cơ quan"><c-tab href="?the=a" active="yes">Thông tin</c-tab><c-tab href="?the=b">Lịch sử</c-tab></c-tabs>
<c-filters clear="?"><input type="search" name="tim"></c-filters>
<c-table caption="Các quyền" list="yes">
  <c-slot name="head"><th scope="col">Tên</th></c-slot>
  {% for row in page %}<tr><td data-label="Tên"><a href="/">{{ row.codename }}</a></td></tr>{% endfor %}
</c-table>
<c-pager :page="page" />
<c-badge kind="done">đã nộp</c-badge>
<c-alert kind="attention" title="Chú ý">Số ước tính.</c-alert>
<c-form :form="form" submit="Lưu" cancel="/" />
<c-conflict :differences="differences" />
<c-terms><c-term name="Viết tắt">SNV</c-term><c-term name="Ghi chú"></c-term></c-terms>
<c-empty title="Chưa có gì" href="/them/" action="Thêm">Sẽ hiện ở đây.</c-empty>
{% endblock %}"""


def fail(request: HttpRequest, how: str) -> HttpResponse:
    """Fails in the way that the address names."""
    raise ERRORS[how]


def components(request: HttpRequest) -> HttpResponse:
    """Every component, with a form that is checked when it is sent."""
    context = {
        "form": Form(request.POST or None),
        "page": page_of(Permission.objects.order_by("pk"), request, 10),
        "differences": [Difference("Tên", "Sở Nội vụ", "")],
    }
    return HttpResponse(engines["django"].from_string(CottonCompiler().process(COMPONENTS)).render(context, request))


urlpatterns = [
    path("", include("binhdang.server.urls")),
    path("hong/<str:how>/", fail),
    path("api/hong/<str:how>/", fail),
    path("thanh-phan/", components),
]
