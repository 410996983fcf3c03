// Package access lets people in: accounts, passwords, the second step, lockout and sessions.
//
// It decides who someone is, never what they may see or do. Invariants: a password is kept only as an argon2id hash,
// a session token and a recovery code only as digests, the secret of the second step only sealed (OA-04); failures in a row
// lock the account (OA-28); every attempt, failed or not, is in the journal, those under unknown numbers within bounds.
package access

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/base/secret"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
)

// hashing bounds how many 64 MB hashes run at once: a flood of log-ins must not exhaust memory.
var hashing = make(chan struct{}, 2)

// Hash makes the stored form of a password.
func Hash(password string) (string, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2id.CreateHash(password, argon2id.DefaultParams)
}

// queue is how long a log-in waits for its turn. Who has gone away, or waits longer, makes room for the others.
const queue = 15 * time.Second

func matches(ctx context.Context, password, hash string) (bool, error) {
	ctx, done := context.WithTimeout(ctx, queue)
	defer done()
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return false, errs.New(errs.TooMany, "现在登录的人太多，请稍等几秒再试").Because(ctx.Err())
	}
	defer func() { <-hashing }()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// Means 登录方式 is how somebody proved who they are.
type Means string

// The means.
const (
	ByPassword  Means = "password"
	ByDirectory Means = "ldap" // 目录服务
	ByProvider  Means = "oidc" // 统一身份认证
)

// Attempt 登录请求 is one try to come in.
type Attempt struct {
	Username string
	Password string
	Code     string // of the second step, when it is asked for
	From     string // address
	Agent    string // what the browser calls itself
	Replaces string // token of the session this one takes the place of, as when a screen is unlocked
}

// Login 登录情况 is what a person is told after logging in (OA-28).
type Login struct {
	Token    string
	LastAt   time.Time
	LastFrom string
	Failures int // failed attempts since the last log-in
}

// Door 门禁 lets people in.
type Door struct {
	DB    *db.DB
	Book  *org.Book
	Key   *secret.Key
	Rules func() *rulebook.Rulebook
	// Outside checks a password elsewhere, in a directory service; nil when there is none. The three administrators
	// are never asked for there: they come in when the directory is down, and whoever runs it cannot become one.
	Outside func(ctx context.Context, username, password string) (bool, error)

	decoy     string
	strangers *strangers
	uses      uses
}

// New makes a Door. The decoy hash makes an unknown user cost as much time as a wrong password.
func New(d *db.DB, book *org.Book, key *secret.Key, rules func() *rulebook.Rulebook) (*Door, error) {
	decoy, err := Hash(rand.Text())
	return &Door{DB: d, Book: book, Key: key, Rules: rules, decoy: decoy, strangers: newStrangers(), uses: uses{last: map[string]time.Time{}}}, err
}

type account struct {
	username, name string
	hash           string
	mustChange     bool
	failures       int
	locked, lastAt int64
	lastFrom       string
	person, agency db.ID
	active, admin  bool
}

// Login checks who somebody is and opens a session.
func (d *Door) Login(ctx context.Context, t Attempt) (*Login, error) {
	a, err := d.account(ctx, t.Username)
	if err != nil {
		return nil, err
	}
	p := d.Policy()
	wrong := errs.New(errs.Unauthorized, "工号或密码不对，请核对后再输；连续输错 %d 次将锁定 %d 分钟", p.Tries, int(p.LockFor.Minutes()))
	if a == nil {
		if err := d.asIfKnown(ctx, t, p); err != nil {
			return nil, err
		}
		return nil, wrong
	}
	if err := locked(a.locked, d.DB.Now()); err != nil {
		return nil, err
	}
	means, ok, err := d.proven(ctx, a, t.Password)
	if err != nil {
		return nil, err
	}
	if !ok || !a.active {
		if err := d.failed(ctx, a, "login-failed", t.From); err != nil {
			return nil, err
		}
		return nil, wrong
	}
	if err := d.secondStep(ctx, a, t); err != nil {
		return nil, err
	}
	return d.admit(ctx, a, t, means)
}

// proven checks the password, here or in the directory service.
func (d *Door) proven(ctx context.Context, a *account, password string) (Means, bool, error) {
	if d.Outside != nil && !a.admin {
		ok, err := d.Outside(ctx, a.username, password)
		return ByDirectory, ok, err
	}
	ok, err := matches(ctx, password, a.hash)
	return ByPassword, ok, err
}

