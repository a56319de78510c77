"""The life of an image and of a task with python-openstackclient, without authentication."""

import unittest
import uuid

import terminal
from client_test import ClientTest
from disk import Disk, qcow2

DISK = Disk(300_001, seed=1)


class OpenStackTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        cls.openstack = terminal.openstack()
        cls.addClassCleanup(cls.openstack.close)

    def create(self, *options, name=None):
        command = ("image", "create", name or self.name, "-f", "json", *options)
        return self.openstack.ok(*command).json()

    def create_active(self, *options):
        return self.create("--file", DISK.write(self.directory), *options)

    def show(self, image):
        return self.openstack.ok("image", "show", image, "-f", "json").json()

    def listed(self, *options):
        rows = self.openstack.ok("image", "list", "-f", "json", *options).json()
        return [row["Name"] for row in rows]


class Create(OpenStackTest):
    def test_reserves_an_id_without_data(self):
        image_id = str(uuid.uuid4())

        image = self.create(
            *("--id", image_id, "--disk-format", "qcow2", "--container-format", "bare"),
            *("--min-disk", "3", "--min-ram", "256", "--private", "--protected"),
            *("--property", "os_distro=debian", "--property", "team=blue", "--tag", "stable"),
        )

        self.assertEqual(
            {
                "id": image_id,
                "name": self.name,
                "status": "queued",
                "disk_format": "qcow2",
                "container_format": "bare",
                "min_disk": 3,
                "min_ram": 256,
                "visibility": "private",
                "protected": True,
                "tags": ["stable"],
                "file": f"/v2/images/{image_id}/file",
                "schema": "/v2/schemas/image",
            },
            {key: image[key] for key in image.keys() & _SHOWN},
        )
        self.assertEqual("debian", image["properties"]["os_distro"])
        self.assertEqual("blue", image["properties"]["team"])
        self.assertNotIn("size", image)
        self.assertNotIn("checksum", image)
        self.assertEqual(image, self.show(image_id))

    def test_refuses_an_id_that_is_taken(self):
        image_id = self.create()["id"]

        said = self.openstack.refused("image", "create", self.name, "--id", image_id)

        self.assertIn("409", said)
        self.assertIn(image_id, said)

    def test_uploads_a_file_that_comes_back_the_same(self):
        image = self.create_active("--shared")

        self.assertEqual("active", image["status"])
        self.assertEqual(len(DISK), image["size"])
        self.assertEqual(DISK.md5, image["checksum"])
        self.assertEqual("sha512", image["properties"]["os_hash_algo"])
        self.assertEqual(DISK.sha512, image["properties"]["os_hash_value"])
        saved = self.directory / "saved.raw"
        self.openstack.ok("image", "save", self.name, "--file", saved)
        self.assertEqual(DISK.bytes, saved.read_bytes())

    def test_uploads_what_comes_through_a_pipe(self):
        created = self.openstack.ok("image", "create", self.name, "-f", "json", data=DISK.bytes)

        self.assertEqual("active", created.json()["status"])
        self.assertEqual(DISK.md5, created.json()["checksum"])

    def test_says_how_large_the_disk_is(self):
        image = self.create_from(qcow2(virtual_size=5 << 30))

        self.assertEqual("active", image["status"])
        self.assertEqual(5 << 30, image["virtual_size"])

    def test_refuses_a_disk_that_reads_another_file(self):
        path = self.directory / "disk.qcow2"
        path.write_bytes(qcow2(virtual_size=5 << 30, backing_file_at=512))

        said = self.openstack.refused(
            *("image", "create", self.name, "--disk-format", "qcow2", "--file", path)
        )

        self.assertIn("415", said)
        self.assertIn("backing file", said)

    def create_from(self, data):
        path = self.directory / "disk.qcow2"
        path.write_bytes(data)
        self.create("--disk-format", "qcow2", "--file", path)
        return self.show(self.name)

    def test_takes_names_as_people_write_them(self):
        for name in ("Débian ☃, 50% off?", "a/b"):
            with self.subTest(name):
                unique = f"{name} {uuid.uuid4().hex[:8]}"
                self.assertEqual(unique, self.create(name=unique)["name"])
                self.assertEqual(unique, self.show(unique)["name"])

    def test_refuses_a_reserved_property(self):
        said = self.openstack.refused(
            "image", "create", self.name, "--property", "os_glance_import_task=x"
        )

        self.assertIn("403", said)
        self.assertIn("os_glance_import_task", said)


