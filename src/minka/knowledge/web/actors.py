"""One organisation: its page, its profile form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.forms import ActorForm
from minka.knowledge.models import Record
from minka.knowledge.queries.actors import actor_access, is_held, records_of
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.memberships import members_of
from minka.knowledge.queries.numbers import told_numbers
from minka.knowledge.sources.problems import Problem
from minka.knowledge.web.address import find_actor
from minka.knowledge.web.identity import resolution_of
from minka.knowledge.web.labels import numbers_of
from minka.knowledge.web.profile import profile_context
from minka.knowledge.web.rows import where
from minka.knowledge.web.ties import ties_context

RECORDS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Testimony:
    """A row that an actor is made of; cells and where they stand only for those who may."""

    source: str
    at: datetime
    pk: int = 0
    place: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()


@login_not_required
@require_GET
def actor_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is known of an organisation, and who says so."""
    actor = find_actor(request, public_id)
    if actor.public_id != public_id:  # not for ever: a merge can be undone
        return redirect(f"{actor.get_absolute_url()}?{urlencode({'de': public_id})}")
    access = actor_access(viewer=request.user, actor=actor)
    records = records_of(viewer=request.user, actor=actor)[:RECORDS_SHOWN]
    context = {
        "actor": actor,
        "access": access,
        "where": where(actor),
        "country": country_name(code=actor.country),
        "numbers": numbers_of(
            told_numbers(viewer=request.user, actor=actor, identifiers=actor.identifiers.all())
        ),
        "testimonies": [_testimony(one, with_cells=access.cells) for one in records],
        "members": members_of(viewer=request.user, actor=actor)
        if access.members and is_held(actor, "members")
        else [],
        **profile_context(request, actor, change=access.change),
        **ties_context(request, actor, members=access.members),
        **resolution_of(request, actor, contacts=access.contacts, people=access.members),
    }
    return render(request, "knowledge/actor.html", context)


@require_http_methods(["GET", "POST"])
def actor_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The profile, for its members and the team."""
    actor = find_actor(request, public_id)
    require(request.user, "knowledge.actor_change", actor)
    form = ActorForm(request.POST or None, initial=ActorForm.of(actor))
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        version, themes = values.pop("version"), values.pop("themes")
        try:
            change_actor(
                by=request.user, actor=actor, changes=values, themes=themes, version=version
            )
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The profile is saved; everybody sees it now."))
            return redirect("knowledge:actor", public_id)
    context, status = {"actor": actor, "form": form}, 422 if form.errors else 200
    return render(request, "knowledge/actor_edit.html", context, status=status)


def _testimony(record: Record, *, with_cells: bool) -> Testimony:
    if not with_cells:
        return Testimony(source=record.source.name, at=record.created_at)
    sheet = record.sheet or (record.first_import.file.name if record.first_import else "")
    return Testimony(
        source=record.source.name,
        at=record.created_at,
        pk=record.pk,
        place=_("%(sheet)s, line %(line)s") % {"sheet": sheet, "line": record.line}
        if record.first_import
        else sheet,
        cells=tuple((header, cell) for header, cell in record.cells if cell),
        problems=tuple(Problem.from_dict(problem).message for problem in record.problems),
    )
