package file_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// place 存放处 is where files lie in a test, and how what lies there is spoiled or lost.
type place struct {
	name  string
	store file.Store
	spoil func(digest string)
	lose  func(digest string)
}

func places(t *testing.T) []place {
	t.Helper()
	dir := t.TempDir()
	inFolder, err := file.At(dir, "")
	check(t, err)
	name := func(digest string) string { return filepath.Join(dir, digest[:2], digest) }

	memory := apptest.Bucket(t, "office")
	inBucket, err := file.At("s3://office/附件", t.TempDir())
	check(t, err)
	object := func(digest string) string { return "附件/" + digest[:2] + "/" + digest }
	return []place{
		{
			"文件夹", inFolder,
			func(digest string) { check(t, os.WriteFile(name(digest), []byte("改过的内容"), 0o600)) },
			func(digest string) { check(t, os.Remove(name(digest))) },
		},
		{
			"对象存储", inBucket,
			func(digest string) {
				text := "改过的内容"
				_, err := memory.PutObject("office", object(digest), map[string]string{}, strings.NewReader(text), int64(len(text)), nil)
				check(t, err)
			},
			func(digest string) {
				_, err := memory.DeleteObject("office", object(digest))
				check(t, err)
			},
		},
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, o *apptest.Office, s file.Store, text string) (*file.File, error) {
	t.Helper()
	return s.Put(t.Context(), o.DB, 1, 1, "通知.txt", strings.NewReader(text))
}

func Test附件存进去取出来一样坏了丢了都说出来(t *testing.T) {
	o := apptest.OpenEmpty(t)
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			text := strings.Repeat("关于做好防汛工作的通知。", 20_000)
			f, err := put(t, o, p.store, text)
			check(t, err)
			again, err := put(t, o, p.store, text)
			check(t, err)
			if again.Digest != f.Digest {
				t.Error("同样的内容存成了两份")
			}
			in, err := p.store.Open(t.Context(), f)
			check(t, err)
			got, err := io.ReadAll(in)
			check(t, errors.Join(err, in.Close()))
			if string(got) != text {
				t.Errorf("取出来不一样：%d字节", len(got))
			}
			p.spoil(f.Digest)
			refused(t, p.store, f, "与登记时不同")
			p.lose(f.Digest)
			refused(t, p.store, f, "不在存放处")
			if left, _ := filepath.Glob(filepath.Join(p.store.Dir, "incoming-*")); len(left) > 0 {
				t.Errorf("留下了临时文件：%v", left)
			}
		})
	}
}

func Test存放处归先用的机关后来的不占(t *testing.T) {
	first, second := apptest.OpenEmpty(t), apptest.OpenEmpty(t)
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			for _, c := range []struct {
				office *apptest.Office
				mine   bool
			}{{first, true}, {second, false}, {first, true}} {
				mine, err := p.store.Mine(t.Context(), c.office.DB)
				check(t, err)
				if mine != c.mine {
					t.Errorf("归不归：%v", mine)
				}
			}
			check(t, file.Unmark(t.Context(), first.DB)) // as after a restore
			mine, err := p.store.Mine(t.Context(), first.DB)
			check(t, err)
			if mine {
				t.Error("恢复出来的机关占了原来的存放处")
			}
		})
	}
}

func refused(t *testing.T, s file.Store, f *file.File, say string) {
	t.Helper()
	in, err := s.Open(t.Context(), f)
	if err == nil {
		_ = in.Close()
	}
	if errs.KindOf(err) != errs.Unavailable || !strings.Contains(err.Error(), say) {
		t.Errorf("应说%s：%v", say, err)
	}
}

func Test对象存储连不上时没有半件(t *testing.T) {
	o := apptest.OpenEmpty(t)
	p := places(t)[1]
	t.Setenv("CHENGQI_S3_ENDPOINT", "http://127.0.0.1:1")
	away, err := file.At("s3://office", p.store.Dir)
	check(t, err)
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	_, err = away.Put(ctx, o.DB, 1, 1, "通知.txt", strings.NewReader("内容"))
	if errs.KindOf(err) != errs.Unavailable || rows(t, o) != 0 {
		t.Errorf("%v，登记了%d行", err, rows(t, o))
	}
}

func Test对象存储不出声不会让人一直等(t *testing.T) {
	o := apptest.OpenEmpty(t)
	p := places(t)[1]
	f, err := put(t, o, p.store, "原来的内容")
	check(t, err)
	full, err := url.Parse(os.Getenv("CHENGQI_S3_ENDPOINT"))
	check(t, err)
	var silent atomic.Int64 // from which byte of a body on; 0: it answers as usual
	ended := make(chan struct{})
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if silent.Load() == 0 {
			httputil.NewSingleHostReverseProxy(full).ServeHTTP(w, r)
			return
		}
		if silent.Load() > 1 { // the head comes, the rest does not
			w.Header().Set("Content-Length", "15")
			w.Header().Set("ETag", `"x"`)
			w.Header().Set("Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT")
			_, _ = w.Write([]byte("原"))
			w.(http.Flusher).Flush()
		}
		<-ended
	}))
	t.Cleanup(front.Close)
	t.Cleanup(func() { close(ended) })
	t.Setenv("CHENGQI_S3_ENDPOINT", front.URL)
	slow, err := file.At("s3://office/附件", t.TempDir())
	check(t, err)
	defer file.Hurry(300 * time.Millisecond)()
	began := time.Now()
	for _, from := range []int64{1, 2} {
		silent.Store(from)
		refused(t, slow, f, "暂时读不出来")
	}
	silent.Store(1)
	if _, err := put(t, o, slow, "新的内容"); errs.KindOf(err) != errs.Unavailable || rows(t, o) != 1 {
		t.Errorf("%v，登记了%d行", err, rows(t, o))
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("等了 %s", took)
	}
	silent.Store(0)
	in, err := slow.Open(t.Context(), f)
	check(t, err)
	check(t, in.Close())
}

func Test对象存储没有写全就一次说清(t *testing.T) {
	for _, name := range []string{"CHENGQI_S3_ENDPOINT", "CHENGQI_S3_KEY", "CHENGQI_S3_SECRET"} {
		t.Setenv(name, "")
	}
	_, err := file.At("s3://office/files", t.TempDir())
	var e *errs.Error
	if !errors.As(err, &e) || len(e.Reasons) != 3 {
		t.Errorf("%v", err)
	}
}

func Test磁盘满了文件没有存上清出空间再传就好(t *testing.T) {
	o := apptest.OpenEmpty(t)
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skip("这里不能另挂一个小磁盘：", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	s, err := file.At(dir, "")
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "别的"), bytes.Repeat([]byte("满"), 80_000), 0o600))
	text := strings.Repeat("通知", 10_000)
	if _, err = put(t, o, s, text); errs.KindOf(err) != errs.Unavailable || !strings.Contains(err.Error(), "磁盘已满") {
		t.Errorf("应说磁盘已满：%v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "incoming-*")); len(left) > 0 || rows(t, o) != 0 {
		t.Errorf("留下了半件：%v，登记了%d行", left, rows(t, o))
	}
	check(t, os.Remove(filepath.Join(dir, "别的")))
	f, err := put(t, o, s, text)
	check(t, err)
	in, err := s.Open(t.Context(), f)
	check(t, err)
	check(t, in.Close())
}

func rows(t *testing.T, o *apptest.Office) int {
	t.Helper()
	n := 0
	check(t, o.DB.Read(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT COUNT(*) FROM files`, nil, &n)
		return err
	}))
	return n
}
