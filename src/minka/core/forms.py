"""Forms of accounts, and what forms of every line are made with."""

import zoneinfo
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from minka.core.errors import DomainError
from minka.core.models import User
from minka.core.states import Role


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # the library has no types
    """Who somebody is, and where to write to them."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "email", "password1"]

    def save(self, request: HttpRequest) -> User:
        """Return the new person, with the language they were reading in."""
        user: User = super().save(request)
        user.full_name = self.cleaned_data["full_name"].strip()
        user.language = (get_language() or "es")[:2]
        user.save(update_fields=["full_name", "language"])
        return user


# Django's fields take no parameter when they run; those who read types want to know of what.
if TYPE_CHECKING:
    OneOf = forms.ModelChoiceField[Any]
    SeveralOf = forms.ModelMultipleChoiceField[Any]
else:
    OneOf, SeveralOf = forms.ModelChoiceField, forms.ModelMultipleChoiceField

Kind = TypeVar("Kind", bound=forms.Field)


def field_of(form: forms.BaseForm, name: str, kind: type[Kind]) -> Kind:
    """Return one field of a form as what it is; raises TypeError when it is something else."""
    found = form.fields[name]
    if not isinstance(found, kind):
        raise TypeError(f"{name} is no {kind.__name__}")
    return found


def choose_from(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Say from which rows one field of a form is chosen."""
    field_of(form, name, forms.ModelChoiceField).queryset = rows


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Say which values one field of a form offers."""
    field_of(form, name, forms.ChoiceField).choices = list(choices)


class DomainForm(forms.Form):
    """A form that can show what an action found wrong, beside the fields it concerns."""

    def take(self, error: DomainError) -> None:
        """Show the error of an action as errors of this form."""
        for name, message in error.fields.items():
            self.add_error(name if name in self.fields else None, str(message))
        if not error.fields:
            self.add_error(None, str(error.message))

    def say_now(self, **values: object) -> None:
        """Let the next sending say other values than this one did: its writer has been told."""
        sent: Any = self.data
        again = sent.copy()
        again.update({name: str(value) for name, value in values.items()})
        self.data = again


class ProfileForm(DomainForm):
    """Name, language of messages, time zone."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language of messages to you"), choices=[("es", "Español"), ("en", "English")]
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Deadlines are shown in the cluster's time and in yours."),
        choices=[(zone, zone.replace("_", " ")) for zone in sorted(zoneinfo.available_timezones())],
    )

    @staticmethod
    def of(user: User) -> dict[str, str]:
        """Return the values a person starts from."""
        return {
            "full_name": user.full_name,
            "language": user.language,
            "time_zone": user.time_zone,
        }


class RoleForm(forms.Form):
    """One cluster-wide role, to give or to take back."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    take_back = forms.BooleanField(required=False, widget=forms.HiddenInput)
