// Package carry moves a whole office from one database into another, empty one: SQLite to PostgreSQL, and back.
//
// It knows no table by name but reads the schema from the databases themselves, and nothing of the attachments, which
// stay in their store. The full-text index is not carried: it is made anew from the matters (engine.Reindex).
// Invariants: the source is only read, as of one moment; the target has all of it or nothing; it is kept only if every
// table has as many rows and every chain of the journal ends in the same entry on both sides.
package carry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// Progress 进度 is how far a table is.
type Progress struct {
	Table       string
	Done, Whole int64
}

// Count 点数 is how many rows a table has.
type Count struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
}

// Summary 搬运情况 is what was carried.
type Summary struct {
	Tables  []Count
	Rows    int64
	Entries int64 // of the journal, where it was verified
}

// Office carries everything from one database, on which nobody works, into another and tells how far it is.
func Office(ctx context.Context, from, to *db.DB, tell func(Progress)) (Summary, error) {
	var entries int64
	s, err := office(ctx, from, to, tell, func(source, target *db.Tx) (err error) {
		entries, err = verified(source, target)
		return err
	})
	if err != nil {
		return s, err
	}
	s.Entries = entries
	return s, unchanged(ctx, from, to)
}

// Copy carries everything as it was at one moment, a broken journal as well; the office works on meanwhile.
func Copy(ctx context.Context, from, to *db.DB, tell func(Progress)) (Summary, error) {
	return office(ctx, from, to, tell, func(_, _ *db.Tx) error { return nil })
}

// office carries everything and keeps it if rows, chains and a last look agree.
func office(ctx context.Context, from, to *db.DB, tell func(Progress), look func(source, target *db.Tx) error) (Summary, error) {
	var s Summary
	if err := current(ctx, from); err != nil {
		return s, err
	}
	seeds, err := prepare(ctx, to)
	if err != nil {
		return s, err
	}
	err = from.Still(ctx, func(source *db.Tx) error {
		tables, err := source.Tables()
		if err != nil {
			return err
		}
		return to.Write(db.Unhurried(ctx), func(target *db.Tx) error {
			if err := clear(target, seeds); err != nil {
				return err
			}
			if s, err = all(source, target, tables, tell); err != nil {
				return err
			}
			if err := compare(source, target, s.Tables); err != nil {
				return err
			}
			return look(source, target)
		})
	})
	return s, err
}

// current refuses a source that this program would have to change before it could read it.
func current(ctx context.Context, from *db.DB) error {
	pending, err := from.Pending(ctx, schema.Files)
	if err == nil && len(pending) > 0 {
		err = errs.New(errs.Refused, "来源的数据表不是最新的，请先用 chengqi migrate 升级来源，再搬")
	}
	return err
}

// prepare makes the tables of an empty target and names those that are born with rows.
func prepare(ctx context.Context, to *db.DB) ([]db.Table, error) {
	born, err := newborn(ctx)
	if err != nil {
		return nil, err
	}
	var seeds []db.Table
	var full []string
	look := func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		seeds = nil
		for _, t := range tables {
			n, err := tx.Count(t)
			if err != nil {
				return err
			}
			if n > born[t.Name] {
				full = append(full, fmt.Sprintf("%s（%d 行）", t.Name, n))
			}
			if born[t.Name] > 0 {
				seeds = append(seeds, t)
			}
		}
		return nil
	}
	if err := to.Still(ctx, look); err != nil {
		return nil, err
	}
	if len(full) > 0 {
		return nil, errs.New(errs.Refused, "目标库里已有数据：%s。只能搬进空库，以免盖掉或混杂，请另建一个空库", strings.Join(full, "、"))
	}
	if err := to.Migrate(ctx, schema.Files); err != nil {
		return nil, err
	}
	return seeds, to.Still(ctx, look)
}

