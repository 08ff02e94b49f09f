"""The unlucky cases of proposing: more time, ended sessions, people who left, clocks that are wrong."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from minka.core.actions.personal import answer_erasure, request_erasure
from minka.core.errors import Conflict
from minka.core.models import LedgerEntry
from minka.innovation.actions.consortium import leave_consortium
from minka.innovation.actions.deadlines import grant_more_time
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.own_name import start_in_own_name
from minka.innovation.actions.proposals import reopen_proposal, start_proposal
from minka.innovation.models import Partner, Proposal
from minka.innovation.queries.programme_facts import programme_facts
from minka.innovation.queries.programme_groups import groupings
from minka.innovation.queries.proposals import competed_challenges, visible_proposals
from minka.innovation.queries.work_drafts import draft_items
from minka.knowledge.actions.memberships import end_membership
from minka.knowledge.models import Actor, ActorField, FieldChange
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    MembershipFactory,
    PlaceFactory,
    UserFactory,
)
from tests.innovation.sealing_stories import (
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.innovation.stories import draft_of_member, member_of, move_deadline, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(name="quick")
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


FETCH = {"headers": {"Accept": "application/json", "X-Requested-With": "fetch"}}
SECRET = "Aleación secreta de cobalto"


def address(name, draft):
    return reverse(f"innovation:{name}", args=[draft.public_id])


def partner_of(draft, **kwargs):
    """Somebody of an organisation that accepted to be a partner of the draft."""
    member = MembershipFactory(actor=ActorFactory(), **kwargs)
    partner = Partner.objects.create(
        proposal=draft, actor=member.actor, share=20, state="accepted", asked_by=draft.author
    )
    return partner, member.user


@pytest.mark.parametrize("name", ["submit", "reopen", "withdraw", "keep"])
def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(client, name):
    draft, _author = draft_of_member()
    page = address("proposal", draft)
    answer = client.post(
        address(f"proposal_{name}", draft),
        {"revision": 0},
        headers={"Referer": f"http://testserver{page}"},
    )
    assert answer.url.endswith(f"?next={page}")
    shown = client.get(answer.url).content.decode()
    assert "no se hizo" in shown or "was not done" in shown
    assert Proposal.objects.get(pk=draft.pk).state == "draft"


def test_the_way_back_after_signing_in_never_leads_to_another_site(client):
    draft, _author = draft_of_member()
    for elsewhere in (
        "https://rival.example/trampa/",
        "//rival.example/",
        "",
        "javascript:alert(1)",
    ):
        answer = client.post(address("proposal_submit", draft), headers={"Referer": elsewhere})
        assert "rival" not in answer.url
        assert answer.url.endswith("?next=/")


@pytest.mark.usefixtures("quick")
def test_who_was_given_more_time_begins_writes_and_is_reminded_after_the_closing(
    client, monkeypatch
):
    held = sealed_call()
    member = MembershipFactory(user=UserFactory(), actor=ActorFactory())
    until = held.challenge.call.closes_at + timedelta(days=2)
    grant_more_time(
        by=held.team,
        challenge=held.challenge,
        lead=member.actor,
        until=until,
        reason="La plataforma no respondió en su ciudad.",
        authorised_by="Carmen Benavides",
    )
    after_closing(monkeypatch, held.challenge)
    page = reverse("innovation:proposal_start", args=[held.challenge.slug])
    client.force_login(UserFactory())
    assert "<form" not in client.get(page).content.decode().split("<main")[1]
    client.force_login(member.user)
    assert until.isoformat() in client.get(page).content.decode()
    assert client.post(page, {"lead": member.actor.public_id}).status_code == 302
    [item] = draft_items(viewer=member.user)
    assert item.due_at == until
    draft = Proposal.objects.get(lead=member.actor)
    partner, person = partner_of(draft)
    Partner.objects.filter(pk=partner.pk).update(state="asked")
    client.force_login(person)
    asked = client.get(reverse("innovation:partner", args=[partner.pk])).content.decode()
    assert until.isoformat() in asked
    assert [one.due_at for one in draft_items(viewer=person)] == [until]


def test_an_open_page_hears_of_the_servers_clock_and_of_a_deadline_that_moved(client):
    draft, author = draft_of_member()
    client.force_login(author)
    move_deadline(draft.challenge, days=3)
    draft.challenge.call.refresh_from_db()
    for name, sent in (
        ("proposal_presence", {"place": ""}),
        ("proposal_autosave", {"revision": 0}),
    ):
        said = client.post(address(name, draft), sent, **FETCH).json()
        assert said["closes_at"] == draft.challenge.call.closes_at.isoformat()
        assert abs(datetime.fromisoformat(said["now"]) - timezone.now()) < timedelta(minutes=1)
        assert "(Lima)" in said["closes"]


def test_partners_are_led_to_write_and_to_answer_and_the_lead_to_hand_in():
    draft, author = draft_of_member()
    partner, person = partner_of(draft)
    [mine], [theirs] = list(draft_items(viewer=author)), list(draft_items(viewer=person))
    assert mine.title != theirs.title
    Partner.objects.filter(pk=partner.pk).update(state="asked")
    [question] = draft_items(viewer=person)
    assert question.url == reverse("innovation:partner", args=[partner.pk])
    Proposal.objects.filter(pk=draft.pk).update(state="withdrawn")
    assert list(draft_items(viewer=person)) == []


@pytest.mark.parametrize("how", ["partner", "lead"])
def test_whoever_left_while_writing_is_told_so_and_saves_nothing(client, how):
    draft, author = draft_of_member()
    partner, person = partner_of(draft)
    if how == "partner":
        leave_consortium(by=person, partner=partner)
    else:
        person = author
        end_membership(by=author, membership=author.memberships.get())
    client.force_login(person)
    sent = {"title": SECRET, "revision": 0}
    answer = client.post(address("proposal_autosave", draft), sent, **FETCH)
    assert (answer.status_code, answer.json()["code"]) == (404, "gone")
    assert Proposal.objects.get(pk=draft.pk).title != SECRET
    stranger = client.post(
        reverse("innovation:proposal_autosave", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12]),
        sent,
        **FETCH,
    )
    assert stranger.json() == answer.json()  # it does not tell whether there is one


@pytest.mark.usefixtures("quick")
def test_the_editor_of_a_sealed_proposal_says_that_the_sealed_one_goes_on_counting(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    submit_proposal(by=author, proposal=draft, revision=draft.revision, keep_copy=True)
    draft.refresh_from_db()
    reopen_proposal(by=author, proposal=draft)
    client.force_login(author)
    page = client.get(address("proposal_edit", draft), {"lang": "en"}).content.decode()
    assert "What you sealed before goes on counting" in page
    assert "The earlier receipt no longer counts" not in page
    assert "The same as what you submitted last" in page
    sent = {"title": "Otro título", "revision": Proposal.objects.get(pk=draft.pk).revision}
    said = client.post(address("proposal_autosave", draft), sent, **FETCH).json()
    assert said["unsubmitted"] >= 1
    listed = client.get(reverse("innovation:proposals"), {"lang": "en"}).content.decode()
    assert "The new text is not submitted yet" in listed
    assert f"{said['unsubmitted']} change" in listed
    shown = client.get(address("proposal", draft), {"lang": "en"}).content.decode()
    assert f"{said['unsubmitted']} change" in shown


@pytest.mark.usefixtures("quick")
def test_the_count_of_sealed_proposals_is_nowhere_unless_chosen_nor_who_wrote_them(monkeypatch):
    counted = {}
    for shows_count in (False, True):
        held = sealed_call(shows_count=shows_count)
        draft, author = sealed_draft(held)
        place = PlaceFactory()
        Actor.objects.filter(pk=draft.lead_id).update(region=place)
        submit_proposal(by=author, proposal=draft, revision=draft.revision)
        counted[held.challenge.pk] = place.name
        last = held.challenge
    after_closing(monkeypatch, last, days=1)
    facts = programme_facts(viewer=AnonymousUser())
    assert [one.challenge for one in facts.proposals] == [last.pk]
    tables = repr(groupings(viewer=AnonymousUser(), facts=facts))
    assert not [name for name in counted.values() if name in tables]


@pytest.mark.usefixtures("quick")
def test_a_partner_that_left_after_handing_in_still_competes_while_that_counts(monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    partner, person = partner_of(draft, user=UserFactory(is_staff=True))
    rival, rival_author = sealed_draft(held)
    for one, by in ((draft, author), (rival, rival_author)):
        submit_proposal(by=by, proposal=one, revision=one.revision, keep_copy=True)
    draft.refresh_from_db()
    reopen_proposal(by=author, proposal=draft)
    leave_consortium(by=person, partner=partner)
    assert held.challenge.pk in competed_challenges(viewer=person)
    after_closing(monkeypatch, held.challenge)
    assert rival not in visible_proposals(viewer=person)


def test_the_same_organisations_hand_in_once_however_they_came_together():
    first, author = draft_of_member()
    partner, _person = partner_of(first)
    second = start_proposal(
        by=member_of(partner.actor), challenge=first.challenge, lead=partner.actor
    )
    boss = member_of(partner.actor)
    words = {
        name: getattr(first, name)
        for name in ("title", "summary", "approach", "evidence", "team", "requested_usd")
    }
    figures = {name: getattr(first, name) for name in ("duration_months", "trl_now", "trl_after")}
    Proposal.objects.filter(pk=second.pk).update(**words, **figures)
    Partner.objects.create(
        proposal=second, actor=first.lead, share=20, state="accepted", asked_by=boss
    )
    submit_proposal(by=author, proposal=first, revision=first.revision)
    second.refresh_from_db()
    with pytest.raises(Conflict):
        submit_proposal(by=boss, proposal=second, revision=second.revision)
    assert Proposal.objects.get(pk=second.pk).state == "draft"


def test_a_person_proposes_in_their_own_name_with_one_entry_however_often_they_click(client):
    person = UserFactory(full_name="Rosa Quispe Mamani")
    ActorFactory(name="Rosa Quispe Mamani")  # somebody else of this name
    challenge = ChallengeFactory()
    client.force_login(person)
    page = reverse("innovation:proposal_start", args=[challenge.slug])
    for _click in range(2):
        assert client.post(page, {"do": "own-name"}).status_code == 302
    [draft] = Proposal.objects.filter(author=person)
    assert draft.lead.name == "Rosa Quispe Mamani"
    assert Actor.objects.filter(name="Rosa Quispe Mamani").count() == 2
    assert person.memberships.count() == 1
    closed = ChallengeFactory(call__phase="closed")
    assert (
        client.post(
            reverse("innovation:proposal_start", args=[closed.slug]), {"do": "own-name"}
        ).status_code
        == 409
    )
    again = start_in_own_name(by=person, challenge=challenge)
    assert again.pk == draft.pk


def test_an_entry_in_ones_own_name_is_forgotten_with_the_person(client):
    person = UserFactory(full_name="Rosa Quispe Mamani")
    namesake = ActorFactory(name="Rosa Quispe Mamani")
    company = MembershipFactory(user=person, actor=ActorFactory(name="Quispe Hermanos")).actor
    draft = start_in_own_name(by=person, challenge=ChallengeFactory())
    asked = request_erasure(by=person)
    answer_erasure(by=staff(), request=asked, carry_out=True)
    entry = Actor.objects.get(pk=draft.lead_id)
    assert "Rosa" not in entry.name
    page = client.get(f"/actores/{entry.public_id}/").content.decode()
    directory = reverse("knowledge:directory")
    found = client.get(directory, {"q": "Rosa Quispe Mamani"}).content.decode()
    assert "Rosa" not in page
    assert entry.public_id not in found
    assert namesake.public_id in found
    assert Actor.objects.get(pk=company.pk).name == "Quispe Hermanos"
    kept = [*ActorField.objects.filter(actor=entry).values_list("value", flat=True)]
    kept += FieldChange.objects.filter(actor=entry).values_list("after", flat=True)
    kept += LedgerEntry.objects.values_list("data", flat=True)
    assert not [one for one in kept if "Rosa" in str(one)]


def test_a_rival_finds_nothing_at_any_address_of_a_proposal(client):
    draft, _author = draft_of_member(title=SECRET)
    rival = draft_of_member(challenge=draft.challenge)[1]
    names = [
        "proposal", "proposal_edit", "proposal_autosave", "proposal_presence", "proposal_reuse",
        "consortium", "proposal_submit", "proposal_reopen", "proposal_keep", "proposal_withdraw",
        "browser_seal", "proposal_eligibility",
    ]  # fmt: skip
    for person in (
        rival,
        staff(),
        UserFactory(roles=["auditor"]),
        UserFactory(roles=["evaluator"]),
    ):
        client.force_login(person)
        for name in names:
            for answer in (client.get(address(name, draft)), client.post(address(name, draft))):
                assert answer.status_code in {404, 405}, name
                assert SECRET not in answer.content.decode()


def test_after_registering_an_organisation_one_is_back_where_one_came_from(client):
    client.force_login(UserFactory())
    sent = {"name": "Taller Quenaya E.I.R.L.", "kind": "supplier", "country": "PE", "sure": "1"}
    page = reverse("knowledge:organisation_new")
    answer = client.post(f"{page}?next=/desafios/uno/proponer/", sent)
    assert answer.url == "/desafios/uno/proponer/"
    sent["name"] = "Otro Taller S.A.C."
    assert client.post(f"{page}?next=https://rival.example/", sent).url.startswith("/actores/")
