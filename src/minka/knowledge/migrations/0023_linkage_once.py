"""What resolution remembers of an actor is there once. Undo: the doubles do not come back."""

from django.db import migrations, models

DOUBLES = """
DELETE FROM knowledge_linkagekey WHERE id NOT IN (
    SELECT MIN(id) FROM knowledge_linkagekey GROUP BY key, region, start, actor_key
)
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0022_documents_by_size")]
    operations = [
        migrations.RunSQL(DOUBLES, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="linkagekey", name="linkagekey_by_key"),
        migrations.AddConstraint(
            model_name="linkagekey",
            constraint=models.UniqueConstraint(
                fields=("key", "region", "start", "actor_key"), name="linkagekey_once"
            ),
        ),
        migrations.AddIndex(
            model_name="linkagekey",
            index=models.Index(fields=["actor_key"], name="linkagekey_by_actor"),
        ),
    ]
