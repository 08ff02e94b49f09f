"""What an amount in another currency comes to in US dollars, at the rate that was stated."""

from decimal import Decimal

from django.conf import settings

CENT = Decimal("0.01")


def cluster_rates() -> dict[str, Decimal]:
    """No person: return what one US dollar costs in other currencies, as the cluster has set it."""
    rates = {"USD": Decimal(1)}
    for one in str(settings.MINKA_USD_RATES).split(","):
        currency, _sign, rate = one.partition("=")
        if rate.strip():
            rates[currency.strip().upper()] = Decimal(rate.strip())
    return rates


def rate_of(currency: str, stated: Decimal | None) -> Decimal | None:
    """No person: return the rate of a line: 1 for dollars, what it says, else the cluster's."""
    if currency == "USD":
        return Decimal(1)
    return stated or cluster_rates().get(currency)


def in_dollars(amount: Decimal, rate: Decimal) -> Decimal:
    """No person: return an amount in US dollars, rounded to cents."""
    return (amount / rate).quantize(CENT)
