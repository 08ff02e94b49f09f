"""Kept versions of the shortlist study, decision packs, compared criteria, cost of a pilot."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_erasure_request"),
        ("innovation", "0002_solvers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CriteriaComparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answers", models.JSONField()),
                ("weights", models.JSONField()),
                ("consistency_ratio", models.FloatField()),
            ],
            options={
                "verbose_name": "comparison of criteria",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DecisionPack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "decision pack",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ShortlistStudy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("inputs", models.JSONField()),
                ("inputs_sha256", models.CharField(max_length=64)),
                ("result", models.JSONField()),
                ("robustness", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("draws_done", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("check_asked_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("is_same", models.BooleanField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "version of the shortlist study",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="StudyOverruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("chosen", models.JSONField()),
                ("reason", models.TextField(verbose_name="reason")),
                ("cost", models.JSONField()),
            ],
            options={
                "verbose_name": "set that people want instead",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="pilot_usd",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=12,
                null=True,
                verbose_name="cost of a pilot (US$)",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pilot_usd__isnull", True), ("pilot_usd__gte", 0), _connector="OR"
                ),
                name="problem_pilot_not_negative",
            ),
        ),
        migrations.AddField(
            model_name="criteriacomparison",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="criteriacomparison",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comparisons",
                to="innovation.edition",
            ),
        ),
        migrations.AddField(
            model_name="decisionpack",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decisionpack",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="shortliststudy",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="shortliststudy",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="studies",
                to="innovation.edition",
            ),
        ),
        migrations.AddField(
            model_name="decisionpack",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="packs",
                to="innovation.shortliststudy",
            ),
        ),
        migrations.AddField(
            model_name="shortlistchoice",
            name="study",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="choices",
                to="innovation.shortliststudy",
            ),
        ),
        migrations.AddField(
            model_name="studyoverruling",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="studyoverruling",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overrulings",
                to="innovation.shortliststudy",
            ),
        ),
        migrations.AddField(
            model_name="shortlistchoice",
            name="overruling",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="choices",
                to="innovation.studyoverruling",
            ),
        ),
        migrations.AddConstraint(
            model_name="shortliststudy",
            constraint=models.UniqueConstraint(
                fields=("edition", "number"), name="shortliststudy_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="shortliststudy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "waiting"), ("finished_at__isnull", False), _connector="XOR"
                ),
                name="shortliststudy_dated_iff_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="shortliststudy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_at__isnull", True), ("is_same__isnull", False), _connector="XOR"
                ),
                name="shortliststudy_checked_iff_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpack",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "ready"), ("file__isnull", True), _connector="XOR"),
                name="decisionpack_file_iff_ready",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpack",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("study", "language"),
                name="decisionpack_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="studyoverruling",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="studyoverruling_has_reason"
            ),
        ),
    ]
