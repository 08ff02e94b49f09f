"""Parts of a form: one column, label above, help and error beside the field."""

from typing import Any

from django import template
from django.forms import BaseForm, CheckboxInput, FileInput, RadioSelect
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def field(bound: BoundField, lang: str = "") -> SafeString:
    """Draw a whole field: label, help, control, error. `lang` marks the language of its content."""
    if lang:
        bound.field.widget.attrs.setdefault("lang", lang)
    return SafeString(bound.as_field_group())


@register.filter
def is_checkbox(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, CheckboxInput)


@register.filter
def is_file(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, FileInput)


@register.filter
def is_group(bound: BoundField) -> bool:
    return bool(bound.use_fieldset) and not isinstance(bound.field.widget, FileInput)


@register.inclusion_tag("core/forms/errorsummary.html")
def errorsummary(*forms: BaseForm) -> dict[str, Any]:
    """Sum the errors at the top with links to their fields. Empty when there are none."""
    bad_fields = [
        (bound, error)
        for form in forms
        for bound in form
        for error in bound.errors
        if not bound.is_hidden
    ]
    general = [error for form in forms for error in form.non_field_errors()]
    return {"bad_fields": bad_fields, "general": general}


@register.inclusion_tag("core/forms/scale.html")
def scorescale(bound: BoundField, low: str, high: str) -> dict[str, Any]:
    """Radio buttons of a RadioSelect in a row, with what the two ends mean."""
    if not isinstance(bound.field.widget, RadioSelect):
        raise template.TemplateSyntaxError("scorescale draws fields with a RadioSelect widget.")
    return {"field": bound, "low": low, "high": high}


@register.inclusion_tag("core/forms/bilingual.html")
def bilingual(spanish: BoundField, english: BoundField) -> dict[str, Any]:
    """The same text in two languages, side by side where there is room."""
    for bound, language in ((spanish, "es"), (english, "en")):
        bound.field.widget.attrs.setdefault("lang", language)
    return {"spanish": spanish, "english": english}
