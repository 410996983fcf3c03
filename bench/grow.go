package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
	"github.com/chengqi-oa/chengqi/workday"
)

// A data set is the loaded sample, grown: its matters are copied with their tasks, journal, access, numbers and index
// entries until there are as many as asked for. It is written past the engine's door, straight into the tables, and so
// is good for nothing but measuring: its journal does not verify.

const (
	years     = 15 // over which the matters are spread
	copies    = 11 // of each person of the sample's office, the person included
	share     = 60 // open matters for each person, if a fifth of all is not less
	firstID   = int64(1) << 52
	idsOfEach = 64 // a copied matter and the rows that belong to it
	textBatch = 200

	// wholeJournal is how many of the newest matters have all their journal. Of older ones it holds the first two entries:
	// no list reads the journal, and it would be two thirds of the set.
	wholeJournal = 200_000
)

// grower fills one database.
type grower struct {
	*store
	matters int
	rand    *rand.Rand
	now     time.Time
	next    map[series]int
	office  int64
	people  []int64
}

// series is a run of numbers.
type series struct {
	name string
	year int
}

// source is a matter of the sample that is copied.
type source struct {
	id             int64
	kind, state    string
	created        int64
	series, number string
	party          bool
	body           string
}

// copied is one matter of the grown set.
type copied struct {
	i       int
	from    *source
	id      int64
	cast    int
	created int64
	year    int
	seq     int
	number  string
	title   string
	party   string
	partyNo string
	holder  int64
	due     int64
	day     string // of due
}

// grow fills the database of an office that holds the sample and nothing else.
func grow(ctx context.Context, s *store, matters int) error {
	g := &grower{store: s, matters: matters, rand: rand.New(rand.NewPCG(7, uint64(matters))), now: time.Now(), next: map[series]int{}}
	sources, open, err := g.prepare(ctx)
	if err != nil {
		return err
	}
	indexes, err := g.dropIndexes(ctx)
	if err != nil {
		return err
	}
	if err := g.plan(ctx, sources, open); err != nil {
		return err
	}
	for _, step := range copySteps {
		began := time.Now()
		if err := g.exec(ctx, step.sql(g)); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Printf("  %s %.0f 秒\n", step.name, time.Since(began).Seconds())
	}
	began := time.Now()
	for _, index := range indexes {
		if err := g.exec(ctx, index); err != nil {
			return err
		}
	}
	fmt.Printf("  索引 %.0f 秒\n", time.Since(began).Seconds())
	return g.exec(ctx, dropHelpers...)
}

