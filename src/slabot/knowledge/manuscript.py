"""An article's file as an editor changes it in a form: one field at a time, every other line as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from slabot.knowledge.front_matter import read_front_matter, split_front_matter
from slabot.services.workshop_ports import Fields

_BOM: Final = "\ufeff"
_IN_ONE_LINE: Final = frozenset({"tags"})


def read_fields(text: str) -> Fields:
    """The fields of a file; one without front matter is all body, so that an editor can mend it in the form."""
    parts = split_front_matter(_plain(text))
    if parts is None:
        return Fields(title="", body=_plain(text))
    yaml, body, _ = parts
    front = read_front_matter(yaml)
    return Fields(
        title=front.title,
        body=body.lstrip("\n"),
        questions=tuple(question.text for question in front.questions),
        tags=front.tags,
        audience=front.audience,
        language=front.language,
        review_by=front.review_by,
        translates=front.translates,
        translated_from=front.translated_from,
        owner=front.owner,
    )


def with_fields(text: str, fields: Fields) -> str:
    """The file with these fields; a field that says what it said before leaves its lines untouched."""
    plain = _plain(text)
    before = read_fields(text)
    parts = split_front_matter(plain)
    if parts is None:
        yaml, body = "", fields.body
    else:
        yaml, body = parts[0], parts[1]
        if fields.body.rstrip("\n") != before.body.rstrip("\n"):
            body = "\n" + fields.body.rstrip("\n") + "\n"
    said, says = _keys(before), _keys(fields)
    for key, value in says.items():
        if value != said[key] or (key == "title" and parts is None):
            yaml = _with_key(yaml, key, value)
    if parts is None:
        body = f"\n{body.strip(chr(10))}\n"
    written = "\n".join(("---", yaml, "---", body)) if yaml else "\n".join(("---", "---", body))
    if "\r\n" in text:
        written = written.replace("\n", "\r\n")
    return _BOM + written if text.startswith(_BOM) else written


def _keys(fields: Fields) -> dict[str, Any]:
    return {
        "title": fields.title,
        "questions": fields.questions,
        "tags": fields.tags,
        "audience": fields.audience,
        "language": fields.language,
        "translates": fields.translates,
        "translated_from": fields.translated_from,
        "owner": fields.owner,
        "review_by": fields.review_by,
    }


def _plain(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")


def _with_key(yaml: str, key: str, value: Any) -> str:
    """The YAML with one key written anew in its place, at the end if it is new, gone if there is nothing to say."""
    lines = yaml.split("\n") if yaml else []
    written = _emitted(key, value) if value else []
    start, end = _span(yaml, key)
    return "\n".join((*lines[:start], *written, *lines[end:]))


def _span(yaml: str, key: str) -> tuple[int, int]:
    """The lines of a key with its value; comments and blank lines after it belong to what follows."""
    lines = yaml.split("\n") if yaml else []
    starts = _starts(yaml)
    if key not in starts:
        return len(lines), len(lines)
    start = starts[key]
    end = min((at for at in starts.values() if at > start), default=len(lines))
    while end - 1 > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def _starts(yaml: str) -> Mapping[str, int]:
    try:
        data = YAML(typ="rt", pure=True).load(yaml)
    except (YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(data, CommentedMap):
        return {}
    return {str(key): int(data.lc.key(key)[0]) for key in data}


def _emitted(key: str, value: Any) -> list[str]:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = CommentedSeq(value)
        if key in _IN_ONE_LINE:
            value.fa.set_flow_style()
    out = StringIO()
    yaml.dump({key: value}, out)
    return out.getvalue().rstrip("\n").split("\n")
