package clients

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/imagedata"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/imageimport"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/images"
)

func awaitActive(t *testing.T, client *gophercloud.ServiceClient, id string) *images.Image {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		image := get(t, client, id)
		if image.Status == images.ImageStatusActive {
			return image
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("image %s is not active in time", id)
	return nil
}

func bare(t *testing.T) images.CreateOpts {
	return images.CreateOpts{Name: t.Name(), DiskFormat: "raw", ContainerFormat: "bare"}
}

func TestStagesAndImports(t *testing.T) {
	client := connect(t)
	image := create(t, client, bare(t))
	must(t, imagedata.Stage(ctx, client, image.ID, bytes.NewReader(disk)).ExtractErr())
	mustBe(t, "status", images.ImageStatus("uploading"), get(t, client, image.ID).Status)

	err := imageimport.Create(ctx, client, image.ID, imageimport.CreateOpts{
		Name: imageimport.GlanceDirectMethod,
	}).ExtractErr()

	must(t, err)
	mustHoldTheDisk(t, awaitActive(t, client, image.ID))
}

func TestImportsFromTheWeb(t *testing.T) {
	client := connect(t)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write(disk)
	}))
	defer web.Close()
	image := create(t, client, bare(t))

	err := imageimport.Create(ctx, client, image.ID, imageimport.CreateOpts{
		Name: imageimport.WebDownloadMethod,
		URI:  web.URL,
	}).ExtractErr()

	must(t, err)
	mustHoldTheDisk(t, awaitActive(t, client, image.ID))
}

func TestImportsNothingThatIsNotStaged(t *testing.T) {
	client := connect(t)
	image := create(t, client, bare(t))

	err := imageimport.Create(ctx, client, image.ID, imageimport.CreateOpts{
		Name: imageimport.GlanceDirectMethod,
	}).ExtractErr()

	mustAnswer(t, http.StatusConflict, err)
}
