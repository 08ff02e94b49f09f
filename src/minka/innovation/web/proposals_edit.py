"""The editor of a proposal: words, figures and files in one form, which also saves itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.arrivals import files_arriving
from minka.core.errors import DomainError, InvalidInput, WrongState
from minka.core.http import SignedInRequest
from minka.core.templatetags.formats import money
from minka.innovation.actions.attachments import MOST_FILES, attach_file, remove_attachment
from minka.innovation.actions.envelopes import mark_attachment
from minka.innovation.actions.handing_in import submit_at_once
from minka.innovation.actions.proposal_values import sift
from minka.innovation.actions.proposals import EditClash, Saved, save_draft
from minka.innovation.actions.sealed_arrivals import SealingOnArrival
from minka.innovation.forms.proposals import FIGURES, ProposalForm
from minka.innovation.models import Attachment, Proposal, Receipt
from minka.innovation.models.proposal_parts import ANSWERS, COLUMNS, TABLES, totals_of
from minka.innovation.queries.consortium import lead_share, partners_in
from minka.innovation.queries.proposal_figures import changes_not_submitted
from minka.innovation.queries.proposals import deadline_of, own_proposals, still_open
from minka.innovation.queries.proposals_completeness import field_of, missing_for_submission
from minka.innovation.web.expiry import keeps_words
from minka.innovation.web.proposal_help import clock_of
from minka.innovation.web.proposal_sections import sections_of


@csrf_exempt  # the check reads the form: `_posted` does it, once it is known where files go
@keeps_words
@require_http_methods(["GET", "POST"])
def proposal_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write a draft. Every button saves the words first; then it does what it says."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    if not found.is_writable and request.method == "GET":
        return redirect("innovation:proposal", found.public_id)
    if request.method == "GET":
        return editor_page(request, found, ProposalForm.for_draft(found))
    if request.GET.get("do") != "submit":
        return _posted(request, found)
    with files_arriving(request, SealingOnArrival(by=request.user, proposal=found)):
        return _posted(request, found)


@csrf_protect
def _posted(request: SignedInRequest, found: Proposal) -> HttpResponse:
    form = ProposalForm.for_draft(found, request.POST, request.FILES)
    form.is_valid()
    handed_in = _hand_in(request, found, form)
    if isinstance(handed_in, Receipt):
        return redirect("innovation:receipt", handed_in.number)
    return _keep(request, found, form, refused=handed_in)


def _hand_in(
    request: SignedInRequest, found: Proposal, form: ProposalForm
) -> Receipt | DomainError | None:
    """Hand in what was sent, when that button was pressed; return why not, if it was refused."""
    if request.POST.get("do") != "submit" or form.errors:
        return None
    try:
        return submit_at_once(
            by=request.user,
            proposal=found,
            revision=form.cleaned_data.get("revision") or 0,
            values=form.values(),
            uploads=form.cleaned_data.get("uploads") or (),
        )
    except DomainError as error:
        return error


def _keep(
    request: SignedInRequest, found: Proposal, form: ProposalForm, *, refused: DomainError | None
) -> HttpResponse:
    """Save words and files in the draft; what was not handed in is kept like everything typed."""
    try:
        saved = _save(request, found, form)
    except EditClash as error:
        return _both_versions(request, found, form, error)
    except WrongState as error:
        form.take(error)
        return editor_page(request, found, form, status=error.status)
    _take(form, saved)
    _change_files(request, found, form)
    if refused is not None and not form.errors:
        form.take(refused)
    if form.errors:
        return editor_page(request, found, form.start_from(saved.revision), status=422)
    return _go_on(request, found)


@keeps_words
@require_POST
def proposal_autosave(request: SignedInRequest, public_id: str) -> JsonResponse:
    """Save what the page's script sends; the answer is for the script.

    `merged` has, by field, what colleagues wrote meanwhile; `clashes` what they wrote in the place
    of these words, which are not saved.
    """
    found = own_proposals(viewer=request.user).filter(public_id=public_id).first()
    if found is None:
        detail = _(
            "You cannot write this any more: your organisation is not in the consortium, or you "
            "are not in it. Copy what you need before you leave."
        )
        return JsonResponse({"detail": detail, "code": "gone"}, status=404)
    form = ProposalForm.for_draft(found, request.POST)
    form.is_valid()
    try:
        saved = _save(request, found, form)
    except EditClash as error:
        url = reverse("innovation:proposal", args=[found.public_id])
        clashes = {
            name: {"label": str(form.fields[name].label), "text": _plain(found, name)}
            for name in _fields_of(form, error.saved.clashes)
        }
        answer = {"detail": str(error), "code": error.code, "url": url, "clashes": clashes}
        return JsonResponse(answer | _state(found, form, error.saved), status=error.status)
    except DomainError as error:
        return JsonResponse({"detail": str(error), "code": error.code}, status=error.status)
    _take(form, saved)
    fields = {name: [str(e) for e in errors] for name, errors in form.errors.items()}
    return JsonResponse(_state(found, form, saved) | {"fields": fields})


def _state(found: Proposal, form: ProposalForm, saved: Saved) -> dict[str, Any]:
    """Return what the script has to know after any save."""
    budget = totals_of(found.budget)
    return {
        "revision": saved.revision,
        "saved_at": saved.saved_at.isoformat(),
        "merged": _merged(found, form, saved),
        "totals": {name: money(value) for name, value in budget.items()},
        "unsubmitted": changes_not_submitted(found),
        **clock_of(found),
    }


def _merged(found: Proposal, form: ProposalForm, saved: Saved) -> dict[str, str]:
    """Return, by field, what the draft says otherwise than was sent, but for what clashes."""
    sent, now = form.values(), found.words()
    other = {name for name in sent if name in now and sent[name] != now[name]}
    good = sift({n: sent[n] for n in other}, form.parts)[0]
    if ANSWERS in good:
        good[ANSWERS] = {k: text for k, text in good[ANSWERS].items() if text} or None
    other = {name for name in other if name not in good or good[name] != now[name]}
    other -= {name for name in form.errors if name in other} | set(saved.clashes)
    bad_tables = {name.partition("-")[0] for name in (*form.errors, *saved.fields) if "-" in name}
    flat = ProposalForm.of(found)
    merged: dict[str, str] = {}
    for name in other - bad_tables - {ANSWERS}:
        if name not in TABLES:
            merged[name] = _as_text(flat[name])
            continue
        cells = {n for n in (*form.fields, *flat) if n.startswith(f"{name}-")}
        merged |= {n: _as_text(flat.get(n)) for n in cells}
    if ANSWERS in other:
        said = {n: _as_text(flat.get(n)) for n in form.fields if n.startswith("answer_")}
        sent_here = sent[ANSWERS]
        merged |= {
            name: text
            for name, text in said.items()
            if name not in saved.clashes and sent_here.get(name.removeprefix("answer_")) != text
        }
    return merged


def _fields_of(form: ProposalForm, names: list[str]) -> list[str]:
    """Return the fields that columns of a draft are drawn in."""
    return [name if name in form.fields else field_of(name) for name in names]


def _plain(found: Proposal, name: str) -> str:
    """Return what a field, or the table that it begins, says now."""
    table = name.partition("-")[0]
    if table not in TABLES:
        return _as_text(ProposalForm.of(found).get(name))
    lines = getattr(found, table) or []
    return "\n".join(
        " · ".join(_as_text(line.get(c.name)) for c in COLUMNS[table] if line.get(c.name))
        for line in lines
    )


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def editor_page(
    request: SignedInRequest,
    found: Proposal,
    form: ProposalForm,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render the editor with the form as it stands."""
    missing = missing_for_submission(found)
    context |= {
        "form": form,
        "proposal": found,
        "challenge": found.challenge,
        "in_time": still_open(found),
        "files": found.attachments.select_related("file"),
        "most_files": MOST_FILES,
        "sections": sections_of(form, missing, found),
        "in_short": not {"title", "summary", "public_summary"} & missing.keys(),
        "in_figures": not {*FIGURES, "requested_usd"} & missing.keys(),
        "totals": totals_of(found.budget),
        "criteria": found.challenge.criteria.all(),
        "was_submitted": found.receipts.exists(),
        "deadline": deadline_of(found),
        "is_lead": request.user.has_perm("innovation.consortium_lead", found),
        "partners": partners_in(found),
        "lead_share": lead_share(found),
        "unsubmitted": changes_not_submitted(found),
    }
    return render(request, "innovation/proposals/proposal_edit.html", context, status=status)


