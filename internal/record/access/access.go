// Package access lets people in: accounts, passwords, lockout and sessions.
//
// It decides who someone is, never what they may see or do. Invariants: a password is kept only as an argon2id hash,
// a session token only as its digest; five failures in a row lock the account for thirty minutes (OA-28); every
// log-in, failed or not, is in the journal.
package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/alexedwards/argon2id"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// The figures of OA-28.
const (
	MaxFailures = 5
	LockFor     = 30 * time.Minute
	Idle        = 15 * time.Minute
	lifetime    = 12 * time.Hour
)

// hashing bounds how many 64 MB hashes run at once: a flood of log-ins must not exhaust memory.
var hashing = make(chan struct{}, 2)

// Hash makes the stored form of a password.
func Hash(password string) (string, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2id.CreateHash(password, argon2id.DefaultParams)
}

func matches(password, hash string) (bool, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// SetPassword stores a hash made by Hash; mustChange asks for a new one at the next log-in.
func SetPassword(tx *db.Tx, person db.ID, hash string, mustChange bool) error {
	_, err := tx.Exec(`INSERT INTO accounts (person_id, password, must_change) VALUES (?,?,?)
		ON CONFLICT (person_id) DO UPDATE SET password = excluded.password, must_change = excluded.must_change, failures = 0, locked_until = 0`,
		person, hash, mustChange)
	return err
}

// Login 登录情况 is what a person is told after logging in (OA-28).
type Login struct {
	Token      string
	MustChange bool
	LastAt     time.Time
	LastFrom   string
	Failures   int // failed attempts since the last log-in
}

// Door 门禁 lets people in.
type Door struct {
	DB   *db.DB
	Book *org.Book

	decoy string
}

// New makes a Door. The decoy hash makes an unknown user cost as much time as a wrong password.
func New(d *db.DB, book *org.Book) (*Door, error) {
	decoy, err := Hash(rand.Text())
	return &Door{DB: d, Book: book, decoy: decoy}, err
}

type account struct {
	hash           string
	mustChange     bool
	failures       int
	locked, lastAt int64
	lastFrom       string
	person, agency db.ID
	active         bool
}

// Login checks name and password and opens a session.
func (d *Door) Login(ctx context.Context, username, password, from string) (*Login, error) {
	a, err := d.account(ctx, strings.TrimSpace(username))
	if err != nil {
		return nil, err
	}
	wrong := errs.New(errs.Unauthorized, "工号或密码不对，请核对后再输；连续输错 %d 次将锁定 %d 分钟", MaxFailures, int(LockFor.Minutes()))
	if a == nil {
		_, _ = matches(password, d.decoy) // spend the same time
		return nil, wrong
	}
	if until := db.Time(a.locked); until.After(d.DB.Now()) {
		return nil, errs.New(errs.Locked, "账号已锁定，请在%s以后再试，或请系统管理员解锁", until.Format("15时04分"))
	}
	ok, err := matches(password, a.hash)
	if err != nil {
		return nil, err
	}
	if !ok || !a.active {
		if err := d.failed(ctx, a, from); err != nil {
			return nil, err
		}
		return nil, wrong
	}
	return d.admit(ctx, a, from)
}

func (d *Door) account(ctx context.Context, username string) (*account, error) {
	var a account
	found := false
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		found, err = tx.Row(`SELECT p.id, p.agency_id, p.active, a.password, a.must_change, a.failures, a.locked_until, a.last_at, a.last_from
			FROM people p JOIN accounts a ON a.person_id = p.id WHERE p.username = ?`, []any{username},
			&a.person, &a.agency, &a.active, &a.hash, &a.mustChange, &a.failures, &a.locked, &a.lastAt, &a.lastFrom)
		return err
	})
	if err != nil || !found {
		return nil, err
	}
	return &a, nil
}

