"""Full text over the search documents. Undo: drop it; the documents stay.

SQLite has an FTS5 table that triggers keep in step; whoever rebuilds the table of documents in a
later migration makes the triggers again. PostgreSQL has a generated column of the `simple`
configuration: the tokens are roots already.
"""

from django.db import migrations

TABLE, FTS = "knowledge_searchdocument", "knowledge_searchfts"
COLUMNS = ("names", "offers", "words", "places", "surfaces")
FTS_COLUMNS = ", ".join(COLUMNS)
OLD, NEW = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("old", "new"))
# ruff: noqa: S608 -- names of our own tables and columns, no values
TAKE_OUT = f"INSERT INTO {FTS}({FTS}, rowid, {FTS_COLUMNS}) VALUES ('delete', old.actor_id, {OLD});"
PUT_IN = f"INSERT INTO {FTS}(rowid, {FTS_COLUMNS}) VALUES (new.actor_id, {NEW});"
SQLITE = (
    (
        f"CREATE VIRTUAL TABLE {FTS} USING fts5({FTS_COLUMNS}, content='{TABLE}', "
        "content_rowid='actor_id', tokenize='ascii', prefix='3 4')"
    ),
    f"CREATE TRIGGER {FTS}_came AFTER INSERT ON {TABLE} BEGIN {PUT_IN} END",
    f"CREATE TRIGGER {FTS}_went AFTER DELETE ON {TABLE} BEGIN {TAKE_OUT} END",
    f"CREATE TRIGGER {FTS}_changed AFTER UPDATE ON {TABLE} BEGIN {TAKE_OUT} {PUT_IN} END",
)
SQLITE_UNDO = (
    *(f"DROP TRIGGER IF EXISTS {FTS}_{what}" for what in ("came", "went", "changed")),
    f"DROP TABLE IF EXISTS {FTS}",
)
VECTOR = " || ".join(f"setweight(to_tsvector('simple', {name}), '{weight}')"
                     for name, weight in zip(COLUMNS, "ABCDA", strict=True))  # fmt: skip
POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN tokens tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    f"CREATE INDEX searchdocument_tokens ON {TABLE} USING gin (tokens)",
)
POSTGRESQL_UNDO = (f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS tokens",)


def make(_apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgres else SQLITE:
        schema_editor.execute(statement, params=None)


def drop(_apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_UNDO if is_postgres else SQLITE_UNDO:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0010_ecosystem")]
    operations = [migrations.RunPython(make, drop)]
