"""The object that a rehearsal opens: sealed like a proposal, holding words that are known."""

from io import BytesIO

from minka.methods.sealing.container import Context, seal, unseal

PROPOSAL, PART = "rehearsal", "trial"
WORDS = "Minka: ensayo de apertura. This sealed object was opened by its custodians."


def trial_object(code: str, public_key: bytes) -> bytes:
    """No person: return the trial object of a key."""
    sealed = BytesIO()
    seal(
        BytesIO(WORDS.encode()),
        sealed,
        context=Context(code, PROPOSAL, 1, PART),
        name=PART,
        public_key=public_key,
    )
    return sealed.getvalue()


def opens_trial(sealed: bytes, *, code: str, private_key: bytes) -> bool:
    """No person: true when a private key opens the trial object and finds its words.

    Raises:
        SealingFailure: it does not open.
    """
    opened = BytesIO()
    unseal(
        BytesIO(sealed),
        opened,
        private_key=private_key,
        context=Context(code, PROPOSAL, 1, PART),
    )
    return opened.getvalue() == WORDS.encode()
