package file_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// storage is one that gives every request the same answer.
func storage(t *testing.T, handler http.HandlerFunc, tls bool) string {
	t.Helper()
	s := httptest.NewUnstartedServer(handler)
	s.Config.ErrorLog = nil
	if tls {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s.URL
}

// refusing answers as storages do: the code, in their XML.
func refusing(status int, code, more string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>said in English</Message>%s</Error>`, code, more)
	}
}

func Test对象存储不收的原因说得出来(t *testing.T) {
	apptest.Bucket(t, "office")
	good := os.Getenv("CHENGQI_S3_ENDPOINT")
	defer file.HurryTries(2 * time.Second)()
	for _, c := range []struct {
		name, endpoint, place string
		kind                  errs.Kind
		say                   string
	}{
		{"没有桶", good, "s3://nowhere/附件", errs.Refused, "没有桶“nowhere”"},
		{"编号不对", storage(t, refusing(403, "InvalidAccessKeyId", ""), false), "s3://office", errs.Refused, "CHENGQI_S3_KEY"},
		{"密钥不对", storage(t, refusing(403, "SignatureDoesNotMatch", ""), false), "s3://office", errs.Refused, "CHENGQI_S3_SECRET"},
		{"没有权限", storage(t, refusing(403, "AccessDenied", ""), false), "s3://office/附件", errs.Refused, "不准这个密钥写“office/附件”"},
		{"钟不准", storage(t, refusing(403, "RequestTimeTooSkewed", ""), false), "s3://office", errs.Refused, "校时"},
		{"区域不对", storage(t, refusing(400, "AuthorizationHeaderMalformed", "<Region>cn-north-1</Region>"), false), "s3://office", errs.Refused, "区域不对"},
		{"满了", storage(t, refusing(507, "XMinioStorageFull", ""), false), "s3://office", errs.Unavailable, "满了"},
		{"没见过的话", storage(t, refusing(409, "OperationAborted", ""), false), "s3://office", errs.Refused, "拒绝了（OperationAborted）"},
		{"没有开", "http://127.0.0.1:1", "s3://office", errs.Unavailable, "连不上"},
		{"没有这台主机", "http://storage.invalid", "s3://office", errs.Unavailable, "storage.invalid"},
		{"证书不认", storage(t, refusing(200, "", ""), true), "s3://office", errs.Refused, "update-ca-certificates"},
		{"不是https的", strings.Replace(good, "http://", "https://", 1), "s3://office", errs.Refused, "要写 http://"},
		{"不出声", storage(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, false), "s3://office", errs.Unavailable, "没有及时应答"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("CHENGQI_S3_ENDPOINT", c.endpoint)
			s, err := file.At(c.place, t.TempDir())
			check(t, err)
			began := time.Now()
			if err := s.Try(t.Context()); errs.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.say) || strings.Contains(err.Error(), "English") {
				t.Errorf("应说“%s”：%v", c.say, err)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("等了 %s", took)
			}
		})
	}
}

func Test存放处好的就试得过看一眼不再写(t *testing.T) {
	memory := apptest.Bucket(t, "office")
	s, err := file.At("s3://office/附件", t.TempDir())
	check(t, err)
	check(t, s.Look(t.Context()))
	if _, err := memory.HeadObject("office", "附件/.probe"); err == nil {
		t.Error("看一眼也写了")
	}
	check(t, s.Try(t.Context()))
	check(t, s.Look(t.Context()))
	if _, err := memory.HeadObject("office", "附件/.probe"); err != nil {
		t.Errorf("没有试写：%v", err)
	}

	dir := t.TempDir()
	s, err = file.At(dir, "")
	check(t, err)
	check(t, s.Try(t.Context()))
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("留下了 %v", left)
	}
	gone := filepath.Join(dir, "没有挂上")
	s, err = file.At(gone, "")
	check(t, err)
	if err := s.Try(t.Context()); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "要先挂上") {
		t.Errorf("没有挂上：%v", err)
	}
	if _, err := os.Stat(gone); err == nil {
		t.Error("把没有挂上的文件夹建了出来")
	}
}
