import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed
from minka.innovation.actions.editions import EditionTerms, create_edition, select_edition
from minka.innovation.models import Edition
from minka.innovation.queries.funnel import edition_funnel
from tests.factories import (
    AssignmentFactory,
    ChallengeFactory,
    DecisionFactory,
    EditionFactory,
    ProposalFactory,
    RatingCriterionFactory,
    UserFactory,
)
from tests.innovation.people import staff

pytestmark = pytest.mark.django_db


def test_the_first_edition_is_current_and_the_next_copies_its_criteria():
    by = staff()
    first = create_edition(
        by=by, terms=EditionTerms(name_es="Edición 2026", name_en="2026 edition", shortlist_size=8)
    )
    RatingCriterionFactory(edition=first, name_es="Impacto")
    second = create_edition(
        by=by, terms=EditionTerms(name_es="Edición 2027", name_en="2027 edition", shortlist_size=8)
    )
    assert (first.is_current, second.is_current) == (True, False)
    assert [c.name_es for c in second.criteria.all()] == ["Impacto"]
    assert first.criteria.count() == 1


def test_only_one_edition_is_current():
    first, second = EditionFactory(), EditionFactory(slug="2027", is_current=False)
    select_edition(by=staff(), edition=second)
    assert list(Edition.objects.filter(is_current=True)) == [second]
    assert not Edition.objects.get(pk=first.pk).is_current


def test_an_edition_needs_its_names_and_places_and_the_team():
    with pytest.raises(InvalidInput) as caught:
        create_edition(by=staff(), terms=EditionTerms(name_es="", name_en=" ", shortlist_size=0))
    assert set(caught.value.fields) == {"name_es", "name_en", "shortlist_size"}
    with pytest.raises(NotAllowed):
        create_edition(
            by=UserFactory(), terms=EditionTerms(name_es="A", name_en="A", shortlist_size=8)
        )


def test_the_page_creates_changes_and_selects(client):
    client.force_login(staff())
    data = {
        "name_es": "Edición 2026",
        "name_en": "2026 edition",
        "shortlist_size": 8,
        "change_notice_days": 5,
        "appeal_days": 12,
        "appeal_answer_days": 20,
    }
    assert client.post(reverse("innovation:editions"), data).status_code == 302
    assert client.post(reverse("innovation:editions"), data).status_code == 422
    edition = Edition.objects.get()
    client.post(
        reverse("innovation:edition_edit", args=[edition.pk]),
        {**data, "shortlist_size": 9, "change_notice_days": 5},
    )
    client.post(reverse("innovation:edition_select", args=[edition.pk]))
    edition.refresh_from_db()
    assert (edition.shortlist_size, edition.is_current) == (9, True)


def test_the_funnel_counts_proposals_once_however_many_evaluate_them():
    challenge = ChallengeFactory(call__phase="closed")
    proposal = ProposalFactory(challenge=challenge, submitted=True)
    AssignmentFactory.create_batch(3, proposal=proposal, state="scored")
    DecisionFactory(proposal=proposal, outcome="selected")
    ProposalFactory(challenge=challenge)
    team = edition_funnel(viewer=staff())
    assert (team.proposals, team.evaluated, team.decided, team.selected) == (1, 1, 1, 1)
    public = edition_funnel(viewer=UserFactory())
    assert (public.proposals, public.decided, public.selected) == (1, 0, 0)


def test_the_public_does_not_learn_how_many_answer_while_a_call_is_open():
    ProposalFactory(challenge=ChallengeFactory(), submitted=True)
    assert edition_funnel(viewer=UserFactory()).proposals == 0
    assert edition_funnel(viewer=staff()).proposals == 1


@pytest.mark.parametrize("viewer", ["staff", "public"])
def test_the_funnel_takes_four_statements(viewer, django_assert_num_queries):
    challenge = ChallengeFactory(call__phase="closed")
    ProposalFactory.create_batch(5, challenge=challenge, submitted=True)
    who = staff() if viewer == "staff" else UserFactory()
    with django_assert_num_queries(4):
        edition_funnel(viewer=who)


def test_without_an_edition_the_funnel_is_empty():
    assert edition_funnel(viewer=UserFactory()).edition is None
