"""The tables as they stand after 0024, made at once: an empty database is ready sooner.

One that has data goes on from where it is, step by step; both ways end alike, and a test says so.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from minka.core.made_at_once import CreateModels


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
        ("innovation", "0024_call_to_contract"),
    ]

    initial = True

    dependencies = [
        ("core", "0003_erasure_request"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("knowledge", "0025_claim_letters"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            models.UniqueConstraint(
                                fields=("challenge", "person"), name="absence_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="absence_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="title"),
                        ),
                        ("standing", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "To be dealt with"),
                                    ("resolved", "Resolved"),
                                    ("postponed", "Postponed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        (
                            "said",
                            models.TextField(blank=True, verbose_name="what was said and resolved"),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, verbose_name="why it was postponed"),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "proposal",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_items",
                                to="innovation.proposal",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="innovation.panelsession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of the agenda",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "proposal"), name="agendaitem_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proposal__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agendaitem_is_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "postponed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agendaitem_postponed_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("nda", "Confidentiality agreement"),
                                    ("pilot", "Pilot"),
                                    ("co_development", "Co-development"),
                                    ("purchase", "Purchase contract"),
                                    ("licence", "Licence"),
                                ],
                                max_length=16,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "language",
                            models.CharField(default="es", max_length=2, verbose_name="language"),
                        ),
                        (
                            "value_usd",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="value (US$)",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="starts"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Being prepared"),
                                    ("in_force", "In force"),
                                    ("closed", "Closed with its outcome"),
                                    ("cancelled", "Given up before it was signed"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "text_state",
                            models.CharField(
                                choices=[
                                    ("writing", "Being written"),
                                    ("approving", "Being approved by the parties"),
                                    ("signing", "Being signed"),
                                    ("signed", "Signed by all"),
                                ],
                                default="writing",
                                max_length=10,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "signed_on",
                            models.DateField(blank=True, null=True, verbose_name="signed on"),
                        ),
                        ("in_force_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("contract", "A contract follows"),
                                    ("scale_up", "It is scaled up"),
                                    ("done", "Fulfilled, nothing follows"),
                                    ("stopped", "Stopped"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("outcome_reason", models.TextField(blank=True, verbose_name="why")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="innovation.decision",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="innovation.edition",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="innovation.agreement",
                            ),
                        ),
                        (
                            "signed_text",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="innovation.agreementversion",
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="innovation.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="agreement_has_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "cancelled"]),
                                    ("in_force_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="agreement_dated_iff_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("in_force_at__isnull", True),
                                    ("signed_on__isnull", False),
                                    _connector="XOR",
                                ),
                                name="agreement_signed_iff_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "closed"),
                                    ("closed_at__isnull", True),
                                    _connector="XOR",
                                ),
                                name="agreement_dated_iff_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "closed"), ("outcome", ""), _connector="XOR"
                                ),
                                name="agreement_outcome_iff_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", ""),
                                    models.Q(("outcome_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreement_outcome_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value_usd__isnull", True),
                                    ("value_usd__gte", 0),
                                    _connector="OR",
                                ),
                                name="agreement_value_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on__isnull", True),
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="agreement_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "seat",
                            models.CharField(
                                choices=[
                                    ("user_area", "User area"),
                                    ("representative", "Representative"),
                                    ("team", "Cluster team"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("approved", "Approved"),
                                    ("changes", "Changes asked for"),
                                ],
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
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="innovation.agreementparty",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="innovation.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval of an agreement",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "changes"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreementapproval_changes_have_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("version", "party", "seat"),
                                name="agreementapproval_one_per_seat",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementLesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("solver", "Supplier"), ("user_area", "User area")],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField(verbose_name="what was learnt")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lessons",
                                to="innovation.agreement",
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
                    ],
                    options={
                        "verbose_name": "lesson",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="agreementlesson_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("company", "Mining company"),
                                    ("solver", "Supplier"),
                                    ("cluster", "Cluster"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("shows_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_parties",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="innovation.agreement",
                            ),
                        ),
                        (
                            "shows_by",
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
                        "verbose_name": "party to an agreement",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "actor"), name="agreementparty_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "cluster")),
                                fields=("agreement",),
                                name="agreementparty_one_cluster",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role", "cluster"), ("actor__isnull", False), _connector="XOR"
                                ),
                                name="agreementparty_actor_but_for_cluster",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=150, verbose_name="name of the signer"),
                        ),
                        (
                            "post",
                            models.CharField(max_length=120, verbose_name="post of the signer"),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("ledger_position", models.BigIntegerField()),
                        ("ledger_sha256", models.CharField(max_length=64)),
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
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="innovation.agreementparty",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="innovation.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signature of an agreement",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("version", "party"),
                                name="agreementsignature_one_per_party",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("version", "by"),
                                name="agreementsignature_one_per_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementTrl",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                choices=[("before", "Before"), ("after", "After")], max_length=8
                            ),
                        ),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
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
                                verbose_name="readiness (TRL)",
                            ),
                        ),
                        ("evidence", models.TextField(verbose_name="evidence")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("replaced_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="trl_marks",
                                to="innovation.agreement",
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
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "readiness in an agreement",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=("agreement", "moment"),
                                name="agreementtrl_one_per_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 1), ("level__lte", 9)),
                                name="agreementtrl_in_scale",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("evidence", ""), _negated=True),
                                name="agreementtrl_has_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    ("confirmed_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="agreementtrl_dated_iff_confirmed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("is_amendment", models.BooleanField(default=False)),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("seal", models.TextField(blank=True)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="innovation.agreement",
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
                            "pdf",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an agreement",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "number"), name="agreementversion_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_amendment", False),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreementversion_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pdf__isnull", True),
                                    models.Q(
                                        ("signed_at__isnull", False),
                                        models.Q(("seal", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agreementversion_printed_iff_signed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("clarification", "Clarification"), ("appeal", "Appeal")],
                                max_length=14,
                            ),
                        ),
                        ("text", models.TextField(verbose_name="what you ask")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("due_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("in_review", "In review"),
                                    ("answered", "Answer given"),
                                ],
                                default="received",
                                max_length=10,
                            ),
                        ),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "finding",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("explained", "Explained"),
                                    ("upheld", "Upheld"),
                                    ("partly", "Upheld in part"),
                                    ("dismissed", "Dismissed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("reopened_at", models.DateTimeField(blank=True, null=True)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals_handled",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="innovation.decisionletter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clarification or appeal",
                        "ordering": ["due_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "kind"), name="appeal_one_of_a_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "answered"),
                                    ("answered_at__isnull", True),
                                    _connector="XOR",
                                ),
                                name="appeal_dated_iff_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "answered"), _negated=True),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        models.Q(("finding", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_answered_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "received"),
                                    ("handler__isnull", False),
                                    _connector="XOR",
                                ),
                                name="appeal_handled_by_somebody",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "conflict",
                            models.TextField(blank=True, verbose_name="conflict of interest"),
                        ),
                        ("scored_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "remark",
                            models.TextField(blank=True, verbose_name="remark for the panel"),
                        ),
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
                        (
                            "confidence",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "Little: it is at the edge of what I know"),
                                    (2, "Fair: I know the subject"),
                                    (3, "High: it is what I work on"),
                                ],
                                null=True,
                                verbose_name="how sure you are",
                            ),
                        ),
                        (
                            "gate",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("technical", "Technical feasibility"),
                                    ("operational", "Operational feasibility"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        ("warned_at", models.DateTimeField(blank=True, null=True)),
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
                                    ("state", "assigned"),
                                    ("declared_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="assignment_dated_iff_declared",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "scored"),
                                    ("scored_at__isnull", True),
                                    _connector="XOR",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        ("is_economic", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "attachment",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="budget line")),
                        (
                            "planned_usd",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="planned (US$)"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget_lines",
                                to="innovation.agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "budget line",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("planned_usd__gt", 0)),
                                name="budgetline_positive",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Call",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            models.DateField(
                                blank=True, null=True, verbose_name="decision announced"
                            ),
                        ),
                        (
                            "evaluation_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="evaluation until"
                            ),
                        ),
                        (
                            "pilot_from",
                            models.DateField(blank=True, null=True, verbose_name="pilot starts"),
                        ),
                        (
                            "questions_until",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="questions until"
                            ),
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
                        (
                            "economic_from",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="economic parts not before"
                            ),
                        ),
                        (
                            "envelopes",
                            models.CharField(
                                choices=[
                                    ("one", "Everything opens together"),
                                    ("two", "Economic parts open after the technical evaluation"),
                                ],
                                default="one",
                                max_length=4,
                                verbose_name="what opens when",
                            ),
                        ),
                        (
                            "shows_count",
                            models.BooleanField(
                                default=False,
                                verbose_name="tell everybody how many proposals were received",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("envelopes", "one"), ("protection", "sealed"), _connector="OR"
                                ),
                                name="call_envelopes_only_if_sealed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("economic_from__isnull", True),
                                    ("envelopes", "two"),
                                    _connector="OR",
                                ),
                                name="call_economic_date_only_with_envelopes",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        ("economic_opened_at", models.DateTimeField(blank=True, null=True)),
                        ("round", models.PositiveSmallIntegerField(default=1)),
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
                                    ("state", "opened"),
                                    ("opened_at__isnull", True),
                                    _connector="XOR",
                                ),
                                name="callkey_dated_iff_opened",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("economic_opened_at__isnull", True),
                                    ("opened_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="callkey_economic_after_opened",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CapabilityMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                choices=[("before", "Before"), ("after", "After")], max_length=8
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("capabilities", models.JSONField(default=list)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="innovation.agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "capability at a moment",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "actor", "moment"), name="capabilitymark_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Challenge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=90, unique=True)),
                        (
                            "title_es",
                            models.CharField(max_length=200, verbose_name="title in Spanish"),
                        ),
                        (
                            "title_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="title in English"
                            ),
                        ),
                        (
                            "summary_es",
                            models.TextField(blank=True, verbose_name="summary in Spanish"),
                        ),
                        (
                            "summary_en",
                            models.TextField(blank=True, verbose_name="summary in English"),
                        ),
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
                            models.TextField(
                                blank=True, verbose_name="what is not sought, in Spanish"
                            ),
                        ),
                        (
                            "not_sought_en",
                            models.TextField(
                                blank=True, verbose_name="what is not sought, in English"
                            ),
                        ),
                        (
                            "success_es",
                            models.TextField(
                                blank=True, verbose_name="measure of success, in Spanish"
                            ),
                        ),
                        (
                            "success_en",
                            models.TextField(
                                blank=True, verbose_name="measure of success, in English"
                            ),
                        ),
                        (
                            "incentives_es",
                            models.TextField(blank=True, verbose_name="incentives, in Spanish"),
                        ),
                        (
                            "incentives_en",
                            models.TextField(blank=True, verbose_name="incentives, in English"),
                        ),
                        (
                            "terms_es",
                            models.TextField(blank=True, verbose_name="terms, in Spanish"),
                        ),
                        (
                            "terms_en",
                            models.TextField(blank=True, verbose_name="terms, in English"),
                        ),
                        (
                            "names_company",
                            models.BooleanField(
                                default=False, verbose_name="name the company in public"
                            ),
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
                            models.ManyToManyField(
                                related_name="challenges", to="innovation.problem"
                            ),
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
                            models.TextField(
                                blank=True, verbose_name="who may take part, in English"
                            ),
                        ),
                        (
                            "eligibility_es",
                            models.TextField(
                                blank=True, verbose_name="who may take part, in Spanish"
                            ),
                        ),
                        (
                            "ip_en",
                            models.TextField(
                                blank=True, verbose_name="intellectual property, in English"
                            ),
                        ),
                        (
                            "ip_es",
                            models.TextField(
                                blank=True, verbose_name="intellectual property, in Spanish"
                            ),
                        ),
                        (
                            "local_partner",
                            models.BooleanField(
                                default=False, verbose_name="a partner of the region is demanded"
                            ),
                        ),
                        (
                            "nda_details_en",
                            models.TextField(
                                blank=True, verbose_name="confidential details, in English"
                            ),
                        ),
                        (
                            "nda_details_es",
                            models.TextField(
                                blank=True, verbose_name="confidential details, in Spanish"
                            ),
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
                        (
                            "appeal_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="days to ask for clarification or to appeal",
                            ),
                        ),
                        (
                            "form_parts",
                            models.JSONField(
                                blank=True, null=True, verbose_name="parts of its proposals"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "challenge",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("published_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="challenge_dated_iff_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "decided"),
                                    ("released_at__isnull", True),
                                    _connector="XOR",
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
                                    models.Q(
                                        ("consortium_allowed", True), ("partners_max__gte", 1)
                                    ),
                                    _connector="OR",
                                ),
                                name="challenge_partners_iff_consortium",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                choices=[
                                    ("approved", "Approved"),
                                    ("changes", "Changes asked for"),
                                ],
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
                                condition=models.Q(
                                    ("company__isnull", False), ("voided_at__isnull", True)
                                ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "title_es",
                            models.CharField(max_length=160, verbose_name="title in Spanish"),
                        ),
                        (
                            "title_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="title in English"
                            ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("event", models.CharField(max_length=120, verbose_name="event")),
                        ("on", models.DateField(verbose_name="day")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=160, verbose_name="place"),
                        ),
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
                                fields=("challenge", "event", "on"),
                                name="challengepresentation_once",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="question")),
                        (
                            "language",
                            models.CharField(default="es", max_length=2, verbose_name="language"),
                        ),
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
                        (
                            "question_es",
                            models.TextField(blank=True, verbose_name="question in Spanish"),
                        ),
                        (
                            "question_en",
                            models.TextField(blank=True, verbose_name="question in English"),
                        ),
                        (
                            "answer_es",
                            models.TextField(blank=True, verbose_name="answer in Spanish"),
                        ),
                        (
                            "answer_en",
                            models.TextField(blank=True, verbose_name="answer in English"),
                        ),
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
                            models.Index(
                                fields=["challenge", "state"], name="challengequestion_state"
                            )
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("number", 1),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="challengeversion_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("is_met", models.BooleanField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_answers",
                                to="innovation.assignment",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="innovation.evaluationcheck",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to a check",
                        "ordering": ["question__position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assignment", "question"), name="checkanswer_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConflictWaiver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                condition=models.Q(
                                    ("waived_by", models.F("evaluator")), _negated=True
                                ),
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
                    name="CorrectionFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="innovation.correctionrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of a formal correction",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectionRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("what", models.TextField(verbose_name="what is missing")),
                        ("until", models.DateTimeField(verbose_name="to be mended until")),
                        ("asked_at", models.DateTimeField()),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.TextField(blank=True, verbose_name="what was mended, and how"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("mended", "Mended"), ("not_mended", "Not mended")],
                                max_length=10,
                            ),
                        ),
                        ("outcome_reason", models.TextField(blank=True, verbose_name="reason")),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="correction_requests",
                                to="innovation.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "formal correction",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decided_at__isnull", True)),
                                fields=("proposal",),
                                name="correctionrequest_one_at_a_time",
                                violation_error_message="A correction is being asked for already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("asked_at"))),
                                name="correctionrequest_leaves_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_at__isnull", True),
                                    ("answered_at__lt", models.F("until")),
                                    _connector="OR",
                                ),
                                name="correctionrequest_answered_in_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("outcome", "")),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("outcome_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="correctionrequest_outcome_reasoned",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "name_es",
                            models.CharField(max_length=80, verbose_name="name in Spanish"),
                        ),
                        (
                            "name_en",
                            models.CharField(max_length=80, verbose_name="name in English"),
                        ),
                        (
                            "meaning_es",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="meaning in Spanish"
                            ),
                        ),
                        (
                            "meaning_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="meaning in English"
                            ),
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
                        (
                            "gate",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("technical", "Technical feasibility"),
                                    ("operational", "Operational feasibility"),
                                ],
                                max_length=11,
                                verbose_name="gate",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        ("round", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "custodian",
                        "ordering": ["round", "number"],
                        "constraints": [
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
                                    ("confirmed_at__isnull", True),
                                    ("sealed_share", b""),
                                    _connector="OR",
                                ),
                                name="custodian_leaves_no_share",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "round", "user"),
                                name="custodian_once_per_round",
                                violation_error_message="This person is a custodian already.",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "round", "organisation"),
                                name="custodian_one_per_organisation_and_round",
                                violation_error_message="This organisation has a custodian already.",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "round", "number"), name="custodian_number_in_round"
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        ("strengths", models.TextField(blank=True, verbose_name="what convinced")),
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
                    name="DecisionLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("language", models.CharField(max_length=2)),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("written_at", models.DateTimeField()),
                        ("appeal_until", models.DateTimeField()),
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="innovation.proposal",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letter to a solver",
                        "ordering": ["version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "version"), name="decisionletter_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionPack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Discussion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="DraftVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField()),
                        ("locked", models.BinaryField()),
                        ("handed_in", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_versions",
                                to="innovation.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a draft",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "revision", "handed_in"),
                                name="draftversion_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=40, unique=True)),
                        (
                            "name_es",
                            models.CharField(max_length=120, verbose_name="name in Spanish"),
                        ),
                        (
                            "name_en",
                            models.CharField(max_length=120, verbose_name="name in English"),
                        ),
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
                        (
                            "appeal_answer_days",
                            models.PositiveSmallIntegerField(
                                default=15, verbose_name="days to answer what is asked or appealed"
                            ),
                        ),
                        (
                            "appeal_days",
                            models.PositiveSmallIntegerField(
                                default=10,
                                verbose_name="days to ask for clarification or to appeal",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("appeal_answer_days__gte", 1),
                                    ("appeal_days__gte", 1),
                                    ("appeal_days__lte", 60),
                                    ("appeal_answer_days__lte", 90),
                                ),
                                name="edition_appeal_days_in_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EligibilityCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("eligible", "Meets the conditions of the call"),
                                    ("ineligible", "Does not meet the conditions of the call"),
                                ],
                                max_length=10,
                                verbose_name="eligibility",
                            ),
                        ),
                        ("items", models.JSONField(default=list)),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("checked_at", models.DateTimeField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("answer_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.TextField(blank=True, verbose_name="answer of the solver"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "review_reason",
                            models.TextField(
                                blank=True, verbose_name="what was resolved on the answer, and why"
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
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
                            "checked_by",
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
                                related_name="eligibility",
                                to="innovation.proposal",
                            ),
                        ),
                        (
                            "reviewed_by",
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
                        "verbose_name": "eligibility check",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="eligibilitycheck_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="eligibilitycheck_answer_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewed_at__isnull", True),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        models.Q(("review_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="eligibilitycheck_review_reasoned",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvaluationCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("hse", "Health, safety and environment"),
                                    ("procurement", "Procurement"),
                                ],
                                max_length=11,
                                verbose_name="kind",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "text_es",
                            models.CharField(max_length=300, verbose_name="question in Spanish"),
                        ),
                        (
                            "text_en",
                            models.CharField(max_length=300, verbose_name="question in English"),
                        ),
                        (
                            "challenge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="innovation.challenge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "check",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("challenge", "position"), name="evaluationcheck_position"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text_es", ""), _negated=True),
                                    models.Q(("text_en", ""), _negated=True),
                                ),
                                name="evaluationcheck_asks",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvaluationTerms",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    (
                                        "open",
                                        "Open: the solver reads who evaluated, once decisions are released",
                                    ),
                                    (
                                        "single",
                                        "Single-blind: the solver never learns who evaluated",
                                    ),
                                    (
                                        "double",
                                        "Double-blind: nor do evaluators learn whose proposal it is",
                                    ),
                                ],
                                default="single",
                                max_length=6,
                                verbose_name="who knows whom",
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="evaluations due"),
                        ),
                        (
                            "challenge",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evaluation_terms",
                                to="innovation.challenge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "terms of the evaluation",
                    },
                ),
                migrations.CreateModel(
                    name="EvaluatorProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "expertise",
                            models.TextField(blank=True, verbose_name="what you know well"),
                        ),
                        (
                            "reads_spanish",
                            models.BooleanField(default=True, verbose_name="reads Spanish"),
                        ),
                        (
                            "reads_english",
                            models.BooleanField(default=False, verbose_name="reads English"),
                        ),
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
                            models.ManyToManyField(
                                blank=True, related_name="+", to="knowledge.theme"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evaluator",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "technical"), ("scope", ""), _connector="OR"
                                ),
                                name="evaluatorprofile_scope_iff_technical",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reads_spanish", True),
                                    ("reads_english", True),
                                    _connector="OR",
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
                    name="FormerDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("strengths", models.TextField(blank=True)),
                        ("feedback", models.TextField()),
                        ("decided_at", models.DateTimeField()),
                        ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "appeal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former",
                                to="innovation.appeal",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "letter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_told",
                                to="innovation.decisionletter",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_decisions",
                                to="innovation.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "former decision",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FundingScenario",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what it is for"
                            ),
                        ),
                        ("inputs", models.JSONField()),
                        ("inputs_sha256", models.CharField(max_length=64)),
                        ("result", models.JSONField()),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scenarios",
                                to="innovation.challenge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "funding scenario",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("challenge", "number"), name="fundingscenario_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HseCondition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("what", models.CharField(max_length=250, verbose_name="condition")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Not checked yet"),
                                    ("met", "Met"),
                                    ("not_met", "Not met"),
                                ],
                                default="pending",
                                max_length=8,
                            ),
                        ),
                        ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hse_conditions",
                                to="innovation.agreement",
                            ),
                        ),
                        (
                            "checked_by",
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
                        "verbose_name": "condition of health, safety and environment",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "pending"),
                                    models.Q(
                                        ("checked_at__isnull", False),
                                        models.Q(("evidence", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="hsecondition_checked_has_evidence",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inquiry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "With the cluster team"),
                                    ("forwarded", "With the solver"),
                                    ("answered", "Answered, being redacted"),
                                    ("shown", "Answer given"),
                                    ("declined", "Not forwarded"),
                                ],
                                default="asked",
                                max_length=9,
                            ),
                        ),
                        ("text", models.TextField(verbose_name="question")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "wording",
                            models.TextField(
                                blank=True, verbose_name="question as the solver reads it"
                            ),
                        ),
                        ("forwarded_at", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "declined",
                            models.TextField(blank=True, verbose_name="why it was not forwarded"),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "shown",
                            models.TextField(
                                blank=True, verbose_name="answer as evaluators read it"
                            ),
                        ),
                        ("shown_at", models.DateTimeField(blank=True, null=True)),
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
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked_inquiries",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "handled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inquiries",
                                to="innovation.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question to the solver",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["asked", "declined"]),
                                    models.Q(
                                        ("due_at__isnull", False),
                                        ("forwarded_at__isnull", False),
                                        models.Q(("wording", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="inquiry_forwarded_with_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("declined", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="inquiry_declined_with_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "shown"), _negated=True),
                                    models.Q(
                                        ("shown_at__isnull", False),
                                        models.Q(("shown", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="inquiry_shown_with_words",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "person",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="name of the person"
                            ),
                        ),
                        (
                            "user_area",
                            models.CharField(blank=True, max_length=80, verbose_name="user area"),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, verbose_name="words that go with the invitation"
                            ),
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
                        ("failed_at", models.DateTimeField(blank=True, null=True)),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Kpi",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="measure")),
                        ("unit", models.CharField(max_length=40, verbose_name="unit")),
                        (
                            "baseline",
                            models.DecimalField(
                                decimal_places=4, max_digits=16, verbose_name="baseline"
                            ),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                decimal_places=4, max_digits=16, verbose_name="target"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="kpis",
                                to="innovation.agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "measure of success",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("unit", ""), _negated=True), name="kpi_has_unit"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("baseline", models.F("target")), _negated=True),
                                name="kpi_target_is_a_change",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KpiReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="measured on")),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=4, max_digits=16, verbose_name="value"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(max_length=200, verbose_name="how it is known"),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readings",
                                to="innovation.kpi",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reading",
                        "ordering": ["on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kpi", "on"), name="kpireading_once_a_day"
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("state", "asked"),
                                    ("answered_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="mergeconsent_dated_iff_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MergeProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                max_length=200, verbose_name="title of the joint problem"
                            ),
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
                    name="Milestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="milestone")),
                        (
                            "deliverable",
                            models.TextField(blank=True, verbose_name="what is delivered"),
                        ),
                        ("due_on", models.DateField(verbose_name="due")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned ahead"),
                                    ("reported", "Report waiting for an answer"),
                                    ("returned", "Report returned"),
                                    ("accepted", "Accepted as done"),
                                    ("dropped", "Dropped"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="innovation.agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone",
                        "ordering": ["due_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "accepted"),
                                    ("accepted_at__isnull", True),
                                    _connector="XOR",
                                ),
                                name="milestone_dated_iff_accepted",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("due_before", models.DateField()),
                        ("due_after", models.DateField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="innovation.milestone",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a milestone",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="milestonechange_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("done", models.TextField(blank=True, verbose_name="what was done")),
                        (
                            "results",
                            models.TextField(
                                blank=True, verbose_name="results, with their measurements"
                            ),
                        ),
                        (
                            "difficulties",
                            models.TextField(blank=True, verbose_name="difficulties and delays"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned"),
                                    ("accepted", "Accepted as done"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
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
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="innovation.milestone",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report on a milestone",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("milestone", "number"), name="milestonereport_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "submitted"])),
                                fields=("milestone",),
                                name="milestonereport_one_live",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("submitted_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="milestonereport_dated_iff_submitted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted"]),
                                    ("answered_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="milestonereport_dated_iff_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="milestonereport_returned_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="innovation.minutesrevision",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="innovation.panelseat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval of minutes",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("revision", "seat"), name="minutesapproval_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("why", models.TextField(blank=True, verbose_name="what was corrected")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="innovation.panelminutes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "revision of minutes",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("minutes", "number"), name="minutesrevision_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Motion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        ("strengths", models.TextField(blank=True, verbose_name="what convinced")),
                        ("feedback", models.TextField(verbose_name="advice for the supplier")),
                        ("put_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Being voted on"),
                                    ("carried", "Carried"),
                                    ("tied", "Not carried: a tie"),
                                    ("lost", "Not carried"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("in_favour", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("against", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("abstained", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("present", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("entitled", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("needed", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="motions",
                                to="innovation.agendaitem",
                            ),
                        ),
                        (
                            "put_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "motion",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("item",),
                                name="motion_one_open",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "carried")),
                                fields=("item",),
                                name="motion_one_carried",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    ("closed_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="motion_dated_iff_closed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NdaAcceptance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="NdaOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            models.UniqueConstraint(
                                fields=("challenge", "number"), name="ndatext_once"
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("rehearsal", "Rehearsal"), ("opening", "Opening")],
                                max_length=10,
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
                        (
                            "envelope",
                            models.CharField(
                                choices=[
                                    ("whole", "Whole proposals"),
                                    ("technical", "Technical parts"),
                                    ("economic", "Economic parts"),
                                ],
                                default="whole",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening session",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PanelMinutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft, to be approved"),
                                    ("fixed", "Approved and fixed"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=0)),
                        ("fixed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="innovation.panelsession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "minutes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "fixed"), ("fixed_at__isnull", True), _connector="XOR"
                                ),
                                name="panelminutes_dated_iff_fixed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelRecusal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("why_es", models.TextField()),
                        ("why_en", models.TextField()),
                        ("is_declared", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recusals",
                                to="innovation.agendaitem",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recusals",
                                to="innovation.panelseat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interest declared at a panel",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "seat"), name="panelrecusal_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "office",
                            models.CharField(
                                choices=[
                                    ("chair", "Chair"),
                                    ("secretary", "Secretary"),
                                    ("member", "Member"),
                                    ("guest", "Guest"),
                                ],
                                max_length=10,
                                verbose_name="office",
                            ),
                        ),
                        ("votes", models.BooleanField(default=True, verbose_name="has a vote")),
                        (
                            "attendance",
                            models.CharField(
                                choices=[
                                    ("expected", "Expected"),
                                    ("present", "Present in the room"),
                                    ("remote", "Present by link"),
                                    ("absent", "Absent"),
                                    ("left", "Left during the session"),
                                ],
                                default="expected",
                                max_length=10,
                            ),
                        ),
                        ("attended_at", models.DateTimeField(blank=True, null=True)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="panel_seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="innovation.panelsession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat at a panel",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "person"), name="panelseat_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("office", "chair")),
                                fields=("session",),
                                name="panelseat_one_chair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("office", "guest"), _negated=True),
                                    ("votes", False),
                                    _connector="OR",
                                ),
                                name="panelseat_guests_listen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        ("starts_at", models.DateTimeField(verbose_name="date and time")),
                        (
                            "place",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="meeting place"
                            ),
                        ),
                        ("link", models.URLField(blank=True, max_length=300, verbose_name="link")),
                        (
                            "quorum_rule",
                            models.CharField(
                                choices=[
                                    ("more_than_half", "More than half of those with a vote"),
                                    ("two_thirds", "Two thirds of those with a vote"),
                                    ("all", "All who have a vote"),
                                ],
                                default="more_than_half",
                                max_length=16,
                                verbose_name="quorum",
                            ),
                        ),
                        (
                            "majority_rule",
                            models.CharField(
                                choices=[
                                    ("simple", "More votes for than against"),
                                    ("present", "More than half of those present with a vote"),
                                    ("two_thirds", "Two thirds of the votes for and against"),
                                    ("unanimous", "Nobody against"),
                                ],
                                default="simple",
                                max_length=16,
                                verbose_name="majority",
                            ),
                        ),
                        (
                            "is_named",
                            models.BooleanField(
                                default=True, verbose_name="votes are kept by name"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "Being prepared"),
                                    ("called", "Called"),
                                    ("open", "In session"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="preparing",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("called_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        (
                            "challenges",
                            models.ManyToManyField(
                                related_name="panels", to="innovation.challenge"
                            ),
                        ),
                        (
                            "created_by",
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
                                related_name="panels",
                                to="innovation.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "panel session",
                        "ordering": ["-starts_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("closed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="panelsession_dated_when_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", ""), _negated=True),
                                    models.Q(("link", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="panelsession_is_somewhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelVote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "ballot",
                            models.CharField(
                                choices=[
                                    ("for", "In favour"),
                                    ("against", "Against"),
                                    ("abstain", "Abstention"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "motion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="innovation.motion",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes_given",
                                to="innovation.panelseat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("motion", "seat"), name="panelvote_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "share",
                            models.PositiveSmallIntegerField(verbose_name="share of the work (%)"),
                        ),
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
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partnerships",
                                to="knowledge.actor",
                            ),
                        ),
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partners",
                                to="innovation.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partner of a proposal",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["asked", "accepted"])),
                                fields=("proposal", "actor"),
                                name="partner_once",
                                violation_error_message="This organisation has been asked already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gte", 1), ("share__lte", 99)),
                                name="partner_share_of_a_hundred",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("is_answer", models.BooleanField(default=False)),
                        ("text", models.TextField(verbose_name="message")),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="innovation.partnerpost",
                            ),
                        ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("offers", models.TextField(verbose_name="what you offer")),
                        ("seeks", models.TextField(verbose_name="what you look for")),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partner_posts",
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
                                related_name="partner_posts",
                                to="innovation.challenge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search for a partner",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at__isnull", True)),
                                fields=("challenge", "actor"),
                                name="partnerpost_one_per_organisation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("what", models.CharField(max_length=160, verbose_name="payment for")),
                        (
                            "amount_usd",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="amount (US$)"
                            ),
                        ),
                        ("planned_on", models.DateField(verbose_name="planned for")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned ahead"),
                                    ("invoiced", "Invoiced"),
                                    ("paid", "Paid"),
                                ],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        (
                            "invoice_number",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="invoice number"
                            ),
                        ),
                        (
                            "invoiced_on",
                            models.DateField(blank=True, null=True, verbose_name="invoiced on"),
                        ),
                        (
                            "paid_on",
                            models.DateField(blank=True, null=True, verbose_name="paid on"),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="payments",
                                to="innovation.agreement",
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="payments",
                                to="innovation.milestone",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payment",
                        "ordering": ["planned_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_usd__gt", 0)), name="payment_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "planned"),
                                    ("invoiced_on__isnull", False),
                                    _connector="XOR",
                                ),
                                name="payment_dated_iff_invoiced",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "paid"), ("paid_on__isnull", True), _connector="XOR"
                                ),
                                name="payment_dated_iff_paid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("paid_on__isnull", True),
                                    ("paid_on__gte", models.F("invoiced_on")),
                                    _connector="OR",
                                ),
                                name="payment_paid_after_invoice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=40)),
                        ("seen_at", models.DateTimeField()),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="present",
                                to="innovation.proposal",
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
                        "verbose_name": "presence in a draft",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "user"), name="presence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrivateNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("locked", models.BinaryField(default=bytes)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "assignment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="private_note",
                                to="innovation.assignment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "private note",
                    },
                ),
                migrations.CreateModel(
                    name="Problem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "cost_basis",
                            models.TextField(blank=True, verbose_name="how the cost is known"),
                        ),
                        (
                            "tried",
                            models.TextField(
                                blank=True, verbose_name="what was tried and why it failed"
                            ),
                        ),
                        (
                            "constraints_text",
                            models.TextField(blank=True, verbose_name="constraints"),
                        ),
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
                            models.TextField(
                                blank=True, verbose_name="safety, health and environment"
                            ),
                        ),
                        (
                            "constraint_shifts",
                            models.TextField(blank=True, verbose_name="shifts and stops"),
                        ),
                        (
                            "data_offered",
                            models.TextField(blank=True, verbose_name="data on offer"),
                        ),
                        ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "not_sought",
                            models.TextField(blank=True, verbose_name="what is not sought"),
                        ),
                        (
                            "objective",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="strategic objective served",
                            ),
                        ),
                        (
                            "parents",
                            models.ManyToManyField(
                                related_name="joined_in", to="innovation.problem"
                            ),
                        ),
                        (
                            "partners",
                            models.ManyToManyField(
                                related_name="joint_problems", to="knowledge.actor"
                            ),
                        ),
                        (
                            "pilot_site",
                            models.TextField(blank=True, verbose_name="pilot site on offer"),
                        ),
                        (
                            "samples_offered",
                            models.TextField(blank=True, verbose_name="samples on offer"),
                        ),
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
                        (
                            "systems",
                            models.TextField(blank=True, verbose_name="systems in use today"),
                        ),
                        ("tiers", models.JSONField(blank=True, default=dict)),
                        (
                            "title_other",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="title in the other language",
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
                        "indexes": [
                            models.Index(fields=["edition", "state"], name="problem_by_state")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="problem_has_title",
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
                                    ("state", "draft"),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="problem_dated_once_submitted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["declined", "needs_information"]),
                                        _negated=True,
                                    ),
                                    models.Q(("triage_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="problem_reason_iff_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pilot_usd__isnull", True),
                                    ("pilot_usd__gte", 0),
                                    _connector="OR",
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
                    name="ProblemComment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="title"),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="summary")),
                        (
                            "approach",
                            models.TextField(
                                blank=True, verbose_name="what you propose and how it works"
                            ),
                        ),
                        (
                            "evidence",
                            models.TextField(blank=True, verbose_name="evidence that it works"),
                        ),
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
                                    (
                                        "parts_differ",
                                        "its sealed parts are not those of its receipt",
                                    ),
                                    (
                                        "bytes_differ",
                                        "a sealed part is not the one that was received",
                                    ),
                                    (
                                        "wrong_context",
                                        "a sealed part belongs to another proposal or revision",
                                    ),
                                    (
                                        "damaged",
                                        "a sealed part was changed, or is sealed to another key",
                                    ),
                                    ("unreadable", "what was sealed cannot be read"),
                                    (
                                        "lost",
                                        "the ledger says that it was received, and it is gone",
                                    ),
                                    (
                                        "older",
                                        "the ledger knows of a later submission than the one that is here",
                                    ),
                                    (
                                        "hidden",
                                        "the ledger says that it stands, and its row says otherwise",
                                    ),
                                    ("ledger_broken", "the ledger is not whole"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("rewriting_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answers",
                            models.JSONField(blank=True, null=True, verbose_name="answers"),
                        ),
                        ("budget", models.JSONField(blank=True, null=True, verbose_name="budget")),
                        (
                            "economic_failure",
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
                                    (
                                        "parts_differ",
                                        "its sealed parts are not those of its receipt",
                                    ),
                                    (
                                        "bytes_differ",
                                        "a sealed part is not the one that was received",
                                    ),
                                    (
                                        "wrong_context",
                                        "a sealed part belongs to another proposal or revision",
                                    ),
                                    (
                                        "damaged",
                                        "a sealed part was changed, or is sealed to another key",
                                    ),
                                    ("unreadable", "what was sealed cannot be read"),
                                    (
                                        "lost",
                                        "the ledger says that it was received, and it is gone",
                                    ),
                                    (
                                        "older",
                                        "the ledger knows of a later submission than the one that is here",
                                    ),
                                    (
                                        "hidden",
                                        "the ledger says that it stands, and its row says otherwise",
                                    ),
                                    ("ledger_broken", "the ledger is not whole"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("economic_sealed", models.BooleanField(default=False)),
                        ("ineligible_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "people",
                            models.JSONField(
                                blank=True, null=True, verbose_name="people of the team"
                            ),
                        ),
                        (
                            "public_summary",
                            models.TextField(blank=True, verbose_name="public summary"),
                        ),
                        (
                            "references",
                            models.JSONField(blank=True, null=True, verbose_name="references"),
                        ),
                        (
                            "timeline",
                            models.JSONField(blank=True, null=True, verbose_name="timeline"),
                        ),
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
                                    ("is_sealed", True),
                                    models.Q(("locked", b""), ("rewriting_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="proposal_locked_only_if_sealed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "submitted"), _negated=True),
                                    models.Q(
                                        ("submitted_at__isnull", False),
                                        models.Q(
                                            ("is_sealed", True),
                                            models.Q(
                                                models.Q(
                                                    ("requested_usd__isnull", False),
                                                    ("economic_sealed", True),
                                                    _connector="OR",
                                                ),
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
                                    ("economic_sealed", False),
                                    models.Q(
                                        ("budget__isnull", True), ("requested_usd__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="proposal_sealed_shows_no_price",
                            ),
                            models.CheckConstraint(
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
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                fields=("problem", "criterion", "rater"),
                                name="rating_once_per_rater",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 1), ("points__lte", 5)),
                                name="rating_one_to_five",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "name_es",
                            models.CharField(max_length=80, verbose_name="name in Spanish"),
                        ),
                        (
                            "name_en",
                            models.CharField(max_length=80, verbose_name="name in English"),
                        ),
                        (
                            "meaning_es",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="meaning in Spanish"
                            ),
                        ),
                        (
                            "meaning_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="meaning in English"
                            ),
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
                                condition=models.Q(("weight__gte", 1)),
                                name="ratingcriterion_weighs",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="RedactedCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("words", models.JSONField(default=dict)),
                        ("shown", models.JSONField(default=dict)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redacted_copy",
                                to="innovation.proposal",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "redacted copy",
                    },
                ),
                migrations.CreateModel(
                    name="RedactedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="innovation.redactedcopy",
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
                        (
                            "instead_of",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="redacted",
                                to="innovation.attachment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "redacted file",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="innovation.milestonereport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deliverable",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Resharing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "needed",
                            models.PositiveSmallIntegerField(
                                verbose_name="custodians who open together"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="why new shares are made")),
                        ("begun_at", models.DateTimeField()),
                        ("given_by", models.JSONField(default=list)),
                        ("present", models.TextField(blank=True, verbose_name="who is present")),
                        ("minute", models.TextField(blank=True, verbose_name="minute")),
                        ("split", models.CharField(blank=True, max_length=16)),
                        ("replaced_split", models.CharField(blank=True, max_length=16)),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("abandoned_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resharings",
                                to="innovation.callkey",
                            ),
                        ),
                        (
                            "led_by",
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
                        "verbose_name": "new shares of a key",
                        "ordering": ["-round"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "round"), name="resharing_round"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("abandoned_at__isnull", True), ("done_at__isnull", True)
                                ),
                                fields=("key",),
                                name="resharing_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("needed__gte", 2)),
                                name="resharing_two_at_least",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("made_at__isnull", True), ("split", "")),
                                    models.Q(
                                        ("made_at__isnull", False),
                                        models.Q(("split", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="resharing_made_with_split",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_at__isnull", True),
                                    ("made_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="resharing_done_after_made",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Risk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("what", models.CharField(max_length=250, verbose_name="risk")),
                        (
                            "likelihood",
                            models.PositiveSmallIntegerField(
                                verbose_name="likelihood, from 1 to 5"
                            ),
                        ),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(verbose_name="impact, from 1 to 5"),
                        ),
                        ("answer", models.TextField(verbose_name="what is done about it")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("happened", "Happened"),
                                    ("over", "Over"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="what happened")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="risks",
                                to="innovation.agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "risk",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("likelihood__gte", 1), ("likelihood__lte", 5)),
                                name="risk_likelihood_in_scale",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("impact__gte", 1), ("impact__lte", 5)),
                                name="risk_impact_in_scale",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            models.UniqueConstraint(
                                fields=("assignment", "criterion"), name="score_once"
                            ),
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
                    name="ScoreChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("points_before", models.PositiveSmallIntegerField()),
                        ("points_after", models.PositiveSmallIntegerField()),
                        ("reason_before", models.TextField()),
                        ("why", models.TextField(verbose_name="reason for the change")),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "score",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="innovation.score",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "changed score",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("points_before", models.F("points_after")), _negated=True
                                ),
                                name="scorechange_changes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True),
                                name="scorechange_has_reason",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="ShortlistChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="ShortlistStudy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("state", "waiting"),
                                    ("finished_at__isnull", False),
                                    _connector="XOR",
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
                    name="SolverInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(max_length=250, verbose_name="organisation"),
                        ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Workshop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                migrations.CreateModel(
                    name="YearFigures",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "sales_usd",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=14,
                                verbose_name="sales (US$), exports included",
                            ),
                        ),
                        (
                            "exports_usd",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=14,
                                verbose_name="exports (US$)",
                            ),
                        ),
                        (
                            "export_countries",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="countries of export"
                            ),
                        ),
                        (
                            "jobs",
                            models.PositiveIntegerField(
                                default=0, verbose_name="jobs kept or created"
                            ),
                        ),
                        ("source", models.CharField(max_length=250, verbose_name="source")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="years",
                                to="innovation.agreement",
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
                            "confirmed_by",
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
                        "verbose_name": "figures of a year",
                        "ordering": ["year", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "actor", "year"), name="yearfigures_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("exports_usd__gte", 0),
                                    ("sales_usd__gte", models.F("exports_usd")),
                                ),
                                name="yearfigures_exports_are_sales",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("exports_usd", 0),
                                    models.Q(("export_countries", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="yearfigures_exports_go_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="yearfigures_has_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    ("confirmed_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="yearfigures_dated_iff_confirmed",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
