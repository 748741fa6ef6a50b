"""Writes GGUF version 3 files; format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"""
import struct
import numpy as np

UINT32, FLOAT32, BOOL, STRING, ARRAY, INT32 = 4, 6, 7, 8, 9, 5
F32, F16, Q8_0 = 0, 1, 8


def _string(text):
    data = text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _value(kind, value):
    if kind == STRING:
        return _string(value)
    return struct.pack({UINT32: "<I", FLOAT32: "<f", BOOL: "<?", INT32: "<i"}[kind], value)


def q8_0(matrix):
    """Blocks of 32 weights: an f16 scale and 32 signed bytes."""
    blocks = matrix.astype(np.float32).reshape(-1, 32)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / 127.0
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
    quants = np.rint(blocks * inverse).astype(np.int8)
    packed = np.empty((blocks.shape[0], 34), dtype=np.uint8)
    packed[:, :2] = scale.astype(np.float16).view(np.uint8)
    packed[:, 2:] = quants.view(np.uint8)
    return packed.tobytes()


def write(path, metadata, tensors, alignment=32):
    """metadata: [(key, kind, value)] or [(key, (ARRAY, kind), list)]; tensors: [(name, numpy matrix, ggml type)]."""
    head = b""
    for key, kind, value in metadata:
        head += _string(key)
        if isinstance(kind, tuple):
            head += struct.pack("<IIQ", ARRAY, kind[1], len(value)) + b"".join(_value(kind[1], item) for item in value)
        else:
            head += struct.pack("<I", kind) + _value(kind, value)
    infos, blobs, offset = b"", [], 0
    for name, matrix, kind in tensors:
        data = q8_0(matrix) if kind == Q8_0 else matrix.astype({F32: np.float32, F16: np.float16}[kind]).tobytes()
        infos += _string(name) + struct.pack("<I", matrix.ndim) + struct.pack(f"<{matrix.ndim}Q", *reversed(matrix.shape)) + struct.pack("<IQ", kind, offset)
        padding = -len(data) % alignment
        blobs.append(data + b"\0" * padding)
        offset += len(data) + padding
    start = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(metadata)) + head + infos
    with open(path, "wb") as out:
        out.write(start + b"\0" * (-len(start) % alignment))
        for blob in blobs:
            out.write(blob)
