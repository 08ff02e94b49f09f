"""The profile in sections: what each lists, its logo, its themes, its history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.ownership import verify_profile
from minka.knowledge.actions.profile import (
    SECTIONS,
    describe_actor,
    remove_entry,
    save_entry,
    set_logo,
)
from minka.knowledge.actions.thesaurus import answer_suggestion
from minka.knowledge.forms.profile import SECTION_FORMS, DescribeForm, LogoForm
from minka.knowledge.models import Actor
from minka.knowledge.queries.activities import activity_label
from minka.knowledge.queries.actors import is_held
from minka.knowledge.queries.claims import own_claim
from minka.knowledge.queries.fields import field_label, told
from minka.knowledge.queries.numbers import told_number
from minka.knowledge.queries.profile import (
    LANGUAGES,
    described,
    entries,
    history_of,
    is_expired,
    profile_lists,
)
from minka.knowledge.queries.themes import all_themes, suggested_themes
from minka.knowledge.web.address import find_actor

PER_PAGE = 40
SECTION_AT = {
    "nombres": "other_names",
    "numeros": "identifiers",
    "actividades": "activities",
    "productos": "products",
    "capacidades": "capabilities",
    "certificaciones": "certifications",
    "lugares": "sites",
    "contactos": "contacts",
    "enlaces": "links",
}


def profile_context(request: HttpRequest, actor: Actor, *, change: bool) -> dict[str, Any]:
    """Return what the page of an actor shows of its profile to the viewer."""
    viewer = request.user
    lists = profile_lists(viewer=viewer, actor=actor)
    return {
        "profile": lists,
        "activities": [(one.code, activity_label(one.code)) for one in lists["activities"]],
        "certifications": [(one, is_expired(one)) for one in lists["certifications"]],
        "contacts": lists["contacts"],
        "languages": [LANGUAGES[code] for code in actor.languages if code in LANGUAGES],
        "suggestions": suggested_themes(
            viewer=viewer, actor=actor, products=[one.name for one in lists["products"]]
        )
        if change
        else [],
        "claim": own_claim(viewer=viewer, actor=actor)
        if viewer.is_authenticated and is_held(actor, "claims")
        else None,
        "owns": viewer.is_authenticated and actor.owner_id == viewer.pk,
    }


@require_GET
def profile_sections(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What can be edited, and how much of it there is."""
    actor = _editable(request, public_id)
    counts = [
        (at, field_label(name), entries(viewer=request.user, actor=actor, section=name).count())
        for at, name in SECTION_AT.items()
    ]
    context = {"actor": actor, "sections": counts}
    return render(request, "knowledge/profile/sections.html", context)


