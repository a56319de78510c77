"""The life of an image and of a task with openstacksdk: what the command lines have no words for."""

import http.client
import threading
import time
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import openstack
from openstack import exceptions

import terminal
from disk import Disk
from web import Web

DISK = Disk(3_000_003, seed=3)
CHUNK = 65_536


class SdkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.connection = openstack.connect(
            load_yaml_config=False,
            load_envvars=False,
            auth_type="none",
            auth={"endpoint": terminal.API},
        )
        cls.addClassCleanup(cls.connection.close)
        cls.images = cls.connection.image

    def setUp(self):
        self.name = f"{self._testMethodName}-{uuid.uuid4().hex[:8]}"

    def create(self, **attributes):
        return self.images.create_image(
            self.name, allow_duplicates=True, disk_format="raw", **attributes
        )

    def create_active(self, **attributes):
        image = self.create(data=DISK.bytes, **attributes)
        return self.images.get_image(image.id)

    def status(self, image):
        return self.images.get_image(image.id).status

    def answer(self, method, path, **options):
        """The plain answer, whatever its status."""
        return getattr(self.images, method)(path, raise_exc=False, **options)


class Streams(SdkTest):
    def test_uploads_generated_data_of_unknown_length(self):
        image = self.create()
        chunks = (DISK.bytes[at : at + CHUNK] for at in range(0, len(DISK), CHUNK))

        answer = image.upload(self.images, data=chunks)

        self.assertEqual("chunked", answer.request.headers["Transfer-Encoding"])
        self.assertNotIn("Content-Length", answer.request.headers)
        self.assertEqual(204, answer.status_code)
        image = self.images.get_image(image.id)
        self.assertEqual("active", image.status)
        self.assertEqual(len(DISK), image.size)
        self.assertEqual(DISK.md5, image.checksum)
        self.assertEqual(("sha512", DISK.sha512), (image.hash_algo, image.hash_value))

    def test_checks_what_it_uploaded_against_its_own_digest(self):
        image = self.create(data=DISK.bytes, validate_checksum=True)

        self.assertEqual("active", self.status(image))

    def test_downloads_as_a_stream_and_at_once(self):
        image = self.create_active()

        streamed = self.images.download_image(image, stream=True)
        self.assertEqual(DISK.bytes, b"".join(streamed.iter_content(CHUNK)))
        whole = self.images.download_image(image)
        self.assertEqual(DISK.bytes, whole.content)
        self.assertEqual("application/octet-stream", whole.headers["Content-Type"])
        self.assertEqual(str(len(DISK)), whole.headers["Content-Length"])
        self.assertEqual(DISK.md5, whole.headers["Content-MD5"])

    def test_downloads_ranges(self):
        path = f"/images/{self.create_active().id}/file"
        last = len(DISK) - 1
        for asked, start, end in (
            ("bytes=0-0", 0, 0),
            ("bytes=70000-2000000", 70_000, 2_000_000),
            (f"bytes={last}-", last, last),
            ("bytes=-5", last - 4, last),
            (f"bytes=10-{10 * len(DISK)}", 10, last),
        ):
            with self.subTest(asked):
                answer = self.answer("get", path, headers={"Range": asked})
                self.assertEqual(206, answer.status_code)
                self.assertEqual(DISK.bytes[start : end + 1], answer.content)
                self.assertEqual(
                    f"bytes {start}-{end}/{len(DISK)}", answer.headers["Content-Range"]
                )
        for asked, status in (
            (f"bytes={last + 1}-", 416),
            ("bytes=3-1", 416),
            ("bytes=0-1,4-5", 400),
        ):
            with self.subTest(asked):
                answer = self.answer("get", path, headers={"Range": asked})
                self.assertEqual(status, answer.status_code, answer.text)

    def test_has_no_data_to_download_before_the_upload(self):
        answer = self.answer("get", f"/images/{self.create().id}/file")

        self.assertEqual((204, b""), (answer.status_code, answer.content))

    def test_uploads_once(self):
        image = self.create_active()

        answer = image.upload(self.images, data=b"something else")

        self.assertEqual(409, answer.status_code)
        self.assertEqual(DISK.md5, self.images.get_image(image.id).checksum)

    def test_uploads_one_at_a_time(self):
        image = self.create()
        first = HeldUpload(image, self.images)
        self.addCleanup(first.release)
        wait_until(lambda: self.status(image) == "saving", "the image is saving")

        self.assertEqual(409, image.upload(self.images, data=b"meanwhile").status_code)

        first.release()
        self.assertEqual(204, first.answer().status_code)
        self.assertEqual(DISK.md5, self.images.get_image(image.id).checksum)

    def test_tells_the_uploader_that_the_image_was_deleted(self):
        image = self.create()

        def chunks():
            yield DISK.bytes
            wait_until(lambda: self.status(image) == "saving", "the image is saving")
            self.images.delete_image(image.id, ignore_missing=False)
            yield DISK.bytes

        answer = image.upload(self.images, data=chunks())

        self.assertEqual(410, answer.status_code)
        self.assertIn(image.id, answer.text)
        self.assertEqual(404, self.answer("get", f"/images/{image.id}").status_code)

    def test_tells_so_an_uploader_who_listens_before_the_body_has_ended(self):
        image = self.create()
        upload = http.client.HTTPConnection(urlsplit(terminal.API).netloc, timeout=60)
        self.addCleanup(upload.close)
        upload.putrequest("PUT", f"/v2/images/{image.id}/file")
        upload.putheader("Content-Type", "application/octet-stream")
        upload.putheader("Content-Length", str(2 * len(DISK)))
        upload.endheaders(DISK.bytes)
        wait_until(lambda: self.status(image) == "saving", "the image is saving")

        self.images.delete_image(image.id, ignore_missing=False)

        self.assertEqual(410, upload.getresponse().status)

    def test_refuses_another_type_of_content(self):
        image = self.create()

        answer = self.answer("put", f"/images/{image.id}/file", json={"not": "data"})

        self.assertEqual(415, answer.status_code)
        self.assertEqual("queued", self.status(image))


