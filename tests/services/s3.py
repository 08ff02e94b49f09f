"""A real S3 server for as long as a test, on a free port of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

from tests.services.ports import free_port

CREDENTIALS = {"access_key": "test", "secret_key": "test"}


@contextmanager
def bucket(name: str) -> Iterator[str]:
    """Run a server with one empty bucket; give its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{server._port}"
    try:
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            region_name="us-east-1",
        )
        client.create_bucket(Bucket=name)
        client.close()
        yield endpoint
    finally:
        server.stop()
