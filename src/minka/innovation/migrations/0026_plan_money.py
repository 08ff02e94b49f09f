"""Money of plans in its own currency; older notices say which proposal they are about."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

CURRENCIES = ("USD", "PEN", "CLP", "AUD", "EUR", "CAD", "BRL", "GBP")
OF_TEAM = ("asked", "answered", "declined", "shown")  # what is told of a question, but to solvers
OF_APPEAL = ("innovation.appeal_asked", "innovation.appeal_handler", "innovation.appeal_due")
ANSWERS = {
    "innovation.eligibility_answered": ("EligibilityCheck", "proposal__public_id"),
    "innovation.correction_answered": ("CorrectionRequest", "proposal__public_id"),
    "innovation.conflict_declared": ("Assignment", "proposal__public_id"),
    **{f"innovation.inquiry_{one}": ("Inquiry", "proposal__public_id") for one in OF_TEAM},
    **dict.fromkeys(OF_APPEAL, ("Appeal", "letter__proposal__public_id")),
}


def state_amounts(apps: Any, _editor: Any) -> None:
    """What was planned before was stated in US$."""
    for name, usd in (("BudgetLine", "planned_usd"), ("Payment", "amount_usd")):
        apps.get_model("innovation", name).objects.update(amount=F(usd))


def say_about(apps: Any, _editor: Any) -> None:
    """Tell of older notices which proposal they are about; the second part of a key is a number."""
    told = apps.get_model("core", "Notice").objects.filter(about="")
    for kind, (model, path) in ANSWERS.items():
        rows = dict(apps.get_model("innovation", model).objects.values_list("pk", path))
        for notice in told.filter(kind=kind).only("pk", "key"):
            number = notice.key.split(":")[1]
            if number.isdecimal() and int(number) in rows:
                notice.about = f"innovation.proposal:{rows[int(number)]}"
                notice.save(update_fields=["about"])


def _money() -> list[tuple[str, Any, bool]]:
    return [
        ("amount", models.DecimalField(
            decimal_places=2, default=0, max_digits=14, verbose_name="amount"), False),
        ("currency", models.CharField(
            choices=[(one, one) for one in CURRENCIES], default="USD", max_length=3,
            verbose_name="currency"), True),
        ("rate", models.DecimalField(
            decimal_places=6, default=1, max_digits=14, verbose_name="per US$"), True),
    ]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_notice_about"),
        ("innovation", "0025_partner_letters"),
    ]

    operations = [
        *(
            migrations.AddField(model, name, field, preserve_default=keeps)
            for model in ("budgetline", "payment")
            for name, field, keeps in _money()
        ),
        migrations.RunPython(state_amounts, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(say_about, migrations.RunPython.noop, elidable=True),
        *(
            operation
            for model in ("budgetline", "payment")
            for operation in (
                migrations.AddConstraint(
                    model_name=model,
                    constraint=models.CheckConstraint(
                        condition=models.Q(amount__gt=0), name=f"{model}_amount_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name=model,
                    constraint=models.CheckConstraint(
                        condition=models.Q(rate__gt=0)
                        & (~models.Q(currency="USD") | models.Q(rate=1)),
                        name=f"{model}_rate_fits",
                    ),
                ),
            )
        ),
    ]
