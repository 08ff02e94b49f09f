"""Sealed calls: their keys, custodians and openings, and receipts that are signed.

Calls that exist stay as they were announced, hidden by a rule of access; new ones are sealed unless
somebody says otherwise. Undo: the columns go, and with them what is sealed.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_erasure_request"),
        ("innovation", "0021_questions"),
        ("knowledge", "0022_documents_by_size"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "key of a call",
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
            ],
            options={
                "verbose_name": "custodian",
                "ordering": ["number"],
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
            ],
            options={
                "verbose_name": "exception to a deadline",
                "ordering": ["-pk"],
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
            ],
            options={
                "verbose_name": "opening session",
                "ordering": ["-pk"],
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
            ],
            options={
                "verbose_name": "sealed part",
                "ordering": ["position"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_complete_iff_submitted",
        ),
        migrations.AddField(
            model_name="attachment",
            name="locked",
            field=models.BinaryField(blank=True, default=bytes),
        ),
        migrations.AddField(
            model_name="call",
            name="protection",
            field=models.CharField(
                choices=[
                    ("sealed", "Sealed by encryption until the opening"),
                    ("access", "Hidden by a rule of access until the call closes"),
                ],
                default="access",
                max_length=8,
                verbose_name="how proposals are protected",
            ),
        ),
        migrations.AlterField(
            model_name="call",
            name="protection",
            field=models.CharField(
                choices=[
                    ("sealed", "Sealed by encryption until the opening"),
                    ("access", "Hidden by a rule of access until the call closes"),
                ],
                default="sealed",
                max_length=8,
                verbose_name="how proposals are protected",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="is_sealed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="proposal",
            name="locked",
            field=models.BinaryField(blank=True, default=bytes),
        ),
        migrations.AddField(
            model_name="proposal",
            name="opened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="opening_failure",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_receipt", "it has no receipt"),
                    ("not_signed", "its receipt is not signed by this server"),
                    ("receipt_differs", "its signed receipt says something else than its row"),
                    ("no_entry", "the ledger has no entry where its receipt says"),
                    ("entry_differs", "the entry of the ledger is not the one of its receipt"),
                    ("parts_differ", "its sealed parts are not those of its receipt"),
                    ("bytes_differ", "a sealed part is not the one that was received"),
                    ("wrong_context", "a sealed part belongs to another proposal or revision"),
                    ("damaged", "a sealed part was changed, or is sealed to another key"),
                    ("unreadable", "what was sealed cannot be read"),
                    ("lost", "the ledger says that it was received, and it is gone"),
                    ("ledger_broken", "the ledger is not whole"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="rewriting_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="receipt",
            name="signed",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_sealed", True),
                    models.Q(("locked", b""), ("rewriting_at__isnull", True)),
                    _connector="OR",
                ),
                name="proposal_locked_only_if_sealed",
            ),
        ),
        migrations.AddField(
            model_name="callkey",
            name="challenge",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="key",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="custodian",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="custodians",
                to="innovation.callkey",
            ),
        ),
        migrations.AddField(
            model_name="custodian",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="knowledge.actor"
            ),
        ),
        migrations.AddField(
            model_name="custodian",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="custodies",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="deadlineexception",
            name="challenge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deadline_exceptions",
                to="innovation.challenge",
            ),
        ),
        migrations.AddField(
            model_name="deadlineexception",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="deadlineexception",
            name="lead",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="knowledge.actor"
            ),
        ),
        migrations.AddField(
            model_name="openingsession",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="innovation.callkey",
            ),
        ),
        migrations.AddField(
            model_name="openingsession",
            name="led_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sealedpart",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="sealedpart",
            name="receipt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sealed_parts",
                to="innovation.receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="callkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("needed__gte", 2)), name="callkey_two_at_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="callkey",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="callkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "opened"), ("opened_at__isnull", True), _connector="XOR"
                ),
                name="callkey_dated_iff_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.UniqueConstraint(
                fields=("key", "user"),
                name="custodian_once_per_call",
                violation_error_message="This person is a custodian already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.UniqueConstraint(
                fields=("key", "organisation"),
                name="custodian_one_per_organisation",
                violation_error_message="This organisation has a custodian already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.UniqueConstraint(fields=("key", "number"), name="custodian_number"),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", True), ("sealed_share", b""), _connector="OR"
                ),
                name="custodian_leaves_no_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedpart",
            constraint=models.UniqueConstraint(
                fields=("receipt", "position"), name="sealedpart_position"
            ),
        ),
    ]
