"""Agreements: drafted with clauses, approved, signed, sealed; what is signed never changes."""

import json
import subprocess
import sys

import pytest
from django.db import IntegrityError, transaction

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.ledger import verify_ledger
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.agreement_beginnings import (
    Parties,
    SignedElsewhere,
    register_agreement,
    start_agreement,
)
from minka.innovation.actions.agreement_versions import AgreementText
from minka.innovation.actions.agreements_drafting import (
    drop_text,
    reopen_text,
    save_text,
    start_amendment,
)
from minka.innovation.actions.agreements_signing import (
    answer_agreement,
    ask_agreement_approval,
    sign_agreement,
)
from minka.innovation.models import Agreement, AgreementSignature
from minka.innovation.queries.agreement_content import (
    Clause,
    clauses_for,
    clauses_of,
    differences,
    facts_of,
)
from minka.innovation.queries.agreement_seats import seats_of, signatures_of
from minka.innovation.sources.agreement_paper.printing import agreement_pdf, print_agreement
from minka.innovation.states.agreements import (
    AGREEMENT_REACHED_FROM,
    TEXT_REACHED_FROM,
    AgreementKind,
    AgreementState,
    TextState,
)
from minka.methods.sealing.receipts import read_receipt
from tests.innovation.agreement_stories import (
    again,
    approve_by_all,
    begun,
    cast,
    days,
    facts,
    in_force,
    sign,
    sign_by_all,
    upload,
)

pytestmark = pytest.mark.django_db


def edit(people, agreement, *, by=None, text="Otra cláusula que cambia lo convenido.", **kwargs):
    now = again(agreement)
    clauses = [*clauses_of(now.text), Clause("Añadida", text)]
    revision = kwargs.pop("revision", now.revision)
    text = AgreementText(**{"facts": facts_of(now), "clauses": clauses, **kwargs})
    return save_text(by=by or people.team, agreement=now, revision=revision, text=text)


def test_every_state_is_reached_from_somewhere_and_none_from_itself():
    for table, states in (
        (AGREEMENT_REACHED_FROM, AgreementState),
        (TEXT_REACHED_FROM, TextState),
    ):
        assert {*table} | {states(states.values[0])} == {*states}
        assert all(target not in sources for target, sources in table.items())


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("kind", AgreementKind.values)
def test_every_kind_has_its_clauses_in_both_languages_with_all_places_filled(kind, language):
    people = cast()
    made = begun(people, kind=kind, language=language)
    said = made.text.content["clauses"]
    assert len(said) == len(clauses_for(kind, language)) >= 7
    assert not any("{" in one["words"] or "}" in one["words"] for one in said)
    assert people.company.name in said[0]["words"]
    assert people.solver.name in said[0]["words"]


def test_an_agreement_begins_only_with_a_released_decision_to_select_or_reserve():
    people = cast()
    people.decision.released_at = None
    people.decision.save()
    with pytest.raises(WrongState):
        begun(people)
    other = cast()
    other.decision.outcome = "not_selected"
    other.decision.save()
    with pytest.raises(WrongState):
        begun(other)


def test_one_decision_may_have_several_agreements_and_other_companies_are_refused():
    people = cast()
    begun(people, kind="nda")
    begun(people)
    assert people.decision.agreements.count() == 2
    with pytest.raises(InvalidInput):
        start_agreement(
            by=people.team,
            decision=people.decision,
            facts=facts(),
            parties=Parties([people.solver]),
        )


def test_only_the_impartial_team_begins_one():
    people = cast()
    for person in (people.rep, people.boss, people.area, *people.strangers):
        with pytest.raises(NotAllowed):
            start_agreement(
                by=person,
                decision=people.decision,
                facts=facts(),
                parties=Parties([people.company]),
            )


def test_every_save_is_a_version_and_the_change_is_shown():
    people = cast()
    made = begun(people)
    edit(people, made, by=people.boss)
    first, second = made.versions.all()
    assert (first.number, second.number) == (1, 2)
    found = differences(first.content, second.content)
    assert [str(one.label) for one in found] == ["Añadida"]
    edit(people, made, clauses=clauses_of(first), revision=again(made).revision)
    assert made.versions.count() == 3


def test_saving_the_same_text_makes_no_version():
    people = cast()
    made = begun(people)
    now = again(made)
    save_text(
        by=people.team,
        agreement=now,
        revision=now.revision,
        text=AgreementText(facts_of(now), clauses_of(now.text)),
    )
    assert made.versions.count() == 1


