"""What every test of a command line here has."""

import tempfile
import unittest
import uuid
from pathlib import Path


class ClientTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        # An image's; nobody else has one of that name.
        self.name = f"{self._testMethodName}-{uuid.uuid4().hex[:8]}"
