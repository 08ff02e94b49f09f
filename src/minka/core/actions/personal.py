"""A person's own data: take it along, ask to be forgotten, forget."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import ErasureRequest, Notice, RoleGrant, User
from minka.core.personal import collected, forgotten
from minka.core.states import ErasureState as S
from minka.core.withheld import withheld


@transaction.atomic
def export_own_data(*, by: User) -> dict[str, Any]:
    """Return everything that concerns the person, as plain values; the taking is recorded."""
    record(by=by, verb="core.person_export", obj=by)
    account = {
        "id": by.pk,
        "email": by.email,
        "full_name": by.full_name,
        "language": by.language,
        "time_zone": by.time_zone,
        "joined_at": by.joined_at.isoformat(),
        "roles": sorted(by.role_names),
    }
    notices = list(Notice.objects.filter(recipient=by).order_by("pk"))
    hidden = withheld(viewer=by, notices=notices)
    told = [
        {"at": one.created_at.isoformat(), "subject": _("Withdrawn notice"), "body": ""}
        if one.pk in hidden
        else {"at": one.created_at.isoformat(), "subject": one.subject, "body": one.body}
        for one in notices
    ]
    return {"account": account, "notices": told, **collected(person=by)}


@transaction.atomic
def request_erasure(*, by: User, message: str = "") -> ErasureRequest:
    """Ask to be forgotten; asking twice changes nothing."""
    if known := ErasureRequest.objects.filter(user=by, state=S.REQUESTED).first():
        return known
    try:
        with transaction.atomic():
            asked = ErasureRequest.objects.create(user=by, message=message.strip()[:500])
    except IntegrityError:  # a second click at the same time
        return ErasureRequest.objects.get(user=by, state=S.REQUESTED)
    record(by=by, verb="core.erasure_request", obj=asked)
    return asked


@transaction.atomic
def answer_erasure(
    *, by: User, request: ErasureRequest, carry_out: bool, reason: str = ""
) -> ErasureRequest:
    """Forget a person, or refuse with a reason.

    What they did stays in the ledger under the number of their account, and no longer under
    their name: the record of the cluster has to remain whole.

    Raises:
        NotAllowed: `by` is not of the cluster team, or the request is their own.
        InvalidInput: a refusal gives no reason, or nobody else would be in the team.
        WrongState: it has been answered.
    """
    require(by, "core.person_erase", request)
    reason = reason.strip()[:500]
    if not carry_out and not reason:
        raise InvalidInput(fields={"reason": _("Say why; the person will read it.")})
    waiting = ErasureRequest.objects.filter(pk=request.pk, state=S.REQUESTED)
    target = S.DONE if carry_out else S.REFUSED
    if not waiting.update(state=target, answered_by=by, answered_at=timezone.now(), reason=reason):
        raise WrongState(_("Somebody has answered this already; reload the page."))
    request.refresh_from_db()
    if carry_out:
        _forget(by, User.objects.select_for_update().get(pk=request.user_id))
        ErasureRequest.objects.filter(user=request.user_id).update(message="")
    verb = "core.erasure_carry_out" if carry_out else "core.erasure_refuse"
    record(by=by, verb=verb, obj=request, data={"person": request.user_id})
    return request


def _forget(by: User, person: User) -> None:
    forgotten(by=by, person=person)
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    Notice.objects.filter(recipient=person).delete()
    new_name = _("Person %(number)s") % {"number": person.pk}
    _rename_in_notices(person.full_name, new_name)
    RoleGrant.objects.filter(user=person).delete()
    person.email = f"borrado-{person.pk}@borrado.invalid"
    person.full_name = new_name
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()  # which also ends every session
    person.save()


def _rename_in_notices(name: str, new_name: str) -> None:
    """Take the name out of what others were told."""
    if not name.strip():
        return
    told = Notice.objects.filter(Q(subject__contains=name) | Q(body__contains=name))
    for notice in told.iterator():
        notice.subject = notice.subject.replace(name, new_name)[:200]
        notice.body = notice.body.replace(name, new_name)
        notice.save(update_fields=["subject", "body"])
