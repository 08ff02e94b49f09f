"""What every API answer shares."""

from ninja import Schema


class Problem(Schema):
    """An error as RFC 9457 (problem+json) has it; `code` is stable, `detail` is for people."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    fields: dict[str, str] = {}
