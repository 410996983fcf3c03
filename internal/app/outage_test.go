package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/pgserver"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// outages is how often the database is killed under load.
const outages = 12

// load 忙时 is people at work through a real server while something is wrong with its database: each repeats a request
// with its key until it is done, as a page does.
type load struct {
	*testing.T
	app    *app.App
	node   *node
	person *visitor

	mu    sync.Mutex
	said  map[string]int // what was answered instead, by its text
	told  int            // how many of these before work last went on
	done  []string       // what was acknowledged
	files int            // uploads acknowledged
	stop  context.CancelFunc
	ended <-chan struct{}
	desks sync.WaitGroup
}

func startLoad(t *testing.T, a *app.App, desks int) *load {
	t.Helper()
	err := a.DB.Write(t.Context(), func(tx *db.Tx) error { return demo.Organisation(tx, apptest.Hash, apptest.Password) })
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(api.New(a, fstest.MapFS{}, api.Options{}))
	t.Cleanup(server.Close)
	work, stop := context.WithCancel(context.Background())
	l := &load{T: t, app: a, node: &node{t: t, address: server.URL}, said: map[string]int{}, stop: stop, ended: work.Done()}
	t.Cleanup(l.desks.Wait)
	t.Cleanup(stop)
	l.person = logIn(t, l.node, "3102")
	for desk := range desks {
		l.desks.Go(func() { l.work(desk) })
	}
	return l
}

func (l *load) work(desk int) {
	for n := 0; ; n++ {
		select {
		case <-l.ended:
			return
		default:
		}
		subject := fmt.Sprintf("第%d桌第%d件", desk, n)
		fields := map[string]any{"subject": subject}
		m := l.until("/matters", map[string]any{"kind": "ticket", "fields": fields}, subject)
		if m == nil {
			return
		}
		if l.until("/matters/"+m["id"].(string)+"/actions/take", map[string]any{"version": m["version"], "fields": fields}, subject+"取号") == nil {
			return
		}
		l.mu.Lock()
		l.done = append(l.done, subject)
		l.mu.Unlock()
		if desk == 0 {
			l.upload(subject)
		}
	}
}

// until repeats a request until it is done. What is answered meanwhile has to be a clear refusal.
func (l *load) until(path string, body any, key string) map[string]any {
	for range 600 {
		status, answer, err := l.person.try(l.node, http.MethodPost, path, body, "Idempotency-Key", key)
		if err == nil && status < 300 {
			return answer
		}
		if err != nil || !l.clear(status, answer) {
			l.Errorf("%s：%d %v %v", path, status, answer, err)
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	l.Errorf("%s 一直没有办成", path)
	return nil
}

// clear tells whether an answer says that the store is away and what to do.
func (l *load) clear(status int, answer map[string]any) bool {
	text, _ := answer["detail"].(string)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said[text]++
	return status == http.StatusServiceUnavailable && strings.Contains(text, "请")
}

func (l *load) upload(name string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name+".txt")
	if err == nil {
		_, err = part.Write([]byte("附件内容：" + name))
	}
	if err = errors.Join(err, form.Close()); err != nil {
		l.Error(err)
		return
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, l.node.address+"/api/v1/files", &body)
	if err != nil {
		l.Error(err)
		return
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := l.person.http.Do(r)
	if err != nil {
		l.Error(err)
		return
	}
	defer answer.Body.Close()
	out := map[string]any{}
	_ = json.NewDecoder(answer.Body).Decode(&out)
	if answer.StatusCode < 300 {
		l.mu.Lock()
		l.files++
		l.mu.Unlock()
	} else if !l.clear(answer.StatusCode, out) {
		l.Errorf("上传：%d %v", answer.StatusCode, out)
	}
}

// count is how many have been acknowledged so far.
func (l *load) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.done)
}

// goesOn waits until people are served again, without anybody's hands.
func (l *load) goesOn() {
	l.Helper()
	before := l.count()
	waitFor(l.T, 30*time.Second, "没有自己恢复", func() bool { return l.count() > before })
	l.mu.Lock()
	defer l.mu.Unlock()
	l.told = 0
	for _, times := range l.said {
		l.told += times
	}
}

// verify ends the work and proves that every acknowledged action is there exactly once, numbers are whole, the journal
// holds, and files and rows agree.
func (l *load) verify() {
	l.Helper()
	l.stop()
	l.desks.Wait()
	for text, times := range l.said {
		l.Logf("%4d 次：%s", times, text)
	}
	l.Logf("应答 %d 件，%d 个附件", len(l.done), l.files)
	kept := map[string]int{}
	var last int64
	err := l.app.DB.Read(l.Context(), func(tx *db.Tx) error {
		if _, err := journal.Verify(tx); err != nil {
			return err
		}
		err := tx.Query(`SELECT n.seq, m.fields, m.version, (SELECT COUNT(*) FROM journal j WHERE j.matter_id = m.id)
			FROM matters m LEFT JOIN numbers n ON n.matter_id = m.id AND n.text = m.number WHERE m.kind = 'ticket' ORDER BY n.seq`, nil,
			func(scan func(...any) error) error {
				var seq, version, entries int64
				var fields string
				if err := scan(&seq, &fields, &version, &entries); err != nil {
					return err
				}
				if seq != last+1 || version != entries {
					l.Errorf("%d 号之后是 %d 号，第 %d 版，留痕 %d 条", last, seq, version, entries)
				}
				var f struct{ Subject string }
				last = seq
				err := json.Unmarshal([]byte(fields), &f)
				kept[f.Subject]++
				return err
			})
		if err != nil {
			return err
		}
		return l.filesAgree(tx)
	})
	if err != nil {
		l.Error(err)
	}
	for _, subject := range l.done {
		if kept[subject] != 1 {
			l.Errorf("%s 有 %d 件", subject, kept[subject])
		}
	}
	if int(last) != len(l.done) {
		l.Errorf("应答 %d 件，取了 %d 个号", len(l.done), last)
	}
}

func (l *load) filesAgree(tx *db.Tx) error {
	rows := 0
	err := tx.Query(`SELECT digest, name FROM files`, nil, func(scan func(...any) error) error {
		var f file.File
		if err := scan(&f.Digest, &f.Name); err != nil {
			return err
		}
		rows++
		in, err := l.app.Files.Open(l.Context(), &f)
		if err != nil {
			return err
		}
		return in.Close()
	})
	if rows < l.files {
		l.Errorf("应答 %d 个附件，登记了 %d 个", l.files, rows)
	}
	return err
}

// The server of the database is killed whole, again and again; the office's own goes on by itself.
func Test数据库被杀也不丢一件不重一号自己恢复(t *testing.T) {
	if testing.Short() || os.Getenv("CHENGQI_TEST_POSTGRES") == "" {
		t.Skip("是 PostgreSQL 的试验")
	}
	server, err := pgserver.Start(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Database: server.Address, Procedures: "testdata/procedures"})
	if err != nil {
		t.Fatal(err)
	}
	work, stop := context.WithCancel(t.Context())
	l := startLoad(t, a, 6)
	l.desks.Go(func() { a.Run(work, 100*time.Millisecond) })
	var slowest time.Duration
	for range outages {
		time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		if err := server.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		back := time.Now()
		l.goesOn()
		slowest = max(slowest, time.Since(back))
	}
	t.Logf("杀了 %d 次，数据库起来后最慢 %.1f 秒恢复办理", outages, slowest.Seconds())
	stop()
	l.verify()
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}
