// Package viewing keeps the book of who looked at a work secret, printed it or took a file of it (SEC-38).
//
// It is a table of its own and not part of the journal: the journal is the chain of what was done, and looking does nothing.
// Invariant: lines are added, never changed; whoever gives something out writes its line first.
package viewing

import (
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Deed 查阅方式 is what was done with a work secret.
type Deed string

// What is done with a work secret.
const (
	View     Deed = "view"
	Print    Deed = "print"
	Download Deed = "download"
	Export   Deed = "export"
)

// Names are the words users see.
var Names = map[Deed]string{View: "查看", Print: "打印", Download: "下载", Export: "导出"}

// Viewing 查阅 is one line of the book.
type Viewing struct {
	Matter  db.ID
	Person  db.ID
	Deed    Deed
	What    string // the file, the sheet or the book; empty: the page of the matter
	Address string // where the request came from
	At      time.Time
}

// again is how long looking on counts as the same look: a page that draws itself anew is not looked at twice.
const again = time.Minute

// Note writes a line. Looking on within a minute adds none; what is printed or taken always does.
func Note(tx *db.Tx, v Viewing) error {
	if v.Deed == View {
		same, err := tx.Row(`SELECT 1 FROM viewings WHERE matter_id = ? AND person_id = ? AND deed = ? AND what = ? AND address = ? AND at > ?`,
			[]any{v.Matter, v.Person, string(v.Deed), v.What, v.Address, tx.Now.Add(-again)}, new(int))
		if same || err != nil {
			return err
		}
	}
	_, err := tx.Exec(`INSERT INTO viewings (id, matter_id, person_id, deed, what, address, at) VALUES (?,?,?,?,?,?,?)`,
		tx.NewID(), v.Matter, v.Person, string(v.Deed), v.What, v.Address, tx.Now)
	return err
}

// Of lists who looked at a matter, the latest first, and how many lines there are.
func Of(tx *db.Tx, matter db.ID, offset, limit int) (out []Viewing, total int, err error) {
	if _, err = tx.Row(`SELECT COUNT(*) FROM viewings WHERE matter_id = ?`, []any{matter}, &total); err != nil || total == 0 {
		return nil, total, err
	}
	err = tx.Query(`SELECT matter_id, person_id, deed, what, address, at FROM viewings WHERE matter_id = ? ORDER BY id DESC LIMIT ? OFFSET ?`,
		[]any{matter, limit, offset}, func(scan func(...any) error) error {
			var v Viewing
			var at int64
			err := scan(&v.Matter, &v.Person, &v.Deed, &v.What, &v.Address, &at)
			v.At = db.Time(at)
			out = append(out, v)
			return err
		})
	return out, total, err
}
