"""What anybody may take of the map: the same files for everybody, made as for a stranger."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from minka.core.errors import TooOften
from minka.core.throttle import place_of, within_limit
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.open_data import Standing, standing
from minka.knowledge.queries.portraits import Scope
from minka.knowledge.sources.exports.catalogue import (
    CATALOGUES,
    DATASETS,
    MEDIA_TYPES,
    Dataset,
    catalogue,
    files_of,
    licence,
)
from minka.knowledge.sources.exports.dictionary import (
    TERMS,
    VOCABULARIES,
    dictionary_csv,
    names_in,
)
from minka.knowledge.sources.exports.making import FORMATS, stream
from minka.knowledge.sources.exports.words import Words, words_in

ANYBODY = AnonymousUser()  # whoever asks: the files hold what a stranger may see
FILES = 60  # in an hour, from one place
AN_HOUR_S = 3600


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """The datasets with their files, licence, dates and dictionaries."""
    now = standing(viewer=ANYBODY)
    language = _language()
    words = words_in(language)
    name, address = licence()
    context = {
        "datasets": [_shown(one, now, language, words) for one in DATASETS.values()],
        "licence": name,
        "licence_url": address,
        "publisher": settings.MINKA_CLUSTER_NAME,
        "dictionary": "knowledge:open_data_dictionary" + ("_en" if language == "en" else ""),
    }
    return render(request, "knowledge/open_data/page.html", context)


@login_not_required
@require_safe
def open_data_file(
    request: HttpRequest, name: str, kind: str, language: str = "es"
) -> HttpResponseBase:
    """One file of one dataset, in one language, byte for byte the same for everybody."""
    now, dataset = standing(viewer=ANYBODY), DATASETS.get(name)
    offered = files_of(dataset, now) if dataset else []
    if dataset is None or not any(one.kind == kind and not one.page for one in offered):
        raise Http404
    etag = f'W/"{now.version}-{name}-{kind}-{language}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        _count(request)
        response = _made(request, kind, language)
        ending = "" if language == "es" else f"-{language}"
        disposition = f'attachment; filename="{name}{ending}.{kind}"'
        response["Content-Disposition"] = disposition
    changed = dataset.extent(now).changed
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return _for_everybody(response, etag)


@login_not_required
@require_safe
def open_data_catalogue(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The catalogue as DCAT, for other catalogues to read."""
    if kind not in CATALOGUES:
        raise Http404
    now = standing(viewer=ANYBODY)
    etag = f'W/"{now.version}-catalogue-{kind}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        _count(request)
        text = catalogue(now).serialize(format=CATALOGUES[kind], auto_compact=True)
        response = HttpResponse(text, content_type=MEDIA_TYPES[kind])
    return _for_everybody(response, etag)


@login_not_required
@require_safe
def open_data_dictionary(request: HttpRequest, language: str = "es") -> HttpResponse:  # noqa: ARG001 -- the same address in both languages
    """What every field of the files means, as CSV."""
    response = HttpResponse(dictionary_csv(language), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="diccionario-{language}.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _made(request: HttpRequest, kind: str, language: str) -> HttpResponseBase:
    media_type = FORMATS[kind].media_type
    if request.method == "HEAD":
        return StreamingHttpResponse((), content_type=media_type)  # its length is not known
    scope = Scope(DirectoryFilter())
    parts = stream(viewer=ANYBODY, scope=scope, kind=kind, language=language)
    return StreamingHttpResponse(parts, content_type=media_type)


def _count(request: HttpRequest) -> None:
    place = place_of(request)
    if not within_limit(key=f"open-data:{place}", most=FILES, seconds=AN_HOUR_S):
        raise TooOften


def _for_everybody(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"  # ask each time: what was taken back is gone at once
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(dataset: Dataset, now: Standing, language: str, words: Words) -> dict[str, Any]:
    return {
        "code": dataset.code,
        "title": dataset.title,
        "about": dataset.about,
        "extent": dataset.extent(now),
        "files": [(one.label, one.url(dataset.code, language)) for one in files_of(dataset, now)],
        "vocabularies": [label for _kind, label in VOCABULARIES[dataset.code]],
        "terms": [(names_in(dataset.code, one, words), one) for one in TERMS[dataset.code]],
    }


def _language() -> str:
    return "en" if (get_language() or "es").startswith("en") else "es"
