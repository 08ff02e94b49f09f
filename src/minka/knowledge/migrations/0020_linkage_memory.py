"""What resolution remembers of rows it has seen. Undo: drop the tables and the column.

Nothing is remembered yet: the first job that has use for it remembers every actor there is.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0021_numbers_of_people")]

    operations = [
        migrations.AddField(
            model_name="actor",
            name="is_remembered",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(
                fields=["id"],
                condition=models.Q(is_remembered=False),
                name="actor_not_remembered",
            ),
        ),
        migrations.CreateModel(
            name="LinkageKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.IntegerField()),
                ("region", models.IntegerField()),
                ("start", models.IntegerField()),
                ("actor_key", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "linkage key",
                "indexes": [
                    models.Index(
                        fields=["key", "region", "start", "actor_key"], name="linkagekey_by_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkageWord",
            fields=[
                ("word", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("names", models.PositiveIntegerField()),
                ("seen", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "linkage word",
                "indexes": [models.Index(fields=["names"], name="linkageword_by_names")],
            },
        ),
        migrations.CreateModel(
            name="LinkageSheet",
            fields=[
                (
                    "sheet_import",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="knowledge.sheetimport",
                    ),
                ),
                ("cut", models.PositiveSmallIntegerField()),
                ("repeating", models.CharField(max_length=8)),
            ],
            options={"verbose_name": "linkage sheet"},
        ),
    ]
