"""Money as it was stated: in which currency, and at which rate it is reckoned in US dollars."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.proposal_parts import CURRENCIES


class StatedMoney(models.Model):
    """An amount in its currency; a column of the line beside it holds it in US$, to the cent.

    `rate` is how much of the currency one US dollar costs. It is kept with the line, so that what
    was reckoned stays what it was.
    """

    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(
        _("currency"), max_length=3, choices=[(one, one) for one in CURRENCIES], default="USD"
    )
    rate = models.DecimalField(_("per US$"), max_digits=14, decimal_places=6, default=1)

    class Meta:
        abstract = True

    @property
    def rate_said(self) -> str:
        """The rate as people write it, without noughts at its end; a point in either language."""
        return f"{self.rate.normalize():f}"


def stated_well(name: str) -> list[models.BaseConstraint]:
    """Return what holds of stated money in the table of a line."""
    return [
        models.CheckConstraint(condition=Q(amount__gt=0), name=f"{name}_amount_positive"),
        models.CheckConstraint(
            condition=Q(rate__gt=0) & (~Q(currency="USD") | Q(rate=1)), name=f"{name}_rate_fits"
        ),
    ]
