package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// wire 线路 is the network to a server. While it is cut it takes what is sent and passes nothing on, as a firewall that
// has forgotten the connection does, or a server whose machine hangs.
type wire struct {
	mu sync.RWMutex // held while it is cut
}

func (w *wire) carry(to, from net.Conn) {
	defer to.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		w.mu.RLock()
		_, err = to.Write(buf[:n])
		w.mu.RUnlock()
		if err != nil {
			return
		}
	}
}

// wired opens a fresh database through a wire that can be cut.
func wired(t *testing.T) (*db.DB, *wire) {
	t.Helper()
	dsn := apptest.Database(t)
	if dsn == "" {
		t.Skip("是 PostgreSQL 的试验")
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	w, server := &wire{}, u.Host
	go func() {
		for {
			here, err := l.Accept()
			if err != nil {
				return
			}
			there, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", server)
			if err != nil {
				_ = here.Close()
				return
			}
			go w.carry(there, here)
			go w.carry(here, there)
		}
	}()
	u.Host = l.Addr().String()
	u.RawQuery += "&connect_timeout=1"
	return open(t, u.String()), w
}

func setting(tx *db.Tx, value string) error {
	_, err := tx.Exec(`INSERT INTO settings (name, value) VALUES ('试验', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, value)
	return err
}

func Test数据库不出声不会让人一直等通了就接着办(t *testing.T) {
	d, w := wired(t)
	defer db.Hurry(400 * time.Millisecond)()
	kept := func(value string) {
		t.Helper()
		var n int
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Row(`SELECT COUNT(*) FROM settings WHERE name = '试验' AND value = ?`, []any{value}, &n)
			return err
		})
		if err != nil || n != 1 {
			t.Errorf("存的不是 %s：%v", value, err)
		}
	}
	given := func(err error, began time.Time, say string) {
		t.Helper()
		if errs.KindOf(err) != errs.Unavailable || !strings.Contains(fmt.Sprint(err), say) || time.Since(began) > 5*time.Second {
			t.Errorf("应说“%s”，说的是 %v，用了 %s", say, err, time.Since(began))
		}
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return setting(tx, "一") }); err != nil {
		t.Fatal(err)
	}

	w.mu.Lock() // before anything is asked
	began := time.Now()
	given(d.Read(t.Context(), func(tx *db.Tx) error { return nil }), began, "自动重连")
	began = time.Now()
	given(d.Write(t.Context(), func(tx *db.Tx) error { return setting(tx, "二") }), began, "没有保存")
	w.mu.Unlock()
	kept("一")

	began = time.Now() // in the middle
	given(d.Write(t.Context(), func(tx *db.Tx) error {
		if err := setting(tx, "三"); err != nil {
			return err
		}
		w.mu.Lock()
		return setting(tx, "四")
	}), began, "没有保存")
	w.mu.Unlock()
	kept("一")

	began = time.Now() // when all that is missing is the answer
	given(d.Write(t.Context(), func(tx *db.Tx) error {
		err := setting(tx, "五")
		w.mu.Lock()
		return err
	}), began, "可能已经办成")
	w.mu.Unlock()

	if err := d.Write(t.Context(), func(tx *db.Tx) error { return setting(tx, "六") }); err != nil {
		t.Fatal(err)
	}
	kept("六")
}

func Test数据库门口没有人应也说得清(t *testing.T) {
	d, w := wired(t)
	defer db.Hurry(1500 * time.Millisecond)()
	w.mu.Lock()
	defer w.mu.Unlock()
	nothing := func(*db.Tx) error { return nil }
	for range 2 { // the second finds no connection left and knocks anew
		if err := d.Read(t.Context(), nothing); errs.KindOf(err) != errs.Unavailable {
			t.Errorf("%v", err)
		}
	}
}

// What takes long because much is done with what was read is not the server's silence, nor is work that says so.
func Test自己想得久不算数据库不出声(t *testing.T) {
	d, _ := wired(t)
	defer db.Hurry(200 * time.Millisecond)()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		return tx.Query(`SELECT name FROM settings LIMIT 1`, nil, func(func(...any) error) error {
			time.Sleep(500 * time.Millisecond)
			return nil
		})
	})
	if err != nil {
		t.Error(err)
	}
	slow := func(tx *db.Tx) error { _, err := tx.Exec(`SELECT pg_sleep(0.5)`); return err }
	if err := d.Write(db.Unhurried(t.Context()), slow); err != nil {
		t.Error(err)
	}
	if err := d.Write(t.Context(), slow); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("应不再等：%v", err)
	}
}

func Test离开的人不再占着数据库(t *testing.T) {
	d, _ := wired(t)
	ctx, leave := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, leave)
	began := time.Now()
	err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(`SELECT pg_sleep(20)`); return err })
	if !errors.Is(err, context.Canceled) || time.Since(began) > 5*time.Second {
		t.Errorf("%v，用了 %s", err, time.Since(began))
	}
	// Who leaves when the commit is asked for does not leave us in doubt about it.
	ctx, leave = context.WithCancel(t.Context())
	told := false
	err = d.Write(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(func() { told = true })
		return setting(tx, "七")
	})
	leave()
	if err != nil || !told {
		t.Errorf("没有办成：%v", err)
	}
}

func Test库里设成不等落盘也照样等落盘(t *testing.T) {
	dsn := apptest.Database(t)
	if dsn == "" {
		t.Skip("是 PostgreSQL 的试验")
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	owner, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	for _, careless := range []string{"synchronous_commit = off", "default_transaction_isolation = 'serializable'"} {
		if _, err := owner.ExecContext(t.Context(), "ALTER DATABASE "+strings.TrimPrefix(u.Path, "/")+" SET "+careless); err != nil {
			t.Fatal(err)
		}
	}
	d := open(t, dsn)
	var waits, isolation string
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT current_setting('synchronous_commit'), current_setting('transaction_isolation')`, nil, &waits, &isolation)
		return err
	})
	if err != nil || waits != "on" || isolation != "read committed" {
		t.Errorf("落盘 %s，隔离 %s：%v", waits, isolation, err)
	}
}

