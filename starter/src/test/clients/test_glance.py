"""The life of an image and of a task with python-glanceclient, without authentication."""

import json
import time
import unittest
import uuid

import terminal
from client_test import ClientTest
from disk import Disk
from web import Web

DISK = Disk(300_002, seed=2)
BARE = ("--disk-format", "raw", "--container-format", "bare")


class GlanceTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        cls.glance = terminal.glance()
        cls.addClassCleanup(cls.glance.close)

    def create(self, *options):
        command = ("image-create", "--name", self.name, *BARE, *options)
        return self.glance.ok(*command).properties()

    def create_active(self, *options):
        return self.create("--file", DISK.write(self.directory), *options)

    def show(self, image_id):
        return self.glance.ok("image-show", image_id, "--max-column-width", "200").properties()

    def listed(self, *options, verbose=()):
        return self.glance.ok(*verbose, "image-list", *options).rows()

    def assert_refused(self, status, *command):
        """That the service answers with that status; the client says so only when it debugs."""
        said = self.glance.refused("--debug", *command)
        self.assertIn(f"failure status {status}.", said)

    def assert_holds_the_disk(self, image):
        self.assertEqual("active", image["status"])
        self.assertEqual(str(len(DISK)), image["size"])
        self.assertEqual(DISK.md5, image["checksum"])
        self.assertEqual("sha512", image["os_hash_algo"])
        self.assertEqual(DISK.sha512, image["os_hash_value"])


class Data(GlanceTest):
    def test_creates_uploads_and_downloads(self):
        image = self.create("--property", "team=blue", "--tags", "b", "a", "--min-ram", "64")
        self.assertEqual("queued", image["status"])
        self.assertEqual("None", image["size"])
        self.assertEqual("None", image["checksum"])
        self.assertEqual("blue", image["team"])
        self.assertEqual("64", image["min_ram"])
        self.assertEqual(["a", "b"], sorted(json.loads(image["tags"])))

        disk = DISK.write(self.directory)
        self.glance.ok("image-upload", image["id"], "--file", disk, "--progress")
        self.assert_holds_the_disk(self.show(image["id"]))

        downloaded = self.directory / "downloaded.raw"
        self.glance.ok("image-download", image["id"], "--file", downloaded)
        self.assertEqual(DISK.bytes, downloaded.read_bytes())

    def test_creates_with_the_data(self):
        self.assert_holds_the_disk(self.create_active())

    def test_creates_from_a_pipe(self):
        command = ("image-create", "--name", self.name, *BARE)
        self.assert_holds_the_disk(self.glance.ok(*command, data=DISK.bytes).properties())

    def test_uploads_once(self):
        image_id = self.create_active()["id"]

        self.assert_refused(409, "image-upload", image_id, "--file", self.directory / "disk.raw")

        self.assert_holds_the_disk(self.show(image_id))

    def test_refuses_data_of_another_size_than_said(self):
        image_id = self.create()["id"]

        said = self.glance.refused("image-upload", image_id, "--size", "5", data=DISK.bytes)

        self.assertIn("5", said)
        self.assertEqual("queued", self.show(image_id)["status"])

    def test_says_that_an_image_has_no_data(self):
        image_id = self.create()["id"]

        said = self.glance.refused("image-download", image_id, "--file", self.directory / "x")

        self.assertIn(f"Image {image_id} has no data", said)

    def test_deactivates_and_reactivates(self):
        image_id = self.create_active()["id"]

        self.glance.ok("image-deactivate", image_id)
        self.glance.ok("image-deactivate", image_id)
        self.assertEqual("deactivated", self.show(image_id)["status"])

        self.glance.ok("image-reactivate", image_id)
        self.glance.ok("image-reactivate", image_id)
        self.assertEqual("active", self.show(image_id)["status"])

    def test_does_not_deactivate_an_image_without_data(self):
        image_id = self.create()["id"]

        self.assert_refused(403, "image-deactivate", image_id)
        self.assertEqual("queued", self.show(image_id)["status"])