// prepare multiplies the people and reads what is to be copied: matters that are done, and such as are open.
func (g *grower) prepare(ctx context.Context) (done, open []*source, err error) {
	if err := g.exec(ctx, helpers...); err != nil {
		return nil, nil, err
	}
	if err := g.row(ctx, `SELECT agency_id FROM people WHERE username = '3102'`, &g.office); err != nil {
		return nil, nil, err
	}
	if err := g.exec(ctx, multiply(g.office)...); err != nil {
		return nil, nil, err
	}
	err = g.each(ctx, fmt.Sprintf(`SELECT p.id FROM people p WHERE p.agency_id = %d AND p.username < '9' ORDER BY p.id`, g.office), func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		g.people = append(g.people, id)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	err = g.each(ctx, `SELECT name, year, next FROM series`, func(rows *sql.Rows) error {
		var s series
		var next int
		err := rows.Scan(&s.name, &s.year, &next)
		g.next[s] = next - 1
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	err = g.each(ctx, fmt.Sprintf(`SELECT m.id, m.kind, m.state, m.created_at, COALESCE(n.series, ''), m.number, m.party_number, m.fields FROM matters m
		LEFT JOIN numbers n ON n.matter_id = m.id AND n.text = m.number WHERE m.agency_id = %d AND m.sealed = 0
		AND m.kind NOT IN ('archive-filing','asset','room','seal-lifecycle','supply','vehicle','stocktake','duty-shift')`, g.office), func(rows *sql.Rows) error {
		s := &source{}
		var partyNumber, fields string
		if err := rows.Scan(&s.id, &s.kind, &s.state, &s.created, &s.series, &s.number, &partyNumber, &fields); err != nil {
			return err
		}
		s.party = partyNumber != ""
		if _, rest, ok := strings.Cut(fields, `"body":"`); ok {
			s.body, _, _ = strings.Cut(rest, `"`)
		}
		if s.state == "open" {
			open = append(open, s)
		} else {
			done = append(done, s)
		}
		return nil
	})
	return done, open, err
}

// plan decides what each copy is, writes the plan down and its words into the search index.
func (g *grower) plan(ctx context.Context, done, open []*source) error {
	began := time.Now()
	kept := 0
	if err := g.row(ctx, `SELECT COUNT(*) FROM matters`, &kept); err != nil {
		return err
	}
	all := max(0, g.matters-kept)
	pending := min(share*len(g.people), all/5)
	start := g.now.AddDate(-years, 0, 0)
	step := g.now.Sub(start) / time.Duration(max(1, all))
	if err := g.exec(ctx, `BEGIN`); err != nil {
		return err
	}
	plans, texts := g.batch(planInsert, 14, 500), g.batch(g.textInsert(), 2, textBatch)
	for i := range all {
		from := done[g.rand.IntN(len(done))]
		if i >= all-2*pending && i%2 == 0 {
			from = open[g.rand.IntN(len(open))]
		}
		c := g.copy(i, from, start.Add(time.Duration(i)*step))
		err := plans.add(ctx, c.i, c.from.id, c.id, c.cast, c.created, c.year, c.seq, c.number, c.title, c.party, c.partyNo, c.holder, c.due, c.day)
		if err != nil {
			return err
		}
		words := search.Tokens(strings.Join([]string{c.number, c.title, c.party, c.partyNo, from.body}, "\n"))
		if err := texts.add(ctx, c.id, words); err != nil {
			return err
		}
	}
	if err := plans.end(ctx); err != nil {
		return err
	}
	if err := texts.end(ctx); err != nil {
		return err
	}
	if err := g.exec(ctx, `COMMIT`); err != nil {
		return err
	}
	for s, last := range g.next {
		err := g.exec(ctx, fmt.Sprintf(`INSERT INTO series (agency_id, name, year, next) VALUES (%d, '%s', %d, %d)
			ON CONFLICT (agency_id, name, year) DO UPDATE SET next = excluded.next`, g.office, s.name, s.year, last+1))
		if err != nil {
			return err
		}
	}
	fmt.Printf("  标题、编号和检索词 %.0f 秒\n", time.Since(began).Seconds())
	return nil
}

var numbered = regexp.MustCompile(`〔\d+〕\d+号`)

func (g *grower) copy(i int, from *source, at time.Time) *copied {
	c := &copied{i: i, from: from, id: firstID + int64(i)*idsOfEach, cast: g.rand.IntN(copies), created: at.UnixMilli(), year: at.In(db.Location).Year()}
	c.title, c.party = title(g.rand, c.year)
	if from.party {
		c.partyNo = fmt.Sprintf("%s〔%d〕%d号", code(c.party), c.year, 1+g.rand.IntN(900))
	}
	if from.series != "" {
		s := series{from.series, c.year}
		g.next[s]++
		c.seq = g.next[s]
		c.number = numbered.ReplaceAllString(from.number, fmt.Sprintf("〔%d〕%d号", c.year, c.seq))
	}
	c.holder = g.people[int(float64(len(g.people))*g.rand.Float64()*g.rand.Float64())] // some have much, some little
	due := g.now.Add(time.Duration(g.rand.IntN(30)-3) * 24 * time.Hour)
	c.due, c.day = due.UnixMilli(), workday.DayOf(due).String()
	return c
}
