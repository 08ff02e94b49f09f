"""What search looks into is told apart more finely: it is made anew by the next `minka prepare`.

Documents and counts are derived from the map; undo leaves them to be made anew as well.
"""

from django.db import migrations


def empty(apps, _schema_editor):
    for name in ("SearchWord", "SearchDocument"):
        apps.get_model("knowledge", name)._default_manager.all().delete()


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0012_loose_ends")]
    operations = [migrations.RunPython(empty, empty)]
