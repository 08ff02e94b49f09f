"""What a challenge says: its texts, facts and dates, what they are called, which are needed."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from minka.core.components import Text

LANGUAGES = ("es", "en")
TEXTS: Mapping[str, Text] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "background": _("Background"),
    "sought": _("What is sought"),
    "not_sought": _("What is not sought"),
    "success": _("Measure of success"),
    "incentives": _("Incentives"),
    "eligibility": _("Who may take part"),
    "consortium": _("Rules of consortia"),
    "ip": _("Intellectual property"),
    "confidentiality": _("Confidentiality agreement"),
    "terms": _("Terms"),
}
NDA_TEXTS: Mapping[str, Text] = {
    "nda_details": _("Confidential details"),
    "nda_limits": _("Confidential conditions"),
    "nda_offer": _("Confidential data and site"),
}
NEEDED_TEXTS = ("title", "summary", "background", "sought", "success", "eligibility", "ip")
FACTS: Mapping[str, Text] = {
    "trl_minimum": _("Readiness asked for (TRL)"),
    "consortium_allowed": _("Consortia are welcome"),
    "partners_max": _("Most partners beside the lead"),
    "local_partner": _("A partner of the region is demanded"),
    "pilot_budget_usd": _("Budget of the pilot (US$)"),
    "site_offered": _("A site for the pilot is offered"),
    "purchase": _("If the pilot works"),
    "names_company": _("Name the company in public"),
}
DATES: Mapping[str, Text] = {
    "opens_at": _("The call opens"),
    "questions_until": _("Questions until"),
    "closes_at": _("The call closes"),
    "evaluation_until": _("Evaluation until"),
    "decision_on": _("Decision announced"),
    "pilot_from": _("Pilot starts"),
}
NEEDED_DATES = ("opens_at", "questions_until", "closes_at", "evaluation_until", "decision_on")
DAYS_AFTER = ("evaluation_until", "decision_on", "pilot_from")  # of the call, by the day
CRITERION_TEXTS: Mapping[str, Text] = {
    "name": _("Name"),
    "meaning": _("What it means"),
    "low": _("1 means"),
    "high": _("5 means"),
}
UNTITLED = "Desafío por titular"  # what a draft is listed under until somebody gives it a title
# Words that tell of the challenge and ask nothing else of whoever answers it.
TELLING = ("title", "summary", "background")


def fields_of(names: Mapping[str, Text] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of bilingual texts, Spanish first."""
    return tuple(f"{name}_{language}" for name in names for language in LANGUAGES)


TEXT_FIELDS = fields_of(TEXTS)
NDA_FIELDS = fields_of(NDA_TEXTS)
ALL_TEXT_FIELDS = (*TEXT_FIELDS, *NDA_FIELDS)


def language_of(field: str) -> str:
    """Return the language of a column of a bilingual text, empty for any other."""
    return field[-2:] if field[-3:] in {"_es", "_en"} else ""


def label_of(field: str) -> Text:
    """Return what a column of a bilingual text is called, with its language."""
    name, language = field[:-3], language_of(field)
    label = {**TEXTS, **NDA_TEXTS}[name]
    sentence = _("%(text)s, in Spanish") if language == "es" else _("%(text)s, in English")
    return str(sentence % {"text": label})
