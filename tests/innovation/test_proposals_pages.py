"""Pages of solvers: beginning, writing, saving, submitting, in all the ways it can go wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from minka.innovation.models import Proposal, Receipt
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    MembershipFactory,
    ProposalFactory,
    UserFactory,
)
from tests.innovation.stories import draft_of_member, member_of, move_deadline, staff

pytestmark = pytest.mark.django_db
FETCH = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["minka_language"] = "en"
    with translation.override("en"):
        yield


def address(name, proposal):
    return reverse(f"innovation:{name}", args=[proposal.public_id])


def fields(proposal, **changes):
    """What the editor's form sends."""
    names = ["title", "summary", "approach", "evidence", "team", "requested_usd", "duration_months"]
    values = {
        name: getattr(proposal, name)
        for name in [*names, "trl_now", "trl_after", "language", "revision"]
    }
    return {
        name: "" if value is None else str(value) for name, value in {**values, **changes}.items()
    }


def test_a_stranger_is_sent_to_sign_in_and_comes_back(client):
    start = reverse("innovation:proposal_start", args=[ChallengeFactory().slug])
    answer = client.get(start)
    assert answer.status_code == 302
    assert f"next={start}" in answer["Location"]


def test_whoever_has_no_organisation_is_shown_the_way_and_the_way_back(client):
    challenge = ChallengeFactory()
    client.force_login(UserFactory())
    start = reverse("innovation:proposal_start", args=[challenge.slug])
    page = client.get(start).content.decode()
    assert "First, your organisation" in page
    assert f"?next={start}" in page
    assert client.post(start, {"lead": ActorFactory().public_id}).status_code == 422
    assert not Proposal.objects.exists()


def test_beginning_leads_to_the_editor_and_twice_to_the_same_draft(client):
    challenge, actor = ChallengeFactory(), ActorFactory()
    client.force_login(member_of(actor))
    start = reverse("innovation:proposal_start", args=[challenge.slug])
    first = client.post(start, {"lead": actor.public_id})
    second = client.post(start, {"lead": actor.public_id})
    assert (
        first["Location"] == second["Location"] == address("proposal_edit", Proposal.objects.get())
    )


def test_one_cannot_begin_for_somebody_elses_organisation(client):
    challenge, foreign = ChallengeFactory(), ActorFactory()
    client.force_login(MembershipFactory().user)
    answer = client.post(
        reverse("innovation:proposal_start", args=[challenge.slug]), {"lead": foreign.public_id}
    )
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_a_draft_challenge_has_no_such_page(client):
    client.force_login(MembershipFactory().user)
    start = reverse("innovation:proposal_start", args=[ChallengeFactory(state="draft").slug])
    assert client.get(start).status_code == 404


def test_the_list_warns_of_what_is_not_submitted(client):
    draft, author = draft_of_member()
    foreign = ProposalFactory(title="De otra empresa")
    client.force_login(author)
    page = client.get(reverse("innovation:proposals")).content.decode()
    assert draft.title in page
    assert "Not submitted yet." in page
    assert "data-countdown" in page
    assert foreign.title not in page


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_costs_the_same_for_one_or_six(client, rows, django_assert_num_queries):
    actor = ActorFactory()
    person = member_of(actor)
    for _ in range(rows):
        ProposalFactory(lead=actor, author=person)
    client.force_login(person)
    with django_assert_num_queries(_list_queries(client)):
        assert client.get(reverse("innovation:proposals")).status_code == 200


