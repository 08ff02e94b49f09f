"""Letters: one for each proposal, with the release, and readable by nobody before."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.decisions import release_decisions
from minka.innovation.actions.letters import letter_digest, set_appeal_days
from minka.innovation.models import DecisionLetter
from minka.innovation.queries.suggestions import suggestions_for
from minka.innovation.sources.letter_pages import print_letter
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    ProposalFactory,
    ThemeFactory,
    UserFactory,
)
from tests.innovation.panel_stories import released
from tests.innovation.stories import closed_challenge, decided, discussed, member_of, scored, staff

pytestmark = pytest.mark.django_db
SECRET = "Les falta el plan de repuestos de cobalto"


def test_the_release_writes_one_letter_for_each_proposal_with_its_digest_in_the_ledger():
    challenge, proposals, letters = released(2)
    assert set(letters) == {one.pk for one in proposals}
    told = {e.subject_id: e.details["sha256"] for e in
            LedgerEntry.objects.filter(verb="innovation.letter_write")}  # fmt: skip
    for letter in letters.values():
        assert told[str(letter.public_id)] == letter.sha256 == letter_digest(letter.content)
        assert letter.appeal_until > challenge.released_at


def test_it_says_outcome_points_group_advice_and_until_when():
    _challenge, proposals, letters = released(7)
    content = letters[proposals[1].pk].content
    assert content["outcome"] == "not_selected"
    assert [one["mean"] for one in content["scores"]] == ["2.5", "1.5"]
    assert "2" in content["evaluations"]
    assert content["position"].startswith("Grupo ") or "Group" in content["position"]
    assert content["advice"] == proposals[1].decision.feedback
    assert proposals[1].decision.reason not in str(content)


def test_of_few_proposals_no_position_is_told_and_rivals_are_never_named():
    _challenge, proposals, letters = released(3)
    for proposal in proposals:
        text = str(letters[proposal.pk].content)
        assert all(
            other.title not in text and other.lead.name not in text
            for other in proposals
            if other != proposal
        )
        assert "1 de 3" not in text
        assert "group" not in text.lower().replace("grupo", "")


def test_it_is_in_the_language_of_the_proposal():
    challenge, [spanish, english] = closed_challenge(2)
    type(english).objects.filter(pk=english.pk).update(language="en")
    for one in (spanish, english):
        decided(one, "reserve")
    release_decisions(by=staff(), challenge=challenge)
    told = {one.proposal_id: one.content["title"] for one in DecisionLetter.objects.all()}
    assert told[english.pk] == "Decision on your proposal"
    assert told[spanish.pk] != told[english.pk]


def test_nobody_reads_a_letter_before_the_release_nor_anybody_elses_after(client):
    challenge, [proposal, rival] = closed_challenge(2)
    for one in (proposal, rival):
        scored(one, [5, 4])
        decided(one, "reserve", feedback=SECRET)
    discussed(challenge)
    assert not DecisionLetter.objects.exists()  # there is nothing to leak: it is not written yet
    people = [proposal.author, UserFactory(roles=["auditor"]), UserFactory(roles=["committee"])]
    for person in people:
        assert SECRET not in everything(client, person, challenge, proposal)
    assert not Notice.objects.exists()
    release_decisions(by=staff(), challenge=challenge)
    letter = DecisionLetter.objects.get(proposal=proposal)
    for name in ("letter", "letter_pdf"):
        address = reverse(f"innovation:{name}", args=[letter.public_id])
        for person in (rival.author, *people[1:], staff()):
            client.force_login(person)
            assert client.get(address).status_code == 404
        client.force_login(proposal.author)
        answer = client.get(address)
        assert answer.status_code == 200
        if answer.streaming:
            list(answer.streaming_content)
        client.logout()
        assert client.get(address).status_code == 302
    assert SECRET not in " ".join(entry.data for entry in LedgerEntry.objects.all())
    times = set(Notice.objects.values_list("recipient_id", flat=True))
    assert {proposal.author_id, rival.author_id} <= times  # all are told in one transaction


def test_a_release_that_fails_leaves_no_letter_and_no_notice(monkeypatch):
    challenge, [proposal] = closed_challenge(1)
    decided(proposal)

    def broken(**_more):
        raise RuntimeError

    monkeypatch.setattr("minka.innovation.actions.decisions.tell_decision", broken)
    with pytest.raises(RuntimeError):
        release_decisions(by=staff(), challenge=challenge)
    challenge.refresh_from_db()
    assert challenge.state == "published"
    assert not DecisionLetter.objects.exists()
    assert not Notice.objects.exists()


def test_the_pdf_is_printed_once_and_stays_the_same_whatever_changes(client):
    _challenge, [proposal, _other], letters = released(2)
    letter = letters[proposal.pk]
    first = print_letter(letter_id=letter.pk)
    type(proposal).objects.filter(pk=proposal.pk).update(title="Otro título")
    client.force_login(proposal.author)
    answer = client.get(reverse("innovation:letter_pdf", args=[letter.public_id]))
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == first.sha256
    assert print_letter(letter_id=letter.pk).pk == first.pk
    entry = LedgerEntry.objects.get(verb="innovation.letter_print")
    assert entry.details["sha256"] == first.sha256


def test_the_days_to_appeal_are_set_before_the_release_and_counted_to_the_end_of_the_day():
    challenge, [proposal] = closed_challenge(1)
    decided(proposal)
    set_appeal_days(by=staff(), challenge=challenge, days=5)
    release_decisions(by=staff(), challenge=challenge)
    until = timezone.localtime(
        DecisionLetter.objects.get().appeal_until, timezone.get_default_timezone()
    )
    today = timezone.localtime(challenge.released_at, timezone.get_default_timezone()).date()
    assert ((until.date() - today).days, until.hour, until.minute) == (5, 23, 59)


def test_the_rejected_are_shown_open_challenges_partners_and_funds_by_theme(client):
    theme = ThemeFactory()
    open_one = ChallengeFactory()
    open_one.themes.add(theme)
    answered = ChallengeFactory()
    challenge, [proposal] = closed_challenge(1)
    challenge.themes.add(theme)
    near, far = ActorFactory(kind="university"), ActorFactory(kind="university")
    fund = ActorFactory(kind="fund")
    for one in (near, fund):
        one.themes.add(theme)
    ProposalFactory(challenge=answered, lead=proposal.lead)
    found = suggestions_for(viewer=proposal.author, proposal=proposal)
    assert [one.path for one in found.challenges] == [
        reverse("innovation:challenge", args=[open_one.slug])
    ]
    assert [one.name for one in found.partners] == [near.name]
    assert far.name not in str(found)
    assert [one.name for one in found.funders] == [fund.name]
    decided(proposal, "not_selected")
    release_decisions(by=staff(), challenge=challenge)
    client.force_login(proposal.author)
    letter = DecisionLetter.objects.get()
    text = client.get(reverse("innovation:letter", args=[letter.public_id])).content.decode()
    assert fund.name in text
    assert near.name in text


def everything(client, person, challenge, proposal):
    client.force_login(person)
    addresses = [
        reverse("innovation:proposals"),
        reverse("innovation:proposal", args=[proposal.public_id]),
        reverse("innovation:challenge", args=[challenge.slug]),
        reverse("innovation:ranking", args=[challenge.slug]),
        reverse("innovation:appeals"),
        reverse("innovation:panels"),
        reverse("core:notices"),
        reverse("core:ledger"),
        reverse("portal:search") + "?q=repuestos+de+cobalto",
        "/api/innovation/proposals",
        f"/api/innovation/proposals/{proposal.public_id}",
    ]
    return " ".join(client.get(address).content.decode() for address in addresses)


def test_a_new_member_of_the_lead_reads_it_and_one_who_left_does_not(client):
    _challenge, [proposal, _other], letters = released(2)
    address = reverse("innovation:letter", args=[letters[proposal.pk].public_id])
    newcomer = member_of(proposal.lead)
    client.force_login(newcomer)
    assert client.get(address).status_code == 200
    newcomer.memberships.update(state="ended")
    assert client.get(address).status_code == 404