class Metadata(SdkTest):
    def test_changes_and_removes(self):
        image = self.create(tags=["a"], min_disk=1, team="blue")

        changed = self.images.update_image(
            image.id, name=f"{self.name}-new", min_ram=5, is_protected=True, tags=["b"], team="red"
        )
        self.assertEqual(f"{self.name}-new", changed.name)
        self.assertEqual((1, 5, True), (changed.min_disk, changed.min_ram, changed.is_protected))
        self.assertEqual(["b"], changed.tags)
        self.assertEqual("red", changed.properties["team"])
        self.assertGreaterEqual(changed.updated_at, image.updated_at)
        self.assertEqual(image.created_at, changed.created_at)

        with self.assertRaises(exceptions.ForbiddenException) as refused:
            self.images.delete_image(image.id)
        self.assertIn("protected", refused.exception.details)

        changed.properties = {
            key: value for key, value in changed.properties.items() if key != "team"
        }
        removed = self.images.update_image(changed, is_protected=False)
        self.assertNotIn("team", removed.properties)
        self.images.delete_image(image.id, ignore_missing=False)

    def test_changes_nothing_if_one_change_is_refused(self):
        image = self.create(team="blue")

        answer = self.answer(
            "patch",
            f"/images/{image.id}",
            headers={"Content-Type": "application/openstack-images-v2.1-json-patch"},
            data='[{"op":"replace","path":"/team","value":"red"},'
            '{"op":"replace","path":"/status","value":"active"}]',
        )

        self.assertEqual(403, answer.status_code)
        self.assertEqual("blue", self.images.get_image(image.id).properties["team"])

    def test_accepts_both_media_types_of_a_patch(self):
        path = f"/images/{self.create(team='blue').id}"
        for media_type, patch, team in (
            ("v2.1", '[{"op":"replace","path":"/team","value":"red"}]', "red"),
            ("v2.0", '[{"replace":"/team","value":"green"}]', "green"),
        ):
            with self.subTest(media_type):
                content_type = f"application/openstack-images-{media_type}-json-patch"
                answer = self.answer(
                    "patch", path, headers={"Content-Type": content_type}, data=patch
                )
                self.assertEqual((200, team), (answer.status_code, answer.json().get("team")))
        answer = self.answer("patch", path, json=[])
        self.assertEqual(415, answer.status_code)

    def test_tags(self):
        image = self.create()

        self.images.add_tag(image, "stable")
        self.images.add_tag(image, "stable")
        self.assertEqual(["stable"], self.images.get_image(image.id).tags)
        self.images.remove_tag(image, "stable")
        with self.assertRaises(exceptions.NotFoundException):
            self.images.remove_tag(image, "stable")

    def test_shares(self):
        image = self.create(visibility="shared")

        member = self.images.add_member(image, member_id="other")
        self.assertEqual(("other", "pending"), (member.member_id, member.status))
        self.images.update_member("other", image, status="rejected")
        self.assertEqual("rejected", self.images.get_member("other", image).status)
        self.assertEqual(["other"], [member.id for member in self.images.members(image)])
        self.images.remove_member("other", image, ignore_missing=False)
        self.assertEqual([], list(self.images.members(image)))

    def test_deactivates_only_what_has_data(self):
        image = self.create()

        answer = self.answer("post", f"/images/{image.id}/actions/deactivate")

        self.assertEqual(403, answer.status_code)
        self.assertIn("queued", answer.text)

    def test_has_the_schemas_of_what_it_answers(self):
        for name, attribute in (("image", "os_hash_value"), ("member", "member_id")):
            with self.subTest(name):
                schema = self.answer("get", f"/schemas/{name}").json()
                self.assertEqual(name, schema["name"])
                self.assertIn(attribute, schema["properties"])
        image = self.answer("get", f"/images/{self.create().id}").json()
        schema = self.answer("get", "/schemas/image").json()
        self.assertLessEqual(
            {key for key in image if not key.startswith("owner_specified.")},
            set(schema["properties"]),
        )


