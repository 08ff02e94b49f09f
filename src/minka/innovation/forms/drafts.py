"""Forms of things that may be saved half-written."""

from typing import Any, Self

from minka.core.forms import DomainForm


class DraftForm(DomainForm):
    """Shows what is compulsory at the end, and accepts that it is still empty."""

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Turn what is missing into what is empty."""
        for name in [name for name in self.errors if self.has_error(name, "required")]:
            del self.errors[name]
            self.cleaned_data[name] = getattr(self.fields[name], "empty_value", None)
        return self.cleaned_data

    def start_from(self, revision: int, **merged: str) -> Self:
        """Keep what was typed, and let the next save start from what is stored by now.

        Args:
            revision: what is stored by now.
            merged: what stands in some fields now, by their names, in the place of what was sent.
        """
        sent: Any = self.data
        data = sent.copy()
        data["revision"] = str(revision)
        for name, text in merged.items():
            data[name] = text
        self.data = data
        return self
