"""The process's front door: `slabot …` and `python -m slabot …`."""

from __future__ import annotations


def main() -> None:
    from slabot.cli.main import slabot

    slabot(prog_name="slabot")


if __name__ == "__main__":
    main()
