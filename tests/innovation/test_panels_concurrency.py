"""What two people, or two clicks, do in the same moment at a panel counts once."""

import pytest

from minka.core.errors import WrongState
from minka.core.models import LedgerEntry
from minka.innovation.actions.appeals import ask
from minka.innovation.actions.minutes import approve_minutes
from minka.innovation.actions.panel_votes import cast_vote, close_vote, put_motion
from minka.innovation.models import Appeal, Decision, Motion, PanelMinutes, PanelVote
from tests.innovation.panel_stories import WORDS, closed_panel, item_of, opened, released
from tests.innovation.test_proposals_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(motion):
    return Motion.objects.select_related("item__session").get(pk=motion.pk)


def test_a_double_click_is_one_vote_and_two_windows_do_not_vote_twice():
    _challenge, [proposal, _other], by, session, people = opened()
    motion = put_motion(by=by, item=item_of(session, proposal), outcome="selected", **WORDS)

    def vote(ballot):
        return cast_vote(by=people[0], motion=fresh(motion), ballot=ballot)

    outcomes = at_once(lambda: vote("for"), lambda: vote("for"), lambda: vote("against"))
    assert PanelVote.objects.count() == 1
    assert any(isinstance(one, WrongState) for one in outcomes)


def test_two_of_the_team_put_one_motion_and_close_it_once():
    _challenge, [proposal, _other], by, session, people = opened()

    def put(outcome):
        return put_motion(by=by, item=item_of(session, proposal), outcome=outcome, **WORDS)

    outcomes = at_once(lambda: put("selected"), lambda: put("reserve"))
    assert sum(isinstance(one, WrongState) for one in outcomes) == 1
    motion = Motion.objects.get()
    cast_vote(by=people[0], motion=motion, ballot="for")
    closings = at_once(*[lambda: close_vote(by=by, motion=fresh(motion))] * 2)
    assert sum(isinstance(one, WrongState) for one in closings) == 1
    assert Decision.objects.get().revision == 1


def test_the_last_two_approvals_at_once_fix_the_minutes_once():
    _challenge, _proposals, _by, session, people = closed_panel()
    approve_minutes(by=people[0], minutes=session.minutes, number=1)

    def approve(person):
        minutes = PanelMinutes.objects.select_related("session").get(session=session)
        return approve_minutes(by=person, minutes=minutes, number=1)

    at_once(lambda: approve(people[1]), lambda: approve(people[2]))
    assert PanelMinutes.objects.get().state == "fixed"
    assert LedgerEntry.objects.filter(verb="innovation.minutes_fix").count() == 1


def test_an_appeal_sent_twice_is_one():
    _challenge, [_one, proposal], letters = released(2)
    words = "En la página 4 está el plan de repuestos que la carta echa en falta."

    def send():
        return ask(by=proposal.author, letter=letters[proposal.pk], kind="appeal", text=words)

    at_once(send, send)
    assert Appeal.objects.count() == 1
