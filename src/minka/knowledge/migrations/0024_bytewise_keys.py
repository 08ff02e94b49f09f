"""Keys of names and roots of words are in the order of their bytes, whatever the database's own.

Search asks for all roots between “min” and “min~”, and pages of the directory for names in order:
a PostgreSQL database in the order of a language puts “~” before the letters and finds nothing.
SQLite has this order by itself. A later change of one of these columns has to ask for it again:
a test looks. Undo: back to the database's own order.
"""

from django.db import migrations

KEYS = (
    ("SearchWord", "root"),
    ("SearchWord", "backwards"),
    ("SearchPhrase", "phrase"),
    ("Actor", "name_key"),
    ("ActorName", "text_key"),
    ("Place", "name_key"),
)


def _order(apps, schema_editor, collation):
    if schema_editor.connection.vendor != "postgresql":
        return
    name = schema_editor.quote_name
    for model_name, field_name in KEYS:
        model = apps.get_model("knowledge", model_name)
        field = model._meta.get_field(field_name)
        schema_editor.execute(
            f"ALTER TABLE {name(model._meta.db_table)} ALTER COLUMN {name(field.column)} "
            f"TYPE {field.db_type(schema_editor.connection)} COLLATE {name(collation)}"
        )


def by_bytes(apps, schema_editor):
    _order(apps, schema_editor, "C")


def by_language(apps, schema_editor):
    _order(apps, schema_editor, "default")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0023_linkage_once")]
    operations = [migrations.RunPython(by_bytes, by_language)]
