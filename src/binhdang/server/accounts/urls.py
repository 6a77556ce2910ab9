"""Where the room's pages stand."""

from __future__ import annotations

from django.urls import path

from binhdang.server.accounts.views import entry, files, journal, people, posts

app_name = "accounts"
urlpatterns = [
    path("", people.people, name="people"),
    path("them/", people.add, name="add"),
    path("tu-tep/", files.check, name="file"),
    path("tu-tep/ghi/", files.write, name="file_write"),
    path("tu-tep/mau/", files.sample_file, name="file_sample"),
    path("cu/", posts.appoint, name="appoint"),
    path("toi/", posts.mine, name="mine"),
    path("toi/lien-he/", posts.profile, name="profile"),
    path("toi/chuyen/", posts.switch, name="switch"),
    path("nhat-ky/", journal.events, name="journal"),
    path("khoi-dau/", entry.found, name="found"),
    path("loi-moi/<str:token>/", entry.accept, name="accept"),
    path("nhiem-vu/<uuid:pk>/ket-thuc/", posts.end, name="end"),
    path("<uuid:pk>/", people.person, name="person"),
    path("<uuid:pk>/sua/", people.correct, name="correct"),
    path("<uuid:pk>/khoa/", people.lock, name="lock"),
    path("<uuid:pk>/mo-khoa/", people.unlock, name="unlock"),
    path("<uuid:pk>/cap-lai/", people.reset, name="reset"),
    path("<uuid:pk>/moi/", people.invite, name="invite"),
]
