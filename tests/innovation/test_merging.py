"""Joining problems: the team alone sees what is alike; no company learns that another is asked."""

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.merging import answer_merge, propose_merge, withdraw_merge
from minka.innovation.models import MergeProposal, Problem
from minka.innovation.queries.funnel import edition_funnel
from minka.innovation.queries.merging import merge_proposals, merge_question
from minka.innovation.queries.problem_pairs import likely_common
from minka.innovation.queries.problems import visible_problems
from minka.innovation.queries.ratings import rating_cards
from minka.innovation.queries.work_problems import work_items
from tests.factories import EditionFactory, ProblemFactory, UserFactory
from tests.innovation.intake_stories import full_problem
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db

TITLE = "Fajas que se cortan en dos operaciones"


class Two:
    """Two companies with one problem each, and who speaks for them."""

    def __init__(self):
        self.a, self.b = company("Minera Alfax S.A."), company("Minera Betax S.A.")
        texts = {"what_happens": "La faja overland se corta en el empalme."}
        self.pa = full_problem(company=self.a, title="La faja se corta en el empalme", **texts)
        self.pb = full_problem(
            company=self.b, stage=self.pa.stage, title="Empalme de faja que se corta", **texts
        )
        self.speaks_a = person_of(self.a, role="representative")
        self.speaks_b = person_of(self.b, role="representative")
        self.area_b = person_of(self.b)
        self.team = staff()

    def propose(self):
        return propose_merge(by=self.team, problems=[self.pa, self.pb], title=TITLE)


@pytest.fixture
def two():
    return Two()


def outsiders(two):
    return [
        person_of(company("Otra S.A."), role="representative"),
        UserFactory(roles=["committee"]),
        UserFactory(roles=["evaluator"]),
        UserFactory(),
    ]


def everything_seen(client, person, problem):
    """Return what a person's pages say around one problem of theirs."""
    client.force_login(person)
    pages = [
        reverse("innovation:problem", args=[problem.pk]),
        reverse("innovation:problems"),
        reverse("innovation:problems_export"),
        reverse("core:notices"),
        reverse("portal:work"),
        reverse("portal:home"),
        reverse("innovation:ratings"),
    ]
    bodies = "".join(client.get(page).text for page in pages)
    told = Notice.objects.filter(recipient=person)
    return bodies + "".join(f"{one.subject} {one.body} {one.url}" for one in told)


def test_the_team_sees_what_is_alike_with_reasons_and_nobody_else(client, two):
    (pair,) = likely_common(viewer=two.team, edition=EditionFactory())
    assert {pair.left.pk, pair.right.pk} == {two.pa.pk, two.pb.pk} and pair.reasons
    for person in (two.speaks_a, two.speaks_b, *outsiders(two)):
        assert likely_common(viewer=person, edition=EditionFactory()) == []
        assert not merge_proposals(viewer=person).exists()
        client.force_login(person)
        for name in ("merging", "merging_propose"):
            assert client.get(reverse(f"innovation:{name}")).status_code == 403
        with pytest.raises(NotAllowed):
            propose_merge(by=person, problems=[two.pa, two.pb], title=TITLE)


def test_a_company_learns_nothing_of_the_other_until_all_agree(client, two):
    two.propose()
    for person, own, other in (
        (two.speaks_a, two.pa, "Betax"),
        (two.speaks_b, two.pb, "Alfax"),
        (two.area_b, two.pb, "Alfax"),
    ):
        seen = everything_seen(client, person, own)
        assert other not in seen and TITLE not in seen
    assert merge_question(viewer=two.speaks_a, problem=two.pa).is_open
    assert merge_question(viewer=two.area_b, problem=two.pb) is None
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    for person, own, other in ((two.speaks_a, two.pa, "Betax"), (two.speaks_b, two.pb, "Alfax")):
        seen = everything_seen(client, person, own)
        assert other not in seen and TITLE not in seen


def test_when_one_refuses_the_other_sees_and_can_do_what_it_could_before(client, two):
    two.propose()
    client.force_login(two.speaks_b)
    url = reverse("innovation:problem", args=[two.pb.pk])
    before = client.get(url).text.count("merging") + client.get(url).text.count('value="yes"')
    notices = Notice.objects.filter(recipient=two.speaks_b).count()
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=False)
    after = client.get(url).text.count("merging") + client.get(url).text.count('value="yes"')
    assert before == after and Notice.objects.filter(recipient=two.speaks_b).count() == notices
    assert any("unir" in item.url for item in work_items(viewer=two.speaks_b))
    answer_merge(by=two.speaks_b, problem=two.pb, agrees=True)
    assert MergeProposal.objects.get().state == "refused"
    assert set(Problem.objects.values_list("state", flat=True)) == {"accepted"}


def test_when_all_agree_a_joint_draft_keeps_its_parents(client, two):
    two.propose()
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    answer_merge(by=two.speaks_b, problem=two.pb, agrees=True)
    proposal = MergeProposal.objects.get()
    joint = proposal.result
    assert (proposal.state, joint.state, joint.title) == ("agreed", "draft", TITLE)
    assert set(joint.parents.all()) == {two.pa, two.pb}
    assert set(Problem.objects.filter(parents=None).values_list("state", flat=True)) == {"merged"}
    for person in (two.speaks_a, two.speaks_b, two.area_b, two.team):
        assert joint in visible_problems(viewer=person)
        client.force_login(person)
        page = client.get(reverse("innovation:problem", args=[joint.pk])).text
        assert "Alfax" in page and "Betax" in page
    for person in outsiders(two):
        assert not visible_problems(viewer=person).exists()


