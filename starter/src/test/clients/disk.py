"""Image data whose digests are computed here and not taken from the service."""

import hashlib
import random
from pathlib import Path


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
