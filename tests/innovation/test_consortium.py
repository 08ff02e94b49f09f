"""Organisations propose together: who accepted writes, who did not knows nothing, nobody else does."""

import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.consortium import (
    Share,
    answer_as_partner,
    ask_partner,
    leave_consortium,
    part_with,
    set_shares,
)
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import save_draft, start_proposal, withdraw_proposal
from minka.innovation.models import Challenge, Partner
from minka.innovation.queries.conflicts import conflict_between
from minka.innovation.queries.consortium import lead_share
from minka.innovation.queries.proposals import own_proposals, visible_proposals
from minka.innovation.queries.receipts import canonical_text
from minka.innovation.states import Ground
from tests.factories import ActorFactory, MembershipFactory, ProposalFactory, UserFactory
from tests.innovation.sealing_stories import quick_passphrases, sealed_call, sealed_draft
from tests.innovation.stories import draft_of_member, member_of, move_deadline, staff

pytestmark = pytest.mark.django_db
SECRET = "Aleación secreta de cobalto"


def asked(percent=30, **kwargs):
    """A draft, its author, what its partner was asked, and somebody of the partner."""
    draft, author = draft_of_member(title=SECRET, **kwargs)
    other = ActorFactory(name="Universidad del Altiplano")
    partner = ask_partner(by=author, proposal=draft, actor=other, share=Share(percent, "Ensayos"))
    return draft, author, partner, member_of(other)


def accepted(**kwargs):
    draft, author, partner, person = asked(**kwargs)
    answer_as_partner(by=person, partner=partner, accept=True)
    return draft, author, partner, person


def pages(client, person, draft, partner):
    client.force_login(person)
    addresses = [
        reverse(f"innovation:{name}", args=[draft.public_id])
        for name in ("proposal", "proposal_edit", "consortium", "proposal_reuse")
    ]
    addresses += [
        reverse("innovation:proposals"),
        reverse("innovation:partner", args=[partner.pk]),
        reverse("innovation:challenge", args=[draft.challenge.slug]),
        reverse("innovation:partner_board", args=[draft.challenge.slug]),
        reverse("core:notices"),
        reverse("core:ledger"),
    ]
    return " ".join(client.get(address).content.decode() for address in addresses)


def test_a_partner_that_was_asked_knows_who_asks_and_nothing_of_the_draft(client):
    draft, _author, partner, person = asked()
    text = pages(client, person, draft, partner)
    assert draft.lead.name in text
    assert SECRET not in text
    assert not visible_proposals(viewer=person).exists()
    with pytest.raises(NotAllowed):
        save_draft(by=person, proposal=draft, revision=0, values={"team": "nosotros"})


def test_a_partner_that_accepted_reads_and_writes(client):
    draft, _author, partner, person = accepted()
    assert SECRET in pages(client, person, draft, partner)
    save_draft(by=person, proposal=draft, revision=0, values={"team": "nosotros también"})
    draft.refresh_from_db()
    assert draft.team == "nosotros también"


