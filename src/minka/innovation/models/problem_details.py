"""What else a company says of a problem, field by field, and who may read each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import Trl, Urgency


class ProblemDetails(models.Model):
    """Columns of a problem; `tiers` holds what the company chose apart from the defaults.

    Which columns make one part, and who reads it by default, is in `queries.problem_parts`.
    """

    title_other = models.CharField(_("title in the other language"), max_length=200, blank=True)
    baseline_value = models.DecimalField(
        _("figure today"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_unit = models.CharField(_("unit"), max_length=120, blank=True)
    baseline_source = models.CharField(_("source of the figure"), max_length=300, blank=True)
    systems = models.TextField(_("systems in use today"), blank=True)
    constraint_hse = models.TextField(_("safety, health and environment"), blank=True)
    constraint_altitude = models.TextField(_("altitude and climate"), blank=True)
    constraint_connectivity = models.TextField(_("connectivity"), blank=True)
    constraint_shifts = models.TextField(_("shifts and stops"), blank=True)
    sought = models.TextField(_("what is sought"), blank=True)
    not_sought = models.TextField(_("what is not sought"), blank=True)
    success_value = models.DecimalField(
        _("threshold"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    success_unit = models.CharField(_("unit of the threshold"), max_length=120, blank=True)
    trl_entry = models.PositiveSmallIntegerField(
        _("readiness wanted at the start"), choices=Trl.choices, null=True, blank=True
    )
    trl_exit = models.PositiveSmallIntegerField(
        _("readiness wanted at the end"), choices=Trl.choices, null=True, blank=True
    )
    data_offered = models.TextField(_("data on offer"), blank=True)
    samples_offered = models.TextField(_("samples on offer"), blank=True)
    pilot_site = models.TextField(_("pilot site on offer"), blank=True)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency.choices, blank=True)
    objective = models.CharField(_("strategic objective served"), max_length=200, blank=True)
    tiers = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
