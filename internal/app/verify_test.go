package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// past 绕过系统 changes the database past the one door.
func past(t *testing.T, a *app.App, q string, args ...any) {
	t.Helper()
	err := a.DB.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(q, args...); err != nil {
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// threeTickets is an office with three numbered matters and an attachment.
func threeTickets(t *testing.T) *app.App {
	t.Helper()
	a, clerk := ticketOffice(t)
	for _, subject := range []string{"甲", "乙", "丙"} {
		if err := takeTicket(t, a, clerk, subject); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Files.Put(t.Context(), a.DB, 1, clerk, "回执.txt", strings.NewReader("原来的内容")); err != nil {
		t.Fatal(err)
	}
	return a
}

func verified(t *testing.T, a *app.App) (app.Verified, error) {
	t.Helper()
	return a.Verify(t.Context(), false, func(string, int64, int64) {})
}

func Test核验找得出绕过系统改的事项编号和附件(t *testing.T) { // OA-29
	a := threeTickets(t)
	if v, err := verified(t, a); err != nil || len(v.Faults) > 0 || v.Matters != 3 || v.Numbers != 3 || v.Files != 1 {
		t.Fatalf("没有动过就不符：%+v %v", v, err)
	}
	kept, _ := filepath.Glob(filepath.Join(a.Files.Dir, "??", "*"))
	if len(kept) != 1 {
		t.Fatal(kept)
	}
	raw, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	second := `(SELECT matter_id FROM numbers WHERE seq = 2)`
	sql := func(q string, args ...any) func() { return func() { past(t, a, q, args...) } }
	write := func(data []byte) func() {
		return func() {
			if err := os.WriteFile(kept[0], data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		what      string
		do, mend  func()
		want      string
		andAmount int
	}{
		{"改内容", sql(`UPDATE matters SET fields = REPLACE(fields, '乙', '丁') WHERE id = ` + second), sql(`UPDATE matters SET fields = REPLACE(fields, '丁', '乙')`), "“事由”与留痕不符", 2},
		{"只改列表", sql(`UPDATE matters SET title = '丁' WHERE title = '乙'`), sql(`UPDATE matters SET title = '乙' WHERE title = '丁'`), "“列表所示”与留痕不符", 1},
		{"改状态", sql(`UPDATE matters SET state = 'open' WHERE id = ` + second), sql(`UPDATE matters SET state = 'closed'`), "“环节和状态”与留痕不符", 1},
		{"改号", sql(`UPDATE matters SET number = '取〔1999〕1号' WHERE id = ` + second), sql(`UPDATE matters SET number = (SELECT text FROM numbers WHERE matter_id = matters.id)`), "“编号”与留痕不符", 2},
		{"倒回一版", sql(`UPDATE matters SET version = version - 1 WHERE id = ` + second), sql(`UPDATE matters SET version = version + 1 WHERE id = ` + second), "“办理次数”与留痕不符", 1},
		{"抽走一个号", sql(`UPDATE numbers SET seq = seq + 100 WHERE seq = 2`), sql(`UPDATE numbers SET seq = seq - 100 WHERE seq > 100`), "缺第 2 号", 3},
		{"偷偷作废", sql(`UPDATE numbers SET state = 'void' WHERE seq = 2`), sql(`UPDATE numbers SET state = 'used'`), "的状态与事项", 1},
		{"拨快计数", sql(`UPDATE series SET next = next + 2`), sql(`UPDATE series SET next = next - 2`), "缺第 4 至 5 号", 1},
		{"换附件", write([]byte("换过的内容")), write(raw), "与登记时不同", 1},
		{"删附件", func() { _ = os.Remove(kept[0]) }, write(raw), "不在存放处", 1},
	} {
		c.do()
		v, err := verified(t, a)
		if err != nil || len(v.Faults) != c.andAmount || !strings.Contains(strings.Join(v.Faults, "\n"), c.want) {
			t.Errorf("%s：应找出“%s”，找出的是 %q %v", c.what, c.want, v.Faults, err)
		}
		c.mend()
	}
	if v, err := verified(t, a); err != nil || len(v.Faults) > 0 {
		t.Errorf("改回来还不符：%q %v", v.Faults, err)
	}
}

// linked is the hash of an entry after another.
func linked(before, body []byte) []byte {
	h := sm3.Sum(append(bytes.Clone(before), body...))
	return h[:]
}

func Test核验找得出重写的最后一条和整条删去的链(t *testing.T) { // OA-29
	a := threeTickets(t)
	broken := func(want string) {
		t.Helper()
		_, err := verified(t, a)
		var b *journal.Broken
		if !errors.As(err, &b) || !strings.Contains(b.Why, want) {
			t.Errorf("应说“%s”：%v", want, err)
		}
	}
	var chain db.ID
	var seq int64
	var before, body []byte
	err := a.DB.Read(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Row(`SELECT chain, seq, body FROM journal ORDER BY chain DESC, seq DESC LIMIT 1`, nil, &chain, &seq, &body); err != nil {
			return err
		}
		body = bytes.Clone(body)
		_, err := tx.Row(`SELECT hash FROM journal WHERE chain = ? AND seq = ?`, []any{chain, seq - 1}, &before)
		before = bytes.Clone(before)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	anew := bytes.Replace(body, []byte("取号"), []byte("退号"), 1)
	if bytes.Equal(anew, body) {
		t.Fatal("最后一条里没有要改的")
	}
	hash := func(body []byte) []byte { return linked(before, body) }
	past(t, a, `UPDATE journal SET body = ?, hash = ? WHERE chain = ? AND seq = ?`, anew, hash(anew), chain, seq)
	broken("链尾")
	past(t, a, `UPDATE journal SET body = ?, hash = ? WHERE chain = ? AND seq = ?`, body, hash(body), chain, seq)
	past(t, a, `UPDATE chains SET seq = seq - 1 WHERE chain = ?`, chain)
	broken(fmt.Sprintf("应有 %d 条，只找到 %d 条", seq-1, seq))
	past(t, a, `DELETE FROM chains WHERE chain = ?`, chain)
	broken("没有登记链尾")
}

func Test一个数据目录只能有一个服务(t *testing.T) {
	c := app.Config{Data: t.TempDir()}
	release, err := c.Hold()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Hold(); err == nil || !strings.Contains(err.Error(), "请先停下它") {
		t.Errorf("第二个也起来了：%v", err)
	}
	release()
	again, err := c.Hold()
	if err != nil {
		t.Fatal("停下以后起不来：", err)
	}
	again()
	several := app.Config{Data: c.Data, Database: "postgres://a/b"}
	for range 2 {
		if _, err := several.Hold(); err != nil {
			t.Error("PostgreSQL 上可以有几个：", err)
		}
	}
}

func Test有人锁住表就绪检查说得出(t *testing.T) {
	a := threeTickets(t)
	if !a.DB.Shared() {
		t.Skip("是 PostgreSQL 的试验")
	}
	locked, done := make(chan struct{}), make(chan struct{})
	ended := make(chan error)
	go func() {
		ended <- a.DB.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`LOCK TABLE matters`)
			close(locked)
			<-done
			return err
		})
	}()
	<-locked
	if faults := a.Faults(t.Context()); len(faults) == 0 || !strings.Contains(faults[0], "正被别的程序占用") {
		t.Errorf("锁住了还说能办：%q", faults)
	}
	close(done)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	for _, fault := range a.Faults(t.Context()) {
		if strings.Contains(fault, "数据库") {
			t.Error(fault)
		}
	}
}
