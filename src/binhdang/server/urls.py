"""Where each room's pages stand."""

from __future__ import annotations

from django.urls import include, path

handler400 = "binhdang.server.web.views.bad_request"
handler403 = "binhdang.server.web.views.forbidden"
handler404 = "binhdang.server.web.views.not_found"
handler500 = "binhdang.server.web.views.broken"

urlpatterns = [
    path("", include("binhdang.server.home.urls")),
    path("", include("binhdang.server.web.urls")),
    path("", include("binhdang.server.running.urls")),
    path("don-vi/", include("binhdang.server.agencies.urls")),
    path("ke-hoach/", include("binhdang.server.plans.urls")),
    path("van-ban/", include("binhdang.server.papers.urls")),
    path("nguoi-dung/", include("binhdang.server.accounts.urls")),
    path("thong-bao/", include("binhdang.server.notices.urls")),
    path("cong-viec/", include("binhdang.server.jobs.urls")),
    path("tai-khoan/", include("allauth.urls")),
]
