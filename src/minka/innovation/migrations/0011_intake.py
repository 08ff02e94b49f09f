"""Intake: more fields of a problem, who reads them, versions, comments, files, invitations, joining."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_erasure_request"),
        ("innovation", "0010_studio"),
        ("knowledge", "0011_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="MergeConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "No answer yet"),
                            ("yes", "Agrees"),
                            ("no", "Does not agree"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "answer about joining forces",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MergeProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=200, verbose_name="title of the joint problem"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asking", "Waiting for answers"),
                            ("agreed", "All agreed"),
                            ("refused", "Somebody did not agree"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="asking",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "proposal to join problems",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProblemComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField(verbose_name="comment")),
                ("from_team", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "comment on a problem",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProblemFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attached_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "file of a problem",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProblemSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "sheet of problems",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProblemVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("content", models.JSONField()),
                ("tiers", models.JSONField(default=dict)),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "version of a problem",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Workshop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user_area",
                    models.CharField(blank=True, max_length=80, verbose_name="user area"),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "workshop",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="WorkshopCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "card of a workshop",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="baseline_source",
            field=models.CharField(blank=True, max_length=300, verbose_name="source of the figure"),
        ),
        migrations.AddField(
            model_name="problem",
            name="baseline_unit",
            field=models.CharField(blank=True, max_length=120, verbose_name="unit"),
        ),
        migrations.AddField(
            model_name="problem",
            name="baseline_value",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="figure today"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="constraint_altitude",
            field=models.TextField(blank=True, verbose_name="altitude and climate"),
        ),
        migrations.AddField(
            model_name="problem",
            name="constraint_connectivity",
            field=models.TextField(blank=True, verbose_name="connectivity"),
        ),
        migrations.AddField(
            model_name="problem",
            name="constraint_hse",
            field=models.TextField(blank=True, verbose_name="safety, health and environment"),
        ),
        migrations.AddField(
            model_name="problem",
            name="constraint_shifts",
            field=models.TextField(blank=True, verbose_name="shifts and stops"),
        ),
        migrations.AddField(
            model_name="problem",
            name="data_offered",
            field=models.TextField(blank=True, verbose_name="data on offer"),
        ),
        migrations.AddField(
            model_name="problem",
            name="handed_over_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="problem",
            name="not_sought",
            field=models.TextField(blank=True, verbose_name="what is not sought"),
        ),
        migrations.AddField(
            model_name="problem",
            name="objective",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="strategic objective served"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="parents",
            field=models.ManyToManyField(related_name="joined_in", to="innovation.problem"),
        ),
        migrations.AddField(
            model_name="problem",
            name="partners",
            field=models.ManyToManyField(related_name="joint_problems", to="knowledge.actor"),
        ),
        migrations.AddField(
            model_name="problem",
            name="pilot_site",
            field=models.TextField(blank=True, verbose_name="pilot site on offer"),
        ),
        migrations.AddField(
            model_name="problem",
            name="samples_offered",
            field=models.TextField(blank=True, verbose_name="samples on offer"),
        ),
        migrations.AddField(
            model_name="problem",
            name="sought",
            field=models.TextField(blank=True, verbose_name="what is sought"),
        ),
        migrations.AddField(
            model_name="problem",
            name="success_unit",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="unit of the threshold"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="success_value",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="threshold"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="systems",
            field=models.TextField(blank=True, verbose_name="systems in use today"),
        ),
        migrations.AddField(
            model_name="problem",
            name="tiers",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="problem",
            name="title_other",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="title in the other language"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="trl_entry",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (1, "1 · Basic principles observed"),
                    (2, "2 · Concept formulated"),
                    (3, "3 · Proof of concept"),
                    (4, "4 · Validated in the laboratory"),
                    (5, "5 · Validated in a relevant environment"),
                    (6, "6 · Demonstrated in a relevant environment"),
                    (7, "7 · Prototype demonstrated in operation"),
                    (8, "8 · Complete and qualified"),
                    (9, "9 · Proven in operation"),
                ],
                null=True,
                verbose_name="readiness wanted at the start",
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="trl_exit",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (1, "1 · Basic principles observed"),
                    (2, "2 · Concept formulated"),
                    (3, "3 · Proof of concept"),
                    (4, "4 · Validated in the laboratory"),
                    (5, "5 · Validated in a relevant environment"),
                    (6, "6 · Demonstrated in a relevant environment"),
                    (7, "7 · Prototype demonstrated in operation"),
                    (8, "8 · Complete and qualified"),
                    (9, "9 · Proven in operation"),
                ],
                null=True,
                verbose_name="readiness wanted at the end",
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="urgency",
            field=models.CharField(
                blank=True,
                choices=[
                    ("low", "Low: it can wait for the next edition"),
                    ("medium", "Medium: within eighteen months"),
                    ("high", "High: within a year; losses grow meanwhile"),
                    ("critical", "Critical: within six months; safety or continuity is at stake"),
                ],
                max_length=8,
                verbose_name="urgency",
            ),
        ),
        migrations.AlterField(
            model_name="problem",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="problem",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "To be triaged"),
                    ("needs_information", "More information asked for"),
                    ("accepted", "Accepted for rating"),
                    ("shortlisted", "Shortlisted"),
                    ("challenged", "Became a challenge"),
                    ("declined", "Not taken up"),
                    ("merged", "Joined with others"),
                ],
                default="draft",
                max_length=18,
            ),
        ),
        migrations.AlterField(
            model_name="problemmove",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "To be triaged"),
                    ("needs_information", "More information asked for"),
                    ("accepted", "Accepted for rating"),
                    ("shortlisted", "Shortlisted"),
                    ("challenged", "Became a challenge"),
                    ("declined", "Not taken up"),
                    ("merged", "Joined with others"),
                ],
                max_length=18,
            ),
        ),
        migrations.CreateModel(
            name="IntakeInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "person",
                    models.CharField(blank=True, max_length=120, verbose_name="name of the person"),
                ),
                (
                    "user_area",
                    models.CharField(blank=True, max_length=80, verbose_name="user area"),
                ),
                (
                    "words",
                    models.TextField(blank=True, verbose_name="words that go with the invitation"),
                ),
                ("language", models.CharField(default="es", max_length=2)),
                (
                    "takes_several",
                    models.BooleanField(default=False, verbose_name="several problems"),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="innovation.edition",
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
                "verbose_name": "invitation to state problems",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="invitation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="problems",
                to="innovation.intakeinvitation",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("author__isnull", False),
                    models.Q(("invitation__isnull", False), ("state", "draft")),
                    _connector="OR",
                ),
                name="problem_somebody_answers_for_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("trl_entry__isnull", True),
                        models.Q(("trl_entry__gte", 1), ("trl_entry__lte", 9)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("trl_exit__isnull", True),
                        models.Q(("trl_exit__gte", 1), ("trl_exit__lte", 9)),
                        _connector="OR",
                    ),
                ),
                name="problem_trl_in_scale",
            ),
        ),
        migrations.AddField(
            model_name="mergeconsent",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mergeconsent",
            name="problem",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="innovation.problem",
            ),
        ),
        migrations.AddField(
            model_name="mergeproposal",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="innovation.edition",
            ),
        ),
        migrations.AddField(
            model_name="mergeproposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mergeproposal",
            name="result",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="made_by",
                to="innovation.problem",
            ),
        ),
        migrations.AddField(
            model_name="mergeconsent",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consents",
                to="innovation.mergeproposal",
            ),
        ),
        migrations.AddField(
            model_name="problemcomment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="problemcomment",
            name="problem",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="innovation.problem",
            ),
        ),
        migrations.AddField(
            model_name="problemfile",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="problemfile",
            name="problem",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="innovation.problem",
            ),
        ),
        migrations.AddField(
            model_name="problemsheet",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="problemsheet",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="knowledge.actor"
            ),
        ),
        migrations.AddField(
            model_name="problemsheet",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="problemversion",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="problemversion",
            name="problem",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="innovation.problem",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="knowledge.actor"
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="innovation.edition",
            ),
        ),
        migrations.AddField(
            model_name="workshopcard",
            name="problem",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="workshop_card",
                to="innovation.problem",
            ),
        ),
        migrations.AddField(
            model_name="workshopcard",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="cards",
                to="innovation.workshop",
            ),
        ),
        migrations.AddConstraint(
            model_name="intakeinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                name="intakeinvitation_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="mergeproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result__isnull", False), ("state", "agreed")),
                    models.Q(
                        models.Q(("state", "agreed"), _negated=True), ("result__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="mergeproposal_result_iff_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="mergeconsent",
            constraint=models.UniqueConstraint(
                fields=("proposal", "problem"), name="mergeconsent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergeconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "asked"), ("answered_at__isnull", False), _connector="XOR"
                ),
                name="mergeconsent_dated_iff_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="problemcomment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="problemcomment_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="problemversion",
            constraint=models.UniqueConstraint(
                fields=("problem", "number"), name="problemversion_once"
            ),
        ),
    ]
