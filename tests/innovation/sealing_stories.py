"""A sealed call, from naming its custodians to the shares in their hands."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import nacl.pwhash
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from minka.core.audit import record
from minka.innovation.actions.ceremony import make_key, name_custodian, put_key_in_force, set_needed
from minka.innovation.actions.custody import confirm_share, get_ready, take_share
from minka.innovation.actions.opening import (
    GivenShare,
    open_economic_parts,
    open_proposals,
    rehearse_opening,
)
from minka.innovation.actions.proposals import save_draft, start_proposal
from minka.innovation.models import Call, Challenge
from tests.factories import ActorFactory, ChallengeFactory, MembershipFactory, UserFactory

PASSPHRASE = "cuatro llamas suben despacio {}"
WORDS = {
    "title": "Vinagre de algarroba en celdas",
    "summary": "Un depresante natural que nadie usa.",
    "approach": "Se dosifica vinagre de algarroba en la celda rougher.",
    "evidence": "Ensayos con mineral de Cerro Escondido.",
    "team": "Rosaura Mamani y Teófilo Ccori.",
    "requested_usd": Decimal(41_357_902),  # so long that it stands nowhere by chance
    "duration_months": 7,
    "trl_now": 5,
    "trl_after": 7,
}
PRESENT = "Notaria Elena Ruiz; Comité del clúster"
MINUTE = "Se reunió el comité y cada custodio dio su parte."


def quick_passphrases(monkeypatch):
    """Stretch passphrases less: what is tested is not how long it takes."""
    monkeypatch.setattr(nacl.pwhash.argon2id, "MEMLIMIT_MODERATE", 8192)
    monkeypatch.setattr(nacl.pwhash.argon2id, "OPSLIMIT_MODERATE", 1)
    cache.clear()  # which counts how often a person tries


@dataclass
class SealedCall:
    """A sealed call with everything that its custodians hold outside of the server."""

    challenge: Challenge
    team: object
    shares: list[GivenShare] = field(default_factory=list)

    def give(self, *numbers: int) -> list[GivenShare]:
        """The shares of the custodians with these numbers."""
        return [self.shares[number - 1] for number in numbers]

    def open(self, *numbers: int, economic=False, **kwargs):
        """Open with the shares of these custodians; by default as many as are needed."""
        opens = open_economic_parts if economic else open_proposals
        return opens(
            by=self.team,
            challenge=self.challenge,
            given=self.give(*(numbers or (1, 2))),
            present=PRESENT,
            minute=MINUTE,
            **kwargs,
        )


def custodians_named(challenge, team, *, made=3, needed=2):
    """Custodians of different organisations, named and waiting."""
    set_needed(by=team, challenge=challenge, needed=needed)
    named = []
    for _place in range(made):
        member = MembershipFactory(user=UserFactory(), actor=ActorFactory())
        named.append(
            name_custodian(
                by=team, challenge=challenge, person=member.user, organisation=member.actor
            )
        )
    return named


def call_in_preparation(*, envelopes="one", shows_count=False, **kwargs):
    """A draft whose call will be sealed, and somebody of the team."""
    challenge = ChallengeFactory(state="draft", **kwargs)
    Call.objects.filter(challenge=challenge).update(
        protection="sealed", envelopes=envelopes, shows_count=shows_count
    )
    challenge.refresh_from_db()
    return challenge, UserFactory(is_staff=True)


def taken_shares(custodians):
    """What custodians hold once each took hers and proved it."""
    held = []
    for custodian in custodians:
        custodian.refresh_from_db()
        passphrase = PASSPHRASE.format(custodian.user_id)
        text = take_share(by=custodian.user, custodian=custodian, passphrase=passphrase)
        confirm_share(by=custodian.user, custodian=custodian, text=text, passphrase=passphrase)
        held.append(GivenShare(text, passphrase))
    return held


def sealed_call(*, made=3, needed=2, **kwargs) -> SealedCall:
    """A sealed call that is open, rehearsed and in force."""
    challenge, team = call_in_preparation(**kwargs)
    custodians = custodians_named(challenge, team, made=made, needed=needed)
    for custodian in custodians:
        passphrase = PASSPHRASE.format(custodian.user_id)
        get_ready(by=custodian.user, custodian=custodian, passphrase=passphrase, again=passphrase)
    make_key(by=team, challenge=challenge)
    held = SealedCall(challenge, team, taken_shares(custodians))
    rehearse_opening(by=team, challenge=challenge, given=held.shares[:needed], present=PRESENT)
    with transaction.atomic():  # as publishing does, without all that a published challenge needs
        put_key_in_force(by=team, challenge=challenge)
        Challenge.objects.filter(pk=challenge.pk).update(
            state="published", published_at=timezone.now()
        )
        data = {"closes_at": challenge.call.closes_at.isoformat()}
        record(by=team, verb="innovation.challenge_publish", obj=challenge, data=data)
    challenge.refresh_from_db()
    return held


def sealed_draft(held: SealedCall, **words):
    """A complete draft to a sealed call, and its author."""
    member = MembershipFactory(user=UserFactory(), actor=ActorFactory())
    draft = start_proposal(by=member.user, challenge=held.challenge, lead=member.actor)
    save_draft(by=member.user, proposal=draft, revision=0, values={**WORDS, **words})
    draft.refresh_from_db()
    return draft, member.user


def after_closing(monkeypatch, challenge, **later):
    """Let the clock of the server stand after the closing of a call."""
    challenge.call.refresh_from_db()
    instant = challenge.call.closes_at + timedelta(**(later or {"minutes": 1}))
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)
    return instant


def shares_typed(held, *numbers):
    """What is typed on a page for the shares of these custodians."""
    given = held.give(*numbers)
    return {
        key: value
        for place, one in enumerate(given, start=1)
        for key, value in ((f"share_{place}", one.text), (f"passphrase_{place}", one.passphrase))
    }
