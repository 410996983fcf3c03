package demo_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

func filled(t *testing.T) (*db.DB, *org.Directory) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(t.TempDir(), "office.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Migrate(ctx, os.DirFS("../schema")); err != nil {
		t.Fatal(err)
	}
	hashed := 0
	hash := func(p string) (string, error) { hashed++; return "hash of " + p, nil }
	err = d.Write(ctx, func(tx *db.Tx) error { return demo.Organisation(tx, hash, "试用口令") })
	if err != nil {
		t.Fatal(err)
	}
	if hashed != 1 {
		t.Errorf("the password was hashed %d times", hashed)
	}
	var dir *org.Directory
	var book org.Book
	err = d.Read(ctx, func(tx *db.Tx) error {
		dir, err = book.Directory(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, dir
}

func Test样例机关的人岗齐全(t *testing.T) {
	d, dir := filled(t)
	if n := len(dir.Agencies()); n != 6 {
		t.Errorf("%d agencies", n)
	}
	people := 0
	for _, a := range dir.Agencies() {
		for _, u := range dir.Units(a.ID) {
			head := dir.Person(u.Head)
			if head == nil || head.Agency != a.ID {
				t.Errorf("%s has no head of its own", u.Name)
			}
		}
		for _, p := range dir.People(a.ID) {
			people++
			if len(p.Posts) == 0 || len(dir.Duties(p.ID)) == 0 {
				t.Errorf("%s holds no post", p.Name)
			}
			if p.Backup != 0 && dir.Person(p.Backup) == nil {
				t.Errorf("%s: the backup is nobody", p.Name)
			}
		}
	}
	if people != 50 {
		t.Errorf("%d people", people)
	}
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		var accounts int
		_, err := tx.Row(`SELECT COUNT(*) FROM accounts`, nil, &accounts)
		if accounts != people {
			t.Errorf("%d accounts for %d people", accounts, people)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func Test三员不办业务(t *testing.T) {
	_, dir := filled(t)
	for number, duty := range map[string]org.Duty{"9001": org.SystemAdmin, "9002": org.SecurityAdmin, "9003": org.AuditAdmin} {
		p := dir.ByUsername(number)
		if duties := dir.Duties(p.ID); len(duties) != 1 || duties[0] != duty {
			t.Errorf("%s has the duties %v", p.Name, duties)
		}
	}
}

func Test分管按分工找到领导(t *testing.T) {
	_, dir := filled(t)
	for section, want := range map[string]string{
		"综合科": "蒋牧云", "值班室": "邵嘉树", "文电科": "覃文远", "应急信访科": "卓海宁", "县水利局办公室": "唐季白", "县教育局办公室": "罗清禾", "县财政局办公室": "郑跃川",
	} {
		found := false
		for _, a := range dir.Agencies() {
			for _, u := range dir.Units(a.ID) {
				if u.Name != section {
					continue
				}
				found = true
				if got := dir.Name(dir.LeaderOf(u.ID)); got != want {
					t.Errorf("%s分管是%s，应是%s", section, got, want)
				}
			}
		}
		if !found {
			t.Errorf("no %s", section)
		}
	}
}
