"""Where every address leads. Only here are the pages of the lines mounted."""

from django.urls import include, path

from minka.config.api import addresses

urlpatterns = [
    path("", include("minka.portal.web.urls")),
    path("", include("minka.core.web.urls")),
    path("", include("minka.knowledge.web.urls")),
    path("", include("minka.innovation.web.urls")),
    path("cuenta/", include("allauth.urls")),
    path("api/", addresses()),
]
handler400 = "minka.core.web.errors.bad_request"
handler403 = "minka.core.web.errors.forbidden"
handler404 = "minka.core.web.errors.not_found"
handler500 = "minka.core.web.errors.server_error"
