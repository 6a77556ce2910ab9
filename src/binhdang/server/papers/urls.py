"""Pages of papers and of their review."""

from __future__ import annotations

from django.urls import path

from binhdang.server.papers.views import papers, review

app_name = "papers"
urlpatterns = [
    path("", papers.papers, name="papers"),
    path("them/", papers.add, name="add"),
    path("<uuid:pk>/", papers.paper, name="paper"),
    path("<uuid:pk>/tep/", papers.file, name="file"),
    path("<uuid:pk>/trang/<int:number>.png", papers.picture, name="picture"),
    path("<uuid:pk>/doc-lai/", papers.read_again, name="read-again"),
    path("<uuid:pk>/ra-soat/", review.review, name="review"),
    path("<uuid:pk>/ra-soat/muc/", review.item, name="item"),
    path("<uuid:pk>/ra-soat/sua/", review.edit, name="edit"),
    path("<uuid:pk>/ra-soat/phan/", review.section, name="section"),
    path("<uuid:pk>/ra-soat/nhan-dang/", review.identity, name="identity"),
    path("<uuid:pk>/ra-soat/ten/", review.names, name="names"),
    path("<uuid:pk>/ra-soat/hoan-tac/", review.undo, name="undo"),
    path("<uuid:pk>/ra-soat/xong/", review.finish, name="finish"),
    path("<uuid:pk>/ra-soat/mo-lai/", review.reopen, name="reopen"),
]
