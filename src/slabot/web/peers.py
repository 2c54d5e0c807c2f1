"""Who is on the other end: the peer of the connection, or what a trusted proxy says in front of it."""

from __future__ import annotations

from ipaddress import ip_address

from aiohttp import web


def address(request: web.Request, trusted: tuple[str, ...]) -> str:
    """The right-most address that no trusted proxy of ours wrote for itself."""
    peer = request.remote or "unknown"
    if peer not in trusted:
        return peer
    # A proxy may add a line of its own below one that the client sent: all lines are one list.
    for hop in reversed(",".join(request.headers.getall("X-Forwarded-For", ())).split(",")):
        hop = hop.strip()
        if not _is_address(hop):
            break
        if hop not in trusted:
            return hop
    return peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
