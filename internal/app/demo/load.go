package demo

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
	"github.com/chengqi-oa/chengqi/workday"
)

// Parts are what the sample is loaded through.
type Parts struct {
	DB           *db.DB
	Engine       *engine.Engine
	HashPassword func(string) (string, error)
	Files        file.Store // where the scans of the week's documents go; without a folder they are left out
	// Day is the sample's present. The zero Day means the last working day whose half past nine has come.
	Day workday.Day
}

// Loaded 装载结果 tells what was loaded.
type Loaded struct {
	Day     workday.Day // the sample's present
	Matters int
	Deeds   int
	Took    time.Duration
}

// batch is how many deeds share one commit.
const batch = 1000

// Load fills an empty office with the sample organisation and its year of work. Everything is done by the people it
// is said of, through the engine, in the order in which it happened.
func Load(ctx context.Context, p Parts, password string) (Loaded, error) {
	began := time.Now()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // the load leaves much litter and keeps little
	err := p.DB.Write(ctx, func(tx *db.Tx) error { return Organisation(tx, p.HashPassword, password) })
	if err != nil {
		return Loaded{}, err
	}
	s := &stage{Parts: p}
	if err := p.DB.Read(ctx, s.set); err != nil {
		return Loaded{}, err
	}
	if err := s.upload(ctx); err != nil {
		return Loaded{}, err
	}
	if err := p.DB.Write(ctx, s.liftQuotas); err != nil {
		return Loaded{}, err
	}
	deeds, err := s.script()
	if err != nil {
		return Loaded{}, err
	}
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	for part := range slices.Chunk(deeds, batch) {
		if err := p.DB.Write(ctx, func(tx *db.Tx) error { return s.play(tx, part) }); err != nil {
			return Loaded{}, err
		}
	}
	if err := p.DB.Write(ctx, s.round); err != nil {
		return Loaded{}, err
	}
	return Loaded{Day: s.days.to, Matters: s.begun, Deeds: len(deeds), Took: time.Since(began)}, nil
}

// round adds what is no matter: ceilings, figures, an unfinished form.
func (s *stage) round(tx *db.Tx) error {
	for _, add := range []func(*db.Tx) error{s.restoreQuotas, keepLastYear, s.unfinished, s.ledPosts} {
		if err := add(tx); err != nil {
			return err
		}
	}
	return nil
}

// ledPosts says which deputy leads the posts of which sections, and that the directors lead their deputies (ORG-02,
// ORG-03), as the division of work has it; whoever leads sees what the holders owe.
func (s *stage) ledPosts(tx *db.Tx) error {
	leading := map[db.ID]db.ID{} // unit → post
	for _, c := range charges() {
		if u := s.cast.units[c.unit]; u != nil {
			leading[u.ID] = s.cast.dir.ByUsername(c.leader).Posts[0]
		}
	}
	for _, u := range s.cast.units {
		for _, p := range s.cast.dir.Posts(u.Agency) {
			by := s.cast.dir.Post(leading[u.ID])
			if p.Unit != u.ID || by == nil || by == p || !by.MayLead(u.Agency) || slices.ContainsFunc(p.Duties, org.Duty.Admin) {
				continue
			}
			row := *p
			row.LedBy = by.ID
			if err := org.Put(tx, &row); err != nil {
				return err
			}
		}
	}
	return nil
}

// liftQuotas lets the year's ceilings rest while the sample is loaded on another day than it was written for: its
// documents fall into other calendar years then.
func (s *stage) liftQuotas(tx *db.Tx) error {
	if s.days.to == present {
		return nil
	}
	return s.eachIssuer(tx, func(i *org.Issuer) { i.Quota = 0 })
}

func (s *stage) restoreQuotas(tx *db.Tx) error {
	quotas := map[string]int{}
	for _, n := range names() {
		quotas[n.code] = n.quota
	}
	return s.eachIssuer(tx, func(i *org.Issuer) { i.Quota = quotas[i.Code] })
}

func (s *stage) eachIssuer(tx *db.Tx, change func(*org.Issuer)) error {
	for _, i := range s.cast.issuers {
		row := *i
		change(&row)
		if err := org.Put(tx, &row); err != nil {
			return err
		}
	}
	return nil
}

// stage 布景 is the office while the sample is played into it.
type stage struct {
	Parts
	days  days
	cast  *cast
	begun int
}

func (s *stage) set(tx *db.Tx) error {
	w, err := s.Engine.World(tx)
	if err != nil {
		return err
	}
	s.cast = newCast(w.Dir)
	s.days = days{cal: w.Cal, to: s.Day}
	if s.days.to == 0 {
		s.days.to = latestPresent(w.Cal, tx.Now)
	}
	return nil
}

// script gathers the deeds of the history, of everyday and of the week, without those that lie ahead of the present.
func (s *stage) script() ([]deed, error) {
	everyday, err := s.everyday()
	if err != nil {
		return nil, err
	}
	end := s.days.to.At(presentClock)
	all := slices.Concat(s.lastYear(), s.history(), everyday, s.week())
	return slices.DeleteFunc(all, func(d deed) bool { return d.at.After(end) }), nil
}

func (s *stage) play(tx *db.Tx, deeds []deed) error {
	for _, d := range deeds {
		if err := s.do(tx.At(d.at), d); err != nil {
			return fmt.Errorf("sample %s, %s: %s %s%s: %w", d.matter, d.at.Format("01-02 15:04"), d.who, d.kind, d.action, err)
		}
	}
	return nil
}

func (s *stage) do(tx *db.Tx, d deed) error {
	if d.who != "" {
		who, err := s.cast.person(d.who)
		if err != nil {
			return err
		}
		return s.by(tx, d, who)
	}
	who, err := s.cast.holders(tx, d.matter)
	if err != nil {
		return err
	}
	if !d.each {
		who = who[:1]
	}
	for _, w := range who {
		if err := s.by(tx, d, w); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) by(tx *db.Tx, d deed, who db.ID) error {
	values, err := s.cast.values(tx, d.fields)
	if err != nil {
		return err
	}
	if d.kind != "" {
		m, err := s.Engine.CreateIn(tx, who, d.kind, values, "")
		if err != nil {
			return err
		}
		s.cast.matters[d.matter] = m.ID
		s.begun++
		return s.follow(tx, d, m.ID)
	}
	id, err := s.cast.matter(tx, d.matter)
	if err != nil {
		return err
	}
	if d.compute != nil {
		m, _, _, err := s.Engine.Look(tx, who, id)
		if err != nil {
			return err
		}
		values = d.compute(m)
	}
	_, err = s.Engine.DoIn(tx, who, engine.Command{Matter: id, Action: d.action, Fields: values, Opinion: d.opinion})
	if !d.refused {
		return err
	}
	var r *secrecy.Refusal
	if !errors.As(err, &r) {
		return fmt.Errorf("the guard of secrets let it pass: %w", err)
	}
	return secrecy.Record(tx, who, r)
}

// follow links a matter to the one it follows from.
func (s *stage) follow(tx *db.Tx, d deed, begun db.ID) error {
	if d.after == "" {
		return nil
	}
	from, err := s.cast.matter(tx, d.after)
	if err != nil {
		return err
	}
	return s.Engine.Link(tx, from, begun, d.relation)
}
