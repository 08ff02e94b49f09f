"""Forms of questions about a challenge, and of where it is presented."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.forms.drafts import DraftForm


class QuestionForm(DomainForm):
    """What somebody asks; nothing typed is cut off here, so that a refusal keeps it."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "One matter per question. Leave out names and prices: if it is answered, question and "
            "answer are published for everybody, without saying who asked."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(DraftForm):
    """An answer in both languages, as the user area drafts it; it may be half-written."""

    answer_es = forms.CharField(
        label=_("Answer in Spanish"), widget=forms.Textarea(attrs={"rows": 5})
    )
    answer_en = forms.CharField(
        label=_("Answer in English"), widget=forms.Textarea(attrs={"rows": 5})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def words(self) -> dict[str, str]:
        """Return the texts that were sent."""
        return {name: text for name, text in self.cleaned_data.items() if name != "revision"}


class PublicationForm(AnswerForm):
    """Question and answer as they become public."""

    question_es = forms.CharField(
        label=_("Question in Spanish"), widget=forms.Textarea(attrs={"rows": 4})
    )
    question_en = forms.CharField(
        label=_("Question in English"), widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = ("question_es", "question_en", "answer_es", "answer_en", "revision")


class RefusalForm(DomainForm):
    """Why a question gets no public answer."""

    reason = forms.CharField(
        label=_("Reason, for the asker alone"), widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class OccasionForm(DomainForm):
    """An event at which the challenge is presented."""

    event = forms.CharField(label=_("Event"), max_length=120)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(label=_("City and venue"), max_length=160, required=False)