class Change(OpenStackTest):
    def test_sets_and_unsets(self):
        image_id = self.create("--property", "a=1", "--tag", "old")["id"]

        self.openstack.ok(
            *("image", "set", image_id, "--name", f"{self.name}-new", "--min-disk", "7"),
            *("--property", "a=2", "--property", "b.c=", "--tag", "new"),
            *("--os-distro", "fedora", "--architecture", "x86_64", "--community"),
        )
        image = self.show(image_id)
        self.assertEqual(f"{self.name}-new", image["name"])
        self.assertEqual(7, image["min_disk"])
        self.assertEqual("community", image["visibility"])
        self.assertEqual(["new", "old"], sorted(image["tags"]))
        self.assertEqual("2", image["properties"]["a"])
        self.assertEqual("", image["properties"]["b.c"])
        self.assertEqual("fedora", image["properties"]["os_distro"])
        self.assertEqual("x86_64", image["properties"]["architecture"])

        self.openstack.ok(
            *("image", "unset", image_id, "--property", "a", "--property", "b.c"),
            *("--property", "os_distro", "--tag", "old"),
        )
        image = self.show(image_id)
        self.assertEqual(["new"], image["tags"])
        self.assertFalse(image["properties"].keys() & {"a", "b.c", "os_distro"})
        self.assertEqual("x86_64", image["properties"]["architecture"])

    def test_says_which_tag_is_not_there_to_unset(self):
        image_id = self.create()["id"]

        said = self.openstack.refused("image", "unset", image_id, "--tag", "nothing")

        self.assertIn("'nothing' is a nonexistent tag", said)

    def test_hides_from_the_list(self):
        image_id = self.create()["id"]

        self.openstack.ok("image", "set", image_id, "--hidden")
        self.assertEqual([], self.listed("--name", self.name))
        self.assertEqual([self.name], self.listed("--name", self.name, "--hidden"))
        self.assertEqual(image_id, self.show(self.name)["id"], "found by name all the same")

        self.openstack.ok("image", "set", image_id, "--unhidden")
        self.assertEqual([self.name], self.listed("--name", self.name))

    def test_protects_from_deletion(self):
        image_id = self.create("--protected")["id"]

        said = self.openstack.refused("image", "delete", image_id)
        self.assertIn("403", said)
        self.assertIn("protected", said)

        self.openstack.ok("image", "set", image_id, "--unprotected")
        self.openstack.ok("image", "delete", image_id)

    def test_keeps_the_formats_of_an_image_that_has_data(self):
        image_id = self.create_active("--disk-format", "raw")["id"]

        said = self.openstack.refused("image", "set", image_id, "--disk-format", "qcow2")

        self.assertIn("403", said)
        self.assertEqual("raw", self.show(image_id)["disk_format"])

    def test_deactivates_and_reactivates(self):
        image_id = self.create_active()["id"]

        self.openstack.ok("image", "set", image_id, "--deactivate")
        self.assertEqual("deactivated", self.show(image_id)["status"])

        self.openstack.ok("image", "set", image_id, "--activate")
        self.assertEqual("active", self.show(image_id)["status"])


