"""Reads what people call a .pth: weights alone, a checkpoint that holds them, or a whole pickled network."""

from __future__ import annotations

import argparse
import pathlib
import pickle
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .errors import ConvertError
from .files import SAVE_WEIGHTS, check_file, pickled_classes

# Entries of a checkpoint that hold weights; averaged ones, which are what people evaluate and ship, come first.
ENTRIES = (
    *("average", "ema", "model_ema", "ema_state_dict", "ema_model"),
    *("model", "state_dict", "model_state_dict", "module", "net", "network", "weights"),
)
# Of packages whose checkpoints this command knows but does not convert.
FOREIGN_PACKAGES = {
    ("ultralytics", "models.yolo", "models.common"): (
        "This is a checkpoint of Ultralytics' YOLO. Nothing needs converting: "
        "`yolo export model=best.pt format=onnx` writes an .onnx that the page runs, if it is a segmentation model."
    ),
    ("detectron2", "fvcore"): (
        "This is a checkpoint of Detectron2, whose Mask R-CNN differs from torchvision's in its layers. "
        "Train torchvision's, or name a function that builds your network in torchvision's form with --builder."
    ),
}
# Harmless things that training programs keep beside the weights: their arguments, their best figure.
PLAIN = [
    argparse.Namespace,
    (pathlib.PurePosixPath, "pathlib.PosixPath"),
    (pathlib.PurePosixPath, "pathlib._local.PosixPath"),
    (pathlib.PureWindowsPath, "pathlib.WindowsPath"),
    (pathlib.PureWindowsPath, "pathlib._local.WindowsPath"),
    np.dtype,
    (np._core.multiarray.scalar, "numpy.core.multiarray.scalar"),
    (np._core.multiarray.scalar, "numpy._core.multiarray.scalar"),
    *(type(np.dtype(kind)) for kind in ("float32", "float64", "int32", "int64", "bool")),
]


@dataclass(frozen=True)
class Weights:
    """``state`` has the names of the network itself; ``module`` is the network where the file holds all of it."""

    state: dict[str, Tensor]
    module: nn.Module | None = None
    # Where in the file they were, as a clause: 'its entry "ema"'.
    origin: str = "the file"
    # What our own training notes beside them: how photos become network input, and the classes' names.
    rule: dict = field(default_factory=dict)
    classes: list[str] | None = None


def read_weights(path: Path, *, trust: bool = False) -> Weights:
    """Raises ConvertError. Only with ``trust`` anything is unpickled that could run code."""
    check_file(path)
    value = load(path, trust)
    found = find(value, "the file")
    if found is None:
        raise ConvertError(describe_without_weights(value))
    notes = value if isinstance(value, dict) and isinstance(value.get("rule"), dict) else {}
    state, origin, module = found
    return Weights(strip_prefix(state), module, origin, notes.get("rule", {}), notes.get("classes"))


def load(path: Path, trust: bool) -> object:
    classes = pickled_classes(path)
    for packages, sentence in FOREIGN_PACKAGES.items():
        if any(name.startswith(packages) for name in classes):
            raise ConvertError(sentence)
    try:
        with torch.serialization.safe_globals(PLAIN):
            return torch.load(path, map_location="cpu", weights_only=not trust)
    except pickle.UnpicklingError as error:
        raise ConvertError(describe_code(classes) or damaged(path)) from error
    except (ModuleNotFoundError, AttributeError) as error:
        raise ConvertError(
            f"The file needs code that is not here ({error}). Run the command in the folder of your training program, or "
            f"save the weights alone there: {SAVE_WEIGHTS}."
        ) from error
    except (RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        raise ConvertError(damaged(path)) from error


def damaged(path: Path) -> str:
    return f"{path.name} ends early or is damaged. Copy or save it again."


def describe_code(classes: list[str]) -> str | None:
    """None where nothing but weights is named: then it is not code that was in the way."""
    inert = ("torch._utils.", "collections.OrderedDict", "torch.storage.")
    code = [name for name in classes if not name.startswith(inert) and not name.endswith("Storage")]
    if not code:
        return None
    whole = any(name.startswith(("torchvision.models.", "torch.nn.modules.")) for name in code)
    what = "a whole pickled network" if whole else "more than weights"
    return (
        f"This file holds {what} ({', '.join(code[:3])}). Reading that runs code which is in the file, and whoever made "
        "it could have put in any. If you made it yourself, or trust who did, say so with --trust; "
        f"better, save the weights alone in the training program: {SAVE_WEIGHTS}."
    )


def find(value: object, origin: str, depth: int = 0) -> tuple[dict[str, Tensor], str, nn.Module | None] | None:
    """The weights in what was unpickled, and where they were."""
    if isinstance(value, nn.Module):
        return value.state_dict(), origin, value
    if not isinstance(value, dict) or depth > 3:
        return None
    tensors = {k: v for k, v in value.items() if isinstance(k, str) and isinstance(v, Tensor)}
    if any(name.endswith(".weight") for name in tensors):
        return tensors, origin, None
    names = [*(n for n in ENTRIES if n in value), *(n for n in value if n not in ENTRIES and "optim" not in str(n))]
    for name in names:
        found = find(value[name], f'its entry "{name}"', depth + 1)
        if found:
            return found
    return None


def describe_without_weights(value: object) -> str:
    if isinstance(value, dict):
        names = ", ".join(f'"{name}"' for name in list(value)[:6])
        if {"state", "param_groups"} <= value.keys() or any("optim" in str(name) for name in value):
            return (
                f"This checkpoint holds the state of an optimiser and no weights (entries {names}). "
                f"Save the network's as well: {SAVE_WEIGHTS}."
            )
        if value:
            return f"No weights were found in this file; its entries are {names}. Save them: {SAVE_WEIGHTS}."
    return f"This file holds a {type(value).__name__} and no weights. Save them: {SAVE_WEIGHTS}."


def strip_prefix(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Takes off what wrappers put before every name: ``module.``, ``_orig_mod.``, a Lightning module's attribute.

    What does not begin with it is the wrapper's own, like the number of averaged steps.
    """
    plain = {name.replace("_orig_mod.", ""): tensor for name, tensor in state.items()}
    for part in ("roi_heads.", "backbone."):
        prefix = next((n[: n.index(part)] for n in plain if part in n), "")
        if prefix:
            return {n.removeprefix(prefix): t for n, t in plain.items() if n.startswith(prefix)}
    if all(name.startswith("module.") for name in plain):
        return {name.removeprefix("module."): tensor for name, tensor in plain.items()}
    return plain
