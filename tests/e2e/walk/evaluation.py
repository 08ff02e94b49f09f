"""Step 5: people of the user areas evaluate, each on their own."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.site import Site
from tests.e2e.walk import challenge, proposal
from tests.e2e.walk.hands import Newcomer, chosen, es, heading, press, saved


def close_call(site: Site) -> None:
    """Let the time pass: the one thing that is not done on a page."""
    from datetime import timedelta

    from django.utils import timezone

    from minka.innovation.models import Call

    closed = timezone.now() - timedelta(minutes=1)
    with site.database():
        Call.objects.update(
            closes_at=closed, opens_at=closed - timedelta(days=30), questions_until=None
        )


def assign(page: Page, address: str, *people: Newcomer) -> None:
    """The team ticks who looks at the proposal."""
    page.goto(address)
    page.get_by_role("main").get_by_role("link", name=es("Evaluators")).click()
    for who in people:
        row = page.get_by_role("row", name=re.compile(who.name))
        row.get_by_role("checkbox").first.check()
    press(page, es("Ask the ticked evaluators"))
    for who in people:
        row = page.get_by_role("row", name=re.compile(who.name))
        expect(row.get_by_role("img", name=es("Declaration of interests pending"))).to_be_visible()


def declare_no_conflict(page: Page, site: Site, who: Newcomer) -> None:
    """The request came by e-mail; before the proposal can be read, interests are declared."""
    site.mail.wait_for(to=who.email, subject=challenge.TITLE_ES)
    page.goto("/evaluaciones/")
    page.get_by_role("main").get_by_role("link", name=proposal.TITLE).click()
    heading(page, es("Declaration of interests"))
    expect(page.get_by_role("main")).not_to_contain_text(proposal.FULL["Summary"])
    page.get_by_role("radio", name=es("I have no conflict of interest with this proposal")).check()
    press(page, es("Declare"))
    expect(page.get_by_role("main")).to_contain_text(proposal.FULL["Summary"])


def score(page: Page, points: tuple[int, int], reason: str, *, unseen: str = "") -> None:
    """Give points by each criterion with a reason; nobody else's can be seen before."""
    for (name, _english, _weight), given in zip(challenge.CRITERIA, points, strict=True):
        card = page.get_by_role("region", name=name)
        chosen(card, name, given)
        card.get_by_role("textbox").fill(f"{reason} ({name})")
    for check in page.locator(".checkcard").all():
        check.get_by_role("radio", name=es("Yes"), exact=True).check()
        check.get_by_role("textbox").fill("Lo prevé su plan de trabajo.")
    page.get_by_role("radio", name=es("Fair: I know the subject")).check()
    saved(page)
    if unseen:
        expect(page.locator("body")).not_to_contain_text(unseen)
    expect(page.get_by_role("heading", name=es("What others gave"))).to_have_count(0)
    press(page, es("Hand in for good"))
    expect(page.get_by_role("main")).to_contain_text(es("Your evaluation is handed in"))
    expect(page.get_by_role("heading", name=es("What others gave"))).to_be_visible()


def sees_the_other(page: Page, reason: str) -> None:
    """After one's own points, the reasons of others are there."""
    expect(page.get_by_role("main")).to_contain_text(reason)
