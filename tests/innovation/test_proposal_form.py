"""The form of a proposal is what its challenge asks, and what it holds is as confidential as ever."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.challenge_form import set_form_parts
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposal_reuse import take_piece
from minka.innovation.actions.proposals import reopen_proposal, save_draft
from minka.innovation.models import Challenge, DraftVersion, Proposal
from minka.innovation.models.locked_words import ECONOMIC, TECHNICAL, WORDS
from minka.innovation.models.proposal_parts import USUAL_PARTS, ProposalPart
from minka.innovation.queries.challenge_content import content_of, fingerprint
from minka.innovation.queries.challenges import shown_texts
from minka.innovation.queries.problem_names import names_told
from minka.innovation.queries.proposal_figures import changes_not_submitted
from minka.innovation.queries.proposal_reuse import pieces_for
from minka.innovation.queries.proposals_completeness import missing_for_submission
from minka.innovation.queries.receipts import canonical_text
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    ProblemFactory,
    ProposalFactory,
    UserFactory,
)
from tests.innovation.sealing_stories import (
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.innovation.stories import draft_of_member, member_of, staff

pytestmark = pytest.mark.django_db
RISKS = ProposalPart("", "Riesgos", "Risks", "Qué puede fallar.", "What may fail.", 50, True)
COSTS = ProposalPart("budget", "Costos", "Costs", required=True)
BUDGET = [
    {"concept": "Bomba", "amount": "3750", "currency": "PEN", "rate": "3.75", "paid_by": "own"},
    {"concept": "Ensayos", "amount": "12,000.50", "currency": "USD"},
    {"concept": "", "amount": "", "currency": "PEN"},
]
SECRETS = ("Molienda autógena con guijarros", "Casimiro Huanca", "Minera Pampa Honda", "41999")


def challenge_asking(*parts, **kwargs):
    challenge = ChallengeFactory(**kwargs)
    Challenge.objects.filter(pk=challenge.pk).update(form_parts=[part.plain() for part in parts])
    challenge.refresh_from_db()
    return challenge


def replace_key(part, key):
    return replace(part, key=key)


def saved(draft, by, **values):
    draft.refresh_from_db()
    return save_draft(by=by, proposal=draft, revision=draft.revision, values=values)


def test_a_challenge_that_says_nothing_asks_the_usual_parts():
    assert ChallengeFactory().parts == USUAL_PARTS


def test_the_team_writes_what_is_asked_and_new_parts_get_keys_of_their_own():
    challenge = ChallengeFactory(state="draft")
    set_form_parts(
        by=staff(), challenge=challenge, revision=challenge.revision, parts=[RISKS, COSTS]
    )
    assert [(p.key, p.title_en, p.required) for p in challenge.parts] == [
        ("s1", "Risks", True),
        ("budget", "Costs", True),
    ]
    assert LedgerEntry.objects.filter(verb="innovation.challenge_form").count() == 1


def test_a_published_form_does_not_change():
    challenge = ChallengeFactory()
    with pytest.raises(WrongState):
        set_form_parts(by=staff(), challenge=challenge, revision=0, parts=[RISKS])


def test_only_the_team_writes_what_is_asked():
    challenge = ChallengeFactory(state="draft")
    with pytest.raises(NotAllowed):
        set_form_parts(by=UserFactory(), challenge=challenge, revision=0, parts=[RISKS])


def test_a_part_needs_its_title_in_both_languages_and_a_limit():
    challenge = ChallengeFactory(state="draft")
    bad = ProposalPart("", "Riesgos", "", words=0)
    with pytest.raises(InvalidInput) as caught:
        set_form_parts(by=staff(), challenge=challenge, revision=challenge.revision, parts=[bad])
    assert set(caught.value.fields) == {"parts-0-title_en", "parts-0-words"}


def test_what_is_asked_voids_the_approvals_of_the_draft_because_it_is_part_of_it():
    challenge = ChallengeFactory(state="draft")
    before = fingerprint(content_of(challenge))
    set_form_parts(by=staff(), challenge=challenge, revision=challenge.revision, parts=[RISKS])
    assert fingerprint(content_of(challenge)) != before


def test_answers_are_kept_by_part_and_what_is_not_asked_is_left_out():
    draft, author = draft_of_member(challenge=challenge_asking(replace_key(RISKS, "s1")))
    saved(draft, author, answers={"s1": "Se puede atascar.", "s9": "nadie preguntó"})
    draft.refresh_from_db()
    assert draft.answers == {"s1": "Se puede atascar."}


def test_words_over_the_limit_of_a_part_block_handing_in_but_not_saving():
    draft, author = draft_of_member(challenge=challenge_asking(replace_key(RISKS, "s1")))
    assert set(missing_for_submission(draft)) == {"answer_s1"}
    assert saved(draft, author, answers={"s1": "palabra " * 51}).fields == {}
    assert "51" in missing_for_submission(draft)["answer_s1"]
    saved(draft, author, answers={"s1": "palabra " * 50})
    assert missing_for_submission(draft) == {}


def test_a_budget_is_summed_in_dollars_and_says_what_is_requested():
    draft, author = draft_of_member()
    saved(draft, author, budget=BUDGET, requested_usd=Decimal(7))
    draft.refresh_from_db()
    totals = draft.answer_to(COSTS).totals
    assert totals == {
        "requested": Decimal("12000.50"),
        "own": Decimal("1000.00"),
        "all": Decimal("13000.50"),
    }
    assert draft.requested_usd == Decimal("12000.50")
    assert len(draft.budget) == 2


def test_a_rate_that_is_not_stated_is_the_clusters(settings):
    settings.MINKA_USD_RATES = "PEN=3.80"
    draft, author = draft_of_member()
    saved(draft, author, budget=[{"concept": "x", "amount": "380", "currency": "PEN"}])
    assert (draft.budget[0]["usd"], draft.budget[0]["rate"]) == ("100.00", "3.8")


@pytest.mark.parametrize(
    ("table", "line", "cell"),
    [
        ("budget", {"concept": "x", "amount": "10", "currency": "CLP"}, "budget-0-rate"),
        ("budget", {"concept": "x", "amount": "-3"}, "budget-0-amount"),
        ("budget", {"concept": "x", "amount": "NaN"}, "budget-0-amount"),
        ("budget", {"concept": "x", "currency": "XYZ"}, "budget-0-currency"),
        ("timeline", {"phase": "x", "starts": "4", "ends": "2"}, "timeline-0-ends"),
        ("timeline", {"phase": "x", "starts": "500"}, "timeline-0-starts"),
        ("people", {"name": "Ana", "dedication": "101"}, "people-0-dedication"),
        ("references", {"client": "x", "link": "javascript:alert(1)"}, "references-0-link"),
        ("references", {"client": "x", "year": "1066"}, "references-0-year"),
    ],
)
def test_a_cell_that_makes_no_sense_is_named_and_everything_else_is_saved(table, line, cell):
    draft, author = draft_of_member()
    answer = saved(draft, author, **{table: [line], "title": "Otro título"})
    draft.refresh_from_db()
    assert set(answer.fields) == {cell}
    assert (getattr(draft, table), draft.title) == (None, "Otro título")


def test_lines_may_be_incomplete_until_it_is_handed_in():
    draft, author = draft_of_member()
    assert saved(draft, author, timeline=[{"phase": "Ensayo"}]).fields == {}
    assert set(missing_for_submission(draft)) == {"timeline-0-starts", "timeline-0-ends"}


def test_a_contact_is_named_only_with_permission():
    draft, author = draft_of_member()
    line = {"client": "Minera", "contact": "ing. Paz"}
    saved(draft, author, references=[line])
    assert set(missing_for_submission(draft)) == {"references-0-permitted"}
    saved(draft, author, references=[{**line, "permitted": True}])
    assert missing_for_submission(draft) == {}


def test_what_tells_of_money_and_what_does_not_are_all_there_is():
    assert {"requested_usd", "budget"} == ECONOMIC
    assert set(WORDS) == TECHNICAL | ECONOMIC


def test_the_words_of_an_older_receipt_are_the_same_bytes_as_before():
    proposal = ProposalFactory()
    assert b"budget" not in canonical_text(proposal)
    assert b"partners" not in canonical_text(proposal)
    proposal.budget = [{"concept": "x"}]
    assert b"budget" in canonical_text(proposal)


def secret_values():
    return {
        "public_summary": SECRETS[0],
        "people": [{"name": SECRETS[1]}],
        "references": [{"client": SECRETS[2]}],
        "budget": [{"concept": "Todo", "amount": SECRETS[3], "currency": "USD"}],
        "answers": {"s1": f"{SECRETS[0]} otra vez"},
    }


def sealed_asking_risks():
    held = sealed_call()
    parts = [*USUAL_PARTS, replace_key(RISKS, "s1")]
    Challenge.objects.filter(pk=held.challenge.pk).update(form_parts=[p.plain() for p in parts])
    held.challenge.refresh_from_db()
    return held


def everywhere():
    """All rows of all tables that could hold a word, as one text."""
    found = []
    for model in apps.get_app_config("innovation").get_models():
        found += [repr(row) for row in model._default_manager.values_list()]
    for model in (LedgerEntry, Notice):
        found += [repr(row) for row in model.objects.values_list()]
    return " ".join(found)


def test_new_parts_of_a_sealed_draft_are_locked_at_rest_and_gone_once_it_is_sealed(monkeypatch):
    quick_passphrases(monkeypatch)
    held = sealed_asking_risks()
    draft, author = sealed_draft(held)
    saved(draft, author, **secret_values())
    saved(draft, author, title="Otro título")
    assert DraftVersion.objects.filter(proposal=draft).count() == 3
    assert [one for one in SECRETS if one in everywhere()] == []
    draft.refresh_from_db()
    assert draft.people[0]["name"] == SECRETS[1]
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    assert [one for one in SECRETS if one in everywhere()] == []
    row = Proposal.objects.get(pk=draft.pk)
    assert (row.answers, row.budget, bytes(row.locked)) == (None, None, b"")
    assert DraftVersion.objects.count() == 0  # nor what it said before
    after_closing(monkeypatch, held.challenge)
    held.open()
    opened = Proposal.objects.get(pk=draft.pk)
    assert (opened.is_sealed, opened.public_summary) == (False, SECRETS[0])
    assert opened.people[0]["name"] == SECRETS[1]
    assert opened.answers == {"s1": f"{SECRETS[0]} otra vez"}
    assert opened.requested_usd == Decimal(SECRETS[3])


def test_a_sealed_proposal_of_the_form_before_still_opens(monkeypatch):
    quick_passphrases(monkeypatch)
    held = sealed_call()
    draft, author = sealed_draft(held)
    names = ("public_summary", "answers", "budget", "timeline", "people", "references")
    monkeypatch.setattr("minka.innovation.queries.receipts.LATER_FIELDS", ())
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    after_closing(monkeypatch, held.challenge)
    held.open()
    opened = Proposal.objects.get(pk=draft.pk)
    assert (receipt.number, opened.is_sealed) == (opened.receipts.get().number, False)
    assert not any(getattr(opened, name) for name in names)


def test_the_database_refuses_new_words_in_the_columns_of_a_sealed_proposal(monkeypatch):
    quick_passphrases(monkeypatch)
    draft, _author = sealed_draft(sealed_call())
    for name in ("answers", "budget", "timeline", "people", "references"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=draft.pk).update(**{name: [{"x": "y"}]})


def test_changes_not_submitted_are_counted_against_what_was_handed_in_last():
    draft, author = draft_of_member()
    assert changes_not_submitted(draft) is None
    submit_proposal(by=author, proposal=draft, revision=0)
    reopen_proposal(by=author, proposal=draft)
    assert changes_not_submitted(draft) == 0
    saved(draft, author, title="Otro título", summary="Otro resumen")
    draft.refresh_from_db()
    assert changes_not_submitted(draft) == 2


def test_a_sealed_text_without_a_kept_copy_is_not_compared_with_anything(monkeypatch):
    quick_passphrases(monkeypatch)
    draft, author = sealed_draft(sealed_call())
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    reopen_proposal(by=author, proposal=draft)
    assert changes_not_submitted(draft) is None
    assert not DraftVersion.objects.exists()


def test_parts_are_taken_over_from_the_profile_and_from_own_earlier_proposals_alone():
    draft, author = draft_of_member()
    draft.lead.description = "Hacemos bombas desde 1990."
    draft.lead.save()
    ProposalFactory(lead=draft.lead, approach="Bombeo escalonado con energía solar.")
    ProposalFactory(approach="Secreto de la competencia.")
    said = " ".join(piece.text for piece in pieces_for(viewer=author, proposal=draft))
    assert "Hacemos bombas desde 1990." in said
    assert "Bombeo escalonado" in said
    assert "Secreto de la competencia" not in said
    assert pieces_for(viewer=member_of(ProposalFactory().lead), proposal=draft) == []


def test_a_piece_is_added_after_what_is_there_and_twice_is_as_once():
    draft, author = draft_of_member()
    earlier = ProposalFactory(lead=draft.lead, approach="Bombeo escalonado.", timeline=None)
    for _click in range(2):
        draft.refresh_from_db()
        key = f"{earlier.public_id}:approach"
        take_piece(by=author, proposal=draft, revision=draft.revision, key=key)
    draft.refresh_from_db()
    assert draft.approach.count("Bombeo escalonado.") == 1
    assert draft.approach.startswith("Se reemplaza el material")


def test_a_piece_of_another_organisation_cannot_be_taken_by_its_name():
    draft, author = draft_of_member()
    foreign = ProposalFactory(approach="Secreto de la competencia.")
    with pytest.raises(InvalidInput):
        take_piece(by=author, proposal=draft, revision=0, key=f"{foreign.public_id}:approach")


def test_the_editor_and_the_read_page_show_what_the_challenge_asks(client):
    draft, author = draft_of_member(
        challenge=challenge_asking(
            replace_key(RISKS, "s1"), COSTS, ProposalPart("people", "Gente", "People")
        )
    )
    saved(draft, author, answers={"s1": "Puede fallar <b>esto</b>."}, budget=BUDGET)
    client.force_login(author)
    editor = client.get(reverse("innovation:proposal_edit", args=[draft.public_id]))
    page = client.get(reverse("innovation:proposal", args=[draft.public_id])).content.decode()
    text = editor.content.decode()
    assert 'name="answer_s1"' in text
    assert 'name="budget-1-amount"' in text
    assert 'name="approach"' not in text
    assert "Puede fallar &lt;b&gt;esto&lt;/b&gt;." in page
    assert "13,000.50" in page


def test_the_form_saves_without_a_script_and_offers_more_lines(client):
    draft, author = draft_of_member()
    client.force_login(author)
    address = reverse("innovation:proposal_edit", args=[draft.public_id])
    sent = {
        "revision": 0,
        "do": "lines-people",
        "people-0-name": "Ana Paz",
        "people-0-dedication": "50",
        "people-1-name": "",
    }
    answer = client.post(address, sent)
    assert answer.url.endswith("#parte-people")
    draft.refresh_from_db()
    assert draft.people == [{"name": "Ana Paz", "role": "", "dedication": 50}]
    assert 'name="people-2-name"' in client.get(address).content.decode()


def test_a_line_that_makes_no_sense_stays_on_the_page_with_the_reason(client):
    draft, author = draft_of_member()
    client.force_login(author)
    address = reverse("innovation:proposal_edit", args=[draft.public_id])
    answer = client.post(
        address, {"revision": 0, "people-0-name": "Ana", "people-0-dedication": "900"}
    )
    assert answer.status_code == 422
    assert 'value="900"' in answer.content.decode()


def test_the_page_of_the_form_is_the_teams_alone(client):
    challenge = ChallengeFactory(state="draft")
    address = reverse("innovation:challenge_form", args=[challenge.slug])
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403
    client.force_login(staff())
    assert client.get(address).status_code == 200
    sent = {
        "parts-TOTAL_FORMS": "2",
        "parts-INITIAL_FORMS": "0",
        "revision": challenge.revision,
        "parts-0-title_es": "Riesgos",
        "parts-0-title_en": "Risks",
        "parts-0-words": "300",
        "parts-0-required": "on",
        "parts-1-kind": "budget",
        "parts-1-title_es": "Costos",
        "parts-1-title_en": "Costs",
    }
    assert client.post(address, sent).status_code == 302
    challenge.refresh_from_db()
    assert [(p.key, p.words) for p in challenge.parts] == [("s1", 300), ("budget", 0)]


def test_what_is_asked_names_no_company_where_the_challenge_names_none():
    challenge = ChallengeFactory(state="draft", names_company=False)
    owner = ActorFactory(kind="mining_company", name="Minera Cerro Escondido S.A.")
    challenge.problems.add(ProblemFactory(company=owner, edition=challenge.edition))
    asks = replace(RISKS, key="s1", help_es="Riesgos en Cerro Escondido, y cómo se evitan.")
    assert "form-0" not in shown_texts(challenge)
    challenge.form_parts = [asks.plain()]
    assert "Cerro Escondido" in shown_texts(challenge)["form-0"]
    assert "form-0" in names_told(challenge, shown_texts(challenge))
