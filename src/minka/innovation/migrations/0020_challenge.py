"""Challenges: who may take part, what is confidential, documents, approvals, versions, dates."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_erasure_request"),
        ("innovation", "0011_intake"),
        ("knowledge", "0015_review_gain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "approval of a challenge",
                "ordering": ["pk"],
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
            ],
            options={
                "verbose_name": "document of a challenge",
                "ordering": ["pk"],
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
            ],
            options={
                "verbose_name": "version of a challenge",
                "ordering": ["number"],
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
            ],
            options={
                "verbose_name": "acceptance of confidentiality",
                "ordering": ["pk"],
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
            ],
            options={
                "verbose_name": "confidentiality agreement",
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="decision_on",
            field=models.DateField(blank=True, null=True, verbose_name="decision announced"),
        ),
        migrations.AddField(
            model_name="call",
            name="evaluation_until",
            field=models.DateField(blank=True, null=True, verbose_name="evaluation until"),
        ),
        migrations.AddField(
            model_name="call",
            name="pilot_from",
            field=models.DateField(blank=True, null=True, verbose_name="pilot starts"),
        ),
        migrations.AddField(
            model_name="call",
            name="questions_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="questions until"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="approval_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="challenge",
            name="confidentiality_en",
            field=models.TextField(
                blank=True, verbose_name="confidentiality agreement, in English"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="confidentiality_es",
            field=models.TextField(
                blank=True, verbose_name="confidentiality agreement, in Spanish"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="consortium_allowed",
            field=models.BooleanField(default=True, verbose_name="consortia are welcome"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="consortium_en",
            field=models.TextField(blank=True, verbose_name="who may lead, in English"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="consortium_es",
            field=models.TextField(blank=True, verbose_name="who may lead, in Spanish"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="eligibility_en",
            field=models.TextField(blank=True, verbose_name="who may take part, in English"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="eligibility_es",
            field=models.TextField(blank=True, verbose_name="who may take part, in Spanish"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="ip_en",
            field=models.TextField(blank=True, verbose_name="intellectual property, in English"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="ip_es",
            field=models.TextField(blank=True, verbose_name="intellectual property, in Spanish"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="local_partner",
            field=models.BooleanField(
                default=False, verbose_name="a partner of the region is demanded"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="nda_details_en",
            field=models.TextField(blank=True, verbose_name="confidential details, in English"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="nda_details_es",
            field=models.TextField(blank=True, verbose_name="confidential details, in Spanish"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="nda_limits_en",
            field=models.TextField(blank=True, verbose_name="confidential conditions, in English"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="nda_limits_es",
            field=models.TextField(blank=True, verbose_name="confidential conditions, in Spanish"),
        ),
        migrations.AddField(
            model_name="challenge",
            name="nda_offer_en",
            field=models.TextField(
                blank=True, verbose_name="confidential data and site, in English"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="nda_offer_es",
            field=models.TextField(
                blank=True, verbose_name="confidential data and site, in Spanish"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="partners_max",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="most partners"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="pilot_budget_usd",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=12,
                null=True,
                verbose_name="budget of the pilot (US$)",
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="purchase",
            field=models.CharField(
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
        migrations.AddField(
            model_name="challenge",
            name="site_offered",
            field=models.BooleanField(
                default=False, verbose_name="a site for the pilot is offered"
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="high_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="5 means, in English"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="high_es",
            field=models.CharField(blank=True, max_length=200, verbose_name="5 means, in Spanish"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="low_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="1 means, in English"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="low_es",
            field=models.CharField(blank=True, max_length=200, verbose_name="1 means, in Spanish"),
        ),
        migrations.AddField(
            model_name="edition",
            name="change_notice_days",
            field=models.PositiveSmallIntegerField(
                default=7, verbose_name="days that remain after a change"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("questions_until__isnull", True),
                    ("questions_until__lt", models.F("closes_at")),
                    _connector="OR",
                ),
                name="call_questions_end_before_it_closes",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evaluation_until__isnull", True),
                    ("decision_on__isnull", True),
                    ("decision_on__gte", models.F("evaluation_until")),
                    _connector="OR",
                ),
                name="call_decides_after_evaluating",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision_on__isnull", True),
                    ("pilot_from__isnull", True),
                    ("pilot_from__gte", models.F("decision_on")),
                    _connector="OR",
                ),
                name="call_pilot_after_deciding",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pilot_budget_usd__isnull", True), ("pilot_budget_usd__gt", 0), _connector="OR"
                ),
                name="challenge_pilot_budget_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partners_max__isnull", True),
                    models.Q(("consortium_allowed", True), ("partners_max__gte", 1)),
                    _connector="OR",
                ),
                name="challenge_partners_iff_consortium",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("change_notice_days__lte", 60)),
                name="edition_change_notice_in_reason",
            ),
        ),
        migrations.AddField(
            model_name="challengeapproval",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="challengeapproval",
            name="challenge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="approvals",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="challengeapproval",
            name="company",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="knowledge.actor",
            ),
        ),
        migrations.AddField(
            model_name="challengedocument",
            name="challenge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="documents",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="challengedocument",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="challengeversion",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="challengeversion",
            name="challenge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="ndaacceptance",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="knowledge.actor"
            ),
        ),
        migrations.AddField(
            model_name="ndaacceptance",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ndaopening",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="knowledge.actor",
            ),
        ),
        migrations.AddField(
            model_name="ndaopening",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ndaopening",
            name="challenge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="nda_openings",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="ndaopening",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="openings",
                to="innovation.challengedocument",
            ),
        ),
        migrations.AddField(
            model_name="ndatext",
            name="challenge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="nda_texts",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="ndaacceptance",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acceptances",
                to="innovation.ndatext",
            ),
        ),
        migrations.AddConstraint(
            model_name="challengeapproval",
            constraint=models.CheckConstraint(
                condition=models.Q(("seat", "team"), ("company__isnull", False), _connector="XOR"),
                name="challengeapproval_company_but_for_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="challengeapproval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "changes"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="challengeapproval_changes_have_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="challengeapproval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("company__isnull", False), ("voided_at__isnull", True)),
                fields=("challenge", "seat", "company"),
                name="challengeapproval_one_per_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="challengeapproval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seat", "team"), ("voided_at__isnull", True)),
                fields=("challenge",),
                name="challengeapproval_one_of_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="challengeversion",
            constraint=models.UniqueConstraint(
                fields=("challenge", "number"), name="challengeversion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="challengeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="challengeversion_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="ndatext",
            constraint=models.UniqueConstraint(fields=("challenge", "number"), name="ndatext_once"),
        ),
        migrations.AddConstraint(
            model_name="ndaacceptance",
            constraint=models.UniqueConstraint(
                fields=("text", "by", "actor"), name="ndaacceptance_once"
            ),
        ),
    ]
