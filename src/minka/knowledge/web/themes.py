"""Pages of the thesaurus: the tree, one concept, its editing, lists in and out."""

from collections.abc import Sequence
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import Conflict, DomainError, InvalidInput, TooLarge
from minka.core.http import SignedInRequest, absolute
from minka.knowledge.actions.theme_merging import delete_theme, is_used, merge_themes
from minka.knowledge.actions.theme_unmerging import undo_theme_merge
from minka.knowledge.actions.thesaurus import (
    Concept,
    Difference,
    apply_concepts,
    difference,
    save_theme,
)
from minka.knowledge.forms.themes import ConceptForm, MergeForm, ThesaurusFileForm
from minka.knowledge.models import Theme
from minka.knowledge.queries.themes import (
    actors_of_theme,
    all_themes,
    flattened,
    merged_themes,
    merges_into,
    theme_tree,
    uses_of,
)
from minka.knowledge.sources.thesaurus import MOST_BYTES, read_concepts, to_csv, to_turtle

PER_PAGE = 25
SHOWN_SALT = "minka.knowledge.thesaurus"
SHOWN_FOR_S = 3600


@login_not_required
@require_GET
def themes(request: HttpRequest) -> HttpResponse:
    """Every concept, as a tree, in the reader's language; searched by all its names."""
    words = request.GET.get("q", "").strip()[:120]
    tree = theme_tree(viewer=request.user, language=_language(), words=words)
    total = sum(1 for _branch in flattened(tree))
    context = {"tree": tree, "words": words, "total": total, "opened": bool(words)}
    return render(request, "knowledge/themes/tree.html", context)


@login_not_required
@require_GET
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """One concept: its names, its neighbours, who works on it."""
    found = all_themes(viewer=request.user).filter(slug=slug).first()
    if found is None:
        merged = get_object_or_404(merged_themes(viewer=request.user), slug=slug)
        # not for ever: a merge can be undone
        return redirect("knowledge:theme", merged.replaced_by.slug)  # type: ignore[union-attr]  # merged concepts have one
    actors = actors_of_theme(viewer=request.user, theme=found)
    context = {
        "theme": found,
        "narrower": all_themes(viewer=request.user).filter(broader=found),
        "page": Paginator(actors, PER_PAGE).get_page(request.GET.get("page")),
        "uses": uses_of(viewer=request.user, theme=found),
        "may_change": request.user.has_perm("knowledge.theme_change"),
        "merges": merges_into(viewer=request.user, theme=found),
    }
    return render(request, "knowledge/themes/concept.html", context)


