"""Stages and imports with OpenStack's command lines, into the stores main, second and bucket."""

import time
import unittest

import terminal
from client_test import ClientTest
from disk import Disk
from web import Web

DISK = Disk(6_000_001, seed=5)
BARE = ("--disk-format", "raw", "--container-format", "bare")
ALL = "bucket,main,second"


def until(what, look):
    """Waits for what has no command that waits."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"not in time: {what}")


class ImportTest(ClientTest):
    def assert_holds_the_disk(self, image, stores):
        self.assertEqual("active", image["status"])
        self.assertEqual(str(len(DISK)), str(image["size"]))
        self.assertEqual(DISK.md5, image["checksum"])
        self.assertEqual(stores, image.get("stores") or image["properties"]["stores"])


class Glance(ImportTest):
    @classmethod
    def setUpClass(cls):
        cls.glance = terminal.glance()
        cls.addClassCleanup(cls.glance.close)

    def create(self):
        return self.glance.ok("image-create", "--name", self.name, *BARE).properties()["id"]

    def show(self, image_id):
        return self.glance.ok("image-show", image_id, "--max-column-width", "200").properties()

    def active(self, image_id):
        """The image, once it is active and nothing of it is on its way."""

        def look():
            image = self.show(image_id)
            done = image["status"] == "active" and "os_glance_importing_to_stores" not in image
            return image if done else None

        return until(f"{image_id} is active", look)

    def test_tells_how_to_import(self):
        said = self.glance.ok("import-info").properties()["import-methods"]
        for method in ("glance-direct", "web-download", "copy-image"):
            self.assertIn(method, said)

    def test_stages_and_imports(self):
        image_id = self.create()
        disk = DISK.write(self.directory)

        self.glance.ok("image-stage", image_id, "--file", disk)
        self.assertEqual("uploading", self.show(image_id)["status"])
        self.glance.ok("image-import", image_id, "--import-method", "glance-direct")

        self.assert_holds_the_disk(self.active(image_id), "main")

    def test_stages_and_imports_into_all_stores(self):
        image_id = self.create()
        self.glance.ok("image-stage", image_id, "--file", DISK.write(self.directory))

        self.glance.ok(
            "image-import", image_id, "--import-method", "glance-direct", "--all-stores", "True"
        )

        self.assert_holds_the_disk(self.active(image_id), ALL)
        tasks = self.glance.ok("image-tasks", image_id).rows()
        self.assertEqual(["success"], [task["Status"] for task in tasks])

    def test_creates_by_import_of_a_file(self):
        disk = DISK.write(self.directory)
        command = ("image-create-via-import", "--name", self.name, *BARE, "--file", disk)

        image = self.glance.ok(*command).properties()

        self.assert_holds_the_disk(self.active(image["id"]), "main")

    def test_creates_by_import_from_the_web(self):
        with Web(DISK.bytes) as web:
            image = self.glance.ok(
                "image-create-via-import",
                "--name",
                self.name,
                *BARE,
                "--import-method",
                "web-download",
                "--uri",
                web.url,
                "--stores",
                "second,bucket",
            ).properties()

            self.assert_holds_the_disk(self.active(image["id"]), "bucket,second")

    def test_copies_and_removes_a_copy(self):
        disk = DISK.write(self.directory)
        command = ("image-create", "--name", self.name, *BARE, "--file", disk)
        image_id = self.glance.ok(*command).properties()["id"]

        self.glance.ok(
            "image-import", image_id, "--import-method", "copy-image", "--stores", "second"
        )

        until("it is in both", lambda: self.show(image_id).get("stores") == "main,second")
        self.assert_holds_the_disk(self.active(image_id), "main,second")

    def test_names_the_store_and_the_cause_of_a_failure(self):
        image_id = self.create()
        with Web(DISK.bytes) as web:
            command = ("image-import", image_id, "--import-method", "web-download")
            self.glance.ok(*command, "--uri", web.missing)

            def failed():
                tasks = self.glance.ok("--verbose", "image-tasks", image_id).rows()
                return [task["Message"] for task in tasks if task["Status"] == "failure"]

            message = until("the task has failed", failed)[0]
            self.assertIn("download into store 'main', attempt 1", message)
            self.assertIn("404", message)
            self.assertEqual("queued", self.show(image_id)["status"])

            self.glance.ok(*command, "--uri", web.url)
            self.assert_holds_the_disk(self.active(image_id), "main")


class OpenStack(ImportTest):
    @classmethod
    def setUpClass(cls):
        cls.openstack = terminal.openstack()
        cls.addClassCleanup(cls.openstack.close)

    def create(self):
        self.openstack.ok("image", "create", self.name, *BARE)

    def show(self):
        return self.openstack.ok("image", "show", self.name, "-f", "json").json()

    def test_stages_and_imports(self):
        self.create()
        disk = DISK.write(self.directory)

        self.openstack.ok("image", "stage", self.name, "--file", disk)
        self.openstack.ok("image", "import", self.name, "--method", "glance-direct", "--wait")

        self.assert_holds_the_disk(self.show(), "main")

    def test_imports_from_the_web(self):
        self.create()
        with Web(DISK.bytes) as web:
            self.openstack.ok(
                "image",
                "import",
                self.name,
                "--method",
                "web-download",
                "--uri",
                web.url,
                "--all-stores",
                "--disallow-failure",
                "--wait",
            )

        self.assert_holds_the_disk(self.show(), ALL)

    def test_creates_by_import(self):
        disk = DISK.write(self.directory)

        self.openstack.ok("image", "create", self.name, *BARE, "--file", disk, "--import")

        def look():
            image = self.show()
            return image if image["status"] == "active" else None

        self.assert_holds_the_disk(until("it is active", look), "main")


if __name__ == "__main__":
    unittest.main()
