"""Bodies of requests as a browser writes them."""

from typing import Any

BOUNDARY = "minka-test-boundary"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
Part = tuple[str, str, bytes]  # name of the field, name of the file, content


def multipart(values: dict[str, Any], files: list[Part]) -> bytes:
    """Return a body of CONTENT_TYPE with these fields and files."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for name, file, content in files:
        parts += [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"'
            "\r\nContent-Type: application/octet-stream\r\n\r\n".encode(),
            content,
            b"\r\n",
        ]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