def test_the_second_editor_is_told_and_overwrites_nothing():
    people = cast()
    made = begun(people)
    edit(people, made, by=people.rep)
    with pytest.raises(Conflict):
        edit(people, made, by=people.boss, revision=0)
    assert made.versions.count() == 2


def test_an_edit_voids_the_approvals_and_tells_the_parties():
    people = cast()
    made = begun(people)
    ask_agreement_approval(by=people.team, agreement=again(made))
    now = again(made)
    seat = next(one for one in seats_of(now) if one.seat == "user_area")
    answer_agreement(
        by=people.area, agreement=now, seat=seat.key, sha256=now.text.sha256, approves=True
    )
    edit(people, made)
    now = again(made)
    assert now.text_state == TextState.WRITING
    assert [one.given for one in seats_of(now)] == [None, None, None]
    told = Notice.objects.filter(kind="innovation.agreement_reopened")
    assert {one.recipient_id for one in told} >= {people.area.pk, people.boss.pk}


def test_an_answer_to_a_text_that_changed_is_refused():
    people = cast()
    made = begun(people)
    old = again(made).text.sha256
    edit(people, made)
    ask_agreement_approval(by=people.team, agreement=again(made))
    now = again(made)
    seat = next(one for one in seats_of(now) if one.seat == "user_area")
    with pytest.raises(Conflict):
        answer_agreement(by=people.area, agreement=now, seat=seat.key, sha256=old, approves=True)


def test_changes_need_a_reason_and_nobody_answers_in_anothers_name():
    people = cast()
    made = begun(people)
    ask_agreement_approval(by=people.team, agreement=again(made))
    now = again(made)
    keys = {one.seat + str(one.party.role): one.key for one in seats_of(now)}
    area = keys["user_areacompany"]
    with pytest.raises(InvalidInput):
        answer_agreement(
            by=people.area, agreement=now, seat=area, sha256=now.text.sha256, approves=False
        )
    for person in (people.team, people.boss, people.rep, people.worker, *people.strangers):
        with pytest.raises(NotAllowed):
            answer_agreement(
                by=person, agreement=now, seat=area, sha256=now.text.sha256, approves=True
            )


def test_all_seats_open_the_signing_and_all_signatures_put_it_in_force():
    people = cast()
    made = begun(people)
    assert approve_by_all(people, made).text_state == TextState.SIGNING
    sign(people.rep, made)
    assert again(made).state == AgreementState.DRAFT
    sign(people.boss, made)
    now = again(made)
    assert (now.state, now.text_state) == (AgreementState.IN_FORCE, TextState.SIGNED)
    assert now.signed_text == now.text
    assert now.signed_on == days(0)
    entries = LedgerEntry.objects.filter(verb="innovation.agreement_sign")
    assert [one.details["sha256"] for one in entries] == [now.text.sha256] * 2
    assert verify_ledger().whole


def test_a_second_click_signs_nothing_twice():
    people = cast()
    made = begun(people)
    approve_by_all(people, made)
    sign(people.rep, made)
    with pytest.raises(WrongState):
        sign(people.rep, made)
    given = AgreementSignature.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementSignature.objects.create(
            version=given.version,
            party=given.party,
            by=people.boss,
            name="x",
            post="y",
            content_sha256="",
            ledger_position=1,
            ledger_sha256="",
        )


def test_only_representatives_sign_and_only_for_their_own_party():
    people = cast()
    made = approve_by_all(people, begun(people))
    theirs, ours = made.parties.get(role="company"), made.parties.get(role="solver")
    tries = [(p, theirs) for p in (people.boss, people.area, people.team, *people.strangers)]
    tries += [(p, ours) for p in (people.rep, people.worker, people.team, *people.strangers)]
    for person, party in tries:
        with pytest.raises(NotAllowed):
            sign_agreement(
                by=person,
                agreement=made,
                party=party.pk,
                sha256=made.text.sha256,
                name="Ana",
                post="Gerente",
            )
    assert signatures_of(again(made)) == {}


def test_the_cluster_signs_by_its_team_when_it_is_a_party():
    people = cast()
    made = begun(people, with_cluster=True)
    approve_by_all(people, made)
    now = again(made)
    seat = next(one for one in seats_of(now) if one.seat == "team")
    answer_agreement(
        by=people.team, agreement=now, seat=seat.key, sha256=now.text.sha256, approves=True
    )
    for person in (people.rep, people.boss, people.team):
        sign(person, made)
    assert again(made).state == AgreementState.IN_FORCE