def _save(request: SignedInRequest, found: Proposal, form: ProposalForm) -> Saved:
    return save_draft(
        by=request.user,
        proposal=found,
        revision=form.cleaned_data.get("revision") or 0,
        values=form.values(),
    )


def _take(form: ProposalForm, saved: Saved) -> None:
    if saved.fields:
        form.take(InvalidInput(fields=saved.fields))


def _change_files(request: SignedInRequest, found: Proposal, form: ProposalForm) -> None:
    """Attach what was chosen and remove what was asked; what goes wrong shows by the field."""
    if uid := _uid(request, "remove"):
        gone = Attachment.objects.filter(proposal=found, file__uid=uid).select_related(
            "file", "proposal__lead"
        )
        for attachment in gone:
            remove_attachment(by=request.user, attachment=attachment)
    for name in ("economic", "technical"):
        named = _uid(request, name)
        marked = Attachment.objects.filter(proposal=found, file__uid=named) if named else ()
        for attachment in marked:
            mark_attachment(by=request.user, attachment=attachment, is_economic=name == "economic")
    for upload in form.cleaned_data.get("uploads") or []:
        try:
            attach_file(by=request.user, proposal=found, upload=upload)
        except DomainError as error:
            form.add_error("uploads", str(error))


def _uid(request: SignedInRequest, name: str) -> UUID | None:
    """Return the file that a button names, None when it names none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def _go_on(request: SignedInRequest, found: Proposal) -> HttpResponse:
    """Go where the button says; the place of the files when they changed."""
    do = request.POST.get("do", "")
    if do == "review":
        return redirect("innovation:proposal", found.public_id)
    editor = reverse("innovation:proposal_edit", args=[found.public_id])
    if do.startswith("lines-"):  # saved: the page offers blank ones again
        return redirect(f"{editor}#parte-{do.removeprefix('lines-')}")
    changes_files = {"remove", "economic", "technical"} & request.POST.keys()
    if do == "attach" or changes_files or request.FILES:
        return redirect(f"{editor}#archivos")
    messages.success(request, _("Your draft is saved. It is not submitted yet."))
    return redirect(editor)


def _both_versions(
    request: SignedInRequest, found: Proposal, form: ProposalForm, error: EditClash
) -> HttpResponse:
    """Show the typed words in the form and the saved ones beside; saving again keeps the typed.

    What did not clash is saved, and stands in the form as it is now.
    """
    form.take(error)
    theirs = [
        {"label": form.fields[name].label, "saved": _plain(found, name)}
        for name in _fields_of(form, error.saved.clashes)
    ]
    merged = _merged(found, form, error.saved)
    based_on = form.cleaned_data.get("revision") or 0
    form.start_from(error.saved.revision, **merged)
    return editor_page(request, found, form, status=error.status, theirs=theirs, based_on=based_on)
