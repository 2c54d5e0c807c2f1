"""The `slabot` command: a table of commands whose modules are imported on use, so that help is instant."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("slabot.cli.serve:serve", "Serve widget, desk, REST and sockets."),
    "chat": ("slabot.cli.chat:chat", "Talk to the bot of a workspace in the terminal."),
    "ask": ("slabot.cli.ask:ask", "What the bot would do with each message (JSON Lines)."),
    "triage": ("slabot.cli.triage:triage", "How severe each message is, and by which clause (JSON Lines)."),
    "due": ("slabot.cli.due:due", "When each ticket is due, and why (JSON Lines)."),
    "kb": ("slabot.cli.kb:kb", "Check, measure, import and export the articles."),
    "policy": ("slabot.cli.policy:policy", "Check, explain and compare support policies."),
    "settings": ("slabot.cli.settings:settings", "Every setting, its default and what it does."),
    "audit": ("slabot.cli.audit:audit", "Recompute a ticket's promises from what was kept."),
    "agent": ("slabot.cli.agent:agent", "Add and disable the people at the desk."),
    "admin": ("slabot.cli.admin:admin", "Who changed people, policies, keys, webhooks and canned replies."),
    "canned": ("slabot.cli.canned:canned", "Keep the canned replies of a workspace."),
    "queue": ("slabot.cli.queue:queue", "The queues of a workspace, in its policy file."),
    "customer": ("slabot.cli.customer:customer", "Who looks after which customer, in the policy file."),
    "origin": ("slabot.cli.origin:origin", "Which pages may embed the widget, in the policy file."),
    "keys": ("slabot.cli.keys:keys", "The keys that host pages sign their visitors' identities with."),
    "webhook": ("slabot.cli.webhook:webhook", "Who is told of tickets and messages by signed webhooks."),
    "visitor": ("slabot.cli.visitor:visitor", "Export or erase what is kept of a visitor."),
    "store": ("slabot.cli.store:store", "Migrate, back up and verify the database."),
    "docs": ("slabot.cli.docs:docs", "Write the documents that are made from code."),
}
"""Command → where it lives and what it does in one line."""


class LazyGroup(click.Group):
    """Imports a command's module on its first use; a missing module takes no other command with it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        known = [name for name, (place, _) in COMMANDS.items() if find_spec(place.partition(":")[0])]
        return [*known, *sorted(super().list_commands(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place, _ = COMMANDS.get(cmd_name, ("", ""))
        module, _, attribute = place.partition(":")
        if not module or find_spec(module) is None:
            return super().get_command(ctx, cmd_name)
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name][1]) for name in self.list_commands(ctx) if name in COMMANDS]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="slabot", prog_name="slabot")
def slabot() -> None:
    """Answers, severity and tickets with promises that can be proved."""
