"""What can go wrong with a share, a sealed object or a receipt. Messages name no secret."""


class SealingFailure(ValueError):
    """Something cannot be opened, joined or believed."""


class NotThisFormat(SealingFailure):
    """The bytes or the text are not in this format, or in a version that is not known."""


class WrongPassphrase(SealingFailure):
    """The passphrase does not open the share, or the share was changed."""


class MistypedLine(SealingFailure):
    """A line of a share that was typed from paper is wrong; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        """Keep which line it is."""
        self.line = line
        super().__init__(f"line {line} of the share is not as it was printed")


class WrongShares(SealingFailure):
    """The shares do not belong together, are too few, or one is wrong."""


class Damaged(SealingFailure):
    """A sealed object was changed, cut short, or sealed to another key."""


class WrongContext(SealingFailure):
    """A sealed object is whole, but it is that of another call, proposal, revision or part."""


class NotSigned(SealingFailure):
    """The signature of a receipt does not fit its words."""
