"""The team furnishes the map: boundaries and layers from GeoJSON files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.map_boundaries import discard_boundaries, publish_boundaries
from minka.knowledge.actions.map_layers import FIELDS, change_layer, switch_layer
from minka.knowledge.forms.map_files import (
    BoundaryNamingForm,
    BoundaryUploadForm,
    LayerForm,
    LayerUploadForm,
)
from minka.knowledge.queries.boundaries import (
    boundary_sets,
    boundary_texts,
    map_layers,
    match_figures,
    sets_with_counts,
)
from minka.knowledge.sources.map_files import (
    match_boundaries,
    properties_of,
    upload_boundaries,
    upload_layer,
)
from minka.knowledge.states import BoundaryState

SHOWN = 100


@require_http_methods(["GET", "POST"])
def boundaries(request: SignedInRequest) -> HttpResponse:
    """Every set of boundaries, and the form for another."""
    require(request.user, "knowledge.map_furnish")
    form = BoundaryUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = upload_boundaries(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            return redirect("knowledge:boundary_set", kept.pk)
    return render(
        request,
        "knowledge/map/boundaries.html",
        {"form": form, "sets": sets_with_counts(viewer=request.user)[:SHOWN]},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def boundary_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """One set: which property names it, which places it has, which shapes are of none."""
    require(request.user, "knowledge.map_furnish")
    found = get_object_or_404(boundary_sets(viewer=request.user), pk=pk)
    told = boundary_texts(viewer=request.user, boundary_set=found)
    properties = [(one.name, one.samples) for one in properties_of(told)]
    chosen = {"name_property": found.name_property, "code_property": found.code_property}
    form = BoundaryNamingForm(request.POST or None, properties=properties, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            match_boundaries(by=request.user, boundary_set=found, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            return redirect("knowledge:boundary_set", found.pk)
    context = {
        "form": form,
        "set": found,
        "is_draft": found.state == BoundaryState.DRAFT,
        "is_live": found.state == BoundaryState.LIVE,
        "match": match_figures(viewer=request.user, boundary_set=found),
        "shapes_address": reverse("knowledge:map_boundaries", args=[found.pk]),
    }
    return render(
        request, "knowledge/map/boundary_set.html", context, status=422 if form.errors else 200
    )


@require_POST
def boundary_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a set on the map."""
    found = get_object_or_404(boundary_sets(viewer=request.user), pk=pk)
    publish_boundaries(by=request.user, boundary_set=found)
    messages.success(request, _("The boundaries are on the map."))
    return redirect("knowledge:boundaries")


@require_POST
def boundary_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = get_object_or_404(boundary_sets(viewer=request.user), pk=pk)
    discard_boundaries(by=request.user, boundary_set=found)
    messages.success(request, _("The draft is gone; the map is as it was."))
    return redirect("knowledge:boundaries")


@require_http_methods(["GET", "POST"])
def layers(request: SignedInRequest) -> HttpResponse:
    """Every layer, and the form for another."""
    require(request.user, "knowledge.map_furnish")
    form = LayerUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            layer = upload_layer(
                by=request.user,
                upload=form.cleaned_data["upload"],
                told=told,
                name_property=form.cleaned_data["name_property"],
            )
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("“%(name)s” is on the map.") % {"name": layer.name})
            return redirect("knowledge:layers")
    return render(
        request,
        "knowledge/map/layers.html",
        {"form": form, "layers": map_layers(viewer=request.user)[:SHOWN]},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def layer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say something else of a layer."""
    require(request.user, "knowledge.map_furnish")
    layer = get_object_or_404(map_layers(viewer=request.user), pk=pk)
    initial = {name: getattr(layer, name) for name in FIELDS}
    form = LayerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_layer(by=request.user, layer=layer, told=form.cleaned_data)
        messages.success(request, _("What is said of “%(name)s” is kept.") % {"name": layer.name})
        return redirect("knowledge:layers")
    return render(
        request,
        "knowledge/map/layer_edit.html",
        {"form": form, "layer": layer},
        status=422 if form.errors else 200,
    )


@require_POST
def layer_switch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a layer to everybody, or to nobody."""
    layer = get_object_or_404(map_layers(viewer=request.user), pk=pk)
    on = request.POST.get("on") == "1"
    switch_layer(by=request.user, layer=layer, on=on)
    text = _("“%(name)s” is on the map.") if on else _("“%(name)s” is no longer on the map.")
    messages.success(request, text % {"name": layer.name})
    return redirect("knowledge:layers")