def test_of_a_parent_the_joint_problem_holds_only_what_solvers_would_read(two):
    type(two.pb).objects.filter(pk=two.pb.pk).update(
        what_happens="En Betax la faja se corta.", tried="Solobetax nada", tiers={"tried": "team"}
    )
    two.propose()
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    answer_merge(by=two.speaks_b, problem=two.pb, agrees=True)
    joint = MergeProposal.objects.get().result
    assert (joint.site, joint.sponsor, joint.cost_basis, joint.yearly_cost_usd) == (
        "",
        "",
        "",
        None,
    )
    assert "Solobetax" not in joint.tried and "Polimerox" in joint.tried
    assert "Betax" not in joint.what_happens and "Alfax" not in joint.what_happens


def test_both_companies_of_a_joint_problem_rate_it_as_their_own_and_write_it(two):
    two.propose()
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    answer_merge(by=two.speaks_b, problem=two.pb, agrees=True)
    joint = MergeProposal.objects.get().result
    assert two.area_b.has_perm("innovation.problem_change", joint)
    assert two.speaks_a.has_perm("innovation.problem_change", joint)
    Problem.objects.filter(pk=joint.pk).update(
        state="accepted", submitted_at=joint.created_at, what_happens="Alfax y Betax la viven."
    )
    rival = person_of(company("Otra S.A."), role="representative")
    (card,) = rating_cards(viewer=rival, edition=joint.edition)
    assert "Alfax" not in card.summary and "Betax" not in card.summary
    assert not card.is_own_company
    (own,) = rating_cards(viewer=two.speaks_b, edition=joint.edition)
    assert own.is_own_company
    assert edition_funnel(viewer=two.team).problems == 1


def test_only_the_companys_representative_answers_and_once(client, two):
    two.propose()
    for person in (two.speaks_b, person_of(two.a), two.team, *outsiders(two)):
        with pytest.raises(NotAllowed):
            answer_merge(by=person, problem=two.pa, agrees=True)
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    with pytest.raises(WrongState):
        answer_merge(by=two.speaks_a, problem=two.pa, agrees=False)
    client.force_login(two.speaks_b)
    url = reverse("innovation:merging_answer", args=[two.pa.pk])
    assert client.post(url, {"answer": "yes"}).status_code == 404


def test_a_question_that_is_taken_back_is_gone_and_nobody_is_told(two):
    proposal = two.propose()
    count = Notice.objects.count()
    withdraw_merge(by=two.team, proposal=proposal)
    assert Notice.objects.count() == count
    assert merge_question(viewer=two.speaks_a, problem=two.pa) is None
    with pytest.raises(WrongState):
        answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    with pytest.raises(WrongState):
        withdraw_merge(by=two.team, proposal=proposal)
    two.propose()  # and can be asked anew


def test_what_moved_on_meanwhile_is_not_joined(two):
    two.propose()
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    Problem.objects.filter(pk=two.pa.pk).update(state="shortlisted")
    answer_merge(by=two.speaks_b, problem=two.pb, agrees=True)
    assert MergeProposal.objects.get().state == "withdrawn"
    assert Problem.objects.filter(state="merged").count() == 0


def test_a_problem_is_in_one_open_proposal_and_in_triage_or_rating(two):
    two.propose()
    third = ProblemFactory()
    with pytest.raises(WrongState):
        propose_merge(by=two.team, problems=[two.pa, third], title="Otra vez")
    draft = ProblemFactory(state="draft")
    with pytest.raises(WrongState):
        propose_merge(by=two.team, problems=[third, draft], title="Con borrador")
    for problems, title in (([third], "Uno"), ([third, ProblemFactory()], "  ")):
        with pytest.raises(InvalidInput):
            propose_merge(by=two.team, problems=problems, title=title)


def test_the_ledger_of_an_answer_names_only_the_companys_own_problem(two):
    two.propose()
    answer_merge(by=two.speaks_a, problem=two.pa, agrees=True)
    entry = LedgerEntry.objects.get(verb="innovation.merge_agree")
    assert entry.subject_id == str(two.pa.pk) and entry.data == "{}"


def test_the_way_of_the_team_without_javascript(client, two):
    client.force_login(two.team)
    listing = client.get(reverse("innovation:merging"))
    assert two.pa.title in listing.text
    url = reverse("innovation:merging_propose") + f"?p={two.pa.pk}&p={two.pb.pk}"
    assert client.get(url).status_code == 200
    assert client.post(url, {"problems": [two.pa.pk], "title": TITLE}).status_code == 422
    client.post(url, {"problems": [two.pa.pk, two.pb.pk], "title": TITLE})
    listing = client.get(reverse("innovation:merging"))
    assert TITLE in listing.text
    proposal = MergeProposal.objects.get()
    client.post(reverse("innovation:merging_withdraw", args=[proposal.pk]))
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
