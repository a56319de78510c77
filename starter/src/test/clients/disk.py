"""Image data whose digests are computed here and not taken from the service."""

import hashlib
import random
import struct
from pathlib import Path


def qcow2(virtual_size, backing_file_at=0):
    """An empty disk of QEMU's: the header of version 3, which has its size."""
    header = struct.pack(">4sIQIIQ", b"QFI\xfb", 3, backing_file_at, 0, 16, virtual_size)
    return header + bytes(68) + struct.pack(">I", 104) + bytes(920)


class Disk:
    """Random bytes: `raw` is the only format that says nothing about its content."""

    def __init__(self, size, seed):
        self.bytes = random.Random(seed).randbytes(size)
        self.md5 = hashlib.md5(self.bytes).hexdigest()
        self.sha512 = hashlib.sha512(self.bytes).hexdigest()

    def __len__(self):
        return len(self.bytes)

    def write(self, directory, name="disk.raw"):
        path = Path(directory, name)
        path.write_bytes(self.bytes)
        return path
