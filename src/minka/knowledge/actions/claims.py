"""Claim a profile and prove it: by a code to the organisation's domain, or by a document."""

import secrets
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.files import store_upload
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.knowledge.actions.ownership import move_claim, take_profile
from minka.knowledge.models import Actor, Claim
from minka.knowledge.notices.claims import tell_claim_waits
from minka.knowledge.states import CLAIM_OPEN, ClaimMethod
from minka.knowledge.states import ClaimState as S
from minka.methods.domains import domain_of_email, domain_of_website, is_free_mail, within

SEND_CODE = "minka.knowledge.tasks.send_claim_code"
CODE_LIVES = timedelta(minutes=30)
CODE_REST = timedelta(minutes=1)
MAX_ATTEMPTS = 5
LETTER_ATTEMPTS = 5  # half an hour


@transaction.atomic
def claim_by_email(*, by: User, actor: Actor, email: str) -> Claim:
    """Claim a profile and have a code sent to an address at the domain of its website.

    Raises:
        NotAllowed: `by` is not signed in.
        InvalidInput: the profile has no website, or the address is not at its domain.
        WrongState: they have a claim that is being looked at, or own the profile.
    """
    require(by, "knowledge.actor_claim", actor)
    email = email.strip().lower()
    site, domain = domain_of_website(actor.website), domain_of_email(email)
    if not site or is_free_mail(site):
        raise InvalidInput(
            _("The profile gives no website of its own; prove it with a document instead.")
        )
    if not domain or is_free_mail(domain) or not within(domain, site):
        text = _("Give an address that ends in @%(domain)s.") % {"domain": site}
        raise InvalidInput(fields={"email": text})
    claim = _open(by, actor, ClaimMethod.EMAIL)
    claim.email = email
    claim.save(update_fields=["email"])
    move_claim(claim=claim, target=S.PROVING, by=by)
    _ask_for_code(claim)
    record(by=by, verb="knowledge.claim_open", obj=actor, data={"claim": claim.pk})
    return claim


@transaction.atomic
def claim_by_document(
    *, by: User, actor: Actor, upload: UploadedFile[bytes], note: str = ""
) -> Claim:
    """Claim a profile with a document that the cluster team checks.

    Raises:
        NotAllowed: `by` is not signed in.
        InvalidInput: the file is neither a document nor an image.
        WrongState: they have a claim that is being looked at, or own the profile.
    """
    require(by, "knowledge.actor_claim", actor)
    claim = _open(by, actor, ClaimMethod.DOCUMENT)
    claim.document = store_upload(by=by, upload=upload, kinds=["document", "image"])
    claim.note = note.strip()[:500]
    claim.save(update_fields=["document", "note"])
    if actor.owner_id:
        move_claim(claim=claim, target=S.DISPUTED, by=by, note=claim.note)
    record(by=by, verb="knowledge.claim_open", obj=actor, data={"claim": claim.pk})
    tell_claim_waits(claim=claim)
    return claim


@transaction.atomic
def send_code_again(*, by: User, claim: Claim) -> Claim:
    """Send another code; the one before no longer counts.

    Raises:
        NotAllowed: the claim is somebody else's.
        WrongState: it does not wait for a code, or one was sent less than a minute ago.
    """
    require(by, "knowledge.claim_prove", claim)
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.state != S.PROVING:
        raise WrongState
    if claim.code_sent_at and timezone.now() - claim.code_sent_at < CODE_REST:
        raise WrongState(_("A code is on its way; wait a minute before asking for another."))
    _ask_for_code(claim)
    return claim


def prove_claim(*, by: User, claim: Claim, code: str) -> Claim:
    """Give the code back: the profile is theirs or, if somebody owns it, the team decides.

    A wrong code counts even though an error is raised.

    Raises:
        NotAllowed: the claim is somebody else's.
        InvalidInput: the code is wrong, too old, or was tried too often.
        WrongState: the claim does not wait for a code.
    """
    require(by, "knowledge.claim_prove", claim)
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if claim.state != S.PROVING:
            raise WrongState
        fault = _fault(claim, code)
        if not fault:
            return _proved(claim, by)
        claim.attempts += 1
        claim.save(update_fields=["attempts"])
    raise InvalidInput(fields={"code": fault})


