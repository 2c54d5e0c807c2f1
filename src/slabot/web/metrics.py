"""What operators watch, in Prometheus's words; never a message text, an address or an id as a label."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

COMMANDS_SECONDS = Histogram(
    "slabot_command_seconds", "Time from a command's arrival to its answer.", ["namespace", "command"]
)
SOCKETS = Gauge("slabot_sockets", "Connected sockets.", ["namespace"])
EVENTS = Counter("slabot_events_total", "Committed events by kind.", ["kind"])
REQUESTS_SECONDS = Histogram("slabot_request_seconds", "Time of a REST request.", ["route", "status"])


async def metrics(_: web.Request) -> web.Response:
    """`GET /metrics`."""
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
