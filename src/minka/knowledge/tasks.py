"""Background jobs of the map: thin, primitives in."""

from django_tasks import task

from minka.knowledge.sources import intake


@task()
def run_import(import_id: int) -> str:
    """Keep the rows of a confirmed import; returns how it ended."""
    return intake.run_import(import_id=import_id)