def test_a_text_that_is_being_signed_does_not_change_unless_it_is_opened_with_a_reason():
    people = cast()
    made = begun(people)
    approve_by_all(people, made)
    sign(people.rep, made)
    with pytest.raises(WrongState):
        edit(people, made)
    with pytest.raises(InvalidInput):
        reopen_text(by=people.boss, agreement=again(made), reason="")
    reopen_text(by=people.boss, agreement=again(made), reason="El plazo está equivocado.")
    assert signatures_of(again(made)) == {}
    assert all(one.given is None for one in seats_of(again(made)))


def test_an_amendment_is_signed_again_and_the_signed_text_stays_as_it_was():
    people = cast()
    made = in_force(people)
    before = again(made).signed_text
    start_amendment(by=people.boss, agreement=again(made), reason="Hacen falta dos meses más.")
    edit(people, made)
    now = again(made)
    assert (now.state, now.signed_text) == (AgreementState.IN_FORCE, before)
    assert now.text.number > before.number
    sign_by_all(people, made)
    now = again(made)
    assert now.signed_text == now.text != before
    before.refresh_from_db()
    assert before.sha256 == made.versions.get(number=before.number).sha256
    assert before.signatures.filter(voided_at__isnull=True).count() == 2


def test_an_amendment_that_is_given_up_leaves_the_signed_text_in_force():
    people = cast()
    made = in_force(people)
    start_amendment(by=people.rep, agreement=again(made), reason="Queremos otro plazo.")
    drop_text(by=people.rep, agreement=again(made), reason="Al final no hace falta.")
    now = again(made)
    assert (now.text_state, now.text) == (TextState.SIGNED, now.signed_text)
    with pytest.raises(WrongState):
        drop_text(by=people.rep, agreement=now, reason="Al final no hace falta.")


def test_what_was_signed_elsewhere_is_registered_with_its_document():
    people = cast()
    made = register_agreement(
        by=people.team,
        facts=facts(kind="purchase"),
        parties=Parties([people.company], [people.solver]),
        signed=SignedElsewhere(days(-40), upload(), decision=people.decision),
    )
    assert (made.state, made.signed_on) == (AgreementState.IN_FORCE, days(-40))
    assert made.document.sha256
    with pytest.raises(InvalidInput):
        register_agreement(
            by=people.team,
            facts=facts(),
            parties=Parties([people.company], [people.solver]),
            signed=SignedElsewhere(days(2), upload()),
        )
    with pytest.raises(NotAllowed):
        register_agreement(
            by=people.rep,
            facts=facts(),
            parties=Parties([people.company], [people.solver]),
            signed=SignedElsewhere(days(-2), upload()),
        )


def test_the_pdf_is_printed_once_sealed_by_the_server_and_verified_without_it(tmp_path):
    people = cast()
    made = in_force(people)
    assert print_agreement(version_id=made.text_id) == "printed"
    assert print_agreement(version_id=made.text_id) == "printed before"
    version = again(made).signed_text
    said = read_receipt(version.seal).said
    assert said["pdf_sha256"] == version.pdf.sha256
    assert [one["name"] for one in said["signatures"]] == ["Ana Quispe", "Nilda Huamán"]
    with version.pdf.content.open() as kept:
        content = kept.read()
    assert agreement_pdf(version) == content
    pdf, seal = tmp_path / "a.pdf", tmp_path / "a.json"
    pdf.write_bytes(content)
    seal.write_text(version.seal)
    key = json.loads(version.seal)["signed_with"]
    run = [sys.executable, "-m", "minka.cli", "verify", "agreement", pdf, seal, "--key", key]
    assert subprocess.run(run, check=False, capture_output=True).returncode == 0
    pdf.write_bytes(pdf.read_bytes() + b" ")
    assert subprocess.run(run, check=False, capture_output=True).returncode == 1


def test_a_draft_that_is_given_up_is_over():
    people = cast()
    made = begun(people)
    drop_text(by=people.team, agreement=made, reason="La empresa cambió de planes.")
    assert Agreement.objects.get().state == AgreementState.CANCELLED
    with pytest.raises(WrongState):
        edit(people, made)
