package apptest

import (
	"net/http/httptest"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// Bucket is an object storage in memory with one bucket, which the environment names for the test as it does for an
// office: s3://name is then a place for attachments.
func Bucket(t *testing.T, name string) *s3mem.Backend {
	t.Helper()
	memory := s3mem.New()
	if err := memory.CreateBucket(name); err != nil {
		t.Fatal(err)
	}
	fake := httptest.NewServer(gofakes3.New(memory).Server())
	t.Cleanup(fake.Close)
	t.Setenv("CHENGQI_S3_ENDPOINT", fake.URL)
	t.Setenv("CHENGQI_S3_KEY", "key")
	t.Setenv("CHENGQI_S3_SECRET", "secret")
	return memory
}
