"""The addresses of the house, and a bare view."""

from django.urls import path

from benchmarks._bare import bare
from dialogi.urls import urlpatterns as of_the_house

urlpatterns = [path("bare/", bare), *of_the_house]
"""Every ratio is to this one: what Django and the server cost before anything of ours."""
