"""What the evaluators of the demonstration know: themes of what they read, and of their area."""

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.world import World
from minka.innovation.actions.evaluators import Competence, describe_evaluator, side_of
from minka.innovation.queries.evaluations import candidates
from minka.knowledge.models import Theme

LOADS = {"evaluator": 12, "user_area": 6}
READS_ENGLISH = 3  # every so many reads English, too


def describe_evaluators(world: World) -> None:
    """Write what each person of the pool knows, by their post, challenges and problems."""
    themes = {theme.label_es: theme for theme in Theme.objects.all()}
    of_challenge = {row["key"]: row["themes"] for row in load_content("challenges")}
    companies = [row["key"] for row in load_content("companies")]
    of_area: dict[tuple[str, str], set[str]] = {}
    for row in load_content("problems"):
        place = (companies[row["company"]], row["user_area"])
        of_area.setdefault(place, set()).update(row["themes"])
    pool = set(candidates().values_list("pk", flat=True))
    for number, row in enumerate(load_content("people")):
        person = world.people[row["key"]]
        if row["role"] not in LOADS or person.pk not in pool:
            continue
        labels = {label for key in row.get("challenges", ()) for label in of_challenge[key]}
        labels |= of_area.get((row.get("company", ""), row.get("area", "")), set())
        competence = Competence(
            themes=[themes[label] for label in sorted(labels) if label in themes],
            expertise=row["job_title"],
            reads_english=number % READS_ENGLISH == 0 or person.language == "en",
            max_load=LOADS[row["role"]],
        )
        side = side_of(person=person)
        describe_evaluator(by=world.staff, person=person, competence=competence, side=side)
