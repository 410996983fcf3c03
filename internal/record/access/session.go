package access

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// lifetime ends a session however busy it is: a day's work.
const lifetime = 12 * time.Hour

// Must 先要做的事 is what somebody has to do before anything else.
type Must string

// What may have to be done first.
const (
	MustChange Must = "password"    // 首次使用、被重置或到期 (SEC-33)
	MustEnrol  Must = "second-step" // 管理员被要求二次验证
)

// Visit 在场 is somebody with an open session.
type Visit struct {
	Person  db.ID
	Session string // names the session and does not open it
	Means   Means
	Must    Must
	Dir     *org.Directory // the organisation in which they came in
	// PasswordUntil is when the password expires; zero when it does not or is not kept here.
	PasswordUntil time.Time
}

// Session 登录会话 is one open session of a person, as its owner sees it.
type Session struct {
	ID    string    `json:"id"`
	From  string    `json:"from"`
	Agent string    `json:"agent"`
	Means Means     `json:"means"`
	Since time.Time `json:"since"`
	Seen  time.Time `json:"seen"`
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func open(tx *db.Tx, person db.ID, token string, t Attempt, means Means) error {
	if _, err := tx.Exec(`DELETE FROM sessions WHERE created_at < ? OR (token = ? AND person_id = ?)`,
		tx.Now.Add(-lifetime), digest(t.Replaces), person); err != nil {
		return err
	}
	agent := []rune(t.Agent)
	_, err := tx.Exec(`INSERT INTO sessions (token, person_id, created_at, seen_at, from_addr, agent, means) VALUES (?,?,?,?,?,?,?)`,
		digest(token), person, tx.Now, tx.Now, t.From, string(agent[:min(len(agent), 300)]), string(means))
	return err
}

// Who finds the person of a session; nobody (Person 0) when there is none or it has been idle too long. quiet requests
// (live events) do not count as use.
func (d *Door) Who(ctx context.Context, token string, quiet bool) (Visit, error) {
	if token == "" {
		return Visit{}, nil
	}
	var seen, created int64
	now, p := d.DB.Now(), d.Policy()
	v := Visit{Session: digest(token)}
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var a standing
		_, err := tx.Row(`SELECT s.person_id, s.seen_at, s.created_at, s.means, a.must_change, a.password_at, COALESCE(f.since, 0),
				COALESCE((SELECT value FROM settings WHERE name = '`+demandSetting+`'), '')
			FROM sessions s JOIN people p ON p.id = s.person_id JOIN accounts a ON a.person_id = s.person_id
				LEFT JOIN second_steps f ON f.person_id = s.person_id
			WHERE s.token = ? AND p.active = 1`, []any{v.Session},
			&v.Person, &seen, &created, &v.Means, &a.mustChange, &a.passwordAt, &a.second, &a.demand)
		if err != nil || v.Person == 0 {
			return err
		}
		if v.Dir, err = d.Book.Directory(tx); err != nil {
			return err
		}
		v.stand(a, db.Time(created), p)
		return nil
	})
	if err != nil || v.Person == 0 {
		return Visit{}, err
	}
	if now.Sub(d.uses.since(v.Session, db.Time(seen))) > p.Idle || now.Sub(db.Time(created)) > lifetime {
		return Visit{}, nil
	}
	if !quiet {
		d.uses.note(v.Session, now)
	}
	return v, nil
}

// standing is how an account stands with what is asked of it.
type standing struct {
	mustChange         bool
	passwordAt, second int64
	demand             string
}

// stand says what must be done first. A password that expires during the day lets the day end: it is asked about at
// the next log-in.
func (v *Visit) stand(a standing, began time.Time, p Policy) {
	if v.Means == ByPassword {
		if p.Age > 0 && a.passwordAt > 0 {
			v.PasswordUntil = db.Time(a.passwordAt).Add(p.Age)
		}
		if a.mustChange || !v.PasswordUntil.IsZero() && v.PasswordUntil.Before(began) {
			v.Must = MustChange
			return
		}
	}
	if a.demand != "" && a.second == 0 && v.Dir.IsAdmin(v.Person) {
		v.Must = MustEnrol
	}
}

// Leave ends somebody's session at their own wish.
func (d *Door) Leave(ctx context.Context, v Visit, from string) error {
	if v.Person == 0 {
		return nil
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := d.Book.Directory(tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM sessions WHERE token = ?`, v.Session); err != nil {
			return err
		}
		return journal.Append(tx, journal.Entry{Chain: dir.Person(v.Person).Agency, Topic: "login", Actor: v.Person, Action: "logout"},
			map[string]string{"from": from})
	})
}

// Sessions lists a person's open sessions, the latest first.
func (d *Door) Sessions(tx *db.Tx, person db.ID) ([]Session, error) {
	var out []Session
	err := tx.Query(`SELECT token, from_addr, agent, means, created_at, seen_at FROM sessions
		WHERE person_id = ? AND created_at > ? AND seen_at > ? ORDER BY created_at DESC, token`,
		[]any{person, tx.Now.Add(-lifetime), tx.Now.Add(-d.Policy().Idle)}, func(scan func(...any) error) error {
			var s Session
			var since, seen int64
			err := scan(&s.ID, &s.From, &s.Agent, &s.Means, &since, &seen)
			s.Since, s.Seen = db.Time(since), d.uses.since(s.ID, db.Time(seen))
			out = append(out, s)
			return err
		})
	return out, err
}

// EndSession ends one of a person's own sessions; with "" all but the one they use now. It tells how many ended.
func (d *Door) EndSession(ctx context.Context, v Visit, id string) (int64, error) {
	var ended int64
	err := d.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := d.Book.Directory(tx)
		if err != nil {
			return err
		}
		if id == "" {
			ended, err = tx.Exec(`DELETE FROM sessions WHERE person_id = ? AND token <> ?`, v.Person, v.Session)
		} else {
			ended, err = tx.Exec(`DELETE FROM sessions WHERE person_id = ? AND token = ?`, v.Person, id)
		}
		if err != nil {
			return err
		}
		if ended == 0 && id != "" {
			return errs.New(errs.NotFound, "这个登录已经退出了")
		}
		return journal.Append(tx, journal.Entry{Chain: dir.Person(v.Person).Agency, Topic: "login", Actor: v.Person, Action: "sessions-ended"},
			map[string]int64{"count": ended})
	})
	return ended, err
}

// EndSessions ends all sessions of a person: disabled, or with a new password (OA-22).
func EndSessions(tx *db.Tx, person db.ID) error {
	_, err := tx.Exec(`DELETE FROM sessions WHERE person_id = ?`, person)
	return err
}
