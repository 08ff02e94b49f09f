"""An agreement and the people around it, as the tests need them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minka.innovation.actions.agreement_beginnings import Parties, start_agreement
from minka.innovation.actions.agreement_plan import add_to_plan
from minka.innovation.actions.agreements_signing import (
    answer_agreement,
    ask_agreement_approval,
    sign_agreement,
)
from minka.innovation.models import Agreement, Decision
from minka.innovation.queries.agreement_content import AgreementFacts
from minka.innovation.queries.agreement_seats import holds, seats_of
from minka.innovation.queries.agreements import represented_parties
from tests.factories import ActorFactory, ChallengeFactory, ProblemFactory, UserFactory
from tests.innovation.people import company, person_of, staff
from tests.innovation.stories import decided, draft_of_member

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def days(count):
    return timezone.localdate() + timedelta(days=count)


def upload(name="acta.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@dataclass
class Cast:
    """Who is around an agreement, rivals included, and the decision it comes from."""

    company: Any
    rep: Any
    area: Any
    solver: Any
    boss: Any
    worker: Any
    team: Any
    decision: Decision
    rival: Any  # another supplier that answered the challenge
    rival_rep: Any  # represents another mining company
    evaluator: Any
    committee: Any

    @property
    def strangers(self):
        return [self.rival, self.rival_rep, self.evaluator, self.committee]


def cast(**kwargs) -> Cast:
    mine = company()
    challenge = ChallengeFactory(state="decided", call__phase="closed", **kwargs)
    challenge.problems.add(ProblemFactory(company=mine, state="challenged"))
    solver = ActorFactory(name="Puquio Verde S.A.C.")
    boss = person_of(solver, role="representative")
    worker = person_of(solver, role="member")
    chosen, _author = draft_of_member(challenge=challenge, lead=solver, submitted=True)
    other, rival = draft_of_member(challenge=challenge, submitted=True)
    decided(other, outcome="not_selected", released_at=timezone.now())
    return Cast(
        company=mine,
        rep=person_of(mine, role="representative"),
        area=person_of(mine, role="user_area"),
        solver=solver,
        boss=boss,
        worker=worker,
        team=staff(),
        decision=decided(chosen, outcome="selected", released_at=timezone.now()),
        rival=rival,
        rival_rep=person_of(company("Minera Rival S.A."), role="representative"),
        evaluator=UserFactory(roles=["evaluator"]),
        committee=UserFactory(roles=["committee"]),
    )


def facts(**kwargs):
    values = {
        "kind": "pilot",
        "title": "Piloto de neutralización sin lodo",
        "value_usd": Decimal(80_000),
        "starts_on": days(0),
        "ends_on": days(300),
    }
    return AgreementFacts(**{**values, **kwargs})


def begun(people: Cast, **kwargs) -> Agreement:
    """A draft with the clauses of its kind."""
    with_cluster = kwargs.pop("with_cluster", False)
    return start_agreement(
        by=people.team,
        decision=people.decision,
        facts=facts(**kwargs),
        parties=Parties([people.company], with_cluster=with_cluster),
    )


def again(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_related("text").get(pk=agreement.pk)


def approve_by_all(people: Cast, agreement: Agreement) -> Agreement:
    ask_agreement_approval(by=people.team, agreement=again(agreement))
    for person in (people.area, people.rep, people.boss):
        now = again(agreement)
        for seat in seats_of(now):
            if holds(person, seat) and seat.given is None:
                answer_agreement(
                    by=person,
                    agreement=now,
                    seat=seat.key,
                    sha256=now.text.sha256,
                    approves=True,
                )
    return again(agreement)


def sign(person, agreement: Agreement, name="Ana Quispe", post="Gerente"):
    now = again(agreement)
    party = represented_parties(viewer=person, agreement=now)[0]
    return sign_agreement(
        by=person, agreement=now, party=party.pk, sha256=now.text.sha256, name=name, post=post
    )


def sign_by_all(people: Cast, agreement: Agreement) -> Agreement:
    approve_by_all(people, agreement)
    sign(people.rep, agreement)
    sign(people.boss, agreement, name="Nilda Huamán", post="Gerenta general")
    return again(agreement)


def in_force(people: Cast, **kwargs) -> Agreement:
    return sign_by_all(people, begun(people, **kwargs))


def milestone(people: Cast, agreement: Agreement, *, due: date | None = None, title="Instalación"):
    values = {"title": title, "deliverable": "Acta de instalación", "due_on": due or days(30)}
    return add_to_plan(by=people.area, agreement=agreement, kind="milestone", values=values)
