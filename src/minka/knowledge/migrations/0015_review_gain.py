"""What the answer about a pair is expected to settle. Undo: drop the column and its index."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, FloatField, OuterRef, Subquery
from django.db.models.functions import Cast, Greatest


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Of pairs that wait: their probability times the pairs of rows between the two."""
    actors = apps.get_model("knowledge", "Actor").objects
    left, right = (
        Cast(
            Greatest(Subquery(actors.filter(pk=OuterRef(side)).values("record_count")[:1]), 1),
            FloatField(),
        )
        for side in ("left_id", "right_id")
    )
    questions = apps.get_model("knowledge", "PairQuestion").objects
    questions.filter(state="waiting").update(gain=F("probability") * left * right)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0014_search_again")]

    operations = [
        migrations.AddField(
            model_name="pairquestion", name="gain", field=models.FloatField(default=0)
        ),
        migrations.AddIndex(
            model_name="pairquestion",
            index=models.Index(fields=["state", "-gain", "id"], name="pair_by_gain"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
