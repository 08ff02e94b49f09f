"""Say who told the sizes that profiles show: people, before sources could. Undo: nothing to do."""

from django.db import migrations


def fill(apps, schema_editor):
    Actor = apps.get_model("knowledge", "Actor")
    ActorField = apps.get_model("knowledge", "ActorField")
    FieldChange = apps.get_model("knowledge", "FieldChange")
    told = ActorField.objects.filter(field="size_band").values("actor")
    sizes = dict(
        Actor.objects.exclude(size_band="").exclude(pk__in=told).values_list("pk", "size_band")
    )
    last = {}
    for change in FieldChange.objects.filter(field="size_band").order_by("pk").iterator():
        last[change.actor_id] = change
    ActorField.objects.bulk_create(
        [
            ActorField(
                actor_id=actor,
                field="size_band",
                value=size,
                origin="staff" if last[actor].voice == "team" else "claim",
                by_id=last[actor].by_id,
                since=last[actor].at,
            )
            for actor, size in sizes.items()
            if actor in last and last[actor].by_id
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_pairs_follow")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
