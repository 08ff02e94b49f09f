import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.knowledge.actions.memberships import (
    answer_membership,
    assign_membership,
    end_membership,
    request_membership,
)
from minka.knowledge.models import Membership
from minka.knowledge.queries.memberships import members_of, requests_to_answer
from minka.knowledge.queries.work import work_items
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.knowledge.sheets import statements

pytestmark = pytest.mark.django_db


def test_a_request_waits_and_is_told_once_to_members_and_team(team):
    member = MembershipFactory()
    asker = UserFactory()
    first = request_membership(by=asker, actor=member.actor, message="Jefa de planta")
    assert request_membership(by=asker, actor=member.actor) == first
    assert Membership.objects.filter(user=asker).count() == 1
    assert set(Notice.objects.values_list("recipient", flat=True)) == {member.user.pk, team.pk}
    assert Notice.objects.count() == 2
    assert first.state == "requested"


def test_a_member_accepts_and_the_person_is_told():
    member = MembershipFactory()
    asked = request_membership(by=UserFactory(), actor=member.actor)
    answered = answer_membership(by=member.user, membership=asked, accept=True)
    assert (answered.state, answered.answered_by) == ("active", member.user)
    assert asked.user.has_perm("knowledge.actor_change", member.actor)
    assert Notice.objects.filter(recipient=asked.user).count() == 1
    with pytest.raises(WrongState):
        answer_membership(by=member.user, membership=asked, accept=False)
    with pytest.raises(WrongState):
        request_membership(by=asked.user, actor=member.actor)


def test_a_refused_person_may_ask_again_and_has_no_rights():
    member = MembershipFactory()
    asked = request_membership(by=UserFactory(), actor=member.actor)
    answer_membership(by=member.user, membership=asked, accept=False)
    assert not asked.user.has_perm("knowledge.actor_change", member.actor)
    assert request_membership(by=asked.user, actor=member.actor).pk != asked.pk


def test_nobody_answers_for_themselves_or_for_others(team):
    asked = request_membership(by=UserFactory(), actor=ActorFactory())
    for person in (asked.user, MembershipFactory().user, UserFactory()):
        with pytest.raises(NotAllowed):
            answer_membership(by=person, membership=asked, accept=True)
        assert list(requests_to_answer(viewer=person)) == []
    own = request_membership(by=team, actor=ActorFactory())
    with pytest.raises(NotAllowed):
        answer_membership(by=team, membership=own, accept=True)
    assert list(requests_to_answer(viewer=team)) == [asked]


def test_two_answers_at_once_leave_one():
    member = MembershipFactory()
    asked = request_membership(by=UserFactory(), actor=member.actor)
    stale = Membership.objects.get(pk=asked.pk)
    answer_membership(by=member.user, membership=asked, accept=False)
    with pytest.raises(WrongState):
        answer_membership(by=member.user, membership=stale, accept=True)
    assert Membership.objects.get(pk=asked.pk).state == "refused"


def test_the_team_gives_roles_and_a_user_area_has_a_name(team):
    actor, person = ActorFactory(kind="mining_company"), UserFactory()
    with pytest.raises(InvalidInput):
        assign_membership(by=team, actor=actor, person=person, role="user_area")
    with pytest.raises(InvalidInput):
        assign_membership(by=team, actor=actor, person=person, role="king")
    request_membership(by=person, actor=actor)
    given = assign_membership(
        by=team, actor=actor, person=person, role="user_area", user_area=" Mina "
    )
    assert (given.state, given.user_area) == ("active", "Mina")
    changed = assign_membership(by=team, actor=actor, person=person, role="representative")
    assert (changed.pk, changed.role, changed.user_area) == (given.pk, "representative", "")
    assert Membership.objects.count() == 1
    assert LedgerEntry.objects.last().details["role"] == "representative"


def test_only_the_team_gives_roles(client):
    member = MembershipFactory(role="representative")
    with pytest.raises(NotAllowed):
        assign_membership(by=member.user, actor=member.actor, person=UserFactory(), role="member")
    url = reverse("knowledge:members", args=[member.actor.public_id])
    client.force_login(member.user)
    assert client.get(url).context["form"] is None
    assert client.post(url, {"person": member.user.pk, "role": "representative"}).status_code == 403
    client.force_login(UserFactory())
    assert client.get(url).status_code == 403


def test_who_leaves_has_no_rights_left_and_strangers_end_nothing():
    member, colleague = MembershipFactory(), None
    colleague = MembershipFactory(actor=member.actor)
    with pytest.raises(NotAllowed):
        end_membership(by=UserFactory(), membership=member)
    end_membership(by=colleague.user, membership=member)
    assert not member.user.has_perm("knowledge.actor_change", member.actor)
    assert list(members_of(viewer=member.user, actor=member.actor)) == []
    with pytest.raises(WrongState):
        end_membership(by=colleague.user, membership=member)


def test_the_way_through_the_pages(client, team):
    actor, asker = ActorFactory(), UserFactory(full_name="Ana Mamani")
    client.force_login(asker)
    assert (
        "Esta es mi organización"
        in client.get(
            reverse("knowledge:actor", args=[actor.public_id]), headers={"Accept-Language": "es"}
        ).content.decode()
    )
    for _double_click in range(2):
        assert (
            client.post(
                reverse("knowledge:membership_request", args=[actor.public_id]), {"message": "Hola"}
            ).status_code
            == 302
        )
    asked = Membership.objects.get()
    assert (
        client.post(
            reverse("knowledge:membership_answer", args=[asked.pk]), {"answer": "accept"}
        ).status_code
        == 404
    )
    client.force_login(team)
    assert "Ana Mamani" in client.get(reverse("knowledge:my_organisations")).content.decode()
    assert any("Ana Mamani" in item.title for item in work_items(viewer=team))
    assert (
        client.post(
            reverse("knowledge:membership_answer", args=[asked.pk]), {"answer": "accept"}
        ).status_code
        == 302
    )
    client.post(
        reverse("knowledge:members", args=[actor.public_id]),
        {"person": asker.pk, "role": "user_area", "user_area": "Mina"},
    )
    asked.refresh_from_db()
    assert (asked.state, asked.user_area) == ("active", "Mina")
    client.force_login(asker)
    assert client.post(reverse("knowledge:membership_end", args=[asked.pk])).status_code == 302
    assert client.post(reverse("knowledge:membership_end", args=[asked.pk])).status_code == 404


def test_my_organisations_cost_the_same_however_many(client, team):
    client.force_login(team)
    costs = []
    for count in (1, 12):
        for _ in range(count):
            MembershipFactory(user=team)
            request_membership(by=UserFactory(), actor=ActorFactory())
        costs.append(statements(client, reverse("knowledge:my_organisations")))
    assert costs[0] == costs[1] <= 8
