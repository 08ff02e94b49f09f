"""Several people in one draft: nothing that either wrote is lost, and each knows of the other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import NotAllowed
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.presence import note_presence
from minka.innovation.actions.proposals import EditClash, save_draft
from minka.innovation.models import DraftVersion, Presence
from minka.innovation.queries.presence import present_in
from minka.methods.three_way import merge
from tests.factories import ProposalFactory, UserFactory
from tests.innovation.stories import draft_of_member, member_of, staff

pytestmark = pytest.mark.django_db
PARAGRAPHS = "Primero se mide.\nLuego se cambia.\nAl final se compara."


def two_authors(**kwargs):
    draft, author = draft_of_member(**kwargs)
    return draft, author, member_of(draft.lead)


def save(by, draft, revision=0, **values):
    answer = save_draft(by=by, proposal=draft, revision=revision, values=values)
    draft.refresh_from_db()
    return answer


def test_different_fields_are_merged_silently():
    draft, author, colleague = two_authors()
    save(colleague, draft, summary="de la colega")
    answer = save(author, draft, summary="Una aleación que dura el doble.", team="del autor")
    assert (draft.summary, draft.team) == ("de la colega", "del autor")
    assert (answer.revision, answer.clashes) == (2, [])


def test_different_paragraphs_of_one_field_are_merged():
    draft, author, colleague = two_authors(approach=PARAGRAPHS)
    save(colleague, draft, approach=PARAGRAPHS.replace("Primero", "Primero, con cuidado,"))
    save(author, draft, approach=PARAGRAPHS + "\nY se informa.")
    assert draft.approach == (
        "Primero, con cuidado, se mide.\nLuego se cambia.\nAl final se compara.\nY se informa."
    )


def test_the_ends_of_lines_that_a_browser_sends_are_no_change():
    draft, author, colleague = two_authors(approach=PARAGRAPHS)
    save(colleague, draft, approach=PARAGRAPHS.replace("Primero", "Antes").replace("\n", "\r\n"))
    save(author, draft, approach=PARAGRAPHS.replace("Al final", "Luego").replace("\n", "\r\n"))
    assert draft.approach == "Antes se mide.\nLuego se cambia.\nLuego se compara."


def test_the_same_paragraph_clashes_and_all_else_is_saved():
    draft, author, colleague = two_authors(approach=PARAGRAPHS)
    save(colleague, draft, approach=PARAGRAPHS.replace("cambia", "repara"))
    mine = PARAGRAPHS.replace("cambia", "reemplaza")
    with pytest.raises(EditClash) as caught:
        save(author, draft, approach=mine, team="del autor")
    draft.refresh_from_db()
    assert caught.value.saved.clashes == ["approach"]
    assert ("repara" in draft.approach, draft.team) == (True, "del autor")
    save(author, draft, revision=caught.value.saved.revision, approach=mine)
    assert "reemplaza" in draft.approach


def test_lines_of_a_table_are_merged_one_by_one():
    draft, author, colleague = two_authors()
    save(author, draft, people=[{"name": "Ana"}, {"name": "Beto"}])
    save(colleague, draft, 1, people=[{"name": "Ana", "role": "jefa"}, {"name": "Beto"}])
    save(author, draft, 1, people=[{"name": "Ana"}, {"name": "Beto"}, {"name": "Carla"}])
    assert [(one["name"], one["role"]) for one in draft.people] == [
        ("Ana", "jefa"),
        ("Beto", ""),
        ("Carla", ""),
    ]


def test_a_revision_that_is_not_remembered_clashes_instead_of_guessing():
    draft, author, colleague = two_authors()
    save(colleague, draft, summary="de la colega")
    DraftVersion.objects.all().delete()
    with pytest.raises(EditClash):
        save(author, draft, summary="del autor")
    draft.refresh_from_db()
    assert draft.summary == "de la colega"


def test_earlier_words_are_locked_and_gone_once_it_is_handed_in():
    draft, author, _colleague = two_authors(summary="Resumen secreto")
    save(author, draft, summary="Otro")
    (version,) = DraftVersion.objects.all()
    assert b"secreto" not in bytes(version.locked)
    assert version.words()["summary"] == "Resumen secreto"
    submit_proposal(by=author, proposal=draft, revision=1)
    assert [one.handed_in for one in DraftVersion.objects.all()] == [True]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "value", "is_clean"),
    [
        (1, 1, 2, 2, True),
        (1, 2, 1, 2, True),
        (1, 2, 2, 2, True),
        (1, 2, 3, 3, False),
        (None, "a", "", "", False),
        ("a\nb", "x\nb", "a\ny", "a\ny", False),  # neighbours: nobody knows what was meant
        ("a\nb\nc", "x\nb\nc", "a\nb\ny", "x\nb\ny", True),
        ("", "a", "b", "b", False),
        ("a\nb", "a", "a\nb\nc", "a\nb\nc", False),
        (["a"], ["a", "b"], ["a"], ["a", "b"], True),
        ({"k": "a"}, {"k": "a", "l": "b"}, {"k": "c"}, {"k": "c", "l": "b"}, True),
    ],
)
def test_three_versions_become_one_or_clash(base, mine, theirs, value, is_clean):
    merged = merge(base, mine, theirs)
    assert (merged.value, merged.is_clean) == (value, is_clean)


def test_the_script_is_told_what_a_colleague_wrote_and_where_it_clashes(client):
    draft, author, colleague = two_authors()
    save(colleague, draft, summary="de la colega", team="equipo de la colega")
    client.force_login(author)
    address = reverse("innovation:proposal_autosave", args=[draft.public_id])
    sent = {
        "revision": 0,
        "summary": "del autor",
        "team": "Cuatro ingenieros metalurgistas.",
        "title": "Nuevo título",
    }
    answer = client.post(address, sent)
    said = answer.json()
    assert (answer.status_code, said["revision"]) == (409, 2)
    assert said["clashes"] == {"summary": {"label": "Resumen", "text": "de la colega"}}
    assert said["merged"] == {"team": "equipo de la colega"}
    draft.refresh_from_db()
    assert draft.title == "Nuevo título"


def test_without_a_script_both_versions_stand_on_the_page(client):
    draft, author, colleague = two_authors()
    save(colleague, draft, summary="de la colega", team="equipo de la colega")
    client.force_login(author)
    address = reverse("innovation:proposal_edit", args=[draft.public_id])
    sent = {"revision": 0, "do": "save", "summary": "del autor"}
    sent["team"] = "Cuatro ingenieros metalurgistas."
    answer = client.post(address, sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "de la colega" in text
    assert ">\ndel autor</textarea>" in text
    assert ">\nequipo de la colega</textarea>" in text
    sent |= {"revision": 1, "team": "equipo de la colega"}
    assert client.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.summary, draft.team) == ("del autor", "equipo de la colega")


def test_the_budget_and_not_what_was_typed_says_what_is_requested_for_both(client):
    draft, author, colleague = two_authors()
    line = {"concept": "x", "amount": "900", "currency": "USD"}
    save(colleague, draft, budget=[line])
    client.force_login(author)
    address = reverse("innovation:proposal_autosave", args=[draft.public_id])
    said = client.post(address, {"revision": 0, "requested_usd": "5"}).json()
    draft.refresh_from_db()
    assert (draft.requested_usd, said["merged"]) == (900, {"requested_usd": "900.00"})


def test_authors_see_each_other_and_where_they_write(client):
    draft, author, colleague = two_authors()
    address = reverse("innovation:proposal_presence", args=[draft.public_id])
    client.force_login(colleague)
    client.post(address, {"place": "team"})
    client.force_login(author)
    said = client.post(address, {"place": "no-such-field"}).json()["people"]
    assert said == [f"{colleague.get_full_name()} está escribiendo en “Equipo”."]
    assert Presence.objects.get(user=author).place == ""


def test_whoever_closed_the_page_is_not_there_any_more():
    draft, author, colleague = two_authors()
    note_presence(by=colleague, proposal=draft, place="team")
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert present_in(viewer=author, proposal=draft) == []


@pytest.mark.parametrize("who", [staff, UserFactory, lambda: member_of(ProposalFactory().lead)])
def test_nobody_else_sees_or_says_who_is_writing(client, who):
    draft, author, _colleague = two_authors()
    note_presence(by=author, proposal=draft, place="team")
    stranger = who()
    assert present_in(viewer=stranger, proposal=draft) == []
    with pytest.raises(NotAllowed):
        note_presence(by=stranger, proposal=draft, place="team")
    client.force_login(stranger)
    address = reverse("innovation:proposal_presence", args=[draft.public_id])
    assert client.post(address, {"place": "team"}).status_code == 404