def issue_code(*, claim_id: int, attempt: int = 1) -> tuple[Claim, str] | None:
    """Make the code of a claim that waits for one; only its digest is kept.

    A further attempt makes none if another code was asked for since.

    No person: the job that writes the letter calls it, after somebody asked for the code.
    """
    code = f"{secrets.randbelow(10**8):08d}"
    waiting = Claim.objects.filter(pk=claim_id, state=S.PROVING)
    if attempt > 1:
        waiting = waiting.filter(code_failed_at__isnull=False)
    if not waiting.update(
        code_digest=_digest(claim_id, code), code_sent_at=timezone.now(), attempts=0
    ):
        return None
    return waiting.select_related("claimant", "actor").get(), code


def code_sent(*, claim_id: int) -> None:
    """No person: the mail server took the letter with the code."""
    Claim.objects.filter(pk=claim_id).update(code_failed_at=None)


@transaction.atomic
def code_not_sent(*, claim_id: int, attempt: int) -> None:
    """Note that the letter with a code was not taken, and try again later, some times.

    No person: the job that could not send it calls this.
    """
    mine = Claim.objects.filter(pk=claim_id, state=S.PROVING)
    if mine.update(code_digest="", code_failed_at=timezone.now()) and attempt < LETTER_ATTEMPTS:
        enqueue(SEND_CODE, claim_id, attempt + 1, wait=timedelta(minutes=2**attempt))


def _open(by: User, actor: Actor, method: ClaimMethod) -> Claim:
    if actor.owner_id == by.pk:
        raise WrongState(_("This profile is yours already."))
    waiting = Claim.objects.filter(actor=actor, claimant=by, state__in=CLAIM_OPEN)
    for former in waiting.filter(state=S.PROVING):  # a new attempt takes the place of the old
        move_claim(claim=former, target=S.WITHDRAWN, by=by)
    looked_at = _("Your claim is being looked at; you will be told the answer.")
    if waiting.exists():
        raise WrongState(looked_at)
    try:
        with transaction.atomic():
            claim = Claim.objects.create(actor=actor, claimant=by, method=method)
    except IntegrityError as error:  # a second click at the same time
        raise WrongState(looked_at) from error
    claim.events.create(state=S.REQUESTED, by=by)
    return claim


def _ask_for_code(claim: Claim) -> None:
    claim.code_digest, claim.code_sent_at, claim.code_failed_at = "", timezone.now(), None
    claim.save(update_fields=["code_digest", "code_sent_at", "code_failed_at"])
    enqueue(SEND_CODE, claim.pk)


def _fault(claim: Claim, code: str) -> str:
    if claim.attempts >= MAX_ATTEMPTS:
        return _("Too many wrong codes; ask for another one.")
    sent = claim.code_sent_at
    if not claim.code_digest or sent is None or timezone.now() - sent > CODE_LIVES:
        return _("This code is too old; ask for another one.")
    given = "".join(filter(str.isdigit, code))
    if not constant_time_compare(claim.code_digest, _digest(claim.pk, given)):
        return _("This is not the code that was sent.")
    return ""


def _proved(claim: Claim, by: User) -> Claim:
    actor = Actor.objects.select_for_update(of=("self",)).get(pk=claim.actor_id)
    if actor.owner_id and actor.owner_id != by.pk:
        move_claim(claim=claim, target=S.DISPUTED, by=by)
        tell_claim_waits(claim=claim)
    else:
        take_profile(claim=claim, by=by)
    record(
        by=by, verb="knowledge.claim_prove", obj=actor, data={"claim": claim.pk, "to": claim.state}
    )
    return claim


def _digest(claim_id: int, code: str) -> str:
    salt = "minka.knowledge.claim"
    return salted_hmac(salt, f"{claim_id}:{code}", algorithm="sha256").hexdigest()
