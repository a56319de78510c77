"""openstack and glance find the service in Keystone's catalog, and share an image between two
projects."""

import os
import unittest

import terminal
from client_test import ClientTest
from disk import Disk

DISK = Disk(100_003, seed=5)


def settings(user, project):
    """What an "openrc" file of that user has."""
    return {
        "OS_AUTH_URL": os.environ["VITRINE_KEYSTONE"],
        "OS_IDENTITY_API_VERSION": "3",
        "OS_USERNAME": user,
        "OS_PASSWORD": os.environ["VITRINE_PASSWORD"],
        "OS_PROJECT_NAME": project,
        "OS_USER_DOMAIN_ID": "default",
        "OS_PROJECT_DOMAIN_ID": "default",
    }


class Keystone(ClientTest):
    def terminal(self, program, user, project):
        opened = terminal.Terminal(program, environment=settings(user, project))
        self.addCleanup(opened.close)
        return opened

    def setUp(self):
        super().setUp()
        self.disk = DISK.write(self.directory)
        self.blue = self.terminal("openstack", "blue-member", "blue")
        self.green = self.terminal("openstack", "green-member", "green")

    def create(self, *options):
        command = ("image", "create", self.name, "--file", self.disk, "-f", "json", *options)
        return self.blue.ok(*command).json()

    def names(self, user, *options):
        command = ("image", "list", "--name", self.name, "-f", "json", *options)
        return [row["Name"] for row in user.ok(*command).json()]

    def test_finds_the_versions_of_the_service(self):
        rows = self.blue.ok("versions", "show", "--service", "image", "-f", "json").json()

        current = [row for row in rows if row["Status"] == "CURRENT"]
        self.assertEqual(["2.17"], [row["Version"] for row in current])
        self.assertEqual([f"{terminal.API}/v2/"], [row["Endpoint"] for row in current])

    def test_shares_an_image_with_another_project(self):
        image = self.create("--shared")
        self.assertEqual(DISK.md5, image["checksum"])
        self.assertIn("No Image found", self.green.refused("image", "show", image["id"]))

        # Only who may list projects may name one here by its name.
        green = self.green.ok("token", "issue", "-f", "value", "-c", "project_id").out.strip()

        member = self.blue.ok("image", "add", "project", self.name, green, "-f", "json").json()
        self.assertEqual("pending", member["status"])
        self.assertEqual("active", self.status(image))
        self.assertEqual([], self.names(self.green))
        self.assertEqual([self.name], self.names(self.green, "--shared", "--member-status", "all"))

        self.green.ok("image", "set", image["id"], "--accept")
        self.assertEqual([self.name], self.names(self.green))
        members = self.blue.ok("image", "member", "list", self.name, "-f", "json").json()
        self.assertEqual(["accepted"], [member["Status"] for member in members])

        self.blue.ok("image", "remove", "project", self.name, green)
        self.assertIn("No Image found", self.green.refused("image", "show", image["id"]))

    def status(self, image):
        return self.green.ok("image", "show", image["id"], "-f", "json").json()["status"]

    def test_tells_a_reader_what_it_takes(self):
        reader = self.terminal("openstack", "blue-reader", "blue")
        image = self.create()

        self.assertEqual([self.name], self.names(reader))
        said = reader.refused("image", "delete", image["id"])
        self.assertIn("403", said)
        self.assertIn("member", said)

    def test_gives_an_image_to_another_project(self):
        admin = self.terminal("openstack", "blue-admin", "blue")
        image = self.create("--private")

        admin.ok("image", "set", image["id"], "--project", "green")

        self.assertEqual("active", self.status(image))
        self.assertIn("No Image found", self.blue.refused("image", "show", image["id"]))

    def test_serves_glance_with_a_password(self):
        glance = self.terminal("glance", "blue-member", "blue")
        image = self.create()

        rows = glance.ok("image-list", "--property-filter", f"name={self.name}").rows()
        self.assertEqual([image["id"]], [row["ID"] for row in rows])
        self.assertIn("failure status 403.", glance.refused("--debug", "task-list"))


if __name__ == "__main__":
    unittest.main()