class Lists(SdkTest):
    def setUp(self):
        super().setUp()
        self.tag = uuid.uuid4().hex
        self.by_letter = {
            letter: self.images.create_image(
                f"{letter}-{self.name}",
                allow_duplicates=True,
                disk_format=disk_format,
                tags=[self.tag],
                min_ram=ram,
                **({"data": DISK.bytes[:size]} if size else {}),
            )
            for letter, disk_format, ram, size in (
                ("a", "raw", 1, 10),
                ("b", "qcow2", 2, 0),
                ("c", "raw", 2, 20),
                ("d", "iso", 1, 0),
            )
        }

    def letters(self, **query):
        found = self.images.images(tag=self.tag, **query)
        return "".join(image.name[0] for image in found)

    def test_sorts_by_several_keys(self):
        for query, expected in (
            ({}, "dcba"),
            ({"sort": "disk_format:desc,name:asc"}, "acbd"),
            ({"sort_key": "name", "sort_dir": "asc"}, "abcd"),
            ({"sort": "size:desc,name:desc", "status": "active"}, "ca"),
        ):
            with self.subTest(query):
                self.assertEqual(expected, self.letters(**query))

    def test_goes_through_all_pages(self):
        for limit in (1, 2, 3, 4, 5):
            with self.subTest(limit):
                self.assertEqual("abcd", self.letters(limit=limit, sort="name:asc"))

    def test_filters(self):
        start = datetime.now(timezone.utc)
        past = (start - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        future = (start + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        a, c = self.by_letter["a"].id, self.by_letter["c"].id
        for query, expected in (
            ({"size_min": 11}, "c"),
            ({"size_max": 10, "status": "active"}, "a"),
            ({"size_min": 10, "size_max": 20}, "ac"),
            ({"status": "in:active,saving"}, "ac"),
            ({"status": "in:queued,active"}, "abcd"),
            ({"id": f"in:{a},{c}"}, "ac"),
            ({"name": f"b-{self.name}"}, "b"),
            ({"created_at": f"gt:{past}"}, "abcd"),
            ({"created_at": f"gte:{future}"}, ""),
            ({"updated_at": f"lt:{future}"}, "abcd"),
            ({"updated_at": f"lte:{past}"}, ""),
            ({"protected": "true"}, ""),
            ({"visibility": "shared"}, "abcd"),
            ({"owner": "somebody-else"}, ""),
        ):
            with self.subTest(query):
                self.assertEqual(expected, self.letters(sort="name:asc", **query))
        for query, expected in (
            ("disk_format=in:raw,iso", "acd"),
            ("min_ram=2", "bc"),
            ("container_format=ovf", ""),
            ("nothing=has", ""),
        ):
            with self.subTest(query):
                answer = self.answer("get", f"/images?tag={self.tag}&sort=name:asc&{query}")
                letters = "".join(image["name"][0] for image in answer.json()["images"])
                self.assertEqual(expected, letters)

    def test_refuses_what_it_can_not_filter_or_sort_by(self):
        for query in (
            "sort=nothing:asc",
            "sort=name:sideways",
            "limit=-1",
            "limit=many",
            f"marker={uuid.uuid4()}",
            "visibility=invisible",
            "size_min=big",
            "created_at=gt:yesterday",
            "created_at=about:2026-01-01T00:00:00Z",
        ):
            with self.subTest(query):
                answer = self.answer("get", f"/images?{query}")
                self.assertEqual(400, answer.status_code, answer.text)


class Tasks(SdkTest):
    def finished(self, task):
        return self.images.wait_for_task(task, status="success", interval=0.2, wait=90)

    def test_imports(self):
        with Web(DISK.bytes) as web:
            task = self.images.create_task(
                type="import",
                input={
                    "import_from": web.url,
                    "import_from_format": "raw",
                    "image_properties": {"name": self.name, "container_format": "bare"},
                },
            )
            self.assertEqual(web.url, task.input["import_from"])
            done = self.finished(task)

        image = self.images.get_image(done.result["image_id"])
        self.assertEqual(("active", DISK.sha512), (image.status, image.hash_value))
        self.assertIn(task.id, [listed.id for listed in self.images.tasks(type="import")])
        self.assertEqual([task.id], [listed.id for listed in self.images.image_tasks(image)])
        self.assertIsNotNone(self.images.get_task(task).expires_at)

    def test_refuses_to_delete_a_task(self):
        answer = self.answer("delete", f"/tasks/{uuid.uuid4()}")

        self.assertEqual(405, answer.status_code)
        self.assertIn("GET", answer.headers["Allow"])


class Service(SdkTest):
    def test_lists_its_versions_without_a_token(self):
        session = self.connection.session
        for path, status in (("/", 300), ("/versions", 200)):
            with self.subTest(path):
                answer = session.get(
                    terminal.API + path, authenticated=False, raise_exc=False
                )
                self.assertEqual(status, answer.status_code)
                versions = {v["id"]: v for v in answer.json()["versions"]}
                self.assertEqual("CURRENT", versions["v2.17"]["status"])
                self.assertEqual(f"{terminal.API}/v2/", versions["v2.17"]["links"][0]["href"])
                self.assertLessEqual({"v2.0", "v2.6", "v2.7", "v2.12"}, versions.keys())

    def test_marks_every_answer_with_an_id(self):
        for path in ("/images", "/images/nothing", "/nowhere", "/info/import"):
            with self.subTest(path):
                answer = self.answer("get", path)
                self.assertRegex(
                    answer.headers["x-openstack-request-id"], "^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-"
                )

    def test_tells_its_stores(self):
        stores = list(self.images.stores())
        self.assertEqual(["main"], [store.id for store in stores if store.is_default])

    def test_refuses_methods_that_a_path_does_not_have(self):
        for method, path, allowed in (
            ("put", "/images", {"GET", "POST"}),
            ("post", f"/images/{uuid.uuid4()}", {"GET", "PATCH", "DELETE"}),
            ("head", f"/images/{uuid.uuid4()}/file", {"GET", "PUT"}),
        ):
            with self.subTest(path):
                answer = self.answer(method, path)
                self.assertEqual(405, answer.status_code)
                methods = {name.strip() for name in answer.headers["Allow"].split(",")}
                self.assertEqual(allowed, methods & {"GET", "PUT", "POST", "PATCH", "DELETE"})


class HeldUpload:
    """An upload in a thread of its own whose last chunk is held back."""

    def __init__(self, image, images):
        self._released = threading.Event()
        self._thread = ThreadPoolExecutor(1)
        self._answer = self._thread.submit(image.upload, images, data=self._chunks())

    def _chunks(self):
        yield DISK.bytes[:-1]
        self._released.wait(60)
        yield DISK.bytes[-1:]

    def release(self):
        self._released.set()

    def answer(self):
        with self._thread:
            return self._answer.result(60)


def wait_until(condition, what):
    end = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within a minute: {what}")
        time.sleep(0.05)


if __name__ == "__main__":
    unittest.main()
