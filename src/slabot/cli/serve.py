"""`slabot serve`: the server, from settings to a graceful stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from slabot.bootstrap import Slabot
    from slabot.config import Config

PORTS_TRIED = 50

EXAMPLE = """\b
Example:
  SLABOT_DEMO=yes slabot serve
"""

DEMO_AGENTS = (
    ("aidan", "Aidan Agent", "agent"),
    ("lena", "Lena Lead", "lead"),
    ("edith", "Edith Editor", "editor"),
    ("ada", "Ada Admin", "admin"),
)
DEMO_PASSWORD = "slabot-demo"


@click.command(epilog=EXAMPLE)
def serve() -> None:
    """Serve widget, desk, REST and sockets. Settings come from the environment; `slabot settings` lists them."""
    import uvloop

    from slabot.config import BadSettings, load_config
    from slabot.policies import PolicyError
    from slabot.services.turn import StoreUnavailable
    from slabot.store.database import BadAddress
    from slabot.web.logs import set_up_logs
    from slabot.web.pages import NoPages

    try:
        config = load_config()
        set_up_logs(config.log_level)
        uvloop.run(_serve(config))
    except (BadSettings, PolicyError, NoPages, BadAddress, StoreUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None


async def _serve(config: Config) -> None:
    from aiohttp import web

    from slabot.bootstrap import slabot, tended
    from slabot.web.app import build_app
    from slabot.web.pages import pages_folder

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopping.set)
    pages = pages_folder()
    with _bound(config.host, config.port) as listening:
        address = config.public_url or f"http://{config.host}:{listening.getsockname()[1]}"
        async with slabot(replace(config, public_url=address)) as running:
            if config.demo:
                await _invite_demo_agents(running)
            app = build_app(
                running.house,
                secret=running.secret,
                pages=pages,
                demo=config.demo,
                trusted_proxies=config.trusted_proxies,
                max_connections=config.max_connections,
            )
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
            await runner.setup()
            try:
                async with tended(running):
                    await web.SockSite(runner, listening).start()
                    _announce(config, address, running)
                    await stopping.wait()
            finally:
                await runner.cleanup()


def _bound(host: str, port: int) -> socket.socket:
    """A listening socket on the port, or on the next free one. Raises OSError when none of fifty is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + PORTS_TRIED) if port else (0,):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, candidate))
        except OSError as error:
            sock.close()
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        sock.setblocking(False)
        return sock
    raise OSError(f"ports {port} to {port + PORTS_TRIED - 1} of {host} are all taken; set SLABOT_PORT")


async def _invite_demo_agents(running: Slabot) -> None:
    for name, full_name, role in DEMO_AGENTS:
        if await running.store.agents.by_email(f"{name}@demo.example") is None:
            await running.house.accounts.add(f"{name}@demo.example", full_name, DEMO_PASSWORD, role=role)


def _announce(config: Config, address: str, running: Slabot) -> None:
    click.echo(f"slabot serves {', '.join(running.house.supports.workspaces())}")
    if config.demo:
        click.echo(f"  Demo pages with the widget   {address}/")
    click.echo(f"  Desk                         {address}/desk")
    if config.demo:
        for name, _, role in DEMO_AGENTS:
            click.echo(f"    {role:<8} {name}@demo.example   password {DEMO_PASSWORD}")
    click.echo("  Ctrl-C stops it.")
