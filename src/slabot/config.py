"""Settings from the environment: one table that start-up validates, `slabot settings` prints and a test holds the docs to."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable. `parse` raises ValueError whose text says what was expected."""

    name: str
    default: str
    meaning: str
    parse: Callable[[str], Any]


class BadSettings(Exception):
    """Every setting that cannot be used, each with what was expected and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise ValueError("a port number from 0 (any free one) to 65535")
    return int(text)


def _whole(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ValueError("a whole number of at least 1")
    return int(text)


def _days(text: str) -> timedelta:
    if not text.isdigit() or not 1 <= int(text) <= 3_650:
        raise ValueError("a number of days from 1 to 3650")
    return timedelta(days=int(text))


def _flag(text: str) -> bool:
    if text.lower() not in ("0", "1", "false", "true", "no", "yes"):
        raise ValueError("yes or no")
    return text.lower() in ("1", "true", "yes")


def _database(text: str) -> str:
    if text and not text.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("empty for SQLite in the data folder, sqlite:///PATH or postgresql://…")
    return text


def _level(text: str) -> str:
    if text.lower() not in ("debug", "info", "warning", "error"):
        raise ValueError("debug, info, warning or error")
    return text.lower()


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


SETTINGS = (
    Setting("SLABOT_DATA", "data", "Folder of the database; made if missing.", Path),
    Setting("SLABOT_CACHE", "", "Folder of what can be made again, as vectors; empty: the user's cache folder.", str),
    Setting("SLABOT_HOST", "127.0.0.1", "Address to listen on.", str),
    Setting("SLABOT_PORT", "8080", "Port to listen on; if it is taken, the next free one, printed.", _port),
    Setting("SLABOT_PUBLIC_URL", "", "Where browsers reach the server, for links in mail; empty: as listened on.", str),
    Setting("SLABOT_DATABASE", "", "Empty: SQLite in the data folder; or `postgresql://…`.", _database),
    Setting("SLABOT_POLICIES", "", "Folder of the policy files; empty: `seeds` here, else the packaged ones.", str),
    Setting("SLABOT_KB", "", "Folder of the articles; empty: `kb` here, else the packaged ones.", str),
    Setting("SLABOT_SEMANTIC", "yes", "Search by meaning where the extra `semantic` is installed.", _flag),
    Setting("SLABOT_DEMO", "no", "Demo agents with printed passwords, and the demo host pages; never in production.", _flag),
    Setting("SLABOT_TRUSTED_PROXIES", "", "Addresses of reverse proxies whose `X-Forwarded-For` is believed.", _list),
    Setting("SLABOT_SMTP_URL", "", "`smtp://user:password@host:port` or `smtps://…`; empty: mail waits in the outbox.", str),
    Setting("SLABOT_MAIL_FROM", "", "Sender of mail, as `Support <support@example.org>`.", str),
    Setting("SLABOT_WEBHOOKS_PRIVATE", "no", "Webhooks may go to private addresses, and without TLS.", _flag),
    Setting("SLABOT_SENT_KEPT_DAYS", "30", "Days for which mail and webhooks that were sent stay listed.", _days),
    Setting("SLABOT_MAX_CONNECTIONS", "20000", "Sockets at once; further ones are refused.", _whole),
    Setting("SLABOT_LOG_LEVEL", "info", "debug, info, warning or error.", _level),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in use. Attribute `x` comes from `SLABOT_X`."""

    data: Path
    cache: str
    host: str
    port: int
    public_url: str
    database: str
    policies: str
    kb: str
    semantic: bool
    demo: bool
    trusted_proxies: tuple[str, ...]
    smtp_url: str
    mail_from: str
    webhooks_private: bool
    sent_kept_days: timedelta
    max_connections: int
    log_level: str

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.data / 'slabot.db').resolve()}"

    @property
    def vectors_folder(self) -> Path:
        return vectors_folder(self.cache)

    @property
    def policies_folder(self) -> Path:
        return _folder(self.policies, "seeds")

    @property
    def is_packaged_policies(self) -> bool:
        """Whether the policies are those that came with the program, not the workspaces' own."""
        return self.policies_folder.resolve().is_relative_to(PACKAGED)

    @property
    def kb_folder(self) -> Path:
        return _folder(self.kb, "kb")


PACKAGED = Path(__file__).resolve().parent / "_data"
"""What the wheel carries: pages, articles and policies."""


def _folder(chosen: str, name: str) -> Path:
    if chosen:
        return Path(chosen)
    here = Path(name)
    return here if here.is_dir() else PACKAGED / name


def load_config(environ: Mapping[str, str] | None = None, **overrides: Any) -> Config:
    """From the environment, or from `overrides` by attribute name. Raises BadSettings with every fault at once."""
    environ = os.environ if environ is None else environ
    faults: list[str] = []
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environ.get(setting.name, setting.default)
        try:
            values[setting.name.removeprefix("SLABOT_").lower()] = setting.parse(text)
        except ValueError as error:
            faults.append(f"{setting.name}: expected {error}, got {text!r}. {setting.meaning}")
    known = {setting.name for setting in SETTINGS}
    strangers = (name for name in sorted(environ) if name.startswith("SLABOT_") and name not in known)
    faults += [f"{name}: no such setting; `slabot settings` lists them." for name in strangers]
    if faults:
        raise BadSettings(faults)
    return Config(**{**values, **overrides})


def vectors_folder(cache: str | None = None) -> Path:
    """What articles mean, kept by the text's hash, so that a text is read once in its life.

    `cache` None: what the environment says, for commands that need no other setting.
    """
    chosen = os.environ.get("SLABOT_CACHE", "") if cache is None else cache
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(chosen or f"{home}/slabot") / "vectors"
