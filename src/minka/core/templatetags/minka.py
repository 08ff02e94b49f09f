"""The tags that every template has without loading them (settings: `builtins`)."""

from django import template

from minka.core.templatetags import assets, formats, forms, frame, parts

register = template.Library()
for part in (assets, formats, frame, parts, forms):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
