"""Where the room's pages stand."""

from __future__ import annotations

from django.urls import path

from binhdang.server.agencies.views import agencies, changes, exchange, units

app_name = "agencies"
urlpatterns = [
    path("", units.nation, name="map"),
    path("tim/", units.search, name="unit-search"),
    path("<uuid:pk>/", units.unit, name="unit"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/them/", agencies.add, name="add"),
    path("co-quan/xuat/", exchange.export, name="export"),
    path("co-quan/nhap/", exchange.load, name="import"),
    path("co-quan/<uuid:pk>/", agencies.agency, name="agency"),
    path("co-quan/<uuid:pk>/sua/", agencies.correct, name="correct"),
    path("co-quan/<uuid:pk>/dong/", agencies.close, name="close"),
    path("co-quan/<uuid:pk>/mo-lai/", agencies.reopen, name="reopen"),
    path("co-quan/<uuid:pk>/tuyen/", agencies.line, name="line"),
    path("thay-doi/", changes.changes, name="changes"),
    path("thay-doi/them/", changes.enter, name="change-enter"),
    path("thay-doi/<uuid:pk>/", changes.change, name="change"),
    path("thay-doi/<uuid:pk>/rut/", changes.withdraw, name="change-withdraw"),
    path("thay-doi/<uuid:pk>/thuc-hien/", changes.do, name="change-do"),
]
