"""Let the pairs that were asked about be of the living actors that both are now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest, Least


def follow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill what is empty."""
    actors = apps.get_model("knowledge", "Actor").objects
    left, right = (
        Subquery(actors.filter(pk=OuterRef(name)).values(now=Coalesce("merged_into_id", "pk"))[:1])
        for name in ("left_id", "right_id")
    )
    apps.get_model("knowledge", "PairQuestion").objects.filter(now_low=None).update(
        now_low=Least(left, right), now_high=Greatest(left, right)
    )


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_surveys_and_reference")]
    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
