package carry_test

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/carry"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

func opened(t *testing.T, cfg app.Config) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), cfg)
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

// bare opens a database without an office.
func bare(t *testing.T, dsn string) *db.DB {
	t.Helper()
	if dsn == "" {
		dsn = filepath.Join(t.TempDir(), "chengqi.db")
	}
	d, err := db.Open(t.Context(), dsn, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func quiet(carry.Progress) {}

// contents is every row of every table as text, to be compared.
func contents(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := d.Still(t.Context(), func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			if table.Index {
				continue
			}
			all[table.Name] = []string{}
			err := tx.Rows(table, func(row []any) error {
				all[table.Name] = append(all[table.Name], fmt.Sprintf("%v", row))
				return nil
			})
			if err != nil {
				return err
			}
			slices.Sort(all[table.Name]) // the two order text each in its own way
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func found(t *testing.T, d *db.DB, words string) (n int) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		where, arg := search.ParseQuery(words).Where(tx.Dialect(), "m.id")
		_, err := tx.Row(`SELECT COUNT(*) FROM matters m WHERE `+where, []any{arg}, &n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The sample goes from SQLite to the other database (PostgreSQL, where the tests have one) and back into a fresh file.
func Test样例机关搬过去再搬回来一行不差(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the whole sample")
	}
	home := opened(t, app.Config{Data: t.TempDir()})
	_, err := demo.Load(t.Context(), demo.Parts{DB: home.DB, Engine: home.Engine, HashPassword: apptest.Hash, Files: home.Files}, apptest.Password)
	if err != nil {
		t.Fatal(err)
	}
	before := contents(t, home.DB)

	away := apptest.Database(t)
	moved := app.Config{Data: t.TempDir(), Database: away}
	other := bare(t, moved.DSN())
	steps := map[string]int64{}
	there, err := carry.Office(t.Context(), home.DB, other, func(p carry.Progress) { steps[p.Table] = p.Done })
	if err != nil {
		t.Fatal(err)
	}
	back := bare(t, "")
	again, err := carry.Office(t.Context(), other, back, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if there.Rows != again.Rows || there.Entries != again.Entries || there.Entries == 0 {
		t.Errorf("去时 %d 行 %d 条留痕，回来 %d 行 %d 条", there.Rows, there.Entries, again.Rows, again.Entries)
	}
	for table, rows := range before {
		if steps[table] != int64(len(rows)) {
			t.Errorf("%s 有 %d 行，进度说 %d 行", table, len(rows), steps[table])
		}
	}
	if diff := cmp.Diff(before, contents(t, back)); diff != "" {
		t.Errorf("搬回来的不一样：%s", diff)
	}
	if diff := cmp.Diff(before, contents(t, home.DB)); diff != "" {
		t.Errorf("来源变了：%s", diff)
	}

	a := opened(t, moved)
	if n := found(t, a.DB, "供暖"); n != 0 {
		t.Fatalf("索引还没有建，却查到 %d 件", n)
	}
	whole := 0
	if err := a.Engine.Reindex(t.Context(), func(done, all int) { whole = done }); err != nil {
		t.Fatal(err)
	}
	if whole != len(before["matters"]) {
		t.Errorf("索引了 %d 件，应是 %d 件", whole, len(before["matters"]))
	}
	for _, words := range []string{"供暖", "防汛", "通知"} {
		if here, away := found(t, home.DB, words), found(t, a.DB, words); here != away || here == 0 {
			t.Errorf("“%s”原来查到 %d 件，搬后查到 %d 件", words, here, away)
		}
	}
}

// No table is forgotten: whatever the scripts create is carried, but the index, the book of migrations and the leases.
func Test数据表一张不落(t *testing.T) {
	scripts, err := schema.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, s := range scripts {
		text, err := schema.Files.ReadFile(s.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?mi)^CREATE TABLE (?:IF NOT EXISTS )?(\w+)(.*)$`).FindAllStringSubmatch(string(text), -1) {
			if !strings.HasSuffix(m[2], "-- only postgres") && !strings.HasSuffix(m[2], "-- only sqlite") {
				want = append(want, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`(?mi)^DROP TABLE (?:IF EXISTS )?(\w+)`).FindAllStringSubmatch(string(text), -1) {
			want = slices.DeleteFunc(want, func(name string) bool { return name == m[1] })
		}
	}
	want = slices.DeleteFunc(want, func(name string) bool { return name == "leases" }) // of the processes at work on the source
	slices.Sort(want)
	want = slices.Compact(want) // a table made anew under its name is one table
	o := apptest.Open(t)
	s, err := carry.Office(t.Context(), o.DB, bare(t, ""), quiet)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]string, len(s.Tables))
	for i, c := range s.Tables {
		got[i] = c.Table
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("搬的表和脚本里建的表不同：%s", diff)
	}
}

func Test目标不空就不搬(t *testing.T) {
	o, other := apptest.Open(t), apptest.Open(t)
	before := contents(t, other.DB)
	_, err := carry.Office(t.Context(), o.DB, other.DB, quiet)
	if errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "agencies（") {
		t.Errorf("目标有数据，却：%v", err)
	}
	if diff := cmp.Diff(before, contents(t, other.DB)); diff != "" {
		t.Errorf("目标被动过：%s", diff)
	}
}

func Test来源的留痕断了就不搬(t *testing.T) {
	o := apptest.Open(t)
	write(t, o.DB, func(tx *db.Tx) error {
		for range 3 {
			if err := journal.Append(tx, journal.Entry{Topic: "admin", Action: "test"}, nil); err != nil {
				return err
			}
		}
		return nil
	})
	write(t, o.DB, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE journal SET at = at + 1 WHERE seq = 2 AND chain = 0`)
		return err
	})
	target := bare(t, "")
	if _, err := carry.Office(t.Context(), o.DB, target, quiet); err == nil || !strings.Contains(err.Error(), "没有通过核验") {
		t.Errorf("断了的留痕搬了过去：%v", err)
	}
	if got := contents(t, target); len(got["agencies"]) != 0 {
		t.Error("没有搬成，目标里却有数据")
	}
}

// What is done on the source while it is carried is not in the target; that is said, not passed over.
func Test搬运时还有人在办就说出来(t *testing.T) {
	o := apptest.Open(t)
	done := false
	_, err := carry.Office(t.Context(), o.DB, bare(t, ""), func(carry.Progress) {
		if done {
			return
		}
		done = true
		write(t, o.DB, func(tx *db.Tx) error {
			return journal.Append(tx, journal.Entry{Topic: "admin", Action: "test"}, nil)
		})
	})
	if errs.KindOf(err) != errs.Conflict {
		t.Errorf("搬运时来源变了：%v", err)
	}
}

func Test来源不是最新就先升级(t *testing.T) {
	_, err := carry.Office(t.Context(), bare(t, ""), bare(t, ""), quiet)
	if errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "chengqi migrate") {
		t.Errorf("没有建表的来源：%v", err)
	}
}

func write(t *testing.T, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}