func (d *Door) failed(ctx context.Context, a *account, from string) error {
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`UPDATE accounts SET failures = failures + 1 WHERE person_id = ?`, a.person); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE accounts SET locked_until = ?, last_failures = last_failures + failures, failures = 0
			WHERE person_id = ? AND failures >= ?`, tx.Now.Add(LockFor), a.person, MaxFailures); err != nil {
			return err
		}
		return log(tx, a, "login-failed", from)
	})
}

func (d *Door) admit(ctx context.Context, a *account, from string) (*Login, error) {
	l := &Login{Token: rand.Text() + rand.Text(), MustChange: a.mustChange, LastAt: db.Time(a.lastAt), LastFrom: a.lastFrom}
	err := d.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Row(`SELECT failures + last_failures FROM accounts WHERE person_id = ?`, []any{a.person}, &l.Failures); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE accounts SET failures = 0, last_failures = 0, locked_until = 0, last_at = ?, last_from = ? WHERE person_id = ?`,
			tx.Now, from, a.person); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM sessions WHERE created_at < ?`, tx.Now.Add(-lifetime)); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO sessions (token, person_id, created_at, seen_at, from_addr) VALUES (?,?,?,?,?)`,
			digest(l.Token), a.person, tx.Now, tx.Now, from); err != nil {
			return err
		}
		return log(tx, a, "login", from)
	})
	return l, err
}

func log(tx *db.Tx, a *account, action, from string) error {
	_, err := journal.Append(tx, journal.Entry{Chain: a.agency, Topic: "login", Actor: a.person, Action: action}, map[string]string{"from": from})
	return err
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Who finds the person of a session, or 0 when there is none or it has been idle too long. quiet requests (live
// events) do not count as use.
func (d *Door) Who(ctx context.Context, token string, quiet bool) (db.ID, error) {
	if token == "" {
		return 0, nil
	}
	var person db.ID
	var seen, created int64
	now := d.DB.Now()
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT s.person_id, s.seen_at, s.created_at FROM sessions s JOIN people p ON p.id = s.person_id
			WHERE s.token = ? AND p.active = 1`, []any{digest(token)}, &person, &seen, &created)
		return err
	})
	if err != nil || person == 0 {
		return 0, err
	}
	if now.Sub(db.Time(seen)) > Idle || now.Sub(db.Time(created)) > lifetime {
		return 0, d.Logout(ctx, token)
	}
	if !quiet && now.Sub(db.Time(seen)) > time.Minute {
		err = d.DB.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE sessions SET seen_at = ? WHERE token = ?`, tx.Now, digest(token))
			return err
		})
	}
	return person, err
}

// Logout ends a session.
func (d *Door) Logout(ctx context.Context, token string) error {
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM sessions WHERE token = ?`, digest(token))
		return err
	})
}

// EndSessions ends all sessions of a person: disabled, or with a new password (OA-22).
func EndSessions(tx *db.Tx, person db.ID) error {
	_, err := tx.Exec(`DELETE FROM sessions WHERE person_id = ?`, person)
	return err
}

// ChangePassword replaces a person's own password after checking the old one.
func (d *Door) ChangePassword(ctx context.Context, person db.ID, username, old, fresh string) error {
	a, err := d.account(ctx, username)
	if err != nil || a == nil {
		return errs.New(errs.NotFound, "没有这个账号").Because(err)
	}
	if ok, err := matches(old, a.hash); err != nil || !ok {
		return errs.Refuse("密码没有修改", errs.Reason{Text: "原密码不对", Field: "old"}).Because(err)
	}
	if reasons := Weak(fresh, username); len(reasons) > 0 {
		return errs.Refuse("密码没有修改", reasons...)
	}
	hash, err := Hash(fresh)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		if err := SetPassword(tx, person, hash, false); err != nil {
			return err
		}
		return log(tx, a, "password-changed", "")
	})
}

// Weak lists what a password lacks (GB/T 22239-2019 8.1.4.1: complexity).
func Weak(password, username string) []errs.Reason {
	var reasons []errs.Reason
	say := func(format string, args ...any) {
		reasons = append(reasons, errs.Reason{Text: fmt.Sprintf(format, args...), Field: "new"})
	}
	if n := len([]rune(password)); n < 10 {
		say("密码至少 10 位，现在 %d 位", n)
	}
	classes := map[string]bool{}
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			classes["upper"] = true
		case unicode.IsLower(r):
			classes["lower"] = true
		case unicode.IsDigit(r):
			classes["digit"] = true
		default:
			classes["other"] = true
		}
	}
	if len(classes) < 3 {
		say("大写字母、小写字母、数字、符号至少要有三种")
	}
	if username != "" && strings.Contains(strings.ToLower(password), strings.ToLower(username)) {
		say("密码中不要包含工号")
	}
	return reasons
}

// Random makes a first password that is told once.
func Random() string {
	raw := make([]byte, 9)
	_, _ = rand.Read(raw) // crypto/rand.Read never fails
	return "Cq-" + base64.RawURLEncoding.EncodeToString(raw) + "7"
}