class Metadata(GlanceTest):
    def test_updates_and_removes(self):
        image_id = self.create("--property", "a=1", "--tags", "kept")["id"]

        image = self.glance.ok(
            *("image-update", image_id, "--name", f"{self.name}-new", "--min-disk", "2"),
            *("--property", "a=2", "--property", "b=3", "--visibility", "community"),
            *("--protected", "True", "--hidden", "True"),
        ).properties()
        self.assertEqual(f"{self.name}-new", image["name"])
        self.assertEqual(["2", "2", "3"], [image["min_disk"], image["a"], image["b"]])
        self.assertEqual("community", image["visibility"])
        self.assertEqual(["True", "True"], [image["protected"], image["os_hidden"]])
        self.assertEqual(["kept"], json.loads(image["tags"]))

        image = self.glance.ok("image-update", image_id, "--remove-property", "a").properties()
        self.assertNotIn("a", image)
        self.assertEqual("3", image["b"])

    def test_tags(self):
        image_id = self.create()["id"]

        tagged = self.glance.ok("image-tag-update", image_id, "stable").rows()
        self.assertEqual([{"ID": image_id, "Tags": "['stable']"}], tagged)

        self.glance.ok("image-tag-delete", image_id, "stable")
        self.assert_refused(404, "image-tag-delete", image_id, "stable")
        self.assertEqual([], json.loads(self.show(image_id)["tags"]))

    def test_shares(self):
        image_id = self.create("--visibility", "shared")["id"]

        def row(status):
            return [{"Image ID": image_id, "Member ID": "other-project", "Status": status}]

        member = (image_id, "other-project")
        self.assertEqual(row("pending"), self.glance.ok("member-create", *member).rows())
        self.assert_refused(409, "member-create", *member)
        self.assertEqual(
            row("accepted"), self.glance.ok("member-update", *member, "accepted").rows()
        )
        self.assertEqual(
            row("accepted"), self.glance.ok("member-list", "--image-id", image_id).rows()
        )
        got = self.glance.ok("member-get", *member).properties()
        self.assertEqual("accepted", got["status"])
        self.assertEqual("/v2/schemas/member", got["schema"])
        self.glance.ok("member-delete", *member)
        self.assert_refused(404, "member-delete", *member)

    def test_shares_only_what_is_shared(self):
        image_id = self.create("--visibility", "private")["id"]

        self.assert_refused(403, "member-create", image_id, "other-project")

    def test_explains_its_models(self):
        attributes = [row["Attribute"] for row in self.glance.ok("explain", "image").rows()]
        self.assertLessEqual({"id", "name", "status", "os_hash_value", "tags"}, set(attributes))


class Lists(GlanceTest):
    def test_pages_through_all(self):
        tag = uuid.uuid4().hex
        expected = [self.create("--tags", tag)["id"] for _ in range(3)]

        rows = self.listed("--tag", tag, "--page-size", "2", "--sort", "created_at:asc,id:asc")
        self.assertEqual(expected, [row["ID"] for row in rows])
        limited = self.listed("--tag", tag, "--limit", "2", "--sort-key", "id", "--sort-dir", "asc")
        self.assertEqual(sorted(expected)[:2], [row["ID"] for row in limited])

    def test_finds_by_digest_and_property(self):
        image = self.create_active("--property", f"key={self.name}", "--hidden", "True")

        for options in (("--checksum", DISK.md5), ("--hash", DISK.sha512)):
            with self.subTest(options):
                found = self.listed(
                    *options, "--property-filter", f"key={self.name}", "--hidden"
                )
                self.assertEqual([image["id"]], [row["ID"] for row in found])

    def test_shows_more_when_verbose(self):
        image_id = self.create_active("--property", f"key={self.name}")["id"]

        rows = self.listed("--property-filter", f"key={self.name}", verbose=("--verbose",))

        self.assertEqual(1, len(rows))
        self.assertEqual(
            (image_id, self.name, "raw", "bare", str(len(DISK)), "active"),
            tuple(
                rows[0][column]
                for column in ("ID", "Name", "Disk_format", "Container_format", "Size", "Status")
            ),
        )


