package access

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Log-ins under numbers that nobody has are in the journal too (GB/T 22239-2019 8.1.4.3), for the audit administrator of
// every agency: whom they were meant for is not known. Who sends them is a stranger, so two things are minded. The
// journal cannot be filled: one entry a minute, after the first twenty; the rest are counted and told in one entry. And
// a password typed into the wrong field is not kept: only digits are, as many as a staff number of the office has.

const (
	strangersAtOnce = 20
	strangersEvery  = time.Minute
	strangersFrom   = 10 // addresses named of those that were only counted
)

// strangers 不明来客 are the log-ins that were not written one by one, and how often each number that nobody has was tried.
type strangers struct {
	mu    sync.Mutex
	pace  *rate.Limiter
	times int
	from  []string // the first few addresses
	tried map[string]*guesses
}

type guesses struct {
	failures int
	locked   time.Time
}

// strangersKnown is how many numbers that nobody has are remembered; beyond it all are forgotten, and may be told from
// those that somebody has by whoever tries so many.
const strangersKnown = 20_000

func newStrangers() *strangers {
	return &strangers{pace: rate.NewLimiter(rate.Every(strangersEvery), strangersAtOnce), tried: map[string]*guesses{}}
}

// asIfKnown answers for a number that nobody has as it would for one that somebody has, in words and in time: it asks the
// directory service where that is asked, hashes where not, and locks after as many failures. Or else whoever tries would
// learn which numbers there are.
func (d *Door) asIfKnown(ctx context.Context, t Attempt, p Policy) error {
	number, now := strings.TrimSpace(t.Username), d.DB.Now()
	if until := d.strangers.lockedUntil(number); until.After(now) {
		return locked(until.UnixMilli(), now)
	}
	if d.Outside != nil {
		if _, err := d.Outside(ctx, number, t.Password); err != nil {
			return err
		}
	} else if _, err := matches(ctx, t.Password, d.decoy); err != nil {
		return err
	}
	d.strangers.failed(number, now, p)
	return d.unknown(ctx, t, ByPassword)
}

func (s *strangers) lockedUntil(number string) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.tried[number]; g != nil {
		return g.locked
	}
	return time.Time{}
}

func (s *strangers) failed(number string, now time.Time, p Policy) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.tried) >= strangersKnown {
		clear(s.tried)
	}
	g := s.tried[number]
	if g == nil {
		g = &guesses{}
		s.tried[number] = g
	}
	if g.failures++; g.failures >= p.Tries {
		g.failures, g.locked = 0, now.Add(p.LockFor)
	}
}

// unknown writes down an attempt under a number that nobody has, or counts it.
func (d *Door) unknown(ctx context.Context, t Attempt, means Means) error {
	s := d.strangers
	s.mu.Lock()
	alone := s.times == 0 && s.pace.AllowN(d.DB.Now(), 1)
	if !alone {
		s.add(1, t.From)
	}
	s.mu.Unlock()
	if !alone {
		return nil
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := d.Book.Directory(tx)
		if err != nil {
			return err
		}
		return logUnknown(tx, dir, map[string]any{"number": numberLike(dir, t.Username), "from": t.From, "means": means})
	})
}

// TellUnknown writes one entry for the attempts that were only counted, as soon as one is due again.
func (d *Door) TellUnknown(ctx context.Context) error {
	s := d.strangers
	s.mu.Lock()
	if s.times == 0 || !s.pace.AllowN(d.DB.Now(), 1) {
		s.mu.Unlock()
		return nil
	}
	times, from := s.times, s.from
	s.times, s.from = 0, nil
	s.mu.Unlock()
	err := d.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := d.Book.Directory(tx)
		if err != nil {
			return err
		}
		return logUnknown(tx, dir, map[string]any{"times": times, "addresses": from})
	})
	if err != nil { // told the next time
		s.mu.Lock()
		s.add(times, from...)
		s.mu.Unlock()
	}
	return err
}

func (s *strangers) add(times int, from ...string) {
	s.times += times
	for _, f := range from {
		if len(s.from) < strangersFrom && !slices.Contains(s.from, f) {
			s.from = append(s.from, f)
		}
	}
}

// logUnknown enters it where an audit administrator reads it; before there is one, with the deployment.
func logUnknown(tx *db.Tx, dir *org.Directory, content map[string]any) error {
	var chains []db.ID
	for _, a := range dir.Agencies() {
		if len(dir.Holders(a.ID, org.AuditAdmin)) > 0 {
			chains = append(chains, a.ID)
		}
	}
	if len(chains) == 0 {
		chains = []db.ID{0}
	}
	for _, chain := range chains {
		if err := journal.Append(tx, journal.Entry{Chain: chain, Topic: "login", Action: "unknown-failed"}, content); err != nil {
			return err
		}
	}
	return nil
}

var digits = regexp.MustCompile(`^[0-9]+$`)

// numberLike is what was typed if it may pass for a staff number of this office, else nothing.
func numberLike(dir *org.Directory, typed string) string {
	typed = strings.TrimSpace(typed)
	longest := 0
	for _, a := range dir.Agencies() {
		for _, p := range dir.People(a.ID) {
			if digits.MatchString(p.Username) {
				longest = max(longest, len(p.Username))
			}
		}
	}
	if digits.MatchString(typed) && len(typed) <= longest {
		return typed
	}
	return ""
}
