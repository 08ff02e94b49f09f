"""`minka run`: the whole of Minka on one machine, with one command and one Ctrl-C."""

import socket

import click

from minka.cli import start_django


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Serve Minka: prepare the database, then web and worker together until Ctrl-C."""
    if _taken(host, port):
        raise click.ClickException(
            f"port {port} is taken by another program; choose one with --port (make run PORT=…)"
        )
    start_django()
    from django.conf import settings

    from minka.cli.prepare import accounts_table, prepare
    from minka.cli.processes import console, serve

    prepare()
    code = serve(
        host=host,
        port=port,
        when_ready=lambda: console.print(
            *([accounts_table()] if settings.MINKA_DEMO else []),
            f"\n[bold green]Minka is at http://{host}:{port}[/] (Ctrl-C stops it)\n",
            sep="\n",
        ),
    )
    raise SystemExit(code)


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