class Locations(GlanceTest):
    def setUp(self):
        super().setUp()
        self.web = Web(DISK.bytes)
        self.enterContext(self.web)
        self.id = self.create()["id"]

    def assert_is_at_the_url(self):
        image = self.show(self.id)
        self.assertEqual("active", image["status"])
        urls = [location["url"] for location in json.loads(image["locations"])]
        self.assertEqual([self.web.url], urls)
        downloaded = self.directory / "downloaded.raw"
        self.glance.ok("image-download", self.id, "--file", downloaded)
        self.assertEqual(DISK.bytes, downloaded.read_bytes())

    def test_adds_the_first_as_a_change_of_the_image(self):
        self.glance.ok("location-add", self.id, "--url", self.web.url)

        self.assert_is_at_the_url()
        self.assert_refused(403, "location-delete", self.id, "--url", self.web.url)

    def test_adds_the_first_by_the_call_made_for_it(self):
        self.glance.ok("add-location", self.id, "--url", self.web.url)

        self.assert_is_at_the_url()
        self.assert_refused(409, "add-location", self.id, "--url", self.web.url)


class End(GlanceTest):
    def test_deletes_once(self):
        image_id = self.create_active()["id"]

        self.glance.ok("image-delete", image_id)

        gone = f"No image with an ID of '{image_id}' exists."
        self.assertIn(gone, self.glance.refused("image-delete", image_id))
        self.assert_refused(404, "image-show", image_id)
        self.assert_refused(404, "image-download", image_id, "--file", "x")


class Tasks(GlanceTest):
    def start(self, kind, **values):
        return self.glance.ok(
            "task-create", "--type", kind, "--input", json.dumps(values)
        ).properties()

    def finished(self, task_id):
        end = time.monotonic() + 90
        while True:
            task = self.glance.ok("task-show", task_id).properties()
            if task["status"] in ("success", "failure"):
                return task
            self.assertLess(time.monotonic(), end, f"not finished within 90 s: {task}")

    def test_imports_exactly_what_the_web_has(self):
        with Web(DISK.bytes) as web:
            task = self.start(
                "import",
                import_from=web.url,
                import_from_format="raw",
                image_properties={"name": self.name, "container_format": "bare"},
            )
            self.assertEqual("import", task["type"])
            self.assertIn(task["status"], ("pending", "processing"))
            done = self.finished(task["id"])

        self.assertEqual("success", done["status"], done["message"])
        image_id = json.loads(done["result"])["image_id"]
        image = self.show(image_id)
        self.assertEqual(self.name, image["name"])
        self.assert_holds_the_disk(image)
        listed = self.glance.ok("task-list", "--type", "import", "--status", "success").rows()
        self.assertIn(task["id"], [row["ID"] for row in listed])
        of_image = self.glance.ok("--verbose", "image-tasks", image_id).rows()
        self.assertEqual([task["id"]], [row["Task Id"] for row in of_image])

    def test_says_why_an_import_fails(self):
        with Web(DISK.bytes) as web:
            task = self.start("import", import_from=web.missing, import_from_format="raw")
            done = self.finished(task["id"])

        self.assertEqual("failure", done["status"])
        self.assertIn("404", done["message"])

    def test_clones(self):
        original = self.create_active("--property", "team=blue")["id"]

        task = self.start("clone", image_id=original, image_properties={"name": self.name})
        done = self.finished(task["id"])

        self.assertEqual("success", done["status"], done["message"])
        image = self.show(json.loads(done["result"])["image_id"])
        self.assertNotEqual(original, image["id"])
        self.assertEqual("blue", image["team"])
        self.assert_holds_the_disk(image)

    def test_refuses_types_and_inputs_that_it_does_not_know(self):
        self.assertIn("is not one of", self.glance.refused("task-create", "--type", "convert"))
        self.assert_refused(400, "task-create", "--type", "import", "--input", "{}")


class Service(GlanceTest):
    def test_tells_its_stores_and_how_to_import(self):
        stores = json.loads(self.glance.ok("stores-info").properties()["stores"])
        self.assertEqual(["main"], [store["id"] for store in stores if store.get("default")])

        methods = json.loads(self.glance.ok("import-info").properties()["import-methods"])
        self.assertIsInstance(methods["value"], list)


if __name__ == "__main__":
    unittest.main()
