"""What open innovation holds of a person, for whoever takes their own data along."""

from typing import Any

from minka.core.models import User
from minka.innovation.models import Assignment, Problem, Proposal


def own_papers(person: User) -> dict[str, Any]:
    """Return the numbers of what the person wrote; the texts belong to the organisations."""
    proposals = Proposal.objects.filter(author=person).order_by("pk")
    problems = Problem.objects.filter(author=person).order_by("pk")
    evaluations = Assignment.objects.filter(evaluator=person).order_by("pk")
    return {
        "proposals": [str(one) for one in proposals.values_list("public_id", flat=True)],
        "problems": list(problems.values_list("pk", flat=True)),
        "evaluations": list(evaluations.values_list("pk", flat=True)),
    }
