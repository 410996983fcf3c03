// Package sweep 清扫 lets go of uploads that came to nothing: chosen for a form that was never handed in.
//
// It judges by what names a file, not by what a file is. Invariants: whatever an action, a matter, an archive package or a
// saved form names stays; what goes stands in the journal; the bytes go two days after the row, long after any backup
// that counted on them, never while another row has the same, and never from a place that is another office's.
package sweep

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

const (
	// idle is for how long an upload may be in nothing.
	idle = 7 * 24 * time.Hour
	// grace is how long the bytes stay after the row.
	grace = 48 * time.Hour
	// skew is by how much the clocks of servers may differ, generously.
	skew = 24 * time.Hour
	// most are looked at in one round, and readAtOnce entries of the journal by one statement.
	most, readAtOnce = 2000, 2000
)

// Unused 没有用上的附件 lets go of them and gives how many went.
func Unused(ctx context.Context, d *db.DB, store file.Store) (gone int, err error) {
	found, err := candidates(ctx, d)
	if err == nil && len(found) > 0 {
		if err = attached(ctx, d, found); err == nil {
			gone, err = letGo(ctx, d, found)
		}
	}
	if err != nil {
		return gone, err
	}
	mine, err := store.Mine(ctx, d)
	if err != nil {
		return gone, err
	}
	if !mine {
		return gone, ErrOthers
	}
	return gone, drop(ctx, d, store)
}

// ErrOthers 存放处是别的机关的: no bytes are removed from it.
var ErrOthers = errors.New("the place of the attachments bears the mark of another office: nothing is removed from it")

type upload struct {
	ID       db.ID  `json:"id"`
	Name     string `json:"name"`
	Size     int64  `json:"size"`
	Digest   string `json:"digest"`
	Uploader db.ID  `json:"uploader"`
	agency   db.ID
	at       time.Time
}

// candidates are the uploads that belong to no matter and stand in no saved form.
func candidates(ctx context.Context, d *db.DB) (map[db.ID]*upload, error) {
	all := map[db.ID]*upload{}
	return all, d.Read(ctx, func(tx *db.Tx) error {
		err := tx.Query(`SELECT id, name, size, digest, uploader_id, agency_id, at FROM files WHERE matter_id = 0 AND at < ? ORDER BY at LIMIT ?`,
			[]any{tx.Now.Add(-idle), most}, func(scan func(...any) error) error {
				u := &upload{}
				var at int64
				err := scan(&u.ID, &u.Name, &u.Size, &u.Digest, &u.Uploader, &u.agency, &at)
				u.at = db.Time(at)
				all[u.ID] = u
				return err
			})
		if err != nil || len(all) == 0 {
			return err
		}
		return tx.Query(`SELECT value FROM drafts`, nil, func(scan func(...any) error) error {
			var value string
			err := scan(&value)
			for id := range named([]byte(value)) {
				delete(all, id)
			}
			return err
		})
	})
}

var digits = regexp.MustCompile(`[0-9]{6,19}`)

// named are the ids that a text may name: any number long enough.
func named(text []byte) map[db.ID]bool {
	ids := map[db.ID]bool{}
	for _, word := range digits.FindAll(text, -1) {
		if id, err := db.ParseID(string(word)); err == nil {
			ids[id] = true
		}
	}
	return ids
}

// attached takes out what the journal names since it was uploaded. Programs of before did not tie every such file to its
// matter: that is made good.
func attached(ctx context.Context, d *db.DB, found map[db.ID]*upload) error {
	var since time.Time
	for _, u := range found {
		if since.IsZero() || u.at.Before(since) {
			since = u.at
		}
	}
	var chains []db.ID
	err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Query(`SELECT chain FROM chains ORDER BY chain`, nil, func(scan func(...any) error) error {
			var chain db.ID
			err := scan(&chain)
			chains = append(chains, chain)
			return err
		})
	})
	for _, chain := range chains {
		if err == nil {
			err = attachedIn(ctx, d, chain, since.Add(-skew), found)
		}
	}
	return err
}

