"""Payments of an agreement: the supplier invoices, the company pays; each notes its own."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.agreement_plan import open_agreement
from minka.innovation.models import Payment
from minka.innovation.states.agreements import PAYMENT_REACHED_FROM, PaymentState


@transaction.atomic
def invoice_payment(*, by: User, payment: Payment, number: str, on: date) -> Payment:
    """Note that the supplier has invoiced a payment.

    Raises:
        NotAllowed: `by` is not of the supplier.
        WrongState: it was invoiced before.
        InvalidInput: no number, or a day to come.
    """
    require(by, "innovation.payment_invoice", payment.agreement)
    open_agreement(payment.agreement, in_force=True)
    if not number.strip() or on > timezone.localdate():
        raise InvalidInput(fields={"number": _("Write the invoice number and its day.")})
    values = {"invoice_number": number.strip()[:60], "invoiced_on": on}
    return _move_payment(by, payment, PaymentState.INVOICED, values)


@transaction.atomic
def pay_payment(*, by: User, payment: Payment, on: date) -> Payment:
    """Note that the company has paid an invoice.

    Raises:
        NotAllowed: `by` is not of the company.
        WrongState: it was not invoiced, or was paid before.
        InvalidInput: a day to come, or before the invoice.
    """
    require(by, "innovation.payment_pay", payment.agreement)
    payment.refresh_from_db()
    if on > timezone.localdate() or (payment.invoiced_on and on < payment.invoiced_on):
        raise InvalidInput(fields={"on": _("It is paid after the invoice and not in the future.")})
    return _move_payment(by, payment, PaymentState.PAID, {"paid_on": on})


def _move_payment(
    by: User, payment: Payment, target: PaymentState, values: dict[str, Any]
) -> Payment:
    movable = Payment.objects.filter(pk=payment.pk, state__in=PAYMENT_REACHED_FROM[target])
    if not movable.update(state=target, **values):
        raise WrongState(_("This payment has moved on; reload the page."))
    payment.refresh_from_db()
    data = {"payment": payment.pk, "state": target}
    record(by=by, verb=f"innovation.payment_{target}", obj=payment.agreement, data=data)
    return payment
