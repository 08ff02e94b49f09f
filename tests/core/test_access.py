import pytest

from minka.core.access import require
from minka.core.actions.people import grant_role, revoke_role, update_profile
from minka.core.errors import InvalidInput, NotAllowed
from minka.core.models import LedgerEntry
from minka.core.queries.ledger import visible_entries
from minka.core.queries.people import people_with_roles
from minka.core.states import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_only_the_cluster_team_gives_roles():
    outsider, somebody = UserFactory(), UserFactory()
    with pytest.raises(NotAllowed):
        grant_role(by=outsider, user=outsider, role=Role.STAFF)
    grant_role(by=UserFactory(is_staff=True), user=somebody, role=Role.EVALUATOR)
    assert set(somebody.role_names) == {"evaluator"}


def test_a_role_given_twice_is_one_grant_and_one_entry():
    staff, somebody = UserFactory(is_staff=True), UserFactory()
    for _again in range(2):
        grant_role(by=staff, user=somebody, role=Role.AUDITOR)
    assert somebody.role_grants.count() == LedgerEntry.objects.count() == 1


def test_a_role_that_is_taken_back_no_longer_opens_doors():
    staff, auditor = UserFactory(is_staff=True), UserFactory(roles=["auditor"])
    require(auditor, "core.ledger_view")
    revoke_role(by=staff, user=auditor, role=Role.AUDITOR)
    del auditor.role_names
    with pytest.raises(NotAllowed):
        require(auditor, "core.ledger_view")


def test_the_last_of_the_team_cannot_leave_it():
    staff = UserFactory(is_staff=True)
    with pytest.raises(InvalidInput):
        revoke_role(by=staff, user=staff, role=Role.STAFF)
    revoke_role(by=staff, user=UserFactory(is_staff=True), role=Role.STAFF)


def test_a_closed_account_may_do_nothing():
    with pytest.raises(NotAllowed):
        require(UserFactory(is_staff=True, is_active=False), "core.role_grant")


def test_the_ledger_and_the_people_are_not_for_everybody():
    staff, stranger = UserFactory(is_staff=True), UserFactory()
    grant_role(by=staff, user=stranger, role=Role.EVALUATOR)
    assert visible_entries(viewer=staff).count() == 1
    assert visible_entries(viewer=UserFactory(roles=["auditor"])).count() == 1
    assert not visible_entries(viewer=stranger).exists()
    assert not people_with_roles(viewer=stranger).exists()


def test_a_profile_takes_only_what_makes_sense():
    user = UserFactory()
    update_profile(by=user, full_name=" Ana Ccori ", language="en", time_zone="Australia/Perth")
    assert (user.full_name, user.language, user.time_zone) == ("Ana Ccori", "en", "Australia/Perth")
    for bad in ({"full_name": " "}, {"language": "fr"}, {"time_zone": "Moon/Base"}):
        values = {"full_name": "Ana", "language": "es", "time_zone": "America/Lima"} | bad
        with pytest.raises(InvalidInput) as caught:
            update_profile(by=user, **values)
        assert set(caught.value.fields) == set(bad)
