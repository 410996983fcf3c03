package app_test

import (
	"database/sql"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

func openEmbedded(t *testing.T, dir string) *app.App {
	t.Helper()
	if os.Getenv("CHENGQI_TEST_POSTGRES") != "" {
		t.Skip("是 SQLite 的试验")
	}
	a, err := app.Open(t.Context(), app.Config{Data: dir, Procedures: "testdata/procedures"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// almostFull lets the database have so many pages more, and no more.
func almostFull(t *testing.T, a *app.App, pages int64) {
	t.Helper()
	err := a.DB.Write(t.Context(), func(tx *db.Tx) error {
		var n int64
		if _, err := tx.Row("PRAGMA page_count", nil, &n); err != nil {
			return err
		}
		_, err := tx.Row("PRAGMA max_page_count = "+strconv.FormatInt(n+pages, 10), nil, &n)
		return err
	})
	if err != nil && !strings.Contains(err.Error(), "磁盘已满") { // a neighbour in the batch may have met it already
		t.Fatal(err)
	}
}

// heard waits until a text was answered so many times since work last went on.
func (l *load) heard(text string, times int) {
	l.Helper()
	waitFor(l.T, 60*time.Second, "没有听到："+text, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		n := 0
		for said, k := range l.said {
			if strings.Contains(said, text) {
				n += k
			}
		}
		return n >= l.told+times
	})
}

// only checks that nothing else was answered than this.
func (l *load) only(text string) {
	l.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for said := range l.said {
		if !strings.Contains(said, text) {
			l.Errorf("答了：%s", said)
		}
	}
}

// The bound on pages goes with the connection, which is opened anew after a failure: the disk is full for a moment only,
// in the middle of whatever the batch was at. SQLite then rolls back the whole batch by itself.
func Test数据库装满了没有半件清出空间接着办(t *testing.T) {
	a := openEmbedded(t, t.TempDir())
	l := startLoad(t, a, 8)
	for range 10 {
		l.goesOn()
		almostFull(t, a, 3)
		l.heard("磁盘已满", 1)
	}
	l.goesOn()
	l.only("磁盘已满")
	l.verify()
}

func Test磁盘满了没有半件清出空间接着办(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=24m"); err != nil {
		t.Skip("这里不能另挂一个小磁盘：", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	a := openEmbedded(t, dir)
	l := startLoad(t, a, 8)
	for range 3 {
		l.goesOn()
		other := filepath.Join(dir, "别的程序的文件")
		fill(t, other)
		l.heard("磁盘已满", 20)
		if err := os.Remove(other); err != nil {
			t.Fatal(err)
		}
	}
	l.goesOn()
	l.only("磁盘已满")
	l.verify()
}

// fill writes a file until the disk is full.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); ; {
		if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func Test数据库被别的程序占用时限内答复放开就接着办(t *testing.T) {
	dir := t.TempDir()
	a := openEmbedded(t, dir)
	l := startLoad(t, a, 8)
	l.goesOn()
	other, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "chengqi.db")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	holder, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	if _, err := holder.ExecContext(t.Context(), "BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	l.heard("被别的程序占用", 8)
	began := time.Now()
	status, answer := l.person.do(l.node, http.MethodPost, "/matters", map[string]any{"kind": "ticket", "fields": map[string]any{"subject": "等多久"}})
	if took := time.Since(began); status != http.StatusServiceUnavailable || took > 15*time.Second {
		t.Errorf("%d %v，用了%s", status, answer, took)
	}
	if status, _ := l.person.do(l.node, http.MethodGet, "/tasks", nil); status != http.StatusOK {
		t.Errorf("被占用时看也看不了：%d", status)
	}
	if _, err := holder.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	l.goesOn()
	l.only("被别的程序占用")
	l.verify()
}
