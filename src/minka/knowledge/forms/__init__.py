"""What people fill in about the ecosystem map; nothing here saves anything."""

from minka.knowledge.forms.organisations import (
    ActorForm,
    AssignmentForm,
    MembershipRequestForm,
    OrganisationForm,
    ThemesField,
    UploadForm,
    kind_choices,
    regions,
)

__all__ = [
    "ActorForm",
    "AssignmentForm",
    "MembershipRequestForm",
    "OrganisationForm",
    "ThemesField",
    "UploadForm",
    "kind_choices",
    "regions",
]
