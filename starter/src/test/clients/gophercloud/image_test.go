// Package clients walks the life of an image and of a task with gophercloud, without
// authentication.
package clients

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/imagedata"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/imageimport"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/images"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/members"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/tasks"
)

const size = 3_000_004

var (
	disk = randomBytes(size)
	ctx  = context.Background()
)

func randomBytes(n int) []byte {
	data := make([]byte, n)
	rand.New(rand.NewSource(4)).Read(data)
	return data
}

func connect(t *testing.T) *gophercloud.ServiceClient {
	t.Helper()
	endpoint := os.Getenv("VITRINE_API")
	if endpoint == "" {
		t.Fatal("VITRINE_API is not set: the URL of the service")
	}
	provider := &gophercloud.ProviderClient{
		EndpointLocator: func(gophercloud.EndpointOpts) (string, error) {
			return gophercloud.NormalizeURL(endpoint), nil
		},
	}
	client, err := openstack.NewImageV2(provider, gophercloud.EndpointOpts{})
	must(t, err)
	return client
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustBe[T comparable](t *testing.T, what string, expected, actual T) {
	t.Helper()
	if expected != actual {
		t.Fatalf("%s: expected %v, got %v", what, expected, actual)
	}
}

func mustAnswer(t *testing.T, status int, err error) {
	t.Helper()
	if !gophercloud.ResponseCodeIs(err, status) {
		t.Fatalf("expected the answer %d, got %v", status, err)
	}
}

func create(t *testing.T, client *gophercloud.ServiceClient, opts images.CreateOpts) *images.Image {
	t.Helper()
	opts.Name = fmt.Sprintf("%s-%d", t.Name(), time.Now().UnixNano())
	opts.DiskFormat, opts.ContainerFormat = "raw", "bare"
	image, err := images.Create(ctx, client, opts).Extract()
	must(t, err)
	mustBe(t, "name", opts.Name, image.Name)
	return image
}

func upload(t *testing.T, client *gophercloud.ServiceClient, id string, data io.Reader) {
	t.Helper()
	must(t, imagedata.Upload(ctx, client, id, data).ExtractErr())
}

func get(t *testing.T, client *gophercloud.ServiceClient, id string) *images.Image {
	t.Helper()
	image, err := images.Get(ctx, client, id).Extract()
	must(t, err)
	return image
}

func mustHoldTheDisk(t *testing.T, image *images.Image) {
	t.Helper()
	md5sum, sha512sum := md5.Sum(disk), sha512.Sum512(disk)
	mustBe(t, "status", images.ImageStatusActive, image.Status)
	mustBe(t, "size", size, image.SizeBytes)
	mustBe(t, "checksum", hex.EncodeToString(md5sum[:]), image.Checksum)
	mustBe[any](t, "os_hash_algo", "sha512", image.Properties["os_hash_algo"])
	mustBe[any](t, "os_hash_value", hex.EncodeToString(sha512sum[:]), image.Properties["os_hash_value"])
}

func TestUploadsAndDownloads(t *testing.T) {
	client := connect(t)
	for name, data := range map[string]io.Reader{
		"with a length":    bytes.NewReader(disk),
		"without a length": io.MultiReader(bytes.NewReader(disk)),
	} {
		t.Run(name, func(t *testing.T) {
			image := create(t, client, images.CreateOpts{})
			mustBe(t, "status", images.ImageStatusQueued, image.Status)
			upload(t, client, image.ID, data)

			mustHoldTheDisk(t, get(t, client, image.ID))
			body, err := imagedata.Download(ctx, client, image.ID).Extract()
			must(t, err)
			defer body.Close()
			downloaded, err := io.ReadAll(body)
			must(t, err)
			mustBe(t, "the data is the same", true, bytes.Equal(disk, downloaded))
			mustAnswer(t, http.StatusConflict,
				imagedata.Upload(ctx, client, image.ID, bytes.NewReader([]byte("again"))).Err)
		})
	}
}

func TestHasNothingToDownloadBeforeTheUpload(t *testing.T) {
	client := connect(t)
	image := create(t, client, images.CreateOpts{})

	_, err := imagedata.Download(ctx, client, image.ID).Extract()

	mustAnswer(t, http.StatusNoContent, err)
}

func TestChangesAndDeletes(t *testing.T) {
	client := connect(t)
	protected, private := true, images.ImageVisibilityPrivate
	image := create(t, client, images.CreateOpts{
		Protected:  &protected,
		Visibility: &private,
		MinDisk:    2,
		MinRAM:     64,
		Tags:       []string{"old"},
		Properties: map[string]string{"team": "blue", "gone": "soon"},
	})
	mustBe(t, "protected", true, image.Protected)
	mustBe(t, "visibility", private, image.Visibility)
	mustBe(t, "min_disk", 2, image.MinDiskGigabytes)
	mustBe(t, "min_ram", 64, image.MinRAMMegabytes)
	mustBe[any](t, "team", "blue", image.Properties["team"])
	mustAnswer(t, http.StatusForbidden, images.Delete(ctx, client, image.ID).Err)

	changed, err := images.Update(ctx, client, image.ID, images.UpdateOpts{
		images.ReplaceImageName{NewName: "renamed"},
		images.ReplaceImageTags{NewTags: []string{"new"}},
		images.ReplaceImageProtected{NewProtected: false},
		images.ReplaceImageHidden{NewHidden: true},
		images.UpdateVisibility{Visibility: images.ImageVisibilityCommunity},
		images.ReplaceImageMinDisk{NewMinDisk: 3},
		images.UpdateImageProperty{Op: images.ReplaceOp, Name: "team", Value: "red"},
		images.UpdateImageProperty{Op: images.AddOp, Name: "added", Value: ""},
		images.UpdateImageProperty{Op: images.RemoveOp, Name: "gone"},
	}).Extract()
	must(t, err)
	mustBe(t, "name", "renamed", changed.Name)
	mustBe(t, "tags", true, slices.Equal([]string{"new"}, changed.Tags))
	mustBe(t, "protected", false, changed.Protected)
	mustBe(t, "hidden", true, changed.Hidden)
	mustBe(t, "visibility", images.ImageVisibilityCommunity, changed.Visibility)
	mustBe(t, "min_disk", 3, changed.MinDiskGigabytes)
	mustBe[any](t, "team", "red", changed.Properties["team"])
	mustBe[any](t, "added", "", changed.Properties["added"])
	mustBe[any](t, "gone", nil, changed.Properties["gone"])
	mustAnswer(t, http.StatusForbidden, images.Update(ctx, client, image.ID, images.UpdateOpts{
		images.ReplaceImageChecksum{Checksum: "0123456789abcdef0123456789abcdef"},
	}).Err)

	must(t, images.Delete(ctx, client, image.ID).ExtractErr())
	mustAnswer(t, http.StatusNotFound, images.Delete(ctx, client, image.ID).Err)
	mustAnswer(t, http.StatusNotFound, images.Get(ctx, client, image.ID).Err)
}

func TestPagesThroughAList(t *testing.T) {
	client := connect(t)
	tag := fmt.Sprintf("page-%d", time.Now().UnixNano())
	var expected []string
	for range 5 {
		expected = append(expected, create(t, client, images.CreateOpts{Tags: []string{tag}}).ID)
	}
	opts := images.ListOpts{
		Tags:   []string{tag},
		Limit:  2,
		Sort:   "created_at:asc,name:asc",
		Status: images.ImageStatusQueued,
		CreatedAtQuery: &images.ImageDateQuery{
			Date:   time.Now().Add(-time.Hour),
			Filter: images.FilterGT,
		},
	}

	pages, err := images.List(client, opts).AllPages(ctx)
	must(t, err)
	listed, err := images.ExtractImages(pages)
	must(t, err)

	var ids []string
	for _, image := range listed {
		ids = append(ids, image.ID)
	}
	if !slices.Equal(expected, ids) {
		t.Fatalf("expected %v, got %v", expected, ids)
	}
}

func TestShares(t *testing.T) {
	client := connect(t)
	shared := images.ImageVisibilityShared
	image := create(t, client, images.CreateOpts{Visibility: &shared})

	member, err := members.Create(ctx, client, image.ID, "other").Extract()
	must(t, err)
	mustBe(t, "image", image.ID, member.ImageID)
	mustBe(t, "status", "pending", member.Status)
	mustAnswer(t, http.StatusConflict, members.Create(ctx, client, image.ID, "other").Err)
	member, err = members.Update(ctx, client, image.ID, "other", members.UpdateOpts{Status: "accepted"}).Extract()
	must(t, err)
	mustBe(t, "status", "accepted", member.Status)
	page, err := members.List(client, image.ID).AllPages(ctx)
	must(t, err)
	all, err := members.ExtractMembers(page)
	must(t, err)
	mustBe(t, "members", 1, len(all))
	mustBe(t, "member", "other", all[0].MemberID)
	must(t, members.Delete(ctx, client, image.ID, "other").ExtractErr())
	mustAnswer(t, http.StatusNotFound, members.Get(ctx, client, image.ID, "other").Err)
}

func TestImportsInATask(t *testing.T) {
	client := connect(t)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write(disk)
	}))
	defer web.Close()

	task, err := tasks.Create(ctx, client, tasks.CreateOpts{
		Type: "import",
		Input: map[string]any{
			"import_from":        web.URL,
			"import_from_format": "raw",
			"image_properties":   map[string]string{"name": t.Name(), "container_format": "bare"},
		},
	}).Extract()
	must(t, err)
	mustBe(t, "type", "import", task.Type)
	mustBe[any](t, "import_from", web.URL, task.Input["import_from"])

	for deadline := time.Now().Add(time.Minute); task.Status != string(tasks.TaskStatusSuccess); {
		if task.Status == string(tasks.TaskStatusFailure) || time.Now().After(deadline) {
			t.Fatalf("%s: %s", task.Status, task.Message)
		}
		time.Sleep(100 * time.Millisecond)
		task, err = tasks.Get(ctx, client, task.ID).Extract()
		must(t, err)
	}

	mustHoldTheDisk(t, get(t, client, task.Result["image_id"].(string)))
	pages, err := tasks.List(client, tasks.ListOpts{Limit: 1, SortKey: "created_at", SortDir: "desc"}).AllPages(ctx)
	must(t, err)
	listed, err := tasks.ExtractTasks(pages)
	must(t, err)
	if !slices.ContainsFunc(listed, func(other tasks.Task) bool { return other.ID == task.ID }) {
		t.Fatalf("task %s is not in the list", task.ID)
	}
}

func TestTellsItsImportMethods(t *testing.T) {
	info, err := imageimport.Get(ctx, connect(t)).Extract()

	must(t, err)
	mustBe(t, "type", "array", info.ImportMethods.Type)
}
