"""A real SMTP server for as long as a test: what arrives is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from time import monotonic, sleep

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services.ports import free_port


@dataclass
class Mailbox:
    """What the server took in, oldest first.

    `refuse` makes it answer with an error instead, `hangs_up` take it in and not answer.
    """

    host: str = "127.0.0.1"
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""
    hangs_up: bool = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd calls it so
        if self.refuse:
            return self.refuse
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"

    def wait_for(self, *, to: str, subject: str = "", within_s: float = 60) -> EmailMessage:
        """Return the newest message to somebody, waiting for it.

        Raises:
            AssertionError: it did not arrive in time.
        """
        deadline = monotonic() + within_s
        while monotonic() < deadline:
            for message in reversed(self.messages):
                if to in message["X-Envelope-To"] and subject in message["Subject"]:
                    return message
            sleep(0.05)
        seen = [(message["X-Envelope-To"], message["Subject"]) for message in self.messages]
        raise AssertionError(f"No message {subject!r} to {to} within {within_s} s; arrived: {seen}")


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Run a server on a free port of this machine."""
    box = Mailbox()
    controller = Controller(box, hostname=box.host, port=free_port())
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()