func Test存不了汉字的库不打开(t *testing.T) {
	dsn := apptest.Database(t)
	if dsn == "" {
		t.Skip("是 PostgreSQL 的试验")
	}
	owner, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/") + "_latin"
	if _, err := owner.ExecContext(t.Context(), "CREATE DATABASE "+name+" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if _, err := owner.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	}()
	u.Path = "/" + name
	if _, err := db.Open(t.Context(), u.String(), db.Options{}); errs.KindOf(err) != errs.Refused || !strings.Contains(fmt.Sprint(err), "UTF8") {
		t.Errorf("应说要 UTF8 的库：%v", err)
	}
}

// The word for the severity is in the language of the server; what it means is not.
func Test中文的数据库断开也认得出(t *testing.T) {
	cut := fmt.Errorf("commit: %w", &pgconn.PgError{Severity: "致命错误", SeverityUnlocalized: "FATAL", Code: "57P01"})
	if !db.LostConnection(cut) || !db.LostConnection(io.ErrUnexpectedEOF) {
		t.Error("断开了却没有认出")
	}
	if db.LostConnection(&pgconn.PgError{Severity: "错误", SeverityUnlocalized: "ERROR", Code: "23505"}) {
		t.Error("没有断开却当作断开")
	}
}

func Test几台同时起在空库上都起得来(t *testing.T) {
	dsn := apptest.Database(t)
	if dsn == "" {
		t.Skip("几台服务器合用的是 PostgreSQL")
	}
	var all sync.WaitGroup
	for range 3 {
		d, err := db.Open(t.Context(), dsn, db.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() }) // the last to hold the test's database
		all.Go(func() {
			if err := d.Migrate(t.Context(), schema.Files); err != nil {
				t.Errorf("%v：%v", err, errors.Unwrap(err))
			}
		})
	}
	all.Wait()
}
