"""Who may come in without an account is decided here, in one list, on purpose."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# A page anyone may see. Everything else asks for a login.
PUBLIC = {
    "core:privacy",
    "knowledge:confirmation",
    "knowledge:correction_link",
    "knowledge:correction_new",
    "knowledge:correction_sent",
    "knowledge:survey_answer",
    "knowledge:survey_answer_part",
    "knowledge:survey_answer_save",
    "knowledge:survey_answer_review",
    "knowledge:survey_answer_last",
    "knowledge:survey_answer_thanks",
    "knowledge:survey_silence",
    "knowledge:survey_answer_again",
    "knowledge:survey_answer_refuse",
    "knowledge:gaps",
    "knowledge:gap_needs",
    "knowledge:logo",
    "knowledge:open_data",
    "knowledge:open_data_catalogue",
    "knowledge:open_data_dictionary",
    "knowledge:open_data_dictionary_en",
    "knowledge:open_data_file",
    "knowledge:open_data_file_en",
    "knowledge:theme",
    "knowledge:themes",
    "knowledge:thesaurus_csv",
    "knowledge:thesaurus_turtle",
    "core:set_theme",
    "innovation:programme",
    "innovation:programme_pdf",
    "innovation:open_contracting",
    "innovation:ocds",
    "innovation:challenges",
    "innovation:challenge",
    "innovation:challenge_document",
    "innovation:challenge_version",
    "innovation:challenge_versions",
    "innovation:challenge_calendar",
    "innovation:challenge_news",
    "innovation:challenge_pdf",
    "innovation:challenge_picture",
    "innovation:challenge_qr",
    "innovation:challenges_calendar",
    "innovation:challenges_news",
    "innovation:follow_silence",
    "innovation:intake",
    "innovation:intake_autosave",
    "innovation:intake_edit",
    "innovation:intake_hand_over",
    "innovation:intake_step",
    "innovation:partner_letter",
    "innovation:receipt_check",
    "innovation:receipt_checker",
    "innovation:receipt_key",
    "innovation:solver_invitation",
    "knowledge:actor",
    "knowledge:directory",
    "knowledge:compare",
    "knowledge:ticks",
    "knowledge:export",
    "knowledge:saved_search_shared",
    "knowledge:search_silence",
    "knowledge:shortlist_shared",
    "knowledge:map",
    "knowledge:map_areas",
    "knowledge:map_boundaries",
    "knowledge:map_embedded",
    "knowledge:map_hexagons",
    "knowledge:map_layer",
    "knowledge:map_list",
    "knowledge:map_names",
    "knowledge:map_picture",
    "knowledge:map_actor",
    "knowledge:map_points",
    "knowledge:network",
    "knowledge:network_data",
    "knowledge:network_metrics",
    "portal:home",
    "portal:search",
    "portal:suggest",
}
# They answer a stranger whose session ended while writing with a page that gives the words back.
KEEPS_WORDS = {
    "innovation:agreement",
    "innovation:agreement_answer",
    "innovation:agreement_plan",
    "innovation:agreement_results",
    "innovation:agreement_text",
    "innovation:report",
    "innovation:report_autosave",
    "innovation:appeal_answer",
    "innovation:appeal_ask",
    "innovation:decision_again",
    "innovation:minutes_correct",
    "innovation:panel_interest",
    "innovation:panel_motion",
    "innovation:panel_postpone",
    "innovation:panel_resolve",
    "innovation:browser_sealed",
    "innovation:decision",
    "innovation:evaluation",
    "innovation:evaluation_ask",
    "innovation:evaluation_autosave",
    "innovation:evaluation_note",
    "innovation:evaluation_terms",
    "innovation:inquiry_answer",
    "innovation:inquiry_handle",
    "innovation:proposal_autosave",
    "innovation:proposal_edit",
    "innovation:proposal_eligibility",
    "innovation:question",
    "innovation:question_decline",
    "innovation:questions",
    "innovation:redaction",
    "innovation:score_change",
}
GUARDED_BY_ITSELF = ("account_", "mfa_", "socialaccount_", "openid_connect_", "api-")


def named_views() -> Iterator[tuple[str, object]]:
    """Yield the full name and the view of every address."""

    def walk(
        entries: list[URLPattern | URLResolver], spaces: tuple[str, ...]
    ) -> Iterator[tuple[str, object]]:
        for entry in entries:
            if isinstance(entry, URLResolver):
                inner = (*spaces, entry.namespace) if entry.namespace else spaces
                yield from walk(entry.url_patterns, inner)
            else:
                yield ":".join([*spaces, entry.name or str(entry.pattern)]), entry.callback

    return walk(get_resolver().url_patterns, ())


def test_only_the_listed_pages_are_public():
    asks = {
        name: getattr(view, "login_required", True)
        for name, view in named_views()
        if not name.startswith(GUARDED_BY_ITSELF)
    }
    assert {name for name, login in asks.items() if not login} == (PUBLIC | KEEPS_WORDS) & set(asks)


def test_the_list_names_only_pages_that_exist():
    assert PUBLIC - {name for name, _view in named_views()} == set()


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_login(client):
    from django.conf import settings
    from django.shortcuts import resolve_url
    from django.urls import NoReverseMatch, reverse

    seen = 0
    for name, _view in named_views():
        if name in PUBLIC | KEEPS_WORDS or name.startswith(GUARDED_BY_ITSELF):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        seen += 1
        answer = client.get(address)
        assert answer.status_code in {302, 405}, name
        if answer.status_code == 302:
            assert answer["Location"].startswith(resolve_url(settings.LOGIN_URL)), name
    assert seen
