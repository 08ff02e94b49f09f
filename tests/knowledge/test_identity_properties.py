"""Merge, split, undo and redirect in any order: no record is lost, every id leads somewhere."""

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from minka.core.errors import DomainError
from minka.knowledge.actions.identity import (
    TwoTaxIdsError,
    merge_actors,
    split_actor,
    undo_resolution,
)
from minka.knowledge.models import Actor, Identifier, Membership, Record, ResolutionStep
from minka.knowledge.queries.identity import living_actor
from minka.methods.identifiers import SCHEMES
from tests.factories import MembershipFactory, UserFactory
from tests.knowledge.resolution import everything, number, recorded
from tests.knowledge.sheets import RUCS

PICK = st.integers(min_value=0, max_value=10**6)
NAMES = ["Aceros Andinos", "Aceros del Sur", "Taller Ukuku", "Minera Pampa"]


class Identity(RuleBasedStateMachine):
    """Seven actors with one to three records each; four of them with a RUC, one pair with people."""

    def __init__(self) -> None:
        super().__init__()
        self.undo_all = transaction.atomic()
        self.undo_all.__enter__()
        self.team = UserFactory(is_staff=True)
        for n in range(7):
            with_ruc = {"tax_id": RUCS[n], "tax_scheme": "pe.ruc"} if n < 4 else {}
            actor = recorded(NAMES[n % 4], source=f"Padrón {n % 3}", **with_ruc)
            if n < 4:
                number(actor, RUCS[n])
            for extra in range(n % 3):
                recorded(f"{NAMES[n % 4]} {extra}", actor=actor, phone=[f"05455{n}{extra}"])
        both = UserFactory()
        for actor, role in zip(self.living()[4:6], ("member", "representative"), strict=True):
            MembershipFactory(actor=actor, user=both, role=role)
        self.records = set(Record.objects.values_list("pk", flat=True))
        self.ids = set(Actor.objects.values_list("public_id", flat=True))
        self.people = set(Membership.objects.filter(state="active").values_list("user", flat=True))
        self.numbers = set(Identifier.objects.values_list("value", flat=True))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo_all.__exit__(None, None, None)

    def living(self) -> list[Actor]:
        return list(Actor.objects.filter(state="live").order_by("pk"))

    @rule(one=PICK, other=PICK)
    def merge(self, one: int, other: int) -> None:
        actors = self.living()
        keep, gone = actors[one % len(actors)], actors[other % len(actors)]
        before = everything()
        rucs = [set(a.identifiers.values_list("value", flat=True)) for a in (keep, gone)]
        try:
            merge_actors(by=self.team, keep=keep, gone=gone)
        except TwoTaxIdsError:
            assert all(rucs)
            assert everything() == before
        except DomainError:
            assert keep == gone
        else:
            assert not all(rucs)

    @rule(one=PICK, some=st.lists(PICK, min_size=1, max_size=2))
    def split(self, one: int, some: list[int]) -> None:
        actors = self.living()
        actor = actors[one % len(actors)]
        records = list(actor.records.order_by("pk"))
        chosen = {records[n % len(records)] for n in some} if records else set()
        try:
            step = split_actor(by=self.team, actor=actor, records=list(chosen))
        except DomainError:
            assert len(chosen) in {0, len(records)}
        else:
            self.ids.add(step.other.public_id)

    @rule(which=PICK)
    def undo(self, which: int) -> None:
        steps = list(ResolutionStep.objects.filter(undone_at=None).order_by("pk"))
        if not steps:
            return
        before = everything()
        try:
            with transaction.atomic():
                undo_resolution(by=self.team, step=steps[which % len(steps)])
        except DomainError:
            assert everything() == before

    @rule(one=PICK, other=PICK)
    def merge_and_undo_is_nothing(self, one: int, other: int) -> None:
        actors = self.living()
        keep, gone = actors[one % len(actors)], actors[other % len(actors)]
        before = everything()
        try:
            step = merge_actors(by=self.team, keep=keep, gone=gone)
        except DomainError:
            return
        undo_resolution(by=self.team, step=step)
        assert everything() == before

    @invariant()
    def no_record_is_lost(self) -> None:
        assert set(Record.objects.values_list("pk", flat=True)) == self.records
        assert not Record.objects.exclude(actor__state="live").exists()
        counted = Actor.objects.filter(state="live").annotate(n=Count("records"))
        assert all(actor.n == actor.record_count for actor in counted)

    @invariant()
    def every_id_leads_to_one_living_actor(self) -> None:
        for public_id in self.ids:
            found = living_actor(viewer=None, public_id=public_id)
            assert found is not None and found.state == "live"

    @invariant()
    def two_tax_ids_of_a_country_never_meet(self) -> None:
        held = Identifier.objects.filter(scheme__in=SCHEMES).values_list("actor", "scheme")
        assert len(set(held)) == len(held)
        assert set(Identifier.objects.values_list("value", flat=True)) == self.numbers
        assert not Identifier.objects.exclude(actor__state="live").exists()

    @invariant()
    def people_belong_once_and_somewhere(self) -> None:
        active = Membership.objects.filter(state="active")
        assert set(active.values_list("user", flat=True)) == self.people
        assert not active.exclude(actor__state="live").exists()


@pytest.mark.django_db
def test_in_any_order_nothing_is_lost_or_doubled():
    run_state_machine_as_test(
        Identity,
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
