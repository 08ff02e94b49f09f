"""How a company begins a problem, answers, comments and attaches."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.forms.fields import text_area
from minka.innovation.queries.problems import own_companies
from minka.knowledge.models import Actor


class StartProblemForm(DomainForm):
    """The title, and the company when a person acts for several."""

    title = forms.CharField(
        label=_("What is the problem, in one line?"),
        help_text=_(
            "For example: “Mill liners last half of what was planned”. Do not name the company "
            "or the site here: other companies' representatives will read this line."
        ),
        max_length=200,
    )
    company = forms.ModelChoiceField(label=_("Company"), queryset=Actor.objects.none())

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["company"]
        field.queryset = own_companies(viewer=viewer)
        if len(field.queryset) == 1:
            field.empty_label = None


class AnswerForm(DomainForm):
    """A reply to what the cluster team asked."""

    answer = forms.CharField(
        label=_("Your answer to the cluster team"),
        help_text=_("Say what you added or changed, and where."),
        widget=text_area(),
        required=False,
    )


class CommentForm(DomainForm):
    """One contribution to the conversation about a problem."""

    text = forms.CharField(label=_("Your comment"), widget=text_area(3), max_length=4000)


class ProblemFileForm(DomainForm):
    """A file to attach."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("PDF, office documents, sheets or pictures."),
        widget=forms.FileInput(attrs={"data-max-bytes": settings.MINKA_UPLOAD_MAX_BYTES}),
    )
