"""A YAML text with some of its values written anew, as a person would do it: every other line stays byte for byte.

The node graph of ruamel.yaml tells where each key and value stands; what is wanted is spliced in there, and the
result is read back before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from slabot.policies.document import parse_document
from slabot.policies.problems import PolicyError

_BOM: Final = "\ufeff"
_STEP: Final = 2
"""Blanks a level of what is new."""
_GONE: Final = object()


class Unwritable(ValueError):
    """The text is written in a way in which the wanted change finds no safe place."""


def rewritten(text: str, tree: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """The text, which says `tree`, so that it says `wanted`; keys keep their order and new ones come last.

    Of a mapping or a list only what differs is touched. The text has to be sound and without problems. Raises
    Unwritable.
    """
    plain = text.removeprefix(_BOM)
    root = YAML(typ="safe", pure=True).compose(plain)
    ending = "\r\n" if "\r\n" in plain else "\n"
    written = plain
    splices = _Splices(plain, ending).of(root, tree, wanted)
    for splice in sorted(splices, key=lambda each: (each.start, each.end), reverse=True):
        written = written[: splice.start] + splice.text + written[splice.end :]
    try:
        is_as_wanted = parse_document(written, "").tree == wanted
    except PolicyError:
        is_as_wanted = False
    if not is_as_wanted:
        raise Unwritable("the file is written in a way that is safe to change by hand only")
    return text[: len(text) - len(plain)] + written


@dataclass(frozen=True, slots=True)
class _Splice:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """An entry of a mapping or an item of a list: its name, where it begins and ends, and its value."""

    name: str | int
    start: int
    end: int
    value: Node


@dataclass(frozen=True, slots=True)
class _Splices:
    text: str
    ending: str

    def of(self, node: Node, old: Any, new: Any) -> Iterator[_Splice]:
        """What turns a mapping or list, both before and after, from the old into the new."""
        if isinstance(node, MappingNode):
            yield from self._mapping(node, old, new)
        else:
            assert isinstance(node, SequenceNode)
            yield from self._sequence(node, old, new)

    def _mapping(
        self, node: MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[_Splice]:
        column = node.value[0][0].start_mark.column
        parts = []
        for key, value in node.value:
            start, end = key.start_mark.index, value.end_mark.index
            if not node.flow_style:
                start, end = self._region(key, value, column)
            parts.append(_Part(str(key.value), start, max(end, key.end_mark.index), value))
        for part in parts:
            was, now = old[str(part.name)], new.get(str(part.name), _GONE)
            if now is not _GONE and was != now:
                yield from self._value(part, node, was, now, column)
        gone = [part.name not in new for part in parts]
        added = {key: value for key, value in new.items() if key not in old}
        if node.flow_style:
            yield from self._in_braces(parts, gone, [_flow({key: value}) for key, value in added.items()])
        else:
            lines = [self._block({key: value}, column) for key, value in added.items()]
            yield from self._in_lines(parts, gone, lines)

    def _sequence(self, node: SequenceNode, old: Sequence[Any], new: Sequence[Any]) -> Iterator[_Splice]:
        """Items that stay keep their order; others come after them."""
        parts = []
        for at, value in enumerate(node.value):
            start, end = value.start_mark.index, value.end_mark.index
            if not node.flow_style:
                start, end = self._region(value, value, node.start_mark.column)
            parts.append(_Part(at, start, end, value))
        gone = [item not in new for item in old]
        added = [item for item in new if item not in old]
        if node.flow_style:
            yield from self._in_braces(parts, gone, [_flow([item]) for item in added])
        else:
            lines = [self._block([item], node.start_mark.column) for item in added]
            yield from self._in_lines(parts, gone, lines)

    def _value(self, part: _Part, parent: MappingNode, was: Any, now: Any, column: int) -> Iterator[_Splice]:
        node = part.value
        is_same_kind = isinstance(was, Mapping) and isinstance(now, Mapping)
        is_same_kind |= isinstance(was, list) and isinstance(now, list)
        if is_same_kind and was and now:
            yield from self.of(node, was, now)
        elif isinstance(node, ScalarNode) and not _is_laid_out(node) and isinstance(now, str):
            if node.start_mark.index < node.end_mark.index:
                yield _Splice(node.start_mark.index, node.end_mark.index, _scalar(now, node.style))
            else:
                yield _Splice(part.start, part.end, self._block({str(part.name): now}, column))
        elif parent.flow_style:
            yield _Splice(part.start, part.end, _flow({part.name: now}))
        else:
            yield _Splice(part.start, part.end, self._block({str(part.name): now}, column))

    def _in_lines(self, parts: list[_Part], gone: list[bool], added: list[str]) -> Iterator[_Splice]:
        for part, goes in zip(parts, gone, strict=True):
            if goes:
                yield _Splice(part.start, part.end, "")
        if added:
            at = parts[-1].end
            lines = "".join(added)
            if not self.text[:at].endswith("\n"):
                lines = self.ending + lines.removesuffix(self.ending)
            yield _Splice(at, at, lines)

    def _in_braces(self, parts: list[_Part], gone: list[bool], added: list[str]) -> Iterator[_Splice]:
        stays = [at for at, goes in enumerate(gone) if not goes]
        last = stays[-1] if stays else -1
        for at, goes in enumerate(gone[: max(last, 0)]):
            if goes:
                yield _Splice(parts[at].start, parts[at + 1].start, "")
        if last + 1 < len(parts):
            start = parts[last].end if stays else parts[0].start
            yield _Splice(start, parts[-1].end, ("" if not stays else ", " * bool(added)) + ", ".join(added))
        elif added:
            yield _Splice(parts[-1].end, parts[-1].end, "".join(f", {each}" for each in added))

    def _region(self, first: Node, value: Node, column: int) -> tuple[int, int]:
        """The whole lines of an entry: those that are indented deeper belong to it, blank ones after it do not."""
        text = self.text
        start = text.rfind("\n", 0, first.start_mark.index) + 1
        inside = first if _is_laid_out(value) else value
        is_list = isinstance(value, SequenceNode) and _is_laid_out(value) and value is not first
        end = last = self._line_end(max(inside.end_mark.index, first.start_mark.index))
        while last < len(text):
            following = self._line_end(last)
            line = text[last:following]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip():
                if indent <= column and not (is_list and indent == column and line[indent] == "-"):
                    break
                end = following
            last = following
        return start, end

    def _line_end(self, index: int) -> int:
        """Behind the end of the line that this place is in."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def _block(self, value: Any, column: int) -> str:
        lines = _emitted(value).splitlines()
        return "".join(f"{' ' * column}{line}{self.ending}" for line in lines)


def _is_laid_out(node: Node) -> bool:
    """By its indentation, so that its own mark does not tell where it ends."""
    if isinstance(node, ScalarNode):
        return node.style in ("|", ">")
    return isinstance(node, CollectionNode) and not node.flow_style


def _scalar(value: str, style: str | None) -> str:
    """In the quotes that the old one stood in."""
    quoted = {'"': DoubleQuotedScalarString, "'": SingleQuotedScalarString}.get(style or "", str)
    return _flow([quoted(value)])


def _flow(value: Mapping[Any, Any] | Sequence[Any]) -> str:
    """On one line, without the brackets around it."""
    written = CommentedMap(value) if isinstance(value, Mapping) else CommentedSeq(value)
    written.fa.set_flow_style()
    return _emitted(written).strip()[1:-1]


def _emitted(value: Any) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 1 << 20
    if isinstance(value, list):
        yaml.indent(mapping=_STEP, sequence=_STEP, offset=0)
    else:
        yaml.indent(mapping=_STEP, sequence=2 * _STEP, offset=_STEP)
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(value, out)
    return out.getvalue()
