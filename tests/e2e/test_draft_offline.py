"""Writing a proposal with a connection that comes and goes, and with a colleague at the same time."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from minka.innovation.models import DraftVersion
from tests.e2e.stories import draft_and_author, stored
from tests.e2e.walk.hands import es, field, saved, write
from tests.factories import MembershipFactory
from tests.innovation.stories import move_deadline

SUMMARY = "Un revestimiento que dura el doble, escrito sin conexión."
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('minka:draft:')).length"


def editor(proposal):
    return f"/propuestas/{proposal.public_id}/editar/"


def status(page):
    return page.locator("[data-savestatus]")


def two_authors(**kwargs):
    proposal, author = draft_and_author(**kwargs)
    return proposal, author, MembershipFactory(actor=proposal.lead).user


def see_the_other(page):
    """Let the page say that it is open, and hear who else is there, without waiting its time."""
    page.evaluate("() => dispatchEvent(new Event('focus'))")


def test_words_and_lines_written_without_connection_survive_a_closed_tab_and_are_merged(
    site, person, watch
):
    with site.database():
        proposal, author, colleague = two_authors()
    watch.tolerate("ERR_INTERNET_DISCONNECTED")  # what is tested
    page, other = person(author), person(colleague)
    for one in (page, other):
        one.goto(editor(proposal))
    page.context.set_offline(True)
    write(page, {es("Summary"): SUMMARY})
    page.locator("[name=people-0-name]").fill("Rosa Quispe")
    page.locator("[data-add-line=people]").click()
    page.locator("[name=people-2-name]").fill("Teófilo Ccori")
    expect(status(page)).to_contain_text("Sin conexión")
    assert page.evaluate(KEPT) == 1
    write(other, {"Equipo": "La colega escribió mientras tanto."})
    saved(other)
    browser = page.context
    page.close()  # or the power was out
    browser.set_offline(False)
    again = browser.new_page()
    again.goto(editor(proposal))
    saved(again)
    expect(field(again, "Equipo")).to_have_value("La colega escribió mientras tanto.")
    expect(field(again, es("Summary"))).to_have_value(SUMMARY)
    assert again.evaluate(KEPT) == 0  # nothing stays here once the server has it
    with site.database():
        found = stored(proposal)
        assert (found.summary, found.team) == (SUMMARY, "La colega escribió mientras tanto.")
        assert [one["name"] for one in found.people] == ["Rosa Quispe", "Teófilo Ccori"]


def test_two_authors_see_each_other_and_write_in_one_field_without_losing_a_word(
    site, person, watch
):
    with site.database():
        proposal, author, colleague = two_authors(approach="Uno.\n\nDos.\n\nTres.")
    watch.tolerate("status of 409")  # the same paragraph: what is tested
    first, second = person(author), person(colleague)
    for page in (first, second):
        page.goto(editor(proposal))
    approach = first.locator("[name=approach]"), second.locator("[name=approach]")
    approach[0].fill("Uno, de la autora.\n\nDos.\n\nTres.")
    saved(first)
    approach[1].fill("Uno.\n\nDos.\n\nTres, de la colega.")
    saved(second)
    expect(approach[1]).to_have_value("Uno, de la autora.\n\nDos.\n\nTres, de la colega.")
    see_the_other(second)
    see_the_other(first)
    expect(first.locator("[data-present]")).to_contain_text(colleague.get_full_name())
    expect(approach[0]).to_have_value("Uno, de la autora.\n\nDos.\n\nTres, de la colega.")
    approach[0].fill("Uno, de la autora.\n\nDos, así.\n\nTres, de la colega.")
    saved(first)
    approach[1].fill("Uno, de la autora.\n\nDos, asá.\n\nTres, de la colega.")
    expect(second.locator("form [data-theirs]")).to_contain_text("Dos, así.")
    expect(approach[1]).to_have_value("Uno, de la autora.\n\nDos, asá.\n\nTres, de la colega.")
    second.reload()  # or the tab was closed: a clash that nobody settled is still one
    expect(second.locator("form [data-theirs]")).to_contain_text("Dos, así.")
    with site.database():
        assert "Dos, así." in stored(proposal).approach
    status(second).get_by_role("button", name="Guardar lo que escribí").click()
    saved(second)
    with site.database():
        assert "Dos, asá." in stored(proposal).approach


def test_the_clock_of_a_page_is_the_servers_and_hears_of_a_deadline_that_moves(site, person):
    with site.database():
        proposal, author = draft_and_author()
        move_deadline(proposal.challenge, days=3, seconds=600)
    page = person(author)
    page.clock.install(time=datetime.now(UTC) + timedelta(hours=60))  # a browser that is wrong
    for address in (f"/desafios/{proposal.challenge.slug}/", "/propuestas/", editor(proposal)):
        page.goto(address)
        expect(page.locator("[data-countdown]").first).to_have_text("dentro de 3 días")
    with site.database():
        move_deadline(proposal.challenge, seconds=2)
    see_the_other(page)
    closed = page.get_by_text(es("The call has closed while this page was open"))
    page.wait_for_timeout(2_500)
    see_the_other(page)
    expect(closed).to_be_visible()
    write(page, {es("Summary"): SUMMARY})
    saved(page)
    with site.database():
        move_deadline(proposal.challenge, days=5, seconds=600)
    see_the_other(page)
    expect(closed).to_be_hidden()
    expect(page.locator("[data-deadline] [data-countdown]").last).to_have_text("dentro de 5 días")


def test_nothing_stays_in_the_browser_after_signing_out_or_handing_in(site, person, watch):
    with site.database():
        proposal, author = draft_and_author()
    watch.tolerate("ERR_INTERNET_DISCONNECTED")  # what is tested
    page = person(author)
    page.goto(editor(proposal))
    page.context.set_offline(True)
    write(page, {es("Summary"): SUMMARY})
    expect(status(page)).to_contain_text("Sin conexión")
    page.context.set_offline(False)
    saved(page)
    page.goto(f"/propuestas/{proposal.public_id}/")
    page.evaluate("() => localStorage.setItem('minka:draft:x', '{}')")  # of another draft
    page.get_by_role("button", name=es("Submit the proposal")).click()
    page.wait_for_url("**/constancias/**")
    page.evaluate(
        "() => document.querySelector('form[data-forget-drafts]')"
        ".dispatchEvent(new Event('submit', {cancelable: true}))"
    )
    assert page.evaluate(KEPT) == 0
    with site.database():
        assert [one.handed_in for one in DraftVersion.objects.filter(proposal=proposal)] == [True]
