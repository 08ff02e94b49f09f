"""People around a problem, as the tests need them."""

from tests.factories import ActorFactory, MembershipFactory, UserFactory


def company(name="Minera Quebrada Sillar S.A."):
    return ActorFactory(kind="mining_company", name=name)


def person_of(actor, role="user_area", **kwargs):
    user = UserFactory(**kwargs)
    MembershipFactory(user=user, actor=actor, role=role)
    return user


def staff(**kwargs):
    return UserFactory(is_staff=True, **kwargs)