@require_http_methods(["GET", "POST"])
def theme_edit(request: SignedInRequest, slug: str = "") -> HttpResponse:
    """Change a concept, or add one."""
    require(request.user, "knowledge.theme_change")
    known = get_object_or_404(all_themes(viewer=request.user), slug=slug) if slug else None
    form = ConceptForm(request.POST or None, initial=ConceptForm.of(known) if known else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_theme(by=request.user, theme=known, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The concept is saved."))
            return redirect("knowledge:theme", saved.slug)
    context, status = {"form": form, "theme": known}, 422 if form.errors else 200
    return render(request, "knowledge/themes/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def theme_merge(request: SignedInRequest, slug: str) -> HttpResponse:
    """Merge a concept into another, or delete it where nothing uses it."""
    require(request.user, "knowledge.theme_change")
    found = get_object_or_404(all_themes(viewer=request.user), slug=slug)
    form = MergeForm(request.POST or None, theme=found)
    if request.method == "POST" and form.is_valid():
        try:
            into = merge_themes(by=request.user, theme=found, into=form.cleaned_data["into"])
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The two concepts are one now; its uses followed."))
            return redirect("knowledge:theme", into.slug)
    context = {"form": form, "theme": found, "may_delete": not is_used(theme=found)}
    status = 422 if form.errors else 200
    return render(request, "knowledge/themes/merge.html", context, status=status)


@require_POST
def theme_unmerge(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Undo the merge of a concept into this one."""
    require(request.user, "knowledge.theme_change")
    steps = merges_into(viewer=request.user, theme=get_object_or_404(Theme.every, slug=slug))
    found = get_object_or_404(steps, pk=pk)
    again = undo_theme_merge(by=request.user, step=found)
    messages.success(request, _("The two concepts are two again; each has its uses back."))
    return redirect("knowledge:theme", again.slug)


@require_POST
def theme_delete(request: SignedInRequest, slug: str) -> HttpResponse:
    """Delete a concept that nothing uses."""
    require(request.user, "knowledge.theme_change")
    found = get_object_or_404(all_themes(viewer=request.user), slug=slug)
    delete_theme(by=request.user, theme=found)
    messages.success(request, _("The concept is deleted."))
    return redirect("knowledge:themes")


@require_http_methods(["GET", "POST"])
def thesaurus_import(request: SignedInRequest) -> HttpResponse:
    """Hand a list in and see what it would change; nothing is written yet."""
    require(request.user, "knowledge.theme_change")
    form = ThesaurusFileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            concepts = _read(form.cleaned_data["upload"])
        except DomainError as error:
            form.take(error)
        else:
            found = difference(concepts=concepts)
            context["difference"] = found
            context["shown"] = _packed(concepts, found)
    status = 422 if form.errors else 200
    return render(request, "knowledge/themes/import.html", context, status=status)


@require_POST
def thesaurus_apply(request: SignedInRequest) -> HttpResponse:
    """Apply a list as it was shown, to a thesaurus that is still the one it was shown against."""
    require(request.user, "knowledge.theme_change")
    concepts, stamp = _unpacked(request.POST.get("shown", ""))
    expected = difference(concepts=concepts)
    if stamp != _stamp(expected):
        raise Conflict(_("The thesaurus has changed meanwhile; look at the differences again."))
    done = apply_concepts(by=request.user, concepts=concepts, expected=expected)
    messages.success(
        request,
        ngettext(
            "%(new)s new concept, %(changed)s changed.",
            "%(new)s new concepts, %(changed)s changed.",
            len(done.new),
        )
        % {"new": len(done.new), "changed": len(done.changed)},
    )
    return redirect("knowledge:themes")


@login_not_required
@require_GET
def thesaurus_csv(request: HttpRequest) -> HttpResponse:
    """The thesaurus as CSV."""
    text = to_csv(all_themes(viewer=request.user))
    return _download(text, "text/csv; charset=utf-8", "temas.csv")


@login_not_required
@require_GET
def thesaurus_turtle(request: HttpRequest) -> HttpResponse:
    """The thesaurus as SKOS, in Turtle: the same in every language."""
    with override("es"):
        title = _("Thesaurus of mining innovation")
    text = to_turtle(
        list(all_themes(viewer=request.user)),
        scheme_url=absolute(reverse("knowledge:themes")),
        title=title,
        merged=merged_themes(viewer=request.user),
    )
    return _download(text, "text/turtle; charset=utf-8", "temas.ttl")


def _read(upload: UploadedFile[bytes]) -> list[Concept]:
    if (upload.size or 0) > MOST_BYTES:
        raise TooLarge
    return [
        Concept(row.es, row.en, row.synonyms_es, row.synonyms_en, row.parent)
        for row in read_concepts(upload.read())
    ]


def _packed(concepts: Sequence[Concept], found: Difference) -> str:
    rows = [
        [one.label_es, one.label_en, one.synonyms_es, one.synonyms_en, one.broader]
        for one in concepts
    ]
    return signing.dumps([rows, _stamp(found)], salt=SHOWN_SALT, compress=True)


def _unpacked(text: str) -> tuple[list[Concept], str]:
    try:
        rows, stamp = signing.loads(text, salt=SHOWN_SALT, max_age=SHOWN_FOR_S)
    except signing.BadSignature as error:
        raise InvalidInput(_("Hand the file in again.")) from error
    return [Concept(es, en, tuple(s_es), tuple(s_en), up) for es, en, s_es, s_en, up in rows], stamp


def _stamp(found: Difference) -> str:
    return sha256(repr(found).encode()).hexdigest()


def _language() -> str:
    return "en" if (get_language() or "es")[:2] == "en" else "es"


def _download(text: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
