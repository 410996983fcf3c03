package access_test

import (
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
)

func Test一直在用的登录不过期也不为看一眼写一次库(t *testing.T) {
	d := open(t)
	here, token := d.enter(who, apptest.Password, "")
	written := func() (seen int64, there bool) {
		err := d.DB.Read(t.Context(), func(tx *db.Tx) error {
			var err error
			there, err = tx.Row(`SELECT seen_at FROM sessions WHERE token = ?`, []any{here.Session}, &seen)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return seen, there
	}
	first, _ := written()
	for range 3 { // three quarters of an hour, never idle for fifteen minutes
		d.Advance(14 * time.Minute)
		if d.who(token).Person == 0 {
			t.Fatal("一直在用，登录却过期了")
		}
	}
	if seen, _ := written(); seen != first {
		t.Error("只是看，也写了库")
	}
	other, err := access.New(d.DB, d.Door.Book, d.Door.Key, d.Door.Rules) // another server on the same database
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Door.NoteUses(t.Context()); err != nil {
		t.Fatal(err)
	}
	if seen, _ := written(); seen != d.Now().UnixMilli() {
		t.Errorf("记下的是%s，应是%s", db.Time(seen), d.Now())
	}
	d.Advance(14 * time.Minute)
	if v, err := other.Who(t.Context(), token, true); err != nil || v.Person == 0 {
		t.Errorf("别的服务器不认得在用的登录：%v", err)
	}
	if err := other.NoteUses(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Advance(2 * time.Minute) // a look of the live events is no use
	if d.who(token).Person != 0 {
		t.Error("空闲十六分钟，登录还在")
	}
	d.Advance(2 * time.Minute)
	if err := d.Door.NoteUses(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, there := written(); there {
		t.Error("过期的登录没有清掉")
	}
}
