package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/pprof"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/ui"
)

// desk 办公桌 is the loaded sample behind its handler, with the clerk logged in: what a request costs without a network.
type desk struct {
	handler http.Handler
	cookie  *http.Cookie
	issuer  string
	matters []string
}

var openDesk = sync.OnceValues(func() (*desk, error) { return newDesk() })

var speedOffice *apptest.Office

func newDesk() (*desk, error) {
	o := speedOffice
	ctx := context.Background()
	if _, err := demo.Load(ctx, demo.Parts{DB: o.DB, Engine: o.Engine, HashPassword: apptest.Hash}, apptest.Password); err != nil {
		return nil, err
	}
	d := &desk{handler: api.New(o.App, ui.Dist(), api.Options{})}
	res := d.send(http.MethodPost, "/session", map[string]string{"username": "3102", "password": apptest.Password})
	if res.Code != http.StatusOK {
		return nil, fmt.Errorf("log-in: %d %s", res.Code, res.Body)
	}
	d.cookie = res.Result().Cookies()[0]
	var dir struct {
		Issuers []struct{ ID string } `json:"issuers"`
	}
	if err := json.Unmarshal(d.send(http.MethodGet, "/directory", nil).Body.Bytes(), &dir); err != nil {
		return nil, err
	}
	d.issuer = dir.Issuers[0].ID
	var book struct {
		Rows []struct {
			ID string `json:"matter_id"`
		} `json:"rows"`
	}
	err := json.Unmarshal(d.send(http.MethodGet, "/registers/incoming?size=100", nil).Body.Bytes(), &book)
	for _, r := range book.Rows {
		d.matters = append(d.matters, r.ID)
	}
	return d, err
}

func (d *desk) send(method, path string, body any) *httptest.ResponseRecorder {
	var payload bytes.Buffer
	if body != nil {
		_ = json.NewEncoder(&payload).Encode(body) // plain maps
	}
	req := httptest.NewRequest(method, "/api/v1"+path, &payload)
	req.Header.Set("Content-Type", "application/json")
	if d.cookie != nil {
		req.AddCookie(d.cookie)
	}
	res := httptest.NewRecorder()
	d.handler.ServeHTTP(res, req)
	return res
}

func (d *desk) get(b *testing.B, path func(i int) string) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if res := d.send(http.MethodGet, path(i), nil); res.Code != http.StatusOK {
			b.Fatalf("%d %s", res.Code, res.Body)
		}
	}
}

func (d *desk) register(i int) error {
	var m struct {
		ID      string `json:"id"`
		Version int64  `json:"version"`
	}
	do := func(path string, body any) error {
		res := d.send(http.MethodPost, path, body)
		if res.Code >= http.StatusMultipleChoices {
			return fmt.Errorf("%s: %d %s", path, res.Code, res.Body)
		}
		return json.Unmarshal(res.Body.Bytes(), &m)
	}
	act := func(key string, fields map[string]any) error {
		return do("/matters/"+m.ID+"/actions/"+key, map[string]any{"version": m.Version, "fields": fields})
	}
	if err := do("/matters", map[string]any{"kind": "incoming", "fields": map[string]any{"sender": "安澜市水利局", "addressee": d.issuer}}); err != nil {
		return err
	}
	if err := act("sign", map[string]any{"copies_ok": true, "routing_ok": true, "seal_ok": true}); err != nil {
		return err
	}
	return act("register", map[string]any{
		"title": "关于做好防汛工作的通知" + m.ID, "doc_date": "2026-01-05", "copies": 1, "pages": 2, "attachment_number": "无",
	})
}

func Benchmark一次请求(b *testing.B) {
	speedOffice = apptest.OpenEmpty(b)
	d, err := openDesk()
	if err != nil {
		b.Fatal(err)
	}
	if name := os.Getenv("CHENGQI_PROFILE"); name != "" { // of the requests alone, without the loading
		f, err := os.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			b.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	always := func(path string) func(int) string { return func(int) string { return path } }
	b.Run("待办列表", func(b *testing.B) { d.get(b, always("/tasks")) })
	b.Run("工作台", func(b *testing.B) { d.get(b, always("/workbench")) })
	b.Run("打开一件", func(b *testing.B) { d.get(b, func(i int) string { return "/matters/" + d.matters[i%len(d.matters)] }) })
	b.Run("翻登记簿", func(b *testing.B) {
		d.get(b, func(i int) string { return fmt.Sprintf("/registers/incoming?page=%d&size=50", 1+i%30) })
	})
	b.Run("全文检索", func(b *testing.B) { d.get(b, always("/search?q=供暖&size=20")) })
	b.Run("签收登记", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if err := d.register(i); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("多人签收登记", func(b *testing.B) {
		b.SetParallelism(32)
		began := time.Now()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := d.register(0); err != nil {
					b.Error(err)
					return
				}
			}
		})
		b.ReportMetric(3*float64(b.N)/time.Since(began).Seconds(), "actions/s")
	})
}
