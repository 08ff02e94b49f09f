"""The programme for everybody: its funnel, the report as PDF, and what is public as open data."""

import json

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minka.innovation.models import Edition
from minka.innovation.queries.agreements import public_agreements
from minka.innovation.queries.programme import programme_report
from minka.innovation.queries.programme_groups import groupings
from minka.innovation.sources.programme.content import (
    etag_of,
    report_data,
    words,
)
from minka.innovation.sources.programme.content import (
    programme_pdf as pdf_of,
)
from minka.innovation.sources.programme.open_contracting import LICENCE, release_package

KEPT_S = 3600


@login_not_required
@require_GET
def programme(request: HttpRequest) -> HttpResponse:
    """From problems to contracts: shares, times, results and groups."""
    edition = _edition(request)
    report = programme_report(viewer=request.user, edition=edition)
    groups = groupings(viewer=request.user, facts=report.facts)
    told = public_agreements()
    context = {
        "report": report,
        "groups": groups,
        "data": report_data(report, groups),
        "words": words(),
        "editions": Edition.objects.order_by("-pk"),
        "edition": edition,
        "told": told.filter(edition=edition) if edition else told,
    }
    return render(request, "innovation/programme/programme.html", context)


@login_not_required
@require_GET
def programme_pdf(request: HttpRequest) -> HttpResponse:
    """The report to print, as its reader may read it; drawn once until a figure changes."""
    edition = _edition(request)
    report = programme_report(viewer=request.user, edition=edition)
    groups = groupings(viewer=request.user, facts=report.facts)
    key = f"programme:{etag_of(report, groups)}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = pdf_of(report, groups)
        cache.set(key, content, KEPT_S)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{_('programme-report')}-{edition.slug if edition else _('all')}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@require_GET
def open_contracting(request: HttpRequest) -> HttpResponse:
    """What the open data on contracts hold, field by field."""
    return render(request, "innovation/programme/open_contracting.html", {"licence": LICENCE})


@login_not_required
@require_GET
def ocds(request: HttpRequest) -> HttpResponse:
    """The release package: the same for everybody, signed in or not."""
    language = "en" if request.GET.get("lang") == "en" else "es"
    text = json.dumps(release_package(language=language), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _edition(request: HttpRequest) -> Edition | None:
    slug = request.GET.get("edicion", "")
    return get_object_or_404(Edition, slug=slug) if slug else None