def test_only_the_lead_hands_in_withdraws_asks_and_shares_out():
    draft, _author, partner, person = accepted()
    for act in (
        lambda: submit_proposal(by=person, proposal=draft, revision=0),
        lambda: withdraw_proposal(by=person, proposal=draft, confirmation=draft.lead.name),
        lambda: ask_partner(by=person, proposal=draft, actor=ActorFactory(), share=Share(5)),
        lambda: set_shares(by=person, proposal=draft, shares={partner.pk: Share(90)}),
        lambda: part_with(by=person, partner=partner),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("end", ["leave", "part", "refuse"])
def test_a_partner_that_left_refused_or_was_parted_with_reads_nothing(client, end):
    if end == "refuse":
        draft, author, partner, person = asked()
        answer_as_partner(by=person, partner=partner, accept=False)
    else:
        draft, author, partner, person = accepted()
        if end == "leave":
            leave_consortium(by=person, partner=partner)
        else:
            part_with(by=author, partner=partner)
    assert SECRET not in pages(client, person, draft, partner)
    assert not own_proposals(viewer=person).exists()
    with pytest.raises(NotAllowed):
        save_draft(by=person, proposal=draft, revision=0, values={"team": "nosotros"})


def test_nobody_outside_learns_of_a_partner_by_any_page_notice_or_ledger(client):
    draft, author, partner, _person = accepted()
    submit_proposal(by=author, proposal=draft, revision=0)
    name = partner.actor.name
    rival = ProposalFactory(challenge=draft.challenge)
    for stranger in (staff(), member_of(rival.lead), UserFactory(roles=["auditor"])):
        assert name not in pages(client, stranger, draft, partner)
    assert not any(name in repr(row) for row in LedgerEntry.objects.values_list())
    told = Notice.objects.filter(body__contains=name) | Notice.objects.filter(
        subject__contains=name
    )
    inside = {*draft.lead.memberships.values_list("user", flat=True)}
    inside |= {*partner.actor.memberships.values_list("user", flat=True)}
    assert set(told.values_list("recipient", flat=True)) <= inside


def test_shares_always_sum_to_a_hundred():
    draft, author, partner, _person = asked(percent=60)
    assert lead_share(draft) == 40
    with pytest.raises(InvalidInput):
        ask_partner(by=author, proposal=draft, actor=ActorFactory(), share=Share(40))
    for bad in (0, 100):
        with pytest.raises(InvalidInput):
            set_shares(by=author, proposal=draft, shares={partner.pk: Share(bad)})
    set_shares(by=author, proposal=draft, shares={partner.pk: Share(25, "Todo")})
    assert lead_share(draft) == 75


def test_the_rules_of_the_challenge_on_consortia_hold():
    draft, author, _partner, _person = asked()
    Challenge.objects.filter(pk=draft.challenge_id).update(partners_max=1)
    with pytest.raises(InvalidInput):
        ask_partner(by=author, proposal=draft, actor=ActorFactory(), share=Share(5))
    Challenge.objects.filter(pk=draft.challenge_id).update(
        partners_max=None, consortium_allowed=False
    )
    with pytest.raises(WrongState):
        ask_partner(by=author, proposal=draft, actor=ActorFactory(), share=Share(5))


def test_the_lead_and_whoever_was_asked_cannot_be_asked_again():
    draft, author, partner, _person = asked()
    for actor in (draft.lead, partner.actor):
        with pytest.raises(InvalidInput):
            ask_partner(by=author, proposal=draft, actor=actor, share=Share(5))


def test_a_second_click_on_accepting_changes_nothing():
    _draft, _author, partner, person = accepted()
    with pytest.raises(WrongState):
        answer_as_partner(by=person, partner=partner, accept=False)
    assert Partner.objects.get().state == "accepted"


def test_only_people_of_the_organisation_answer_for_it():
    _draft, author, partner, _person = asked()
    for stranger in (author, UserFactory(), staff()):
        with pytest.raises(NotAllowed):
            answer_as_partner(by=stranger, partner=partner, accept=True)


def test_the_same_organisations_have_one_draft_whoever_of_them_leads():
    draft, author, _partner, person = accepted()
    mirror = start_proposal(by=person, challenge=draft.challenge, lead=Partner.objects.get().actor)
    back = ask_partner(by=person, proposal=mirror, actor=draft.lead, share=Share(10))
    with pytest.raises(Conflict):
        answer_as_partner(by=author, partner=back, accept=True)


def test_a_consortium_changes_only_while_the_proposal_is_written():
    draft, author, partner, person = accepted()
    submit_proposal(by=author, proposal=draft, revision=0)
    for act in (
        lambda: leave_consortium(by=person, partner=partner),
        lambda: part_with(by=author, partner=partner),
    ):
        with pytest.raises(WrongState):
            act()


def test_after_the_call_closed_nobody_joins():
    draft, _author, partner, person = asked()
    move_deadline(draft.challenge, seconds=-1)
    with pytest.raises(WrongState):
        answer_as_partner(by=person, partner=partner, accept=True)


def test_what_is_handed_in_names_the_partners_and_their_shares():
    draft, author, _partner, _person = accepted()
    submit_proposal(by=author, proposal=draft, revision=0)
    draft.refresh_from_db()
    assert b'"share":30' in canonical_text(draft).replace(b" ", b"")


def test_the_people_of_a_partner_have_a_conflict_once_it_is_handed_in_and_not_before():
    draft, author, _partner, person = accepted()
    assert conflict_between(proposal=draft, person=person) == ()
    submit_proposal(by=author, proposal=draft, revision=0)
    grounds = {one.ground for one in conflict_between(proposal=draft, person=person)}
    assert Ground.PARTNER in grounds
    waiting = ActorFactory()
    Partner.objects.create(proposal=draft, actor=waiting, share=5, asked_by=author)
    assert conflict_between(proposal=draft, person=member_of(waiting)) == ()


def test_somebody_of_the_team_who_belongs_to_a_partner_competes_and_reads_nothing_of_others():
    draft, author, partner, _person = accepted()
    torn = staff()
    MembershipFactory(user=torn, actor=partner.actor)
    submit_proposal(by=author, proposal=draft, revision=0)
    rival = ProposalFactory(challenge=draft.challenge, submitted=True)
    move_deadline(draft.challenge, seconds=-1)
    assert list(visible_proposals(viewer=torn)) == [draft]
    assert not torn.has_perm("innovation.evaluator_assign", draft.challenge)
    assert rival in visible_proposals(viewer=staff())


def test_partners_get_the_receipt_too():
    draft, author, _partner, person = accepted()
    receipt = submit_proposal(by=author, proposal=draft, revision=0)
    assert Notice.objects.filter(recipient=person, key=f"receipt:{receipt.number}").exists()


def test_a_partner_of_a_sealed_draft_reads_it_and_the_sealed_words_stay_nowhere(monkeypatch):
    quick_passphrases(monkeypatch)
    draft, author = sealed_draft(sealed_call())
    other = ActorFactory()
    partner = ask_partner(by=author, proposal=draft, actor=other, share=Share(20))
    person = member_of(other)
    answer_as_partner(by=person, partner=partner, accept=True)
    assert own_proposals(viewer=person).get().title == draft.title
    draft.refresh_from_db()
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    found = own_proposals(viewer=person).get()
    assert (found.title, found.shows_words) == ("", False)


def test_the_lead_asks_and_shares_out_on_the_page_without_a_script(client):
    draft, author = draft_of_member()
    other = ActorFactory(name="Universidad del Altiplano")
    client.force_login(author)
    address = reverse("innovation:consortium", args=[draft.public_id])
    sent = {"do": "ask", "organisation": "universidad del altiplano", "share": "35", "does": "x"}
    assert client.post(address, sent).status_code == 302
    partner = Partner.objects.get(actor=other)
    assert client.post(address, sent).status_code == 422
    sent = {"do": "shares", f"share-{partner.pk}": "45", f"does-{partner.pk}": "Ensayos"}
    client.post(address, sent)
    partner.refresh_from_db()
    assert (partner.share, partner.does) == (45, "Ensayos")
    assert client.post(address, {"do": "shares", f"share-{partner.pk}": "abc"}).status_code == 422
    client.force_login(member_of(other))
    client.post(reverse("innovation:partner", args=[partner.pk]), {"do": "accept"})
    partner.refresh_from_db()
    assert partner.state == "accepted"
