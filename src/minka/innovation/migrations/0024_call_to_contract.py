"""From the form of a call to a contract: consortia, envelopes, panels, agreements, gates."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from minka.core.made_at_once import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_erasure_request"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("innovation", "0023_evaluation"),
        ("knowledge", "0025_claim_letters"),
    ]

    operations = [
        CreateModels(
            [
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
        migrations.RemoveConstraint(
            model_name="custodian",
            name="custodian_once_per_call",
        ),
        migrations.RemoveConstraint(
            model_name="custodian",
            name="custodian_one_per_organisation",
        ),
        migrations.RemoveConstraint(
            model_name="custodian",
            name="custodian_number",
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_complete_iff_submitted",
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_sealed_shows_no_words",
        ),
        migrations.AlterModelOptions(
            name="custodian",
            options={"ordering": ["round", "number"], "verbose_name": "custodian"},
        ),
        migrations.AddField(
            model_name="assignment",
            name="confidence",
            field=models.PositiveSmallIntegerField(
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
        migrations.AddField(
            model_name="assignment",
            name="gate",
            field=models.CharField(
                blank=True,
                choices=[
                    ("technical", "Technical feasibility"),
                    ("operational", "Operational feasibility"),
                ],
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="warned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="is_economic",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="call",
            name="economic_from",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="economic parts not before"
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="envelopes",
            field=models.CharField(
                choices=[
                    ("one", "Everything opens together"),
                    ("two", "Economic parts open after the technical evaluation"),
                ],
                default="one",
                max_length=4,
                verbose_name="what opens when",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="shows_count",
            field=models.BooleanField(
                default=False, verbose_name="tell everybody how many proposals were received"
            ),
        ),
        migrations.AddField(
            model_name="callkey",
            name="economic_opened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="callkey",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="challenge",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="days to ask for clarification or to appeal"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="form_parts",
            field=models.JSONField(blank=True, null=True, verbose_name="parts of its proposals"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="gate",
            field=models.CharField(
                blank=True,
                choices=[
                    ("technical", "Technical feasibility"),
                    ("operational", "Operational feasibility"),
                ],
                max_length=11,
                verbose_name="gate",
            ),
        ),
        migrations.AddField(
            model_name="custodian",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="decision",
            name="strengths",
            field=models.TextField(blank=True, verbose_name="what convinced"),
        ),
        migrations.AddField(
            model_name="edition",
            name="appeal_answer_days",
            field=models.PositiveSmallIntegerField(
                default=15, verbose_name="days to answer what is asked or appealed"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(
                default=10, verbose_name="days to ask for clarification or to appeal"
            ),
        ),
        migrations.AddField(
            model_name="intakeinvitation",
            name="failed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="openingsession",
            name="envelope",
            field=models.CharField(
                choices=[
                    ("whole", "Whole proposals"),
                    ("technical", "Technical parts"),
                    ("economic", "Economic parts"),
                ],
                default="whole",
                max_length=10,
            ),
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
            name="economic_failure",
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
                    ("older", "the ledger knows of a later submission than the one that is here"),
                    ("hidden", "the ledger says that it stands, and its row says otherwise"),
                    ("ledger_broken", "the ledger is not whole"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="economic_sealed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="proposal",
            name="ineligible_at",
            field=models.DateTimeField(blank=True, null=True),
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
        migrations.AlterField(
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
                    ("older", "the ledger knows of a later submission than the one that is here"),
                    ("hidden", "the ledger says that it stands, and its row says otherwise"),
                    ("ledger_broken", "the ledger is not whole"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("envelopes", "one"), ("protection", "sealed"), _connector="OR"),
                name="call_envelopes_only_if_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("economic_from__isnull", True), ("envelopes", "two"), _connector="OR"
                ),
                name="call_economic_date_only_with_envelopes",
            ),
        ),
        migrations.AddConstraint(
            model_name="callkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("economic_opened_at__isnull", True),
                    ("opened_at__isnull", False),
                    _connector="OR",
                ),
                name="callkey_economic_after_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.UniqueConstraint(
                fields=("key", "round", "user"),
                name="custodian_once_per_round",
                violation_error_message="This person is a custodian already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.UniqueConstraint(
                fields=("key", "round", "organisation"),
                name="custodian_one_per_organisation_and_round",
                violation_error_message="This organisation has a custodian already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.UniqueConstraint(
                fields=("key", "round", "number"), name="custodian_number_in_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("appeal_answer_days__gte", 1),
                    ("appeal_days__gte", 1),
                    ("appeal_days__lte", 60),
                    ("appeal_answer_days__lte", 90),
                ),
                name="edition_appeal_days_in_reason",
            ),
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
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("economic_sealed", False),
                    models.Q(("budget__isnull", True), ("requested_usd__isnull", True)),
                    _connector="OR",
                ),
                name="proposal_sealed_shows_no_price",
            ),
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
    ]
