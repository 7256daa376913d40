from django.urls import include, path, re_path

from . import views

urlpatterns = [
    path("articles/<int:year>/", views.year_archive),
    re_path(r"^feeds/(?P<kind>[a-z]+)/$", views.feed),
    path("", views.home),
]
