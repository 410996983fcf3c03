package access

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// uses 会话使用 remembers when sessions were last used until it is written down, together and not while somebody waits: a
// page that is only looked at costs no write, and can be looked at while the database takes none. A server that stops
// forgets the last uses; those sessions are idle a little earlier.
type uses struct {
	mu   sync.Mutex
	last map[string]time.Time // by session
}

// noted is how long a use may stay unwritten: other servers may hold a session for idle that much longer.
const noted = 2 * time.Minute

func (u *uses) note(session string, at time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if at.After(u.last[session]) {
		u.last[session] = at
	}
}

// since is when a session was last used, known to be at least once at seen.
func (u *uses) since(session string, seen time.Time) time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	if last := u.last[session]; last.After(seen) {
		return last
	}
	return seen
}

func (u *uses) take() map[string]time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := u.last
	u.last = map[string]time.Time{}
	return all
}

// NoteUses writes down when sessions were last used and removes those that are over.
func (d *Door) NoteUses(ctx context.Context) error {
	used, idle := d.uses.take(), d.Policy().Idle
	err := d.DB.Write(ctx, func(tx *db.Tx) error {
		for _, session := range slices.Sorted(maps.Keys(used)) { // in one order, or two servers would wait for each other
			if _, err := tx.Exec(`UPDATE sessions SET seen_at = ? WHERE token = ? AND seen_at < ?`, used[session], session, used[session]); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`DELETE FROM sessions WHERE created_at < ? OR seen_at < ?`, tx.Now.Add(-lifetime), tx.Now.Add(-idle-noted))
		return err
	})
	if err != nil { // written the next time
		for session, at := range used {
			d.uses.note(session, at)
		}
	}
	return err
}