// newborn counts the rows that a database has when it has just been made.
func newborn(ctx context.Context) (_ map[string]int64, err error) {
	dir, err := os.MkdirTemp("", "chengqi-new-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
	fresh, err := db.Open(ctx, filepath.Join(dir, "new.db"), db.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	if err := fresh.Migrate(ctx, schema.Files); err != nil {
		return nil, err
	}
	born := map[string]int64{}
	return born, fresh.Still(ctx, func(tx *db.Tx) error {
		counts, err := Counts(tx)
		for _, c := range counts {
			born[c.Table] = c.Rows
		}
		return err
	})
}

// Counts counts the rows of every table that is carried.
func Counts(tx *db.Tx) ([]Count, error) {
	tables, err := tx.Tables()
	if err != nil {
		return nil, err
	}
	var out []Count
	for _, t := range tables {
		if t.Index {
			continue
		}
		n, err := tx.Count(t)
		if err != nil {
			return nil, err
		}
		out = append(out, Count{t.Name, n})
	}
	return out, nil
}

func clear(target *db.Tx, seeds []db.Table) error {
	for _, t := range slices.Backward(seeds) {
		if _, err := target.Exec(`DELETE FROM ` + t.Name); err != nil {
			return err
		}
	}
	return nil
}

// all carries table after table.
func all(source, target *db.Tx, tables []db.Table, tell func(Progress)) (Summary, error) {
	var s Summary
	there, err := target.Tables()
	if err != nil {
		return s, err
	}
	for _, t := range tables {
		if t.Index {
			continue
		}
		same := func(o db.Table) bool { return o.Name == t.Name && slices.Equal(o.Columns, t.Columns) }
		if !slices.ContainsFunc(there, same) {
			return s, fmt.Errorf("the table %s is not the same in both databases", t.Name)
		}
		n, err := one(source, target, t, tell)
		if err != nil {
			return s, fmt.Errorf("table %s: %w", t.Name, err)
		}
		s.Tables = append(s.Tables, Count{t.Name, n})
		s.Rows += n
	}
	return s, nil
}

// batch is how many rows go into one statement; a row may hold the text of a whole document.
const batch = 200

func one(source, target *db.Tx, t db.Table, tell func(Progress)) (int64, error) {
	whole, err := source.Count(t)
	if err != nil {
		return 0, err
	}
	size := min(batch, db.MostArguments/len(t.Columns))
	rows := make([][]any, 0, size)
	var done int64
	put := func() error {
		err := target.Insert(t, rows)
		done += int64(len(rows))
		rows = rows[:0]
		tell(Progress{t.Name, done, whole})
		return err
	}
	err = source.Rows(t, func(row []any) error {
		for i, v := range row {
			if raw, is := v.([]byte); is {
				row[i] = bytes.Clone(raw) // the driver's own until the next row
			}
		}
		if rows = append(rows, row); len(rows) == size {
			return put()
		}
		return nil
	})
	if err != nil {
		return done, err
	}
	return done, put()
}

// compare holds the target, before it is kept, against what was read: rows of every table, the end of every chain.
func compare(source, target *db.Tx, carried []Count) error {
	counts, err := Counts(target)
	if err != nil {
		return err
	}
	for _, c := range carried {
		if !slices.Contains(counts, c) {
			return errs.New(errs.Internal, "搬过去的行数不符：%s 应有 %d 行。没有搬成，来源没有改动", c.Table, c.Rows)
		}
	}
	return sameHeads(source, target)
}

// verified walks the journal on both sides and counts its entries.
func verified(source, target *db.Tx) (int64, error) {
	if _, err := journal.Verify(source); err != nil {
		return 0, errs.New(errs.Refused, "来源的留痕没有通过核验，没有搬").Because(err)
	}
	n, err := journal.Verify(target)
	if err != nil {
		err = errs.New(errs.Internal, "搬过去的留痕没有通过核验，没有搬成，来源没有改动").Because(err)
	}
	return n, err
}

// Heads reads the last entry of every chain: its number and its hash.
func Heads(tx *db.Tx) ([]Head, error) {
	var out []Head
	err := tx.Query(`SELECT chain, seq, hash FROM chains ORDER BY chain`, nil, func(scan func(...any) error) error {
		var h Head
		err := scan(&h.Chain, &h.Seq, &h.Hash)
		h.Hash = bytes.Clone(h.Hash)
		out = append(out, h)
		return err
	})
	return out, err
}

// Head 链尾 is the last entry of a chain of the journal.
type Head struct {
	Chain db.ID  `json:"chain"`
	Seq   int64  `json:"seq"`
	Hash  []byte `json:"hash"`
}

func (h Head) same(o Head) bool {
	return h.Chain == o.Chain && h.Seq == o.Seq && bytes.Equal(h.Hash, o.Hash)
}

// SameHeads tells whether every chain ends in the same entry.
func SameHeads(a, b []Head) bool { return slices.EqualFunc(a, b, Head.same) }

// Carried tells whether the target has had the whole source already: the ends of all chains of the journal are the same.
// That is how a carrying that was acknowledged to nobody, because it was cut short afterwards, is known again.
func Carried(ctx context.Context, from, to *db.DB) (already bool, err error) {
	pending, err := to.Pending(ctx, schema.Files)
	if err != nil || len(pending) > 0 {
		return false, err
	}
	return already, from.Still(ctx, func(source *db.Tx) error {
		return to.Still(ctx, func(target *db.Tx) error {
			heads, err := Heads(source)
			already = len(heads) > 0 && sameHeads(source, target) == nil
			return err
		})
	})
}

func sameHeads(source, target *db.Tx) error {
	here, err := Heads(source)
	if err != nil {
		return err
	}
	there, err := Heads(target)
	if err == nil && !SameHeads(here, there) {
		err = errs.New(errs.Internal, "两边留痕的链尾不同，没有搬成，来源没有改动")
	}
	return err
}

// unchanged finds out whether somebody went on working on the source: what they did is not in the target.
func unchanged(ctx context.Context, from, to *db.DB) error {
	return from.Still(ctx, func(source *db.Tx) error {
		return to.Still(ctx, func(target *db.Tx) error {
			if sameHeads(source, target) == nil {
				return nil
			}
			return errs.New(errs.Conflict, "搬运的时候来源还在办理业务，新办的没有搬过去。请停下服务，换一个空库重搬")
		})
	})
}
