"""Readiness asked for by a challenge, and invitations to answer it."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from minka.innovation.states import Trl


class Migration(migrations.Migration):
    dependencies = [
        ("innovation", "0001_initial"),
        ("knowledge", "0011_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="trl_minimum",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=Trl.choices,
                null=True,
                verbose_name="readiness asked for (TRL)",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(trl_minimum__isnull=True)
                | models.Q(trl_minimum__gte=1, trl_minimum__lte=9),
                name="challenge_trl_in_scale",
            ),
        ),
        migrations.CreateModel(
            name="SolverInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.CharField(max_length=250, verbose_name="organisation")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(default="es", max_length=2, verbose_name="language"),
                ),
                ("note", models.TextField(blank=True, verbose_name="personal note")),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("decline_reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="solver_invitations",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a challenge",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("challenge"),
                        django.db.models.functions.text.Lower("email"),
                        name="solverinvitation_once_per_address",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(email=""), name="solverinvitation_has_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(declined_at__isnull=True)
                        | models.Q(opened_at__isnull=False),
                        name="solverinvitation_opened_before_declined",
                    ),
                ],
            },
        ),
    ]
