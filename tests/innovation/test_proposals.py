"""What solvers can do with a proposal, and when."""

from decimal import Decimal

import pytest

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import (
    reopen_proposal,
    save_draft,
    start_proposal,
    withdraw_proposal,
)
from minka.innovation.models import Proposal, Receipt
from minka.innovation.queries.proposals_completeness import WORD_LIMITS, missing_for_submission
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    MembershipFactory,
    ProposalFactory,
    UserFactory,
)
from tests.innovation.stories import draft_of_member, member_of, move_deadline, staff

pytestmark = pytest.mark.django_db


def test_starting_gives_an_empty_draft_once_per_organisation_and_challenge():
    challenge, actor = ChallengeFactory(), ActorFactory()
    one, other = member_of(actor), member_of(actor)
    draft = start_proposal(by=one, challenge=challenge, lead=actor)
    assert (draft.state, draft.title, draft.author) == ("draft", "", one)
    assert start_proposal(by=one, challenge=challenge, lead=actor) == draft  # a double click
    assert start_proposal(by=other, challenge=challenge, lead=actor) == draft  # a colleague
    assert Proposal.objects.count() == 1
    assert LedgerEntry.objects.filter(verb="innovation.proposal_start").count() == 1


@pytest.mark.parametrize("phase", ["upcoming", "closed"])
def test_nothing_is_started_outside_the_call(phase):
    challenge, actor = ChallengeFactory(call__phase=phase), ActorFactory()
    with pytest.raises(WrongState):
        start_proposal(by=member_of(actor), challenge=challenge, lead=actor)


def test_a_challenge_in_preparation_takes_no_proposals_even_inside_its_dates():
    challenge, actor = ChallengeFactory(state="draft"), ActorFactory()
    with pytest.raises(WrongState):
        start_proposal(by=member_of(actor), challenge=challenge, lead=actor)


@pytest.mark.parametrize("state", ["requested", "ended", "refused"])
def test_only_active_members_start_for_an_organisation(state):
    challenge, actor = ChallengeFactory(), ActorFactory()
    with pytest.raises(NotAllowed):
        start_proposal(by=member_of(actor, state=state), challenge=challenge, lead=actor)


def test_after_withdrawing_the_organisation_may_begin_again():
    draft, author = draft_of_member()
    withdraw_proposal(by=author, proposal=draft, confirmation=draft.lead.name)
    again = start_proposal(by=author, challenge=draft.challenge, lead=draft.lead)
    assert again != draft


def test_a_draft_may_be_saved_with_everything_empty():
    draft, author = draft_of_member()
    empty = dict.fromkeys(["title", "summary", "approach", "evidence", "team"], "")
    figures = dict.fromkeys(["requested_usd", "duration_months", "trl_now", "trl_after"])
    saved = save_draft(by=author, proposal=draft, revision=0, values={**empty, **figures})
    assert (saved.revision, saved.fields, draft.title, draft.requested_usd) == (1, {}, "", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requested_usd", Decimal(-5)),
        ("requested_usd", Decimal(0)),
        ("requested_usd", Decimal("99999999999.00")),
        ("trl_now", 12),
        ("trl_after", 0),
        ("duration_months", -1),
        ("duration_months", 5000),
        ("title", "x" * 201),
        ("team", "x" * 60_001),
        ("language", "qu"),
    ],
)
def test_a_senseless_value_is_named_and_the_others_are_saved(field, value):
    draft, author = draft_of_member()
    before = getattr(draft, field)
    values = {"summary": "Nuevo resumen", field: value}
    saved = save_draft(by=author, proposal=draft, revision=0, values=values)
    draft.refresh_from_db()
    assert set(saved.fields) == {field}
    assert (draft.summary, getattr(draft, field)) == ("Nuevo resumen", before)


def test_saving_ignores_what_is_no_word_of_the_proposal():
    draft, author = draft_of_member()
    save_draft(by=author, proposal=draft, revision=0, values={"state": "submitted", "lead_id": 1})
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == ("draft", 0)


def test_a_colleague_who_saved_first_is_not_overwritten():
    draft, author = draft_of_member()
    colleague = member_of(draft.lead)
    save_draft(by=colleague, proposal=draft, revision=0, values={"summary": "de la colega"})
    with pytest.raises(Conflict):
        save_draft(by=author, proposal=draft, revision=0, values={"summary": "del autor"})
    draft.refresh_from_db()
    assert draft.summary == "de la colega"


def test_saving_the_same_words_again_is_no_conflict():
    draft, author = draft_of_member()
    save_draft(by=author, proposal=draft, revision=0, values={"summary": "igual"})
    again = save_draft(by=author, proposal=draft, revision=0, values={"summary": "igual"})
    assert again.revision == 1


def test_submitting_dates_the_proposal_tells_its_people_and_happens_once():
    draft, author = draft_of_member()
    colleague, stranger = member_of(draft.lead), UserFactory()
    receipt = submit_proposal(by=author, proposal=draft, revision=0)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at) == ("submitted", receipt.received_at)
    with pytest.raises(WrongState):
        submit_proposal(by=author, proposal=draft, revision=draft.revision)
    assert Receipt.objects.count() == 1
    told = set(
        Notice.objects.filter(kind="innovation.proposal_received").values_list(
            "recipient", flat=True
        )
    )
    assert told == {author.pk, colleague.pk}
    assert stranger.pk not in told


