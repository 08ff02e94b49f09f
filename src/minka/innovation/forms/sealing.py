"""Input of the ceremony, of a custodian, of an opening, and of an exception to a deadline."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.core.models import User
from minka.innovation.actions.opening import GivenShare
from minka.innovation.models import Call
from minka.innovation.states import Envelopes, Protection
from minka.knowledge.models import Actor, Membership
from minka.knowledge.states import MembershipState

MOST_SHARE_CHARACTERS = 20_000


def _passphrase(label: Any, help_text: Any = "", *, new: bool = False) -> forms.CharField:
    kind = "new-password" if new else "off"
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


class ProtectionForm(DomainForm):
    """How the proposals to a call are protected."""

    protection = forms.ChoiceField(
        label=_("How proposals are protected"),
        choices=Protection.choices,
        widget=forms.RadioSelect,
    )
    envelopes = forms.ChoiceField(
        label=_("What opens when"),
        choices=Envelopes.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Only for sealed calls. Suppliers then mark the files that are economic."),
    )
    economic_from = forms.DateTimeField(
        label=_("Economic parts not before"),
        required=False,
        help_text=_("May stay empty: they never open before the technical evaluation is over."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    shows_count = forms.BooleanField(
        label=_("Tell everybody how many proposals were received"),
        required=False,
        help_text=_("While they are sealed only the number is told, never by whom."),
    )

    @staticmethod
    def of(call: Call | None) -> dict[str, Any]:
        """Return what a call says now."""
        names = ("protection", "envelopes", "economic_from", "shows_count")
        return {name: getattr(call, name) for name in names} if call else {}

    def clean_envelopes(self) -> str:
        """Return what was chosen; everything at once when nothing was."""
        return self.cleaned_data["envelopes"] or Envelopes.ONE


class NeededForm(DomainForm):
    """How many custodians open together."""

    needed = forms.IntegerField(label=_("Custodians who open together"), min_value=2, max_value=15)


class ResharingForm(DomainForm):
    """Why new shares are made, and how many custodians will open together."""

    reason = forms.CharField(
        label=_("Why new shares are made"),
        help_text=_("It is written in the ledger, and every custodian is told."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    needed = forms.IntegerField(label=_("Custodians who open together"), min_value=2, max_value=15)


class CustodianForm(DomainForm):
    """Who will hold a share, by e-mail; for which organisation, when there are several."""

    email = forms.EmailField(label=_("E-mail of the custodian"))
    organisation = forms.CharField(
        label=_("Organisation"),
        required=False,
        help_text=_("Only if the person belongs to several: its name or its number."),
    )

    def clean(self) -> dict[str, Any]:
        """Find person and organisation; what is not found shows beside its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        person = User.objects.filter(email__iexact=cleaned.get("email", ""), is_active=True).first()
        if cleaned.get("email") and person is None:
            self.add_error("email", _("Nobody with this e-mail has an account here."))
        if person is None:
            return cleaned
        wanted = cleaned.get("organisation", "").strip()
        belongs = Membership.objects.filter(user=person, state=MembershipState.ACTIVE)
        if wanted:
            named = Q(actor__public_id__iexact=wanted) | Q(actor__name__icontains=wanted)
            belongs = belongs.filter(named)
        found = list(belongs.select_related("actor")[:2])
        if len(found) == 1:
            return {**cleaned, "person": person, "actor": found[0].actor}
        self.add_error(
            "organisation" if found else "email",
            _("Say for which organisation: the person belongs to several.")
            if found
            else _("This person does not belong to the organisation."),
        )
        return cleaned


class ReadyForm(DomainForm):
    """The passphrase of a share, twice."""

    passphrase = _passphrase(
        _("Passphrase of your share"),
        _("At least 12 characters; several words that only you join. Nobody can give it back."),
        new=True,
    )
    again = _passphrase(_("The same passphrase again"), new=True)


class TakeForm(DomainForm):
    """The passphrase that was chosen."""

    passphrase = _passphrase(_("The passphrase that you chose"))


class ConfirmForm(DomainForm):
    """One's own copy of a share, as text or as the file, and its passphrase."""

    share = forms.CharField(
        label=_("Your share, as text"),
        required=False,
        max_length=MOST_SHARE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(label=_("Or the file that you keep"), required=False)
    passphrase = _passphrase(_("Passphrase of your share"))

    def text(self) -> str:
        """Return the share, from the file when there is one."""
        return _text_of(self.cleaned_data.get("file"), self.cleaned_data.get("share", ""))


class OpeningForm(DomainForm):
    """The shares of as many custodians as are needed, one block each, and the words of the act."""

    present = forms.CharField(
        label=_("Who is present"),
        help_text=_("Names and offices, custodians included."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    minute = forms.CharField(
        label=_("Minute of the session"),
        help_text=_("Where, why, and what is to be noted."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, needed: int, is_rehearsal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        if is_rehearsal:
            del self.fields["minute"]
        for place in range(1, needed + 1):
            self.fields[f"share_{place}"] = forms.CharField(
                label=_("Share, as text"),
                required=False,
                max_length=MOST_SHARE_CHARACTERS,
                widget=forms.Textarea(
                    attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}
                ),
            )
            self.fields[f"file_{place}"] = forms.FileField(label=_("Or its file"), required=False)
            self.fields[f"passphrase_{place}"] = _passphrase(_("Its passphrase"))

    def blocks(self) -> list[dict[str, Any]]:
        """Return the fields of every custodian, in order, for the page."""
        return [
            {
                "place": place,
                "share": self[f"share_{place}"],
                "file": self[f"file_{place}"],
                "passphrase": self[f"passphrase_{place}"],
            }
            for place in range(1, self.needed + 1)
        ]

    def given(self) -> list[GivenShare]:
        """Return what was given; a text that is missing is for the action to refuse."""
        values = self.cleaned_data
        return [
            GivenShare(
                _text_of(values.get(f"file_{place}"), values.get(f"share_{place}", "")),
                values.get(f"passphrase_{place}", ""),
            )
            for place in range(1, self.needed + 1)
        ]


class MoreTimeForm(DomainForm):
    """An exception for one organisation."""

    lead = forms.CharField(
        label=_("Organisation"), help_text=_("Its name as in the directory, or its number.")
    )
    until = forms.DateTimeField(
        label=_("New deadline"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    authorised_by = forms.CharField(label=_("Authorised by (name and office)"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is written in the ledger and quoted in the receipt."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_lead(self) -> Actor:
        """Return the organisation of that name or number."""
        wanted = self.cleaned_data["lead"].strip()
        found = list(Actor.objects.filter(Q(public_id__iexact=wanted) | Q(name__iexact=wanted))[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("No single organisation has this name or number."))
        return found[0]


def _text_of(file: Any, text: str) -> str:
    if not file:
        return text
    return str(file.read(MOST_SHARE_CHARACTERS).decode("utf-8", "replace"))
