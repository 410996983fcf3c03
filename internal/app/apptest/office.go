// Package apptest 试验机关 opens the sample office for a test and lets it act in the words of a story: who does what
// with which document, and what the office answers.
//
// It manages one throw-away office per test: a fresh database, the sample organisation, the shipped procedures and a
// clock that stands until the test moves it. It asserts nothing of its own but that what was asked for could be done.
// Invariant: everything goes through the engine's one door; nothing is put into the tables by hand.
package apptest

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// Password opens every sample account of a test's office.
const Password = "Linxi-2026-demo"

// Start is the sample's present: Wednesday 18 November 2026, 09:30 (sample-office.md 1).
var Start = time.Date(2026, 11, 18, 9, 30, 0, 0, db.Location)

// Fields 填写内容 of an action, by key. Names of people, units and issuers are turned into ids by Office.Person & co.
type Fields = map[string]any

// Office 试验机关 is an office at work in a test.
type Office struct {
	DB     *db.DB
	Engine *engine.Engine

	t     testing.TB
	clock *Clock
	book  *org.Book
}

// Clock 可拨的时钟 stands still until it is set.
type Clock struct{ at atomic.Int64 }

// Now is what the office's clock shows.
func (c *Clock) Now() time.Time { return time.UnixMilli(c.at.Load()).In(db.Location) }

// Set puts the clock.
func (c *Clock) Set(at time.Time) { c.at.Store(at.UnixMilli()) }

// Open opens an office with its people and no matters, at the sample's present. With CHENGQI_TEST_POSTGRES in the
// environment it lives in a fresh PostgreSQL database, else in a file of its own.
func Open(t testing.TB) *Office {
	t.Helper()
	o := OpenEmpty(t)
	hash := func(password string) (string, error) { return password, nil }
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error { return demo.Organisation(tx, hash, Password) })
	if err != nil {
		t.Fatalf("样例机关没有建成：%v", err)
	}
	return o
}

// OpenEmpty opens an office without people: the sample itself is loaded into one.
func OpenEmpty(t testing.TB) *Office {
	t.Helper()
	ctx := context.Background()
	clock := &Clock{}
	clock.Set(Start)
	d, err := db.Open(ctx, address(t, filepath.Join(t.TempDir(), "office.db")), db.Options{Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("数据库没有关好：%v", err)
		}
	})
	if err := d.Migrate(ctx, schema.Files); err != nil {
		t.Fatal(err)
	}
	o := &Office{DB: d, t: t, clock: clock, book: &org.Book{}}
	o.Engine = assemble(t, d, o.book)
	return o
}

func assemble(t testing.TB, d *db.DB, book *org.Book) *engine.Engine {
	t.Helper()
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	effects := engine.WithBuiltIn(office.Effects())
	catalogue, faults := engine.Load(engine.Proof{Rules: clauses, Effects: effects}, procedures.Files)
	for _, f := range faults {
		t.Errorf("办理程序：%s", f)
	}
	if len(faults) > 0 {
		t.FailNow()
	}
	return engine.New(engine.Parts{DB: d, Book: book, Rules: clauses, Effects: effects, Catalogue: catalogue})
}

// For lets a subtest report the office's failures as its own.
func (o *Office) For(t testing.TB) *Office {
	c := *o
	c.t = t
	return &c
}

// Now is what the office's clock shows.
func (o *Office) Now() time.Time { return o.clock.Now() }

// Advance moves the clock on and lets it ring whatever has fallen due.
func (o *Office) Advance(d time.Duration) { o.Until(o.Now().Add(d)) }

// Until moves the clock to an instant and lets it ring whatever has fallen due.
func (o *Office) Until(at time.Time) {
	o.t.Helper()
	o.clock.Set(at)
	if _, err := o.Engine.Ring(context.Background()); err != nil {
		o.t.Fatalf("时限提醒没有做成：%v", err)
	}
}