def test_submitting_after_the_deadline_is_refused_and_the_text_stays():
    draft, author = draft_of_member()
    move_deadline(draft.challenge, seconds=-1)
    with pytest.raises(WrongState):
        submit_proposal(by=author, proposal=draft, revision=0)
    draft.refresh_from_db()
    assert (draft.state, draft.approach) == (
        "draft",
        "Se reemplaza el material y se mide el desgaste cada mes.",
    )
    assert not Receipt.objects.exists()


def test_the_deadline_is_read_from_the_database_not_from_the_page():
    """The object in hand still says that there are ten days left."""
    draft, author = draft_of_member()
    assert draft.challenge.call.is_open()
    stale = draft.challenge.call.closes_at
    move_deadline(ChallengeFactory._meta.model.objects.get(pk=draft.challenge_id), seconds=-1)
    assert draft.challenge.call.closes_at == stale
    with pytest.raises(WrongState):
        submit_proposal(by=author, proposal=draft, revision=0)


def test_the_instant_of_closing_is_too_late(monkeypatch):
    draft, author = draft_of_member()
    closes = draft.challenge.call.closes_at
    monkeypatch.setattr("minka.innovation.actions.calls.timezone.now", lambda: closes)
    with pytest.raises(WrongState):
        submit_proposal(by=author, proposal=draft, revision=0)


def test_an_incomplete_proposal_is_refused_with_all_that_is_missing():
    draft, author = draft_of_member(
        summary="", requested_usd=None, trl_now=8, trl_after=3, team="  "
    )
    with pytest.raises(InvalidInput) as caught:
        submit_proposal(by=author, proposal=draft, revision=0)
    assert set(caught.value.fields) == {"summary", "requested_usd", "trl_after", "team"}


def test_too_many_words_block_submitting_but_not_saving():
    draft, author = draft_of_member()
    long = "palabra " * (WORD_LIMITS["summary"] + 1)
    assert save_draft(by=author, proposal=draft, revision=0, values={"summary": long}).fields == {}
    assert set(missing_for_submission(draft)) == {"summary"}


def test_submitting_what_a_colleague_changed_meanwhile_asks_to_read_it_again():
    draft, author = draft_of_member()
    save_draft(
        by=member_of(draft.lead), proposal=draft, revision=0, values={"title": "Otro título"}
    )
    with pytest.raises(Conflict):
        submit_proposal(by=author, proposal=draft, revision=0)


def test_reopening_makes_it_a_draft_and_submitting_again_gives_another_receipt():
    draft, author = draft_of_member()
    first = submit_proposal(by=author, proposal=draft, revision=0)
    reopen_proposal(by=author, proposal=draft)
    assert (draft.state, draft.submitted_at) == ("draft", None)
    save_draft(by=author, proposal=draft, revision=draft.revision, values={"title": "Corregido"})
    second = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    assert first.number != second.number
    assert first.content_sha256 != second.content_sha256


def test_reopening_after_the_deadline_is_refused():
    draft, author = draft_of_member()
    submit_proposal(by=author, proposal=draft, revision=0)
    move_deadline(draft.challenge, seconds=-1)
    with pytest.raises(WrongState):
        reopen_proposal(by=author, proposal=draft)
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_withdrawing_needs_the_name_of_the_organisation():
    draft, author = draft_of_member(lead=ActorFactory(name="Ñañez & Cía. S.A.C."))
    with pytest.raises(InvalidInput):
        withdraw_proposal(by=author, proposal=draft, confirmation="sí")
    withdraw_proposal(by=author, proposal=draft, confirmation=" ñañez & cía. s.a.c. ")
    assert draft.state == "withdrawn"


def test_nothing_is_withdrawn_once_the_challenge_is_decided():
    proposal, author = draft_of_member(challenge=ChallengeFactory(state="decided"), submitted=True)
    with pytest.raises(WrongState):
        withdraw_proposal(by=author, proposal=proposal, confirmation=proposal.lead.name)


@pytest.mark.parametrize(
    "act",
    [
        lambda by, p: save_draft(by=by, proposal=p, revision=0, values={"title": "Ajeno"}),
        lambda by, p: submit_proposal(by=by, proposal=p, revision=0),
        lambda by, p: withdraw_proposal(by=by, proposal=p, confirmation=p.lead.name),
    ],
)
@pytest.mark.parametrize(
    "who", ["staff", "superuser", "author_without_membership", "member_of_another"]
)
def test_nobody_outside_the_lead_touches_a_draft(act, who):
    draft = ProposalFactory()
    person = {
        "staff": staff,
        "superuser": lambda: UserFactory(is_staff=True, is_superuser=True),
        "author_without_membership": lambda: draft.author,
        "member_of_another": lambda: MembershipFactory().user,
    }[who]()
    with pytest.raises(NotAllowed):
        act(person, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == ("draft", 0)


def test_staff_never_edit_a_solvers_words_even_after_closing():
    proposal, _author = draft_of_member(submitted=True)
    move_deadline(proposal.challenge, days=-1)
    with pytest.raises(NotAllowed):
        save_draft(by=staff(), proposal=proposal, revision=0, values={"title": "Mejorado"})
    with pytest.raises(NotAllowed):
        reopen_proposal(by=staff(), proposal=proposal)
