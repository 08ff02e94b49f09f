"""What suppliers went through: the list, and one supplier's page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from minka.core.http import SignedInRequest
from minka.innovation.queries.supplier_paths import (
    supplier_paths,
    supplier_record,
    visible_suppliers,
)


@require_GET
def suppliers(request: SignedInRequest) -> HttpResponse:
    """Every supplier with how far it has come: to the team all, to members their own."""
    paths = supplier_paths(viewer=request.user)
    context = {"paths": paths, "succeeded": sum(one.succeeded for one in paths)}
    return render(request, "innovation/agreements/suppliers.html", context)


@require_GET
def supplier(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What one supplier answered, agreed, learnt, and can do now."""
    actor = get_object_or_404(visible_suppliers(viewer=request.user), public_id=public_id)
    record = supplier_record(viewer=request.user, actor=actor)
    context = {"actor": actor, "record": record, "path": record.path}
    return render(request, "innovation/agreements/supplier.html", context)
