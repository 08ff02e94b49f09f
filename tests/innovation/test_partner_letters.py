"""Asking for a partner by e-mail: who is meant answers, nobody else does, and no address stays."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.core.personal import collected, forgotten
from minka.innovation.actions import partner_letters
from minka.innovation.actions.consortium import Share, ask_partner, set_shares
from minka.innovation.actions.partner_letters import (
    Addressee,
    answer_letter,
    ask_by_letter,
    letter_expires,
    refuse_letter,
    take_letter_back,
)
from minka.innovation.actions.proposals import withdraw_proposal
from minka.innovation.models import Challenge, Partner, PartnerLetter
from minka.innovation.notices.partner_letters import letter_token
from minka.innovation.queries.consortium import lead_share
from minka.innovation.queries.proposals import visible_proposals
from minka.innovation.tasks import send_partner_letter
from tests.factories import ActorFactory, ChallengeFactory, MembershipFactory, UserFactory
from tests.innovation.stories import draft_of_member, member_of, staff

pytestmark = pytest.mark.django_db
SECRET = "Aleación secreta de cobalto"
ADDRESS = "rosa@universidad.example"


def written(percent=30, **kwargs):
    """A draft, its author, and the letter that asks for a partner."""
    draft, author = draft_of_member(title=SECRET, **kwargs)
    whom = Addressee("Universidad del Altiplano", ADDRESS)
    letter = ask_by_letter(
        by=author, proposal=draft, whom=whom, share=Share(percent, f"Ensayos de {SECRET}")
    )
    return draft, author, letter


def addressee(address=ADDRESS, *, verified=True):
    """Somebody of an organisation who has confirmed the address that was written to."""
    person = MembershipFactory(user=UserFactory(), actor=ActorFactory()).user
    EmailAddress.objects.create(user=person, email=address, verified=verified)
    return person, person.memberships.get().actor


def link(letter):
    return reverse("innovation:partner_letter", args=[letter_token(letter_id=letter.pk)])


def test_the_letter_names_the_challenge_and_the_lead_and_no_word_of_the_proposal():
    draft, _author, letter = written()
    assert send_partner_letter.call(letter.pk)
    assert not send_partner_letter.call(letter.pk)  # once
    [message] = mail.outbox
    assert message.to == [ADDRESS]
    assert draft.lead.name in message.body
    assert draft.challenge.title_es in message.body
    assert link(letter) in message.body
    assert SECRET not in message.body + message.subject
    assert "30" not in message.subject


def test_the_person_registers_joins_an_organisation_accepts_and_reads(client):
    draft, author, letter = written()
    page = client.get(link(letter))
    assert draft.lead.name in page.content.decode()
    assert SECRET not in page.content.decode()
    person, actor = addressee()
    client.force_login(person)
    assert "30 %" in client.get(link(letter)).content.decode()
    answer = client.post(link(letter), {"do": "accept", "organisation": actor.public_id})
    assert answer.url == reverse("innovation:proposal", args=[draft.public_id])
    assert SECRET in client.get(answer.url).content.decode()
    letter.refresh_from_db()
    assert (letter.ending, letter.email, letter.partner.actor) == ("accepted", "", actor)
    told = Notice.objects.filter(kind="innovation.partner_answered")
    assert list(told.values_list("recipient", flat=True)) == [author.pk]
    again = client.post(link(letter), {"do": "accept", "organisation": actor.public_id})
    assert again.status_code == 410  # a second click, or a second person


@pytest.mark.parametrize("case", ["another address", "not confirmed", "not of the organisation"])
def test_a_link_that_was_passed_on_opens_nothing(client, case):
    _draft, _author, letter = written()
    if case == "another address":
        person, actor = addressee("rival@rival.example")
    elif case == "not confirmed":
        person, actor = addressee(verified=False)
    else:
        person, actor = addressee()[0], ActorFactory()
    with pytest.raises(NotAllowed):
        answer_letter(by=person, letter=letter, actor=actor)
    client.force_login(person)
    page = client.get(link(letter)).content.decode()
    assert SECRET not in page or case == "not of the organisation"
    client.post(link(letter), {"do": "accept", "organisation": actor.public_id})
    assert not Partner.objects.exists()
    assert not visible_proposals(viewer=person).exists()


def test_a_forged_link_is_no_page_and_guessing_is_slowed_down(client):
    _draft, _author, letter = written()
    wrong = link(letter)[:-4] + "xyz/"
    answers = [client.get(wrong).status_code for _guess in range(32)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_refusing_needs_no_account_and_forgets_the_address(client):
    draft, author, letter = written()
    assert lead_share(draft) == 70
    assert client.post(link(letter), {"do": "refuse"}).status_code == 200
    letter.refresh_from_db()
    assert (letter.ending, letter.email) == ("refused", "")
    assert lead_share(draft) == 100
    assert Notice.objects.filter(recipient=author, key__startswith="partner_letter").count() == 1
    with pytest.raises(WrongState):
        refuse_letter(letter=letter)


def test_a_letter_ends_with_its_time_when_taken_back_and_when_the_lead_withdraws(client):
    draft, author, letter = written()
    assert not letter_expires(letter_id=letter.pk)  # not yet
    PartnerLetter.objects.filter(pk=letter.pk).update(expires_at=timezone.now())
    person, actor = addressee()
    with pytest.raises(WrongState):
        answer_letter(by=person, letter=letter, actor=actor)
    assert client.get(link(letter)).status_code == 410
    assert letter_expires(letter_id=letter.pk)
    second = ask_by_letter(
        by=author, proposal=draft, whom=Addressee("Otra", ADDRESS), share=Share(5)
    )
    take_letter_back(by=author, letter=second)
    third = ask_by_letter(
        by=author, proposal=draft, whom=Addressee("Otra", ADDRESS), share=Share(5)
    )
    withdraw_proposal(by=author, proposal=draft, confirmation=draft.lead.name)
    with pytest.raises(WrongState):
        answer_letter(by=person, letter=third, actor=actor)
    assert list(PartnerLetter.objects.values_list("email", "ending").order_by("pk")) == [
        ("", "expired"),
        ("", "taken_back"),
        ("", "taken_back"),
    ]


def test_a_letter_does_not_outlast_the_call():
    draft, _author, letter = written(challenge=ChallengeFactory(call__phase="open"))
    assert letter.expires_at <= draft.challenge.call.closes_at
    assert letter.expires_at <= letter.asked_at + partner_letters.LASTS


def test_only_the_lead_writes_and_not_without_end():
    draft, author, _letter = written(percent=1)
    for stranger in (staff(), UserFactory(), addressee()[0]):
        with pytest.raises(NotAllowed):
            ask_by_letter(
                by=stranger,
                proposal=draft,
                whom=Addressee("Una", "una@una.example"),
                share=Share(1),
            )
    for number in range(partner_letters.MOST_A_DAY - 1):
        whom = Addressee("Una", f"una{number}@una.example")
        ask_by_letter(by=author, proposal=draft, whom=whom, share=Share(1))
    with pytest.raises(InvalidInput) as error:
        ask_by_letter(
            by=author, proposal=draft, whom=Addressee("Una", "mas@una.example"), share=Share(1)
        )
    assert "email" in error.value.fields


@pytest.mark.parametrize(
    ("whom", "percent", "field"),
    [
        (Addressee("Otra", ADDRESS.upper()), 5, "email"),
        (Addressee("Otra", "no es un correo"), 5, "email"),
        (Addressee(" ", "otra@otra.example"), 5, "organisation"),
        (Addressee("Otra", "otra@otra.example"), 70, "share"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(whom, percent, field):
    draft, author, _letter = written()
    with pytest.raises(InvalidInput) as error:
        ask_by_letter(by=author, proposal=draft, whom=whom, share=Share(percent))
    assert field in error.value.fields


def test_letters_that_wait_keep_their_places_and_shares():
    draft, author, letter = written(percent=60)
    with pytest.raises(InvalidInput):
        ask_partner(by=author, proposal=draft, actor=ActorFactory(), share=Share(40))
    Challenge.objects.filter(pk=draft.challenge_id).update(partners_max=1)
    with pytest.raises(InvalidInput):
        ask_partner(by=author, proposal=draft, actor=ActorFactory(), share=Share(5))
    person, actor = addressee()
    assert answer_letter(by=person, letter=letter, actor=actor).share == 60  # its own place


def test_an_organisation_that_was_asked_in_the_directory_too_comes_in_once():
    draft, author, letter = written()
    person, actor = addressee()
    asked = ask_partner(by=author, proposal=draft, actor=actor, share=Share(20))
    partner = answer_letter(by=person, letter=letter, actor=actor)
    assert (partner.pk, partner.share, partner.state) == (asked.pk, 20, "accepted")


def test_the_lead_itself_cannot_be_brought_in():
    draft, _author, letter = written()
    colleague = member_of(draft.lead)
    EmailAddress.objects.create(user=colleague, email=ADDRESS, verified=True)
    with pytest.raises(InvalidInput):
        answer_letter(by=colleague, letter=letter, actor=draft.lead)


def test_the_ledger_has_neither_address_nor_organisation():
    _draft, _author, letter = written()
    person, actor = addressee()
    answer_letter(by=person, letter=letter, actor=actor)
    rows = repr(list(LedgerEntry.objects.values_list()))
    assert "innovation.partner_invite" in rows
    assert ADDRESS not in rows
    assert "Altiplano" not in rows
    assert actor.name not in rows


def test_strangers_and_partners_read_nothing_of_the_letters(client):
    draft, _author, letter = written()
    partner = MembershipFactory(actor=ActorFactory())
    Partner.objects.create(
        proposal=draft, actor=partner.actor, share=5, state="accepted", asked_by=draft.author
    )
    address = reverse("innovation:consortium", args=[draft.public_id])
    back = reverse("innovation:partner_letter_back", args=[draft.public_id, letter.pk])
    for person in (partner.user, staff(), UserFactory(roles=["auditor"])):
        client.force_login(person)
        assert ADDRESS not in client.get(address).content.decode()
        assert client.post(back).status_code == 404
    client.force_login(draft.author)
    assert ADDRESS in client.get(address).content.decode()
    assert client.post(back).status_code == 302


def test_a_person_who_is_forgotten_is_not_kept_by_a_letter():
    _draft, author, letter = written()
    person = UserFactory(email=ADDRESS)
    assert collected(person=person)["innovation"]["asked_to_propose_together"]
    forgotten(by=person, person=person)
    letter.refresh_from_db()
    assert letter.email == ""
    assert letter.ended_at is not None
    forgotten(by=author, person=author)  # who asked: the letter stays, as what was done


def test_the_form_of_the_page_writes_a_letter_and_says_what_is_wrong(client):
    draft, author = draft_of_member()
    client.force_login(author)
    address = reverse("innovation:consortium", args=[draft.public_id])
    said = {
        "do": "write",
        "letter-organisation": "Universidad",
        "letter-email": ADDRESS,
        "letter-language": "es",
        "letter-share": "30",
    }
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 422  # pressed twice
    assert PartnerLetter.objects.count() == 1


def test_partners_are_told_of_a_withdrawal_once_each_in_their_language():
    draft, author = draft_of_member(title=SECRET)
    english = MembershipFactory(actor=ActorFactory(), user=UserFactory(language="en"))
    asked = MembershipFactory(actor=ActorFactory(), user=UserFactory(language="es"))
    gone = MembershipFactory(actor=ActorFactory())
    for member, state in ((english, "accepted"), (asked, "asked"), (gone, "left")):
        Partner.objects.create(
            proposal=draft, actor=member.actor, share=5, state=state, asked_by=author
        )
    withdraw_proposal(by=author, proposal=draft, confirmation=draft.lead.name)
    told = Notice.objects.filter(kind="innovation.proposal_withdrawn")
    assert {one.recipient_id: one.language for one in told} == {
        english.user.pk: "en",
        asked.user.pk: "es",
    }
    assert "withdrew the proposal" in told.get(recipient=english.user).subject
    assert not any(SECRET in one.subject + one.body for one in told)


def test_a_partner_is_told_when_the_lead_gives_it_another_share():
    draft, author = draft_of_member()
    member = MembershipFactory(actor=ActorFactory())
    partner = Partner.objects.create(
        proposal=draft, actor=member.actor, share=30, state="accepted", asked_by=author
    )
    for percent in (30, 20, 30, 20):  # the first changes nothing
        set_shares(by=author, proposal=draft, shares={partner.pk: Share(percent, "Ensayos")})
    told = Notice.objects.filter(kind="innovation.partner_share", recipient=member.user)
    assert told.count() == 3


def test_what_is_over_says_so_to_whoever_was_asked_and_to_nobody_else(client):
    draft, author = draft_of_member(title=SECRET)
    member = MembershipFactory(actor=ActorFactory())
    partner = Partner.objects.create(
        proposal=draft, actor=member.actor, share=30, state="left", asked_by=author
    )
    address = reverse("innovation:partner", args=[partner.pk])
    client.force_login(member.user)
    page = client.get(address)
    assert page.status_code == 410
    assert SECRET not in page.content.decode()
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


def test_what_waits_longer_than_a_call_is_forgotten_by_the_job():
    _draft, _author, letter = written()
    PartnerLetter.objects.filter(pk=letter.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    from minka.innovation.tasks import end_partner_letter

    assert end_partner_letter.call(letter.pk)
    assert not end_partner_letter.call(letter.pk)