def _list_queries(client):
    """What an empty list costs, plus nothing: counted on the same kind of page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("innovation:proposals"))
    assert len(captured) < 12
    return len(captured)


def test_saving_keeps_the_valid_shows_the_invalid_and_loses_nothing(client):
    draft, author = draft_of_member()
    client.force_login(author)
    sent = fields(
        draft, summary="Texto nuevo", requested_usd="-40", trl_now="12", duration_months="nueve"
    )
    answer = client.post(address("proposal_edit", draft), sent)
    page = answer.content.decode()
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert (draft.summary, draft.requested_usd, draft.trl_now) == ("Texto nuevo", 40_000, 6)
    for typed in ('value="-40"', 'value="nueve"'):
        assert typed in page
    assert f'name="revision" value="{draft.revision}"' in page
    repaired = client.post(
        address("proposal_edit", draft), {**sent, **fields(draft, requested_usd="50")}
    )
    assert repaired.status_code == 302


def test_every_button_saves_the_words_and_files_are_added_with_them(client):
    draft, author = draft_of_member()
    client.force_login(author)
    upload = SimpleUploadedFile("ficha.pdf", b"%PDF-1.7\n")
    sent = {**fields(draft, team="Equipo nuevo"), "do": "attach", "uploads": [upload]}
    answer = client.post(address("proposal_edit", draft), sent)
    draft.refresh_from_db()
    assert answer["Location"].endswith("#archivos")
    assert (draft.team, draft.attachments.count()) == ("Equipo nuevo", 1)
    uid = draft.attachments.get().file.uid
    gone = {**fields(draft, team="Otro equipo"), "remove": str(uid)}
    client.post(address("proposal_edit", draft), gone)
    draft.refresh_from_db()
    assert (draft.team, draft.attachments.count()) == ("Otro equipo", 0)


def test_a_refused_file_keeps_the_words_and_says_why(client):
    draft, author = draft_of_member()
    client.force_login(author)
    upload = SimpleUploadedFile("programa.pdf", b"MZ\x90\x00\x03\x00\x00\x00" * 20)
    answer = client.post(
        address("proposal_edit", draft), {**fields(draft, team="Sigue aquí"), "uploads": [upload]}
    )
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "programa.pdf" in answer.content.decode()
    assert draft.team == "Sigue aquí"


def test_on_a_conflict_both_versions_are_on_the_page_and_saving_again_keeps_mine(client):
    draft, author = draft_of_member()
    client.force_login(author)
    mine = fields(draft, summary="Mi versión")
    Proposal.objects.filter(pk=draft.pk).update(summary="La versión de la colega", revision=1)
    answer = client.post(address("proposal_edit", draft), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mi versión" in page
    assert "La versión de la colega" in page
    assert 'name="revision" value="1"' in page
    assert (
        client.post(address("proposal_edit", draft), {**mine, "revision": "1"}).status_code == 302
    )
    draft.refresh_from_db()
    assert draft.summary == "Mi versión"


def test_autosave_answers_with_the_new_revision_and_what_it_could_not_keep(client):
    draft, author = draft_of_member()
    client.force_login(author)
    sent = fields(draft, summary="Automático", requested_usd="-1")
    answer = client.post(address("proposal_autosave", draft), sent, **FETCH)
    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    assert set(answer.json()["fields"]) == {"requested_usd"}
    stale = client.post(address("proposal_autosave", draft), fields(draft, summary="Otra"), **FETCH)
    assert (stale.status_code, stale.json()["revision"]) == (409, 1)
    assert stale.json()["url"] == address("proposal", draft)


def test_autosave_after_submitting_is_refused_in_words(client):
    draft, author = draft_of_member(submitted=True)
    client.force_login(author)
    answer = client.post(address("proposal_autosave", draft), fields(draft, title="Tarde"), **FETCH)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_when_the_session_has_ended_the_script_hears_401(client):
    draft, _author = draft_of_member()
    answer = client.post(
        address("proposal_autosave", draft), fields(draft, title="Perdido?"), **FETCH
    )
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")


def test_when_the_session_has_ended_the_words_come_back_and_are_not_saved(client):
    draft, author = draft_of_member()
    answer = client.post(
        address("proposal_edit", draft), fields(draft, summary="Tres horas de trabajo")
    )
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Tres horas de trabajo" in page
    assert f"next={address('proposal_edit', draft)}" in page
    draft.refresh_from_db()
    assert draft.summary != "Tres horas de trabajo"
    client.force_login(author)
    assert client.get(address("proposal_edit", draft)).status_code == 200


def test_a_draft_says_what_is_missing_with_links_and_offers_no_submit(client):
    draft, author = draft_of_member(team="")
    client.force_login(author)
    page = client.get(address("proposal", draft)).content.decode()
    assert f"{address('proposal_edit', draft)}#id_team" in page
    assert address("proposal_submit", draft) not in page


def test_a_double_click_on_submit_gives_one_receipt_and_shows_it_twice(client):
    draft, author = draft_of_member()
    client.force_login(author)
    sent = {"revision": draft.revision}
    first = client.post(address("proposal_submit", draft), sent)
    second = client.post(address("proposal_submit", draft), sent)
    receipt = Receipt.objects.get()
    assert (
        first["Location"]
        == second["Location"]
        == reverse("innovation:receipt", args=[receipt.number])
    )
    assert "already submitted" in client.get(second["Location"]).content.decode()


def test_a_call_that_closes_before_the_click_is_said_clearly_and_nothing_is_lost(client):
    draft, author = draft_of_member()
    client.force_login(author)
    assert (
        address("proposal_submit", draft) in client.get(address("proposal", draft)).content.decode()
    )
    move_deadline(draft.challenge, seconds=-1)
    answer = client.post(address("proposal_submit", draft), {"revision": draft.revision})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The call closed on" in page
    assert draft.approach in page
    assert not Receipt.objects.exists()
    assert draft.approach in client.get(address("proposal_edit", draft)).content.decode()


def test_submitting_without_the_revision_that_was_read_is_a_conflict(client):
    draft, author = draft_of_member()
    client.force_login(author)
    assert client.post(address("proposal_submit", draft), {}).status_code == 409


def test_reopen_and_withdraw_have_their_buttons_and_withdrawing_wants_the_name(client):
    draft, author = draft_of_member(submitted=True)
    client.force_login(author)
    page = client.get(address("proposal", draft)).content.decode()
    assert address("proposal_reopen", draft) in page
    wrong = client.post(address("proposal_withdraw", draft), {"confirmation": "otra"})
    assert wrong.status_code == 422
    assert client.post(address("proposal_reopen", draft))["Location"] == address(
        "proposal_edit", draft
    )
    right = client.post(address("proposal_withdraw", draft), {"confirmation": draft.lead.name})
    assert right.status_code == 302
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


@pytest.mark.parametrize(
    "name", ["proposal", "proposal_edit", "proposal_autosave", "proposal_submit"]
)
def test_other_peoples_drafts_do_not_exist_for_anybody_else(client, name):
    draft, _author = draft_of_member()
    for person in (
        UserFactory(),
        MembershipFactory().user,
        staff(),
        UserFactory(roles=["evaluator"]),
    ):
        client.force_login(person)
        for ask in (client.get, client.post):
            assert ask(address(name, draft)).status_code in {404, 405}


def test_the_api_saves_submits_and_refuses_like_the_pages(client):
    draft, author = draft_of_member()
    client.force_login(author)
    one = f"/api/innovation/proposals/{draft.public_id}"
    assert client.get(one).json()["requested_usd"] == "40000.00"
    saved = client.patch(
        one, {"revision": 0, "title": "Por API"}, content_type="application/json"
    ).json()
    assert saved["revision"] == 1
    stale = client.patch(one, {"revision": 0, "title": "Viejo"}, content_type="application/json")
    assert (stale.status_code, stale.json()["code"]) == (409, "conflict")
    receipt = client.post(f"{one}/submit", {"revision": 1}, content_type="application/json")
    assert receipt.json()["number"].startswith("R-")
    again = client.post(f"{one}/submit", {"revision": 2}, content_type="application/json")
    assert again.json()["code"] == "wrong_state"
    client.force_login(UserFactory())
    assert client.get(one).status_code == 404
    assert client.get("/api/innovation/proposals").json() == []


def test_asking_to_remove_what_is_no_file_of_ours_removes_nothing(client):
    draft, author = draft_of_member()
    client.force_login(author)
    page = reverse("innovation:proposal_edit", args=[draft.public_id])
    answer = client.post(page, {"title": "Otro", "revision": 0, "remove": "no-es-un-uuid"})
    assert answer.status_code == 302