class Find(OpenStackTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = uuid.uuid4().hex
        for letter, options in (
            ("a", ("--private", "--property", "team=blue")),
            ("b", ("--community", "--property", "team=red")),
            ("c", ("--public", "--tag", "extra")),
        ):
            cls.openstack.ok(
                "image", "create", f"{letter}-{cls.tag}", "--tag", cls.tag, *options
            )

    def letters(self, *options):
        names = self.listed("--tag", self.tag, *options)
        self.assertTrue(all(name.endswith(f"-{self.tag}") for name in names), names)
        return "".join(name[0] for name in names)

    def test_filters(self):
        for options, expected in (
            ((), "abc"),
            (("--tag", "extra"), "c"),
            (("--private",), "a"),
            (("--community", "--status", "queued"), "b"),
            (("--all", "--status", "active"), ""),
            (("--name", f"b-{self.tag}"), "b"),
            (("--property", "team=red"), "b"),
        ):
            with self.subTest(options):
                self.assertEqual(expected, self.letters(*options))

    def test_sorts_and_pages(self):
        # The service answers with the newest first; the client sorts what a page has.
        self.assertEqual("cba", self.letters("--sort", "name:desc"))
        self.assertEqual("ab", self.letters("--limit", "2", "--marker", f"c-{self.tag}"))
        self.assertEqual("bc", self.letters("--max-items", "2"))

    def test_shows_every_column(self):
        image = self.create_active("--tag", "long")

        rows = self.openstack.ok(
            "image", "list", "--long", "--name", self.name, "-f", "json"
        ).json()

        self.assertEqual(1, len(rows))
        self.assertEqual(
            {
                "ID": image["id"],
                "Name": self.name,
                "Disk Format": "raw",
                "Container Format": "bare",
                "Size": len(DISK),
                "Checksum": DISK.md5,
                "Status": "active",
                "Visibility": "shared",
                "Protected": False,
                "Project": image["owner"],
                "Hash Algorithm": "sha512",
                "Hash Value": DISK.sha512,
                "Tags": ["long"],
            },
            rows[0],
        )

    def test_says_what_is_not_there(self):
        missing = str(uuid.uuid4())
        for command in (("show",), ("set", "--name", "new")):
            with self.subTest(command):
                said = self.openstack.refused("image", *command, missing)
                self.assertIn(f"No Image found for {missing}", said)


class End(OpenStackTest):
    def test_deletes_once(self):
        image_id = self.create_active()["id"]

        self.openstack.ok("image", "delete", image_id)

        self.assertIn("No Image found", self.openstack.refused("image", "show", image_id))
        # Its words for any image that is not found.
        self.assertIn("Multi Backend", self.openstack.refused("image", "delete", image_id))

    def test_deletes_several_and_names_the_one_that_it_can_not(self):
        images = [self.create(*options)["id"] for options in ((), ("--protected",), ())]

        said = self.openstack.refused("image", "delete", *images)

        self.assertIn(f"Failed to delete image with name or ID '{images[1]}'", said)
        self.assertIn("Failed to delete 1 of 3 images", said)
        self.assertEqual([self.name], self.listed("--name", self.name))

    def test_saves_nothing_of_an_image_without_data(self):
        self.create()
        saved = self.directory / "saved.raw"

        self.openstack.ok("image", "save", self.name, "--file", saved)

        self.assertEqual(b"", saved.read_bytes())


class Service(OpenStackTest):
    def test_tells_its_stores_and_how_to_import(self):
        stores = self.openstack.ok("image", "stores", "list", "-f", "json").json()
        self.assertEqual(["main"], [store["ID"] for store in stores if store["Default"]])

        methods = self.openstack.ok("image", "import", "info", "-f", "json").json()
        self.assertIsInstance(methods["import-methods"], list)

    def test_lists_tasks(self):
        self.openstack.ok("image", "task", "list", "-f", "json")

        said = self.openstack.refused("image", "task", "show", str(uuid.uuid4()))
        self.assertIn("No Task found", said)


_SHOWN = {
    *("id", "name", "status", "disk_format", "container_format", "min_disk", "min_ram"),
    *("visibility", "protected", "tags", "file", "schema"),
}

if __name__ == "__main__":
    unittest.main()