func attachedIn(ctx context.Context, d *db.DB, chain db.ID, since time.Time, found map[db.ID]*upload) error {
	ties := map[db.ID]db.ID{}
	var seq int64
	err := d.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT seq FROM journal WHERE chain = ? AND at >= ? ORDER BY at, seq LIMIT 1`, []any{chain, since}, &seq)
		seq--
		return err
	})
	for err == nil && seq >= 0 {
		n := 0
		err = d.Read(ctx, func(tx *db.Tx) error { // some at a time: a long look keeps what was written meanwhile from being tidied
			return tx.Query(`SELECT seq, topic, matter_id, body FROM journal WHERE chain = ? AND seq > ? ORDER BY seq LIMIT ?`,
				[]any{chain, seq, readAtOnce}, func(scan func(...any) error) error {
					n++
					var topic string
					var matter db.ID
					var body []byte
					if err := scan(&seq, &topic, &matter, &body); err != nil {
						return err
					}
					for id := range named(body) {
						if found[id] != nil && topic == "matter" && matter != 0 {
							ties[id] = matter
						}
						delete(found, id)
					}
					return nil
				})
		})
		if n == 0 {
			break
		}
	}
	if err != nil || len(ties) == 0 {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		for id, matter := range ties {
			if _, err := tx.Exec(`UPDATE files SET matter_id = ? WHERE id = ? AND matter_id = 0`, matter, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// letGo removes the rows, and enters in the journal of their agency what they were. What was put into a matter or a form
// since it was looked at stays.
func letGo(ctx context.Context, d *db.DB, found map[db.ID]*upload) (gone int, err error) {
	list := make([]*upload, 0, len(found))
	for _, u := range found {
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b *upload) int { return a.at.Compare(b.at) })
	for part := range slices.Chunk(list, 100) {
		n := 0
		err := d.Write(ctx, func(tx *db.Tx) (err error) {
			n, err = letGoSome(tx, part)
			return err
		})
		if err != nil {
			return gone, err
		}
		gone += n
	}
	return gone, nil
}

func letGoSome(tx *db.Tx, part []*upload) (int, error) {
	went := map[db.ID][]*upload{}
	n := 0
	for _, u := range part {
		var one int
		kept, err := tx.Row(`SELECT 1 FROM drafts WHERE person_id = ? AND value LIKE ?`, []any{u.Uploader, "%" + u.ID.String() + "%"}, &one)
		if err != nil {
			return 0, err
		}
		if kept {
			continue
		}
		removed, err := tx.Exec(`DELETE FROM files WHERE id = ? AND matter_id = 0 AND NOT EXISTS (SELECT 1 FROM packages p WHERE p.file_id = files.id)`, u.ID)
		if err != nil {
			return 0, err
		}
		if removed == 0 {
			continue
		}
		if err := file.LetGo(tx, u.Digest); err != nil {
			return 0, err
		}
		went[u.agency] = append(went[u.agency], u)
		n++
	}
	for agency, files := range went {
		what := map[string]any{"text": files[0].Name, "files": files}
		if err := journal.Append(tx, journal.Entry{Chain: agency, Topic: "admin", Action: "unused-files"}, what); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// drop removes the bytes of what was let go long enough ago, unless a row has them again.
func drop(ctx context.Context, d *db.DB, store file.Store) error {
	var digests []string
	err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Query(`SELECT digest FROM let_go WHERE at < ? ORDER BY at LIMIT ?`, []any{tx.Now.Add(-grace), most}, func(scan func(...any) error) error {
			var digest string
			err := scan(&digest)
			digests = append(digests, digest)
			return err
		})
	})
	for _, digest := range digests {
		if err == nil {
			err = store.Drop(ctx, d, digest)
		}
	}
	return err
}
