"""The tables as they stand after 0023, made at once: an empty database is ready sooner.

One that has data goes on from where it is, step by step; both ways end alike, and a test says so.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("innovation", "0001_initial"),
        ("innovation", "0002_solvers"),
        ("innovation", "0010_studio"),
        ("innovation", "0011_intake"),
        ("innovation", "0020_challenge"),
        ("innovation", "0021_questions"),
        ("innovation", "0022_sealing"),
        ("innovation", "0023_evaluation"),
    ]

    initial = True

    dependencies = [
        ("core", "0003_erasure_request"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("knowledge", "0022_documents_by_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name_es", models.CharField(max_length=120, verbose_name="name in Spanish")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                (
                    "shortlist_size",
                    models.PositiveSmallIntegerField(
                        default=8, verbose_name="challenges to publish"
                    ),
                ),
                ("is_current", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "change_notice_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="days that remain after a change"
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="edition_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shortlist_size__gte", 1)),
                        name="edition_shortlists_some",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("change_notice_days__lte", 60)),
                        name="edition_change_notice_in_reason",
                    ),
                ],
            },
        ),
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparisons",
                        to="innovation.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "comparison of criteria",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="EvaluatorProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("technical", "Technical: an expert"),
                            ("operational", "Operational: a user area"),
                        ],
                        max_length=12,
                        verbose_name="evaluates as",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("national", "National expert"),
                            ("international", "International expert"),
                        ],
                        max_length=14,
                        verbose_name="comes from",
                    ),
                ),
                ("expertise", models.TextField(blank=True, verbose_name="what you know well")),
                ("reads_spanish", models.BooleanField(default=True, verbose_name="reads Spanish")),
                ("reads_english", models.BooleanField(default=False, verbose_name="reads English")),
                (
                    "max_load",
                    models.PositiveSmallIntegerField(
                        default=8, verbose_name="most proposals at a time"
                    ),
                ),
                (
                    "available_from",
                    models.DateField(blank=True, null=True, verbose_name="available from"),
                ),
                (
                    "available_until",
                    models.DateField(blank=True, null=True, verbose_name="available until"),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluator_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(blank=True, related_name="+", to="knowledge.theme"),
                ),
            ],
            options={
                "verbose_name": "evaluator",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "technical"), ("scope", ""), _connector="OR"),
                        name="evaluatorprofile_scope_iff_technical",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reads_spanish", True), ("reads_english", True), _connector="OR"
                        ),
                        name="evaluatorprofile_reads_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_load__gte", 1), ("max_load__lte", 60)),
                        name="evaluatorprofile_load",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available_from__isnull", True),
                            ("available_until__isnull", True),
                            ("available_until__gte", models.F("available_from")),
                            _connector="OR",
                        ),
                        name="evaluatorprofile_available_in_order",
                    ),
                ],
            },
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="intakeinvitation_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("person", "actor"),
                        name="interest_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="interest_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("site", models.CharField(blank=True, max_length=120, verbose_name="site")),
                (
                    "user_area",
                    models.CharField(blank=True, max_length=80, verbose_name="user area"),
                ),
                (
                    "sponsor",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="sponsor in the company"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("what_happens", models.TextField(blank=True, verbose_name="what happens")),
                (
                    "yearly_cost_usd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="cost per year (US$)",
                    ),
                ),
                ("cost_basis", models.TextField(blank=True, verbose_name="how the cost is known")),
                (
                    "tried",
                    models.TextField(blank=True, verbose_name="what was tried and why it failed"),
                ),
                ("constraints_text", models.TextField(blank=True, verbose_name="constraints")),
                (
                    "success_measure",
                    models.TextField(blank=True, verbose_name="how success is measured"),
                ),
                ("language", models.CharField(default="es", max_length=2)),
                (
                    "state",
                    models.CharField(
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
                ("revision", models.PositiveIntegerField(default=0)),
                ("triage_reason", models.TextField(blank=True, verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="knowledge.actor",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="innovation.edition",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.theme",
                        verbose_name="where in the value chain",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="problems", to="knowledge.theme"
                    ),
                ),
                (
                    "pilot_usd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="cost of a pilot (US$)",
                    ),
                ),
                (
                    "baseline_source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="source of the figure"
                    ),
                ),
                (
                    "baseline_unit",
                    models.CharField(blank=True, max_length=120, verbose_name="unit"),
                ),
                (
                    "baseline_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=16,
                        null=True,
                        verbose_name="figure today",
                    ),
                ),
                (
                    "constraint_altitude",
                    models.TextField(blank=True, verbose_name="altitude and climate"),
                ),
                (
                    "constraint_connectivity",
                    models.TextField(blank=True, verbose_name="connectivity"),
                ),
                (
                    "constraint_hse",
                    models.TextField(blank=True, verbose_name="safety, health and environment"),
                ),
                (
                    "constraint_shifts",
                    models.TextField(blank=True, verbose_name="shifts and stops"),
                ),
                ("data_offered", models.TextField(blank=True, verbose_name="data on offer")),
                ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                ("not_sought", models.TextField(blank=True, verbose_name="what is not sought")),
                (
                    "objective",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="strategic objective served"
                    ),
                ),
                (
                    "parents",
                    models.ManyToManyField(related_name="joined_in", to="innovation.problem"),
                ),
                (
                    "partners",
                    models.ManyToManyField(related_name="joint_problems", to="knowledge.actor"),
                ),
                ("pilot_site", models.TextField(blank=True, verbose_name="pilot site on offer")),
                ("samples_offered", models.TextField(blank=True, verbose_name="samples on offer")),
                ("sought", models.TextField(blank=True, verbose_name="what is sought")),
                (
                    "success_unit",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="unit of the threshold"
                    ),
                ),
                (
                    "success_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=16,
                        null=True,
                        verbose_name="threshold",
                    ),
                ),
                ("systems", models.TextField(blank=True, verbose_name="systems in use today")),
                ("tiers", models.JSONField(blank=True, default=dict)),
                (
                    "title_other",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="title in the other language"
                    ),
                ),
                (
                    "trl_entry",
                    models.PositiveSmallIntegerField(
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
                (
                    "trl_exit",
                    models.PositiveSmallIntegerField(
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
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "Low: it can wait for the next edition"),
                            ("medium", "Medium: within eighteen months"),
                            ("high", "High: within a year; losses grow meanwhile"),
                            (
                                "critical",
                                "Critical: within six months; safety or continuity is at stake",
                            ),
                        ],
                        max_length=8,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="innovation.intakeinvitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "problem",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["edition", "state"], name="problem_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="problem_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("yearly_cost_usd__isnull", True),
                            ("yearly_cost_usd__gte", 0),
                            _connector="OR",
                        ),
                        name="problem_cost_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), ("submitted_at__isnull", False), _connector="OR"
                        ),
                        name="problem_dated_once_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["declined", "needs_information"]), _negated=True
                            ),
                            models.Q(("triage_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="problem_reason_iff_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pilot_usd__isnull", True), ("pilot_usd__gte", 0), _connector="OR"
                        ),
                        name="problem_pilot_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("author__isnull", False),
                            models.Q(("invitation__isnull", False), ("state", "draft")),
                            _connector="OR",
                        ),
                        name="problem_somebody_answers_for_it",
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=90, unique=True)),
                ("title_es", models.CharField(max_length=200, verbose_name="title in Spanish")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="title in English"),
                ),
                ("summary_es", models.TextField(blank=True, verbose_name="summary in Spanish")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary in English")),
                (
                    "background_es",
                    models.TextField(blank=True, verbose_name="background in Spanish"),
                ),
                (
                    "background_en",
                    models.TextField(blank=True, verbose_name="background in English"),
                ),
                (
                    "sought_es",
                    models.TextField(blank=True, verbose_name="what is sought, in Spanish"),
                ),
                (
                    "sought_en",
                    models.TextField(blank=True, verbose_name="what is sought, in English"),
                ),
                (
                    "not_sought_es",
                    models.TextField(blank=True, verbose_name="what is not sought, in Spanish"),
                ),
                (
                    "not_sought_en",
                    models.TextField(blank=True, verbose_name="what is not sought, in English"),
                ),
                (
                    "success_es",
                    models.TextField(blank=True, verbose_name="measure of success, in Spanish"),
                ),
                (
                    "success_en",
                    models.TextField(blank=True, verbose_name="measure of success, in English"),
                ),
                (
                    "incentives_es",
                    models.TextField(blank=True, verbose_name="incentives, in Spanish"),
                ),
                (
                    "incentives_en",
                    models.TextField(blank=True, verbose_name="incentives, in English"),
                ),
                ("terms_es", models.TextField(blank=True, verbose_name="terms, in Spanish")),
                ("terms_en", models.TextField(blank=True, verbose_name="terms, in English")),
                (
                    "names_company",
                    models.BooleanField(default=False, verbose_name="name the company in public"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "In preparation"),
                            ("published", "Published"),
                            ("decided", "Decided"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="challenges", to="knowledge.theme"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="innovation.edition",
                    ),
                ),
                (
                    "problems",
                    models.ManyToManyField(related_name="challenges", to="innovation.problem"),
                ),
                (
                    "trl_minimum",
                    models.PositiveSmallIntegerField(
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
                        verbose_name="readiness asked for (TRL)",
                    ),
                ),
                ("approval_asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confidentiality_en",
                    models.TextField(
                        blank=True, verbose_name="confidentiality agreement, in English"
                    ),
                ),
                (
                    "confidentiality_es",
                    models.TextField(
                        blank=True, verbose_name="confidentiality agreement, in Spanish"
                    ),
                ),
                (
                    "consortium_allowed",
                    models.BooleanField(default=True, verbose_name="consortia are welcome"),
                ),
                (
                    "consortium_en",
                    models.TextField(blank=True, verbose_name="who may lead, in English"),
                ),
                (
                    "consortium_es",
                    models.TextField(blank=True, verbose_name="who may lead, in Spanish"),
                ),
                (
                    "eligibility_en",
                    models.TextField(blank=True, verbose_name="who may take part, in English"),
                ),
                (
                    "eligibility_es",
                    models.TextField(blank=True, verbose_name="who may take part, in Spanish"),
                ),
                (
                    "ip_en",
                    models.TextField(blank=True, verbose_name="intellectual property, in English"),
                ),
                (
                    "ip_es",
                    models.TextField(blank=True, verbose_name="intellectual property, in Spanish"),
                ),
                (
                    "local_partner",
                    models.BooleanField(
                        default=False, verbose_name="a partner of the region is demanded"
                    ),
                ),
                (
                    "nda_details_en",
                    models.TextField(blank=True, verbose_name="confidential details, in English"),
                ),
                (
                    "nda_details_es",
                    models.TextField(blank=True, verbose_name="confidential details, in Spanish"),
                ),
                (
                    "nda_limits_en",
                    models.TextField(
                        blank=True, verbose_name="confidential conditions, in English"
                    ),
                ),
                (
                    "nda_limits_es",
                    models.TextField(
                        blank=True, verbose_name="confidential conditions, in Spanish"
                    ),
                ),
                (
                    "nda_offer_en",
                    models.TextField(
                        blank=True, verbose_name="confidential data and site, in English"
                    ),
                ),
                (
                    "nda_offer_es",
                    models.TextField(
                        blank=True, verbose_name="confidential data and site, in Spanish"
                    ),
                ),
                (
                    "partners_max",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="most partners"
                    ),
                ),
                (
                    "pilot_budget_usd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="budget of the pilot (US$)",
                    ),
                ),
                (
                    "purchase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None is promised"),
                            ("talks", "Negotiation with preference"),
                            ("contract", "Commitment to buy"),
                        ],
                        max_length=10,
                        verbose_name="purchase if it works",
                    ),
                ),
                (
                    "site_offered",
                    models.BooleanField(
                        default=False, verbose_name="a site for the pilot is offered"
                    ),
                ),
            ],
            options={
                "verbose_name": "challenge",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), ("published_at__isnull", False), _connector="XOR"
                        ),
                        name="challenge_dated_iff_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "decided"), ("released_at__isnull", True), _connector="XOR"
                        ),
                        name="challenge_released_iff_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trl_minimum__isnull", True),
                            models.Q(("trl_minimum__gte", 1), ("trl_minimum__lte", 9)),
                            _connector="OR",
                        ),
                        name="challenge_trl_in_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pilot_budget_usd__isnull", True),
                            ("pilot_budget_usd__gt", 0),
                            _connector="OR",
                        ),
                        name="challenge_pilot_budget_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partners_max__isnull", True),
                            models.Q(("consortium_allowed", True), ("partners_max__gte", 1)),
                            _connector="OR",
                        ),
                        name="challenge_partners_iff_consortium",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluator who dropped out",
                "constraints": [
                    models.UniqueConstraint(fields=("challenge", "person"), name="absence_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="absence_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                (
                    "challenge",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "decision_on",
                    models.DateField(blank=True, null=True, verbose_name="decision announced"),
                ),
                (
                    "evaluation_until",
                    models.DateField(blank=True, null=True, verbose_name="evaluation until"),
                ),
                (
                    "pilot_from",
                    models.DateField(blank=True, null=True, verbose_name="pilot starts"),
                ),
                (
                    "questions_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="questions until"),
                ),
                (
                    "protection",
                    models.CharField(
                        choices=[
                            ("sealed", "Sealed by encryption until the opening"),
                            ("access", "Hidden by a rule of access until the call closes"),
                        ],
                        default="sealed",
                        max_length=8,
                        verbose_name="how proposals are protected",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="call_closes_after_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("questions_until__isnull", True),
                            ("questions_until__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="call_questions_end_before_it_closes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evaluation_until__isnull", True),
                            ("decision_on__isnull", True),
                            ("decision_on__gte", models.F("evaluation_until")),
                            _connector="OR",
                        ),
                        name="call_decides_after_evaluating",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision_on__isnull", True),
                            ("pilot_from__isnull", True),
                            ("pilot_from__gte", models.F("decision_on")),
                            _connector="OR",
                        ),
                        name="call_pilot_after_deciding",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                (
                    "needed",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="custodians who open together"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Custodians being named"),
                            ("made", "Shares being taken"),
                            ("rehearsed", "Rehearsed"),
                            ("in_force", "In force"),
                            ("opened", "Opened"),
                        ],
                        default="preparing",
                        max_length=10,
                    ),
                ),
                ("public_key", models.CharField(blank=True, max_length=64)),
                ("split", models.CharField(blank=True, max_length=16)),
                ("trial", models.BinaryField(blank=True, default=bytes)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("rehearsed_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "challenge",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key",
                        to="innovation.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "key of a call",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("needed__gte", 2)), name="callkey_two_at_least"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("public_key", ""), ("state", "preparing")),
                            models.Q(
                                models.Q(("state", "preparing"), _negated=True),
                                models.Q(("public_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="callkey_made_iff_past_preparing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "opened"), ("opened_at__isnull", True), _connector="XOR"
                        ),
                        name="callkey_dated_iff_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("user_area", "User area"),
                            ("representative", "Representative of the company"),
                            ("team", "Cluster team"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.CharField(
                        choices=[("approved", "Approved"), ("changes", "Changes asked for")],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("content_sha256", models.CharField(max_length=64)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of a challenge",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seat", "team"), ("company__isnull", False), _connector="XOR"
                        ),
                        name="challengeapproval_company_but_for_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "changes"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="challengeapproval_changes_have_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("company__isnull", False), ("voided_at__isnull", True)),
                        fields=("challenge", "seat", "company"),
                        name="challengeapproval_one_per_seat",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("seat", "team"), ("voided_at__isnull", True)),
                        fields=("challenge",),
                        name="challengeapproval_one_of_team",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("public", "Public"), ("nda", "Confidential")],
                        max_length=8,
                        verbose_name="part",
                    ),
                ),
                ("title_es", models.CharField(max_length=160, verbose_name="title in Spanish")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=160, verbose_name="title in English"),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a challenge",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ChallengeFollower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "follower of a challenge",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "user"), name="challengefollower_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengePresentation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=120, verbose_name="event")),
                ("on", models.DateField(verbose_name="day")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presentations",
                        to="innovation.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "presentation of a challenge",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "event", "on"), name="challengepresentation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("event", ""), _negated=True),
                        name="challengepresentation_has_event",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="question")),
                ("language", models.CharField(default="es", max_length=2, verbose_name="language")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("drafted", "Answer drafted"),
                            ("published", "Published with its answer"),
                            ("declined", "Not answered in public"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("question_es", models.TextField(blank=True, verbose_name="question in Spanish")),
                ("question_en", models.TextField(blank=True, verbose_name="question in English")),
                ("answer_es", models.TextField(blank=True, verbose_name="answer in Spanish")),
                ("answer_en", models.TextField(blank=True, verbose_name="answer in English")),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("decline_reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "question about a challenge",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["challenge", "state"], name="challengequestion_state")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "number"), name="challengequestion_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="challengequestion_asks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number__isnull", False),
                                ("published_at__isnull", False),
                                ("state", "published"),
                                models.Q(("question_es", ""), _negated=True),
                                models.Q(("question_en", ""), _negated=True),
                                models.Q(("answer_es", ""), _negated=True),
                                models.Q(("answer_en", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "published"), _negated=True),
                                ("number__isnull", True),
                                ("published_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="challengequestion_whole_iff_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("declined_at__isnull", False),
                                ("state", "declined"),
                                models.Q(("decline_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True),
                                ("declined_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="challengequestion_reason_iff_declined",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("closed_at_before", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="innovation.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a challenge",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "number"), name="challengeversion_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="challengeversion_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name_es", models.CharField(max_length=80, verbose_name="name in Spanish")),
                ("name_en", models.CharField(max_length=80, verbose_name="name in English")),
                (
                    "meaning_es",
                    models.CharField(blank=True, max_length=300, verbose_name="meaning in Spanish"),
                ),
                (
                    "meaning_en",
                    models.CharField(blank=True, max_length=300, verbose_name="meaning in English"),
                ),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "high_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="5 means, in English"
                    ),
                ),
                (
                    "high_es",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="5 means, in Spanish"
                    ),
                ),
                (
                    "low_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="1 means, in English"
                    ),
                ),
                (
                    "low_es",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="1 means, in Spanish"
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "position"), name="criterion_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1)), name="criterion_weighs"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Custodian",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                ("salt", models.CharField(blank=True, max_length=64)),
                ("public_half", models.CharField(blank=True, max_length=64)),
                ("enrolled_at", models.DateTimeField(blank=True, null=True)),
                ("sealed_share", models.BinaryField(blank=True, default=bytes)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custodians",
                        to="innovation.callkey",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custodies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "custodian",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "user"),
                        name="custodian_once_per_call",
                        violation_error_message="This person is a custodian already.",
                    ),
                    models.UniqueConstraint(
                        fields=("key", "organisation"),
                        name="custodian_one_per_organisation",
                        violation_error_message="This organisation has a custodian already.",
                    ),
                    models.UniqueConstraint(fields=("key", "number"), name="custodian_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enrolled_at__isnull", True), ("public_half", "")),
                            models.Q(
                                ("enrolled_at__isnull", False),
                                models.Q(("public_half", ""), _negated=True),
                                models.Q(("salt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="custodian_enrolled_with_public_half",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True), ("sealed_share", b""), _connector="OR"
                        ),
                        name="custodian_leaves_no_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="new deadline")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "authorised_by",
                    models.CharField(
                        max_length=200, verbose_name="authorised by (name and office)"
                    ),
                ),
                ("granted_at", models.DateTimeField()),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadline_exceptions",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception to a deadline",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("missing", models.PositiveIntegerField(default=0)),
                (
                    "challenge",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussion",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "discussion",
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
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="innovation.edition",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_by",
                        to="innovation.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal to join problems",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result__isnull", False), ("state", "agreed")),
                            models.Q(
                                models.Q(("state", "agreed"), _negated=True),
                                ("result__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="mergeproposal_result_iff_agreed",
                    )
                ],
            },
        ),
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
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="innovation.problem",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="innovation.mergeproposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer about joining forces",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "problem"), name="mergeconsent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "asked"), ("answered_at__isnull", False), _connector="XOR"
                        ),
                        name="mergeconsent_dated_iff_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NdaOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nda_openings",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="innovation.challengedocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of what is confidential",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="NdaText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text_es", models.TextField()),
                ("text_en", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nda_texts",
                        to="innovation.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "confidentiality agreement",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("challenge", "number"), name="ndatext_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="NdaAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("language", models.CharField(max_length=2)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="innovation.ndatext",
                    ),
                ),
            ],
            options={
                "verbose_name": "acceptance of confidentiality",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("text", "by", "actor"), name="ndaacceptance_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("rehearsal", "Rehearsal"), ("opening", "Opening")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                ("given_by", models.JSONField(default=list)),
                ("present", models.TextField(blank=True, verbose_name="who is present")),
                ("minute", models.TextField(blank=True, verbose_name="minute")),
                ("opened", models.JSONField(default=list)),
                ("failures", models.JSONField(default=list)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="innovation.callkey",
                    ),
                ),
                (
                    "led_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opening session",
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="innovation.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on a problem",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="problemcomment_says_something",
                    )
                ],
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
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="innovation.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a problem",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProblemMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
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
                ("words", models.TextField(blank=True, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="innovation.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a problem",
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.actor",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="innovation.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a problem",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("problem", "number"), name="problemversion_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "approach",
                    models.TextField(blank=True, verbose_name="what you propose and how it works"),
                ),
                ("evidence", models.TextField(blank=True, verbose_name="evidence that it works")),
                ("team", models.TextField(blank=True, verbose_name="team")),
                (
                    "requested_usd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="amount requested (US$)",
                    ),
                ),
                (
                    "duration_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="duration (months)"
                    ),
                ),
                (
                    "trl_now",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="TRL today"
                    ),
                ),
                (
                    "trl_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="TRL at the end"
                    ),
                ),
                ("language", models.CharField(default="es", max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="innovation.challenge",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="knowledge.actor",
                    ),
                ),
                ("is_sealed", models.BooleanField(default=False)),
                ("locked", models.BinaryField(blank=True, default=bytes)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opening_failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_receipt", "it has no receipt"),
                            ("not_signed", "its receipt is not signed by this server"),
                            (
                                "receipt_differs",
                                "its signed receipt says something else than its row",
                            ),
                            ("no_entry", "the ledger has no entry where its receipt says"),
                            (
                                "entry_differs",
                                "the entry of the ledger is not the one of its receipt",
                            ),
                            ("parts_differ", "its sealed parts are not those of its receipt"),
                            ("bytes_differ", "a sealed part is not the one that was received"),
                            (
                                "wrong_context",
                                "a sealed part belongs to another proposal or revision",
                            ),
                            ("damaged", "a sealed part was changed, or is sealed to another key"),
                            ("unreadable", "what was sealed cannot be read"),
                            ("lost", "the ledger says that it was received, and it is gone"),
                            ("ledger_broken", "the ledger is not whole"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rewriting_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "proposal",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("challenge", "lead"),
                        name="proposal_one_live_per_lead",
                        violation_error_message="This organisation already has a live proposal here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requested_usd__isnull", True),
                            ("requested_usd__gt", 0),
                            _connector="OR",
                        ),
                        name="proposal_usd_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trl_now__isnull", True),
                            models.Q(("trl_now__gte", 1), ("trl_now__lte", 9)),
                            _connector="OR",
                        ),
                        name="proposal_trl_now_in_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trl_after__isnull", True),
                            models.Q(("trl_after__gte", 1), ("trl_after__lte", 9)),
                            _connector="OR",
                        ),
                        name="proposal_trl_after_in_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), _negated=True),
                            ("submitted_at__isnull", True),
                            _connector="OR",
                        ),
                        name="proposal_undated_while_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), _negated=True),
                            models.Q(
                                ("submitted_at__isnull", False),
                                models.Q(
                                    ("is_sealed", True),
                                    models.Q(
                                        ("requested_usd__isnull", False),
                                        models.Q(("title", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_complete_iff_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_sealed", False),
                            models.Q(
                                ("approach", ""),
                                ("duration_months__isnull", True),
                                ("evidence", ""),
                                ("requested_usd__isnull", True),
                                ("summary", ""),
                                ("team", ""),
                                ("title", ""),
                                ("trl_after__isnull", True),
                                ("trl_now__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_sealed_shows_no_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_sealed", True),
                            models.Q(("locked", b""), ("rewriting_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_locked_only_if_sealed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("assigned_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "Declaration of interests pending"),
                            ("cleared", "To be scored"),
                            ("conflicted", "Conflict of interest declared"),
                            ("scored", "Scored"),
                        ],
                        default="assigned",
                        max_length=10,
                    ),
                ),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                ("conflict", models.TextField(blank=True, verbose_name="conflict of interest")),
                ("scored_at", models.DateTimeField(blank=True, null=True)),
                ("remark", models.TextField(blank=True, verbose_name="remark for the panel")),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evaluator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="innovation.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluation",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "evaluator"), name="assignment_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "assigned"), ("declared_at__isnull", False), _connector="XOR"
                        ),
                        name="assignment_dated_iff_declared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "scored"), ("scored_at__isnull", True), _connector="XOR"
                        ),
                        name="assignment_dated_iff_scored",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "conflicted"), _negated=True),
                            models.Q(("conflict", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="assignment_conflict_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attached_at", models.DateTimeField(auto_now_add=True)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="innovation.proposal",
                    ),
                ),
                ("locked", models.BinaryField(blank=True, default=bytes)),
            ],
            options={
                "verbose_name": "attachment",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ConflictWaiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grounds", models.JSONField(default=list)),
                ("reason", models.TextField(verbose_name="reason")),
                ("waived_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evaluator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflict_waivers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="innovation.proposal",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "waiver of a conflict",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "evaluator"), name="conflictwaiver_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("waived_by", models.F("evaluator")), _negated=True),
                        name="conflictwaiver_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="conflictwaiver_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("selected", "Selected"),
                            ("reserve", "Reserve list"),
                            ("not_selected", "Not selected"),
                        ],
                        max_length=12,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason, for the record")),
                ("feedback", models.TextField(verbose_name="feedback for the supplier")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="innovation.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="decision_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("feedback", ""), _negated=True),
                        name="decision_has_feedback",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["selected", "reserve", "not_selected"])
                        ),
                        name="decision_known_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingCriterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name_es", models.CharField(max_length=80, verbose_name="name in Spanish")),
                ("name_en", models.CharField(max_length=80, verbose_name="name in English")),
                (
                    "meaning_es",
                    models.CharField(blank=True, max_length=300, verbose_name="meaning in Spanish"),
                ),
                (
                    "meaning_en",
                    models.CharField(blank=True, max_length=300, verbose_name="meaning in English"),
                ),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="innovation.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating criterion",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "position"), name="ratingcriterion_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1)), name="ratingcriterion_weighs"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField()),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("rated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "is_own_company",
                    models.BooleanField(
                        default=False,
                        help_text="The rater acted for the company that has the problem.",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="innovation.problem",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="innovation.ratingcriterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("problem", "criterion", "rater"), name="rating_once_per_rater"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 1), ("points__lte", 5)),
                        name="rating_one_to_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("received_at", models.DateTimeField()),
                ("deadline_at", models.DateTimeField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("parts", models.JSONField(default=list)),
                ("ledger_position", models.BigIntegerField()),
                (
                    "issued_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="innovation.proposal",
                    ),
                ),
                ("signed", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "receipt",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received_at__lt", models.F("deadline_at"))),
                        name="receipt_in_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="innovation.assignment",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="innovation.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "ordering": ["criterion__position"],
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "criterion"), name="score_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points__isnull", True),
                            models.Q(("points__gte", 1), ("points__lte", 5)),
                            _connector="OR",
                        ),
                        name="score_one_to_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("revision", models.PositiveIntegerField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_parts",
                        to="innovation.receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed part",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("receipt", "position"), name="sealedpart_position"
                    )
                ],
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="studies",
                        to="innovation.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the shortlist study",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "number"), name="shortliststudy_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"), ("finished_at__isnull", False), _connector="XOR"
                        ),
                        name="shortliststudy_dated_iff_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_at__isnull", True),
                            ("is_same__isnull", False),
                            _connector="XOR",
                        ),
                        name="shortliststudy_checked_iff_dated",
                    ),
                ],
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="innovation.shortliststudy",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision pack",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "ready"), ("file__isnull", True), _connector="XOR"
                        ),
                        name="decisionpack_file_iff_ready",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("study", "language"),
                        name="decisionpack_waits_once",
                    ),
                ],
            },
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
                ("language", models.CharField(default="es", max_length=2, verbose_name="language")),
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
                        condition=models.Q(("email", ""), _negated=True),
                        name="solverinvitation_has_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined_at__isnull", True),
                            ("opened_at__isnull", False),
                            _connector="OR",
                        ),
                        name="solverinvitation_opened_before_declined",
                    ),
                ],
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrulings",
                        to="innovation.shortliststudy",
                    ),
                ),
            ],
            options={
                "verbose_name": "set that people want instead",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="studyoverruling_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShortlistChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(verbose_name="reason")),
                ("weights", models.JSONField()),
                ("standing", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="innovation.edition",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="innovation.shortliststudy",
                    ),
                ),
                (
                    "overruling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="innovation.studyoverruling",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of a shortlist",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="shortlistchoice_has_reason",
                    )
                ],
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "problem",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="workshop_card",
                        to="innovation.problem",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="innovation.workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "card of a workshop",
                "ordering": ["position", "pk"],
            },
        ),
    ]
