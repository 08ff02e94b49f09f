"""42 proposals, twelve evaluators: evaluated, discussed, decided, appealed, signed, a contract."""

from collections.abc import Iterator
from typing import Any

import pytest

from minka.innovation.models import Assignment, Decision
from tests.e2e.site import Site, running_site
from tests.e2e.walk import agreement, panel
from tests.e2e.walk import selection as walk
from tests.e2e.walk import selection_bulk as bulk
from tests.e2e.walk.hands import es

PHONE = {"width": 360, "height": 740}
PROPOSALS, PER_PROPOSAL = 42, 3


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Site]:
    """An empty site of its own: 42 proposals are all that there are."""
    folder = tmp_path_factory.mktemp("site")
    with running_site(folder, unblock=django_db_blocker.unblock, quick=True) as running:
        yield running


@pytest.mark.long
def test_from_forty_two_proposals_to_a_contract(site, person, tmp_path):
    with site.database():
        people = bulk.cast()
    rosa, area = person(people.team), person(people.areas[1])

    _evaluate(site, person, people, (rosa, area))

    # 5. The panel decides, and nothing is known before the release
    first, last = _panel(site, person, people, rosa)
    boss, loser = person(first.author), person(last.author)
    panel.nothing_known_yet(boss, first)
    panel.nothing_known_yet(loser, last)
    told = es("Decision on your proposal to “%(challenge)s”") % {"challenge": bulk.TITLE_ES}
    assert not [one for one in site.mail.messages if told in str(one["Subject"])]
    panel.release(rosa, people.challenge.slug)
    panel.read_letter(boss, first, tmp_path, outcome="Selected", advice=panel.ADVICE)
    letter = panel.read_letter(loser, last, tmp_path, outcome="Not selected", advice=panel.REMEDY)
    site.mail.wait_for(to=last.author.email, subject=told)

    # 6. An appeal is upheld, and decided again
    panel.appeal(loser, letter)
    panel.uphold(person(people.other_team))
    panel.decide_again(rosa)
    panel.newer_letter(loser, letter)
    panel.read_letter(loser, last, tmp_path, outcome="Reserve list", advice=panel.ADVICE)

    # 7. A pilot to TRL 7, and the contract that follows
    manager = person(people.representative)
    _pilot(site, (rosa, manager, boss, area), people, first)
    agreement.see_programme(rosa)
    agreement.told_in_public(person(viewport=PHONE), first.lead.name)


def _evaluate(site, person, people, pages):
    """Assign, score and discuss; of each step one is taken by hand."""
    rosa, area = pages
    slug = people.challenge.slug
    owen = person(people.foreigner, language="en")

    # 1. Who evaluates what
    walk.evaluators(rosa, slug)
    walk.assign_as_proposed(rosa, fresh=PROPOSALS * PER_PROPOSAL)

    # 2. Two evaluate by hand, in Spanish and in English; one drops out
    own = walk.declare(area)
    walk.score_by_keyboard_and_mouse(area, bulk.OPERATIONAL)
    walk.declare(owen, english=True)
    walk.score_in_english(owen, bulk.TECHNICAL)
    leaver = people.experts[0]
    with site.database():
        waiting = Assignment.objects.filter(evaluator=leaver).count()
        assert waiting
    walk.drops_out(rosa, leaver.full_name)
    walk.apply_plan(rosa, fresh=waiting)

    # 3. Everybody hands in; a conflict is found late, and somebody else evaluates instead
    with site.database():
        bulk.score_the_rest()
        client = people.experts[1]
        late = bulk.remember_a_client(client)
    walk.evaluators(rosa, slug)
    walk.set_aside(rosa, name=client.full_name, title=late.proposal.title)
    walk.sees_nothing_of(person(client), late.proposal.title)
    walk.assign_as_proposed(rosa, fresh=1)
    with site.database():
        bulk.score_the_rest()
        done = Assignment.objects.filter(state="scored")
        assert done.count() == PROPOSALS * PER_PROPOSAL
        assert not done.filter(evaluator=leaver).exists()

    # 4. Discussion
    walk.open_discussion(rosa, slug)
    walk.change_score(area, own, bulk.OPERATIONAL[0])


def _panel(site, person, people, rosa):
    """Hold the session; return the proposal that was selected and one that was not."""
    chair, *others = people.committee
    number = panel.prepare(rosa, people.challenge.slug, chair)
    with site.database():
        panel.seat_the_rest(people.team, number, others)
    panel.call(rosa)
    with site.database():
        panel.attendance_of_the_rest(people.team, number, but=chair)
    panel.hold(rosa, chair)
    panel.put(rosa)
    presiding = person(chair)
    panel.vote(presiding, number)
    with site.database():
        panel.vote_on_the_first(number, others)
    panel.count(rosa)
    with site.database():
        panel.decide_the_rest(people.team, number, people.committee)
    panel.close(rosa)
    panel.approve_minutes_by_hand(presiding, number)
    with site.database():
        panel.approve_the_rest(number, others)
        decided = Decision.objects.select_related("proposal__author", "proposal__lead")
        assert decided.count() == PROPOSALS
        selected = decided.get(outcome="selected").proposal
        return selected, decided.filter(outcome="not_selected").order_by("pk")[0].proposal


def _pilot(site, pages, people, chosen):
    """Sign a pilot, report on it, close it with a contract, and sign that one."""
    rosa, manager, boss, area = pages
    user_area, supplier = people.areas[1], chosen.author
    pilot = agreement.begin(rosa, chosen.title)
    with site.database():
        agreement.plan_one(user_area, pilot)
    agreement.ask_approval(rosa, pilot)
    agreement.approve(manager, pilot)
    with site.database():
        agreement.approve_by([user_area, supplier], pilot)
    agreement.sign_by_hand(manager, pilot)
    with site.database():
        agreement.sign_by(supplier, pilot)
        agreement.readiness_before(supplier, user_area, pilot)
    agreement.report(boss, pilot)
    agreement.state_readiness(boss, pilot)
    agreement.accept(area, pilot)
    agreement.close_with_contract(manager, pilot)
    with site.database():
        agreement.let_it_be_told(supplier, pilot)
    contract = agreement.begin(rosa, chosen.title, kind="purchase", follows=pilot)
    with site.database():
        everybody = [user_area, people.representative, supplier]
        agreement.bring_into_force(people.team, everybody, contract)
