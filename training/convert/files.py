"""What kind of file somebody has, told without running anything in it."""

from __future__ import annotations

import io
import pickletools
import zipfile
from pathlib import Path

from .errors import ConvertError

SAVE_WEIGHTS = "torch.save(model.state_dict(), 'weights.pth')"
ZIP = b"PK\x03\x04"
PICKLE = b"\x80"
# First bytes of what is often taken for a checkpoint.
FOREIGN = {
    b"\x89HDF": "This is an HDF5 file (Keras), not a PyTorch checkpoint.",
    b"\x89PNG": "This is a picture, not a PyTorch checkpoint.",
    b"\xff\xd8\xff": "This is a picture, not a PyTorch checkpoint.",
    b"\x1f\x8b": "This is a gzip archive. Unpack it, and convert the checkpoint in it.",
}
NO_CHECKPOINT = f"This is not a PyTorch checkpoint. In the training program, save one: {SAVE_WEIGHTS}."


def check_file(path: Path) -> None:
    """Raises ConvertError for everything that certainly is no PyTorch checkpoint."""
    if not path.exists():
        raise ConvertError(f"There is no file {path}. Check the path.")
    if path.is_dir():
        raise ConvertError(f"{path} is a folder. Name the checkpoint in it.")
    with path.open("rb") as file:
        head = file.read(16)
    if path.suffix == ".onnx":
        raise ConvertError("This is an ONNX model already: drop it on the page, which says whether it can run it.")
    for start, sentence in FOREIGN.items():
        if head.startswith(start):
            raise ConvertError(sentence)
    if head[8:9] == b"{":
        raise ConvertError(
            f"This is a safetensors file. Load it in PyTorch and save the weights: {SAVE_WEIGHTS}, then convert that file."
        )
    if head.startswith(ZIP):
        check_archive(path)
    elif not head.startswith(PICKLE):
        raise ConvertError(NO_CHECKPOINT)


def check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise ConvertError(f"{path.name} ends early or is damaged. Copy or save it again.") from error
    if any(name.endswith("/constants.pkl") or "/code/" in name for name in names):
        raise ConvertError(
            "This is a TorchScript file: it holds compiled code, not a checkpoint. Load the model in the training "
            f"program instead, and save its weights: {SAVE_WEIGHTS}."
        )
    if not any(name.endswith("data.pkl") for name in names):
        raise ConvertError(NO_CHECKPOINT)


def pickled_classes(path: Path) -> list[str]:
    """The names (module.name) of everything that unpickling would import, in order, without doing so."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            [name] = [n for n in archive.namelist() if n.endswith("data.pkl")][:1]
            streams = io.BytesIO(archive.read(name))
    else:
        # Before PyTorch 1.6: several pickles in a row, then bytes.
        streams = io.BytesIO(path.read_bytes())
    found: list[str] = []
    texts: list[str] = []
    try:
        while True:
            for opcode, argument, _ in pickletools.genops(streams):
                if opcode.name == "GLOBAL":
                    found.append(argument.replace(" ", "."))
                elif opcode.name == "STACK_GLOBAL":
                    found.append(".".join(texts[-2:]))
                elif isinstance(argument, str):
                    texts.append(argument)
    except ValueError:
        return list(dict.fromkeys(found))