// Vouched opens a session for somebody whose identity a provider vouches for. The three administrators are not let in
// this way: whoever runs the provider must not be able to become one.
func (d *Door) Vouched(ctx context.Context, t Attempt) (*Login, error) {
	a, err := d.account(ctx, t.Username)
	switch {
	case err != nil:
		return nil, err
	case a == nil || !a.active:
		if err := d.turnedAway(ctx, a, t); err != nil {
			return nil, err
		}
		return nil, errs.New(errs.Unauthorized, "统一身份认证给出的工号在本系统里没有可用的账号，请找系统管理员开立")
	case a.admin:
		return nil, errs.New(errs.Denied, "管理员用本系统的密码登录，不经统一身份认证")
	}
	if err := locked(a.locked, d.DB.Now()); err != nil {
		return nil, err
	}
	return d.admit(ctx, a, t, ByProvider)
}

// turnedAway writes down that a provider vouched for somebody who has no account in use.
func (d *Door) turnedAway(ctx context.Context, a *account, t Attempt) error {
	if a == nil {
		return d.unknown(ctx, t, ByProvider)
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		return log(tx, a, "login-failed", map[string]string{"from": t.From, "means": string(ByProvider)})
	})
}

func locked(until int64, now time.Time) error {
	if at := db.Time(until); at.After(now) {
		return errs.New(errs.Locked, "账号已锁定，请在%s以后再试，或请系统管理员解锁", at.Format("15时04分"))
	}
	return nil
}

func (d *Door) account(ctx context.Context, username string) (*account, error) {
	a := account{username: strings.TrimSpace(username)}
	found := false
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		found, err = tx.Row(`SELECT p.id, p.name, p.agency_id, p.active, a.password, a.must_change, a.failures, a.locked_until, a.last_at, a.last_from
			FROM people p JOIN accounts a ON a.person_id = p.id WHERE p.username = ?`, []any{a.username},
			&a.person, &a.name, &a.agency, &a.active, &a.hash, &a.mustChange, &a.failures, &a.locked, &a.lastAt, &a.lastFrom)
		if err != nil || !found {
			return err
		}
		dir, err := d.Book.Directory(tx)
		if err != nil {
			return err
		}
		a.admin = dir.IsAdmin(a.person)
		return nil
	})
	if err != nil || !found {
		return nil, err
	}
	return &a, nil
}

// own is the account of somebody who is in already.
func (d *Door) own(ctx context.Context, v Visit) (*account, error) {
	var username string
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT username FROM people WHERE id = ?`, []any{v.Person}, &username)
		return err
	})
	if err != nil {
		return nil, err
	}
	a, err := d.account(ctx, username)
	if err == nil && a == nil {
		err = errs.New(errs.NotFound, "没有这个账号")
	}
	return a, err
}

func (d *Door) failed(ctx context.Context, a *account, action, from string) error {
	p := d.Policy()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`UPDATE accounts SET failures = failures + 1 WHERE person_id = ?`, a.person); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE accounts SET locked_until = ?, last_failures = last_failures + failures, failures = 0
			WHERE person_id = ? AND failures >= ?`, tx.Now.Add(p.LockFor), a.person, p.Tries); err != nil {
			return err
		}
		return log(tx, a, action, map[string]string{"from": from})
	})
}

// admit opens the session. The lock is looked at once more: of guesses sent all at once, none gets in after the lock fell.
func (d *Door) admit(ctx context.Context, a *account, t Attempt, means Means) (*Login, error) {
	l := &Login{Token: rand.Text() + rand.Text(), LastAt: db.Time(a.lastAt), LastFrom: a.lastFrom}
	err := d.DB.Write(ctx, func(tx *db.Tx) error {
		var until int64
		if _, err := tx.Row(`SELECT failures + last_failures, locked_until FROM accounts WHERE person_id = ?`, []any{a.person}, &l.Failures, &until); err != nil {
			return err
		}
		if err := locked(until, tx.Now); err != nil {
			return err
		}
		// A password from before its age was kept counts from this log-in.
		if _, err := tx.Exec(`UPDATE accounts SET failures = 0, last_failures = 0, locked_until = 0, last_at = ?, last_from = ?,
			password_at = CASE WHEN password_at = 0 THEN ? ELSE password_at END WHERE person_id = ?`, tx.Now, t.From, tx.Now, a.person); err != nil {
			return err
		}
		if err := open(tx, a.person, l.Token, t, means); err != nil {
			return err
		}
		return log(tx, a, "login", map[string]string{"from": t.From, "means": string(means)})
	})
	return l, err
}

func log(tx *db.Tx, a *account, action string, content any) error {
	return journal.Append(tx, journal.Entry{Chain: a.agency, Topic: "login", Actor: a.person, Action: action}, content)
}

// Random makes a first password that is told once. Beginning and end see to it that it has every class of character that
// Weak looks for.
func Random() string {
	raw := make([]byte, 9)
	_, _ = rand.Read(raw) // crypto/rand.Read never fails
	return "Cq-" + base64.RawURLEncoding.EncodeToString(raw) + "7"
}
