"""Accounts: one per role to sign in with, and the others whose work the pages show."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from minka.cli.demo import PASSWORD
from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.world import World
from minka.core.actions.people import grant_role
from minka.core.models import User
from minka.core.states import Role
from minka.knowledge.actions.memberships import assign_membership
from minka.knowledge.models import Actor
from minka.knowledge.states import MemberRole

CLUSTER_ROLES = {role.value for role in Role}
IN_COMPANY = {"representative": MemberRole.REPRESENTATIVE, "user_area": MemberRole.USER_AREA}


def open_accounts() -> World:
    """Open every account, all with the printed password, and give the cluster-wide roles."""
    password = make_password(PASSWORD)  # once: the same hash serves every account of the demo
    people = {
        row["key"]: User.objects.create(
            email=row["email"],
            full_name=row["full_name"],
            language=row["language"],
            password=password,
            is_staff=row["role"] == Role.STAFF,
        )
        for row in load_content("people")
    }
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in people.values()
    )
    world = World(staff=people["staff-1"], people=people)
    for row in load_content("people"):
        if row["role"] in CLUSTER_ROLES:
            grant_role(by=world.staff, user=people[row["key"]], role=Role(row["role"]))
    return world


def join_organisations(world: World) -> None:
    """Register the people of companies and suppliers in their organisations."""
    companies = load_content("companies")
    areas = {
        company["key"]: {area["key"]: area["name_es"] for area in company["user_areas"]}
        for company in companies
    }
    homes: dict[str, Actor] = {
        company["key"]: actor for company, actor in zip(companies, world.companies, strict=True)
    }
    homes.update(world.solvers)
    for row in load_content("people"):
        home = row.get("company") or row.get("solver")
        if home is None:
            continue
        role = IN_COMPANY.get(row["role"], MemberRole.MEMBER)
        area = areas[home][row["area"]] if role == MemberRole.USER_AREA else ""
        assign_membership(
            by=world.staff,
            actor=homes[home],
            person=world.people[row["key"]],
            role=role,
            user_area=area,
        )
