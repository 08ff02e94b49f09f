"""How Django's forms come out as Minka's fields."""

from django.forms.renderers import TemplatesSetting


class MinkaFormRenderer(TemplatesSetting):
    """Every form and field goes through our own templates."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
    formset_template_name = "core/forms/formset.html"
