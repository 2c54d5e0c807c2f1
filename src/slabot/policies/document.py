"""A policy file as YAML 1.2 tells it: plain values, with the line and column of every key and value.

Scalars keep the author's spelling (`4.10` stays "4.10", `9:00` stays "9:00"); only `true`, `false` and an
empty value are anything but text. Reading the node graph rather than constructed objects lets every
duplicate key be reported, not only the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from slabot.policies.problems import PolicyError, Problem

LARGEST_FILE = 1_000_000
"""Bytes; a policy of a hundred levels is a tenth of it."""

DEEPEST = 64
"""Brackets within brackets; a policy has four, and YAML reads deep ones in quadratic time."""

Where = tuple[str | int, ...]

_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(slots=True)
class Document:
    """The plain tree of one file and where each of its parts stands."""

    path: str
    tree: dict[str, Any] = field(default_factory=dict)
    keys: dict[Where, tuple[int, int]] = field(default_factory=dict)
    values: dict[Where, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, at: Sequence[str | int], *, of_key: bool = False) -> tuple[int, int]:
        """Line and column of the value (or key) at this path; of its nearest parent if there is none."""
        path = tuple(at)
        if of_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def problem(
        self, at: Sequence[str | int], expected: str, came: str, remedy: str, *, of_key: bool = False
    ) -> Problem:
        """A problem at the place of this path."""
        line, column = self.place(at, of_key=of_key)
        return Problem(self.path, line, column, expected, came, remedy)


def read_document(path: Path, name: str | None = None) -> Document:
    """Read one file. Raises `PolicyError` where it is not readable as YAML at all; other faults wait in
    `problems`, so that they are told together with those of the schema."""
    shown = name or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PolicyError(
            [
                Problem(
                    shown,
                    1,
                    1,
                    "a readable file",
                    error.strerror or str(error),
                    "Check its name and its rights.",
                )
            ]
        ) from error
    if len(raw) > LARGEST_FILE:
        raise PolicyError(
            [
                Problem(
                    shown,
                    1,
                    1,
                    "a file below 1 MB",
                    f"{len(raw)} bytes",
                    "Is this a policy? Split the workspace.",
                )
            ]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        raise PolicyError(
            [
                Problem(
                    shown,
                    before.count(b"\n") + 1,
                    error.start - before.rfind(b"\n"),
                    "text in UTF-8",
                    f"the byte 0x{raw[error.start]:02x}",
                    "Save the file as UTF-8.",
                )
            ]
        ) from error
    return parse_document(text, shown)


def parse_document(text: str, path: str) -> Document:
    """The document of a text; `path` is what messages call it."""
    document = Document(path)
    _refuse_depth(text, path)
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # references are refused below, with their place
    try:
        root = yaml.compose(text)
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = f"the character {error.character!r}"
        remedy = "Delete it; a policy is plain text."
        raise PolicyError([Problem(path, line, column, "printable text", found, remedy)]) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        found = " ".join(part for part in (error.context, error.problem) if part)
        remedy = "Check the indentation (spaces, no tabs), the quotes and the colons around this place."
        raise PolicyError([Problem(path, line, column, "well-formed YAML", found, remedy)]) from error
    except (YAMLError, RecursionError) as error:
        remedy = "Check the file's structure."
        raise PolicyError([Problem(path, 1, 1, "well-formed YAML", str(error), remedy)]) from error
    if not isinstance(root, MappingNode):
        found = "nothing" if root is None else "a list" if isinstance(root, SequenceNode) else "a single word"
        remedy = "Start with `workspace: …` and `name: …`."
        raise PolicyError([Problem(path, 1, 1, "keys and values", found, remedy)])
    document.tree = _Walk(document).value(root, ())
    return document


def _refuse_depth(text: str, path: str) -> None:
    """Raises `PolicyError` at the first bracket that is too deep; those inside of texts come in pairs."""
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > DEEPEST:
            before = text[: found.start()]
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            expected = f"brackets at most {DEEPEST} deep"
            came = f"a bracket inside {DEEPEST} others"
            remedy = "Close the brackets before it, or write the section out in lines."
            raise PolicyError([Problem(path, line, column, expected, came, remedy)])


@dataclass(slots=True)
class _Walk:
    document: Document
    seen: set[int] = field(default_factory=set)

    def value(self, node: Node, at: Where) -> Any:
        mark = node.start_mark
        self.document.values.setdefault(at, (mark.line + 1, mark.column + 1))
        if id(node) in self.seen:
            # The node's own mark is where the anchor stands; the key tells where it is referred to.
            line, column = self.document.keys.get(at, (mark.line + 1, mark.column + 1))
            remedy = "Write the value out; each line must read on its own."
            self.document.problems.append(
                Problem(self.document.path, line, column, "a value", "a reference (*)", remedy)
            )
            return _scalar(node) if isinstance(node, ScalarNode) else None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, at)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*at, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)  # YAML has no fourth kind
        return _scalar(node)

    def _mapping(self, node: MappingNode, at: Where) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._fault(key_node, "a word as key", "a list or map", "Write `key: value`.")
                continue
            key = str(key_node.value)
            here = (*at, key)
            if key in tree:
                line = self.document.keys[here][0]
                self._fault(
                    key_node,
                    f"each key once ({key!r} stands in line {line})",
                    f"{key!r} again",
                    "Keep one of the two.",
                )
                continue
            self.document.keys[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if isinstance(value_node, ScalarNode) and not value_node.value:
                self.document.values[here] = self.document.keys[here]  # an empty value stands nowhere itself
            tree[key] = self.value(value_node, here)
        return tree

    def _fault(self, node: Node, expected: str, came: str, remedy: str) -> None:
        mark = node.start_mark
        self.document.problems.append(
            Problem(self.document.path, mark.line + 1, mark.column + 1, expected, came, remedy)
        )


def _scalar(node: ScalarNode) -> str | bool | None:
    text = str(node.value)
    if node.style is not None:
        return text
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return {"true": True, "false": False}.get(text.lower(), text)


def at_path(tree: Any, path: Sequence[str | int]) -> Any:
    """What stands at a path of the plain tree; None where nothing does."""
    for step in path:
        in_map = isinstance(tree, Mapping) and step in tree
        in_list = isinstance(tree, list) and isinstance(step, int) and step < len(tree)
        if not (in_map or in_list):
            return None
        tree = tree[step]
    return tree
