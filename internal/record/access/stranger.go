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

// strangers 不明来客 are the log-ins that were not written one by one.
type strangers struct {
	mu    sync.Mutex
	pace  *rate.Limiter
	times int
	from  []string // the first few addresses
}

func newStrangers() *strangers {
	return &strangers{pace: rate.NewLimiter(rate.Every(strangersEvery), strangersAtOnce)}
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
