"""What else solvers are told of a challenge: who may take part, what is offered, what is secret."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.proposal_parts import ProposalPart, parts_of
from minka.innovation.states import Purchase


class ChallengeDetails(models.Model):
    """Columns of a challenge. Those that begin with `nda` are read under confidentiality only."""

    eligibility_es = models.TextField(_("who may take part, in Spanish"), blank=True)
    eligibility_en = models.TextField(_("who may take part, in English"), blank=True)
    consortium_es = models.TextField(_("who may lead, in Spanish"), blank=True)
    consortium_en = models.TextField(_("who may lead, in English"), blank=True)
    ip_es = models.TextField(_("intellectual property, in Spanish"), blank=True)
    ip_en = models.TextField(_("intellectual property, in English"), blank=True)
    confidentiality_es = models.TextField(_("confidentiality agreement, in Spanish"), blank=True)
    confidentiality_en = models.TextField(_("confidentiality agreement, in English"), blank=True)
    nda_details_es = models.TextField(_("confidential details, in Spanish"), blank=True)
    nda_details_en = models.TextField(_("confidential details, in English"), blank=True)
    nda_limits_es = models.TextField(_("confidential conditions, in Spanish"), blank=True)
    nda_limits_en = models.TextField(_("confidential conditions, in English"), blank=True)
    nda_offer_es = models.TextField(_("confidential data and site, in Spanish"), blank=True)
    nda_offer_en = models.TextField(_("confidential data and site, in English"), blank=True)
    consortium_allowed = models.BooleanField(_("consortia are welcome"), default=True)
    partners_max = models.PositiveSmallIntegerField(_("most partners"), null=True, blank=True)
    local_partner = models.BooleanField(_("a partner of the region is demanded"), default=False)
    pilot_budget_usd = models.DecimalField(
        _("budget of the pilot (US$)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    site_offered = models.BooleanField(_("a site for the pilot is offered"), default=False)
    purchase = models.CharField(
        _("purchase if it works"), max_length=10, choices=Purchase.choices, blank=True
    )
    form_parts = models.JSONField(_("parts of its proposals"), null=True, blank=True)
    approval_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def parts(self) -> tuple[ProposalPart, ...]:
        """What a proposal has to say, beside what every one does."""
        return parts_of(self.form_parts)
