"""The mapping survey: a wave that is closed, with its answers, and one that is being answered.

A third one, closed too, asked the mining companies: the themes in which they look for solutions are
the declared needs of the demonstration.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from minka.cli.demo.steps.world import SEED, World
from minka.knowledge.actions.search_index import indexed_at_the_end
from minka.knowledge.actions.survey_answers import finish_response, save_answers
from minka.knowledge.actions.survey_design import mark_ready
from minka.knowledge.actions.waves import (
    WantedGroup,
    close_wave,
    mark_unreached,
    open_wave,
    plan_wave,
)
from minka.knowledge.models import Place, Response, Survey, Theme, Wave
from minka.knowledge.queries.demand import NEEDS_QUESTION
from minka.knowledge.queries.surveys import Layout, layout_of
from minka.knowledge.queries.waves import Choice
from minka.knowledge.sources.mapping_survey import create_mapping_survey
from minka.knowledge.states import ActorKind, PlaceLevel
from minka.methods.questionnaire import Item, asked

FIRST = ("Primera encuesta 2026", timedelta(days=140), timedelta(days=110))
SECOND = ("Segunda encuesta 2026", timedelta(days=6), timedelta(days=-15))
COMPANIES = ("Encuesta a las empresas mineras 2026", timedelta(days=75), timedelta(days=45))
FINISHED_FIRST, FINISHED_SECOND, UNREACHED = 48, 14, 7
FINISHED_COMPANIES, THEMES_NAMED = 7, 3
REGIONS = ("Moquegua", "Tacna")
LEFT_OUT = frozenset({"website", "contact_email", "contact_phone", "description"})
TEXTS: Mapping[str, tuple[str, ...]] = {
    "products": (
        "Mallas de sostenimiento\nPernos de anclaje", "Mantenimiento de bombas",
        "Tuberías de HDPE",
    ),
    "activity_other": ("Seguridad industrial",),
    "solution": ("Sensores para relaves", "Tablero de control de flotas", "Reactivo biodegradable"),
    "tested_at": ("Una operación de gran minería del sur", "Planta piloto de una universidad"),
    "comments": ("Gracias por preguntar.", "Preferimos reuniones por la tarde."),
    "worst_problem": ("El polvo en los caminos de acarreo.", "El agua de proceso en época seca."),
    "would_change": (
        "Que se pague en el plazo acordado.", "Una sola homologación para todas las mineras.",
        "Que los desafíos se publiquen con datos.", "Más visitas a las operaciones.",
    ),
}  # fmt: skip


def ask_surveys(world: World) -> Survey:
    """Ask the mapping survey twice: once to the end, and once that goes on."""
    survey = create_mapping_survey(by=world.staff)
    mark_ready(by=world.staff, survey=survey)
    waves = ((FIRST, FINISHED_FIRST), (SECOND, FINISHED_SECOND))
    with indexed_at_the_end():
        for (name, opened, closed), finished in waves:
            wave = _ask_suppliers(world, survey, name)
            _answer(world, wave, finished)
            if closed > timedelta():
                _remind_no_more(wave)
                close_wave(by=world.staff, wave=wave)
            _shift(wave, opened, closed)
        _ask_companies(world, survey)
    return survey


def _ask_suppliers(world: World, survey: Survey, name: str) -> Wave:
    regions = list(Place.objects.filter(level=PlaceLevel.DEPARTMENT, name__in=REGIONS))
    quotas = [WantedGroup(30, ActorKind.SUPPLIER, region) for region in regions]
    kinds = (ActorKind.SUPPLIER,)
    return _open(world, survey, name, quotas, Choice(kinds, tuple(one.pk for one in regions)))


def _ask_companies(world: World, survey: Survey) -> None:
    """Ask the mining companies, by telephone too; those with problems name the themes of these."""
    name, opened, closed = COMPANIES
    kind = ActorKind.MINING_COMPANY
    quotas = [WantedGroup(FINISHED_COMPANIES, kind)]
    wave = _open(world, survey, name, quotas, Choice((kind,), by_telephone=True))
    needs = _needs(world)
    rng = random.Random(SEED)  # noqa: S311 -- repeatable fiction; what comes later is drawn as ever
    responses = list(wave.responses.select_related("actor__region", "questionnaire").order_by("pk"))
    responses.sort(key=lambda one: one.actor_id not in needs)
    layout = layout_of(responses[0].questionnaire)
    common = sorted({slug for slugs in needs.values() for slug in slugs})
    for one in responses[:FINISHED_COMPANIES]:
        named = needs.get(one.actor_id) or rng.sample(common, THEMES_NAMED)
        _fill(rng, one, layout, {NEEDS_QUESTION: named})
    close_wave(by=world.staff, wave=wave)
    _shift(wave, opened, closed)


def _needs(world: World) -> dict[int, list[str]]:
    """Return for each company with problems the themes that these are most about."""
    counts: dict[int, Counter[str]] = {}
    for problem in world.problems.values():
        slugs = problem.themes.order_by("pk").values_list("slug", flat=True)
        counts.setdefault(problem.company_id, Counter()).update(slugs)
    return {
        company: [slug for slug, _count in count.most_common(THEMES_NAMED)]
        for company, count in counts.items()
    }


def _open(
    world: World, survey: Survey, name: str, quotas: Sequence[WantedGroup], choice: Choice
) -> Wave:
    now = timezone.now()
    wave = plan_wave(
        by=world.staff, survey=survey, name=name, opens_at=now, closes_at=now + timedelta(days=30),
        reminder_days=(7, 14),
        quotas=quotas,
    )  # fmt: skip
    open_wave(by=world.staff, wave=wave, choice=choice)
    wave.refresh_from_db()
    return wave


def _answer(world: World, wave: Wave, finished: int) -> None:
    layouts: dict[int, Layout] = {}
    responses = list(wave.responses.select_related("actor__region", "questionnaire").order_by("pk"))
    world.rng.shuffle(responses)
    for one in responses[:finished]:
        if one.questionnaire_id not in layouts:
            layouts[one.questionnaire_id] = layout_of(one.questionnaire)
        _fill(world.rng, one, layouts[one.questionnaire_id], {})
    rest = responses[finished:]
    for one in rest[:UNREACHED]:
        mark_unreached(by=world.staff, response=one)
    for one in rest[UNREACHED : 2 * UNREACHED]:
        save_answers(by=None, response=one, revision=0, raw={"size": "small"})


def _fill(
    rng: random.Random, response: Response, layout: Layout, stated: Mapping[str, Any]
) -> None:
    """Answer everything that is asked; what is `stated` as it is, the rest by chance."""
    named = _answers(rng, layout.named_items, response) | dict(stated)
    save_answers(by=None, response=response, revision=0, raw=named)
    anonymous = _answers(rng, layout.anonymous_items, response)
    finish_response(by=None, response=response, anonymous=anonymous)


def _answers(rng: random.Random, items: list[Item], response: Response) -> dict[str, Any]:
    """Answer one question after the other, so that only what is asked has an answer."""
    given: dict[str, Any] = {}
    for item in items:
        if item not in asked(items, given) or item.code in LEFT_OUT:
            continue
        if item.required or rng.random() < 0.8:
            given[item.code] = _value(rng, item, response)
    return given


def _value(rng: random.Random, item: Item, response: Response) -> Any:
    if item.kind == "some_of":
        free = [one for one in item.options if one not in item.alone]
        return rng.sample(free, rng.randint(1, min(int(item.most or 3), 3, len(free))))
    if item.kind in {"whole_number", "number"}:
        return _number(rng, item)
    if item.kind == "themes":
        own = random.Random(response.actor.name)  # noqa: S311 -- not a secret
        return own.sample(list(Theme.objects.values_list("slug", flat=True)), 3)
    if item.kind == "region":
        return response.actor.region.name if response.actor.region else "Arequipa"
    choices: Mapping[str, Sequence[Any]] = {
        "one_of": item.options,
        "yes_no": ("yes", "yes", "no"),
        "scale": (1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5),
    }
    return rng.choice(choices.get(item.kind) or TEXTS.get(item.code, ("",)))


def _number(rng: random.Random, item: Item) -> int:
    if item.code == "founded":
        return rng.randint(1975, 2022)
    least = int(item.least or 0)
    most = int(item.most) if item.most is not None else least + 60
    return min(most, least + round((min(most, least + 100) - least) * rng.random() ** 2))


def _remind_no_more(wave: Wave) -> None:
    wave.responses.update(reminded_times=2, reminded_at=timezone.now())


def _shift(wave: Wave, opened: timedelta, closed: timedelta) -> None:
    """Move the wave and all that was answered to the days when it was asked."""
    now = timezone.now()
    Wave.objects.filter(pk=wave.pk).update(opens_at=now - opened, closes_at=now - closed)
    wave.responses.update(invited_at=now - opened)
    for number, one in enumerate(wave.responses.filter(finished_at__isnull=False)):
        spent = opened - max(closed, timedelta())
        at = now - opened + spent * ((number % 17) + 1) / 18
        Response.objects.filter(pk=one.pk).update(started_at=at, finished_at=at)