@require_http_methods(["GET", "POST"])
def profile_section(
    request: SignedInRequest, public_id: str, at: str, pk: int | None = None
) -> HttpResponse:
    """One list of the profile: what is in it, and a form to add or change an entry."""
    section = _section(at)
    actor = _editable(request, public_id)
    rows = entries(viewer=request.user, actor=actor, section=section)
    entry = get_object_or_404(rows, pk=pk) if pk else None
    initial = {name: getattr(entry, name) for name in SECTIONS[section].fields} if entry else None
    form = SECTION_FORMS[section](request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_entry(
                by=request.user, actor=actor, section=section, values=form.cleaned_data, pk=pk
            )
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The profile is saved; everybody sees it now."))
            return redirect("knowledge:profile_section", public_id, at)
    context = {
        "actor": actor,
        "at": at,
        "label": field_label(section),
        "rows": [(one, *_line(one)) for one in rows],
        "form": form,
        "entry": entry,
        "may_change": section != "identifiers",
        "may_remove": section != "identifiers" or request.user.is_staff,
    }
    status = 422 if form.errors else 200
    return render(request, "knowledge/profile/section.html", context, status=status)


@require_POST
def profile_remove(request: SignedInRequest, public_id: str, at: str, pk: int) -> HttpResponse:
    """Take an entry out."""
    actor = _editable(request, public_id)
    remove_entry(by=request.user, actor=actor, section=_section(at), pk=pk)
    messages.success(request, _("It is no longer in the profile."))
    return redirect("knowledge:profile_section", public_id, at)


@require_http_methods(["GET", "POST"])
def profile_describe(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Size and languages."""
    actor = _editable(request, public_id)
    form = DescribeForm(request.POST or None, initial=DescribeForm.of(actor))
    if request.method == "POST" and form.is_valid():
        try:
            describe_actor(by=request.user, actor=actor, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The profile is saved; everybody sees it now."))
            return redirect("knowledge:profile_sections", public_id)
    context, status = {"actor": actor, "form": form}, 422 if form.errors else 200
    return render(request, "knowledge/profile/describe.html", context, status=status)


@require_http_methods(["GET", "POST"])
def profile_logo(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a logo, another one, or none."""
    actor = _editable(request, public_id)
    removes = "remove" in request.POST
    form = LogoForm(None if removes else request.POST or None, request.FILES or None)
    if request.method == "POST" and (removes or form.is_valid()):
        try:
            upload = None if removes else form.cleaned_data["logo"]
            set_logo(by=request.user, actor=actor, upload=upload)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The profile is saved; everybody sees it now."))
            return redirect("knowledge:profile_logo", public_id)
    context, status = {"actor": actor, "form": form}, 422 if form.errors else 200
    return render(request, "knowledge/profile/logo.html", context, status=status)


@login_not_required
@require_GET
def logo(request: HttpRequest, public_id: str) -> FileResponse:
    """The logo itself, as the picture that its content says it is and nothing else."""
    stored = find_actor(request, public_id).logo
    if stored is None or not stored.media_type.startswith("image/"):
        raise Http404
    response = FileResponse(stored.content.open("rb"), content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Length"] = str(stored.size_bytes)
    return response


@require_POST
def theme_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a suggested theme, or refuse it."""
    actor = find_actor(request, public_id)
    theme = get_object_or_404(all_themes(viewer=request.user), slug=request.POST.get("theme", ""))
    accept = request.POST.get("answer") == "accept"
    answer_suggestion(by=request.user, actor=actor, theme=theme, accept=accept)
    return redirect("knowledge:actor", public_id)


@require_POST
def profile_verify(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put the seal of the team."""
    verify_profile(by=request.user, actor=find_actor(request, public_id))
    messages.success(request, _("The profile is verified as of today."))
    return redirect("knowledge:actor", public_id)


@require_GET
def profile_history(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Every field that changed: before, after, who and why."""
    actor = find_actor(request, public_id)
    changes = history_of(viewer=request.user, actor=actor)
    personal = request.user.has_perm("knowledge.record_view", actor)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "change": one,
            "label": field_label(one.field),
            "before": _told(one.field, one.before, personal=personal),
            "after": _told(one.field, one.after, personal=personal),
        }
        for one in page
    ]
    context = {"actor": actor, "page": page, "rows": rows}
    return render(request, "knowledge/profile/history.html", context)


def _told(field: str, text: str, *, personal: bool) -> str:
    """Return what a change says; the number of a natural person only to those who may see it."""
    if field == "identifiers" and text:
        scheme, _between, value = text.partition(" ")
        number = told_number(scheme, value, personal=personal)
        return _("of a natural person; not published") if number.is_withheld else text
    return told(field, text)


def _editable(request: SignedInRequest, public_id: str) -> Actor:
    actor = find_actor(request, public_id)
    require(request.user, "knowledge.actor_change", actor)
    return actor


def _section(at: str) -> str:
    if at not in SECTION_AT:
        raise Http404
    return SECTION_AT[at]


def _line(entry: Any) -> tuple[str, str]:
    """Return what an entry is called, and the rest of what it says."""
    if hasattr(entry, "code"):
        return activity_label(entry.code), entry.code
    text = described(entry)
    if hasattr(entry, "visibility"):
        text = f"{text} · {entry.value}"
    name, _between, details = text.partition(" · ")
    return name, details
