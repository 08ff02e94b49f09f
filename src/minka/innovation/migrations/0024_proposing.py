import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("innovation", "0023_evaluation"),
        ("knowledge", "0022_documents_by_size"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("locked", models.BinaryField()),
                ("handed_in", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "version of a draft",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("share", models.PositiveSmallIntegerField(verbose_name="share of the work (%)")),
                (
                    "does",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what it does in the work"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("left", "Left"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("counts", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "partner of a proposal",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PartnerMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_answer", models.BooleanField(default=False)),
                ("text", models.TextField(verbose_name="message")),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "message about a partner",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PartnerPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("offers", models.TextField(verbose_name="what you offer")),
                ("seeks", models.TextField(verbose_name="what you look for")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "search for a partner",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=40)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "presence in a draft",
            },
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_sealed_shows_no_words",
        ),
        migrations.AddField(
            model_name="challenge",
            name="form_parts",
            field=models.JSONField(blank=True, null=True, verbose_name="parts of its proposals"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="answers",
            field=models.JSONField(blank=True, null=True, verbose_name="answers"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="budget",
            field=models.JSONField(blank=True, null=True, verbose_name="budget"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="people",
            field=models.JSONField(blank=True, null=True, verbose_name="people of the team"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="public_summary",
            field=models.TextField(blank=True, verbose_name="public summary"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="references",
            field=models.JSONField(blank=True, null=True, verbose_name="references"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="timeline",
            field=models.JSONField(blank=True, null=True, verbose_name="timeline"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_sealed", False),
                    models.Q(
                        ("answers__isnull", True),
                        ("approach", ""),
                        ("budget__isnull", True),
                        ("duration_months__isnull", True),
                        ("evidence", ""),
                        ("people__isnull", True),
                        ("public_summary", ""),
                        ("references__isnull", True),
                        ("requested_usd__isnull", True),
                        ("summary", ""),
                        ("team", ""),
                        ("timeline__isnull", True),
                        ("title", ""),
                        ("trl_after__isnull", True),
                        ("trl_now__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="proposal_sealed_shows_no_words",
            ),
        ),
        migrations.AddField(
            model_name="draftversion",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="draft_versions",
                to="innovation.proposal",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="partnerships",
                to="knowledge.actor",
            ),
        ),
        migrations.AddField(
            model_name="partner",
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
            model_name="partner",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="partners",
                to="innovation.proposal",
            ),
        ),
        migrations.AddField(
            model_name="partnermessage",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="partnermessage",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="knowledge.actor"
            ),
        ),
        migrations.AddField(
            model_name="partnerpost",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="partner_posts",
                to="knowledge.actor",
            ),
        ),
        migrations.AddField(
            model_name="partnerpost",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="partnerpost",
            name="challenge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="partner_posts",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="partnermessage",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="innovation.partnerpost",
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="present",
                to="innovation.proposal",
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="draftversion",
            constraint=models.UniqueConstraint(
                fields=("proposal", "revision", "handed_in"), name="draftversion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "accepted"])),
                fields=("proposal", "actor"),
                name="partner_once",
                violation_error_message="This organisation has been asked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gte", 1), ("share__lte", 99)),
                name="partner_share_of_a_hundred",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerpost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("challenge", "actor"),
                name="partnerpost_one_per_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("proposal", "user"), name="presence_once"),
        ),
    ]
