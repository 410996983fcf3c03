package app_test

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// numbersEnv says how many numbers are taken, for the proof in full: 100000.
const numbersEnv = "CHENGQI_TEST_NUMBERS"

// ticketOffice is the sample's organisation with the kind "ticket", and its clerk.
func ticketOffice(t *testing.T) (a *app.App, clerk db.ID) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Database: apptest.Database(t), Procedures: "testdata/procedures"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	err = a.DB.Write(t.Context(), func(tx *db.Tx) error {
		if err := demo.Organisation(tx, apptest.Hash, apptest.Password); err != nil {
			return err
		}
		dir, err := a.Book.Directory(tx)
		clerk = dir.ByUsername("3102").ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, clerk
}

// takeTicket begins a ticket and gives it its number.
func takeTicket(t *testing.T, a *app.App, clerk db.ID, subject string) error {
	fields := map[string]any{"subject": subject}
	m, err := a.Engine.Create(t.Context(), clerk, "ticket", fields, "")
	if err == nil {
		_, err = a.Engine.Do(t.Context(), clerk, engine.Command{Matter: m.ID, Action: "take", Version: m.Version, Fields: fields})
	}
	return err
}

// Every number is taken by a matter of its own, through the one door like any other action (DOC-OUT-51).
func Test许多人同时取号不重不漏(t *testing.T) {
	all := 2000
	if n, err := strconv.Atoi(os.Getenv(numbersEnv)); err == nil {
		all = n
	}
	a, clerk := ticketOffice(t)
	const desks = 100
	began := time.Now()
	var work sync.WaitGroup
	for desk := range desks {
		work.Go(func() {
			for n := desk; n < all; n += desks {
				if err := takeTicket(t, a, clerk, fmt.Sprint("第", n, "件")); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	work.Wait()
	took := time.Since(began)
	t.Logf("%d 个号，%.1f 秒，每秒 %.0f 个", all, took.Seconds(), float64(all)/took.Seconds())
	err := a.DB.Read(t.Context(), func(tx *db.Tx) error {
		var last int64
		err := tx.Query(`SELECT n.seq FROM numbers n JOIN matters m ON m.id = n.matter_id AND m.number = n.text AND m.seq = n.seq ORDER BY n.seq`, nil,
			func(scan func(...any) error) error {
				var seq int64
				err := scan(&seq)
				if seq != last+1 {
					t.Errorf("%d 号之后是 %d 号", last, seq)
				}
				last = seq
				return err
			})
		if err == nil && last != int64(all) {
			t.Errorf("取了 %d 次号，最后一个是 %d 号", all, last)
		}
		if err == nil {
			_, err = journal.Verify(tx)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
