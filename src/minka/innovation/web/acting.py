"""Pages with several short forms: each names what it does, and one that fails comes back whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils.functional import Promise

from minka.core.errors import DomainError, InvalidInput
from minka.core.forms import DomainForm


@dataclass(frozen=True)
class Act:
    """What one form of a page does.

    Args:
        form: makes the form from (data, files); what it needs else it knows.
        call: does it, with the person, the thing of the page and what was typed.
        said: what the person is told afterwards.
    """

    title: str | Promise
    form: Callable[..., DomainForm]
    call: Callable[[Any, Any, dict[str, Any]], Any]
    said: str | Promise


@dataclass(frozen=True)
class Failed:
    """A form to be shown: one that was asked for, or was not accepted and keeps what was typed."""

    title: str | Promise
    do: str
    form: DomainForm
    status: int


def act(request: HttpRequest, thing: Any, acts: Mapping[str, Act]) -> Failed | None:
    """Do what the form says; return it when it could not be done, with the reasons in it."""
    do = request.POST.get("do", "")
    chosen = acts.get(do)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST, request.FILES)
    if not form.is_valid():
        return Failed(chosen.title, do, form, InvalidInput.status)
    try:
        chosen.call(request.user, thing, form.cleaned_data)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DomainError as error:
        form.take(error)
        return Failed(chosen.title, do, form, error.status)
    messages.success(request, str(chosen.said))
    return None


def asked(request: HttpRequest, acts: Mapping[str, Act]) -> Failed | None:
    """Return the empty form that the address asks for, such as `?hacer=move&n=3`."""
    do = request.GET.get("hacer", "")
    if do not in acts:
        return None
    initial = {"pk": request.GET.get("n", ""), "kind": request.GET.get("que", "")}
    return Failed(acts[do].title, do, acts[do].form(initial=initial), 200)
