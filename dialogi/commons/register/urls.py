"""Addresses of the registers."""

from django.urls import path

from dialogi.commons.register import views

app_name = "registers"
urlpatterns = [
    path("registers/", views.all_registers, name="all"),
    path("registers/<slug:slug>/", views.register_list, name="list"),
    path("registers/<slug:slug>/add/", views.register_add, name="add"),
    path("registers/<slug:slug>/export.csv", views.register_export, name="export"),
    path("registers/<slug:slug>/<str:key>/", views.register_detail, name="detail"),
    path("registers/<slug:slug>/<str:key>/edit/", views.register_edit, name="edit"),
    path("registers/<slug:slug>/<str:key>/close/", views.register_close, name="close"),
]
