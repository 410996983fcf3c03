// Package apptest 试验机关 opens the sample office for a test and lets it act in the words of a story: who does what
// with which document, and what the office answers.
//
// It manages one throw-away office per test: a fresh database, the sample organisation, the shipped procedures and a
// clock that stands until the test moves it. It asserts nothing of its own but that what was asked for could be done.
// Invariant: everything goes through the engine's one door; nothing is put into the tables by hand.
package apptest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
)

// Password opens every sample account of a test's office.
const Password = "Linxi-2026-demo"

// Start is the sample's present: Wednesday 18 November 2026, 09:30.
var Start = time.Date(2026, 11, 18, 9, 30, 0, 0, db.Location)

// Fields 填写内容 of an action, by key. Names of people, units and issuers are turned into ids by Office.Person & co.
type Fields = map[string]any

// Office 试验机关 is an office at work in a test.
type Office struct {
	*app.App

	t     testing.TB
	clock *Clock
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
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error { return demo.Organisation(tx, Hash, Password) })
	if err != nil {
		t.Fatalf("样例机关没有建成：%v", err)
	}
	return o
}

// OpenEmpty opens an office without people: the sample itself is loaded into one.
func OpenEmpty(t testing.TB) *Office {
	t.Helper()
	clock := &Clock{}
	clock.Set(Start)
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), Database: Database(t), Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("数据库没有关好：%v", err)
		}
	})
	return &Office{App: a, t: t, clock: clock}
}

var hashed = sync.OnceValues(func() (string, error) { return access.Hash(Password) })

// Hash is the stored form of Password, made once for all tests: a good hash is slow on purpose.
func Hash(string) (string, error) { return hashed() }

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

// Pack makes and tests the archive packages that are wanted, as the office does by itself after a while.
func (o *Office) Pack() {
	o.t.Helper()
	if _, err := o.Packer.Work(context.Background()); err != nil {
		o.t.Fatalf("归档包没有做成：%v", err)
	}
}
