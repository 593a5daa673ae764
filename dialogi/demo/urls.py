"""Addresses of the demo: only there when the installation is a demo."""

from django.urls import path

from dialogi.demo import views

app_name = "demo"
urlpatterns = [path("demo/sign-in/", views.sign_in, name="sign_in")]
