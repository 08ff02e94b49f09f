import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.innovation.actions.comparisons import compare_criteria, whole_weights
from minka.innovation.models import CriteriaComparison
from tests.factories import EditionFactory, RatingCriterionFactory, UserFactory
from tests.innovation.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def criteria():
    return [
        RatingCriterionFactory(position=at, name_en=name, weight=weight)
        for at, (name, weight) in enumerate((("Impact", 40), ("Urgency", 30), ("Fit", 30)), 1)
    ]


def ratios(criteria, one_two=3.0, one_three=9.0, two_three=3.0):
    first, second, third = (criterion.pk for criterion in criteria)
    return {(first, second): one_two, (first, third): one_three, (second, third): two_three}


def test_weights_follow_from_the_comparisons_and_both_are_kept(criteria):
    made = compare_criteria(by=staff(), edition=EditionFactory(), ratios=ratios(criteria))
    weights = [c.weight for c in EditionFactory().criteria.order_by("position")]
    assert weights == [69, 23, 8] and made.consistency_ratio == 0
    assert made.answers[0] == [criteria[0].pk, criteria[1].pk, 3.0]
    assert LedgerEntry.objects.filter(verb="innovation.criteria_compare").count() == 1


@pytest.mark.parametrize(
    "weights", [(1.0,), (0.5, 0.5), (0.98, 0.01, 0.01), (1 / 3,) * 3, (0.999, 0.0005, 0.0005)]
)
def test_whole_weights_are_positive_and_sum_to_a_hundred(weights):
    found = whole_weights(weights)
    assert sum(found) == 100 and min(found) >= 1


def test_only_the_team_weighs_and_only_all_pairs_of_todays_criteria(criteria):
    edition, told = EditionFactory(), ratios(criteria)
    with pytest.raises(NotAllowed):
        compare_criteria(by=UserFactory(roles=["committee"]), edition=edition, ratios=told)
    with pytest.raises(WrongState):
        compare_criteria(by=staff(), edition=edition, ratios={**told, (1, 99999): 3.0})
    for wrong in ({**told, (criteria[0].pk, criteria[1].pk): 11.0}, dict(list(told.items())[:2])):
        with pytest.raises(InvalidInput):
            compare_criteria(by=staff(), edition=edition, ratios=wrong)
    assert not CriteriaComparison.objects.exists()


def test_the_page_explains_contradictions_and_names_the_doubtful_answer(client, criteria):
    client.force_login(staff(language="en"))
    client.get("/?lang=en")
    url = reverse("innovation:criteria_compare")
    names = [f"pair_{one}_{other}" for one, other in ratios(criteria)]
    assert client.get(url).text.count('type="radio"') == 27
    page = client.post(url, dict(zip(names, (5, -5, 5), strict=True)) | {"look": 1})
    assert page.status_code == 200 and "contradict each other" in page.text
    assert "The most doubtful comparison is" in page.text
    assert client.post(url, {names[0]: 3, "look": 1}).status_code == 422
    assert not CriteriaComparison.objects.exists()
    kept = client.post(url, dict(zip(names, (3, 9, 3), strict=True)) | {"keep": 1})
    assert kept.status_code == 302 and CriteriaComparison.objects.count() == 1
    assert 'value="9" required' in client.get(url).text or "checked" in client.get(url).text
