package engine

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// theirs is what a person may see: lists of what they have a part in and of the small kinds and units they see whole, and
// a condition on the matters of the large ones.
type theirs struct {
	lists []lane
	large lane
}

func (e *Engine) theirs(tx *db.Tx, a Actor, lanes []lane, kind string) (theirs, error) {
	own, args := a.own(kind)
	t := theirs{lists: []lane{{own, args}}}
	for _, l := range lanes {
		small, err := l.small(tx, e.Reach.Small)
		switch {
		case err != nil:
			return t, err
		case small:
			t.lists = append(t.lists, lane{`SELECT m.id FROM matters m WHERE ` + l.cond + unsealed, l.args})
		case t.large.cond == "":
			t.large = l
		default:
			t.large = lane{t.large.cond + ` OR ` + l.cond, slices.Concat(t.large.args, l.args)}
		}
	}
	return t, nil
}

// fewLanes is how many kinds and units are counted before a search begins.
const fewLanes = 8

// listed lists, newest first, all that somebody may see, if that is soon done: to hold hits against a list takes a tenth
// of the time it takes to look at each. PostgreSQL is not given lists.
func (e *Engine) listed(tx *db.Tx, a Actor, w World, kind string) (mine []db.ID, ok bool, err error) {
	lanes := e.lanes(w.Dir.Person(a.Person), w, kind)
	if tx.Dialect() == db.Postgres || len(lanes) > fewLanes {
		return nil, false, nil
	}
	t, err := e.theirs(tx, a, lanes, kind)
	if err != nil || t.large.cond != "" {
		return nil, false, err
	}
	mine, err = t.list(tx)
	return mine, true, err
}

func (t theirs) list(tx *db.Tx) (mine []db.ID, err error) {
	for _, l := range t.lists {
		part, err := readIDs(tx, l.cond, l.args)
		if err != nil {
			return nil, err
		}
		mine = append(mine, part...)
	}
	return newestFirst(mine), nil
}

// findListed is findNewest, and findOwn after it, for one of whom all they may see is listed.
func (e *Engine) findListed(tx *db.Tx, words search.Query, mine []db.ID, most int) (ids []db.ID, more bool, err error) {
	hits := words.Hits(tx.Dialect())
	newest, err := readIDs(tx, `SELECT `+hits.ID+` FROM `+hits.From+` WHERE `+hits.Where+` ORDER BY `+hits.ID+` DESC LIMIT ?`, []any{hits.Arg, e.Reach.Counted})
	if err != nil {
		return nil, false, err
	}
	r := runner{words: words, left: mine}
	for _, hit := range newest {
		if r.pass(hit) {
			r.found = append(r.found, hit)
		}
	}
	if len(newest) < e.Reach.Counted || len(r.found) >= most {
		return r.found, len(newest) == e.Reach.Counted, nil
	}
	r.most = most + 1 // one more tells that there are others
	if err := e.race(tx, &r); err != nil {
		return nil, false, err
	}
	return r.found[:min(most, len(r.found))], len(r.found) > most, nil
}

// findOwn lists the newest hits among all that is the person's. Of large kinds and units they see whole the newest hits
// are looked at one by one. More tells that there may be others.
func (e *Engine) findOwn(tx *db.Tx, a Actor, w World, words search.Query, kind string, most int) (ids []db.ID, more bool, err error) {
	t, err := e.theirs(tx, a, e.lanes(w.Dir.Person(a.Person), w, kind), kind)
	if err != nil {
		return nil, false, err
	}
	one, hits := most+1, words.Hits(tx.Dialect()) // one more tells that there are others
	if t.large.cond != "" {
		large := lane{`m.sealed = 0 AND (` + t.large.cond + `)`, t.large.args}
		if ids, more, err = among(tx, hits, large, e.Reach.Examined, one); err != nil {
			return nil, false, err
		}
	}
	r := runner{words: words, most: one}
	if tx.Dialect() == db.Postgres {
		r.found, err = findAmong(tx, hits, t.lists, one)
	} else if r.left, err = t.list(tx); err == nil {
		err = e.race(tx, &r)
	}
	ids = newestFirst(append(ids, r.found...))
	if len(ids) > most {
		ids, more = ids[:most], true
	}
	return ids, more, err
}

// findAmong asks PostgreSQL, which holds the words of each matter beside the index and looks them up there for little.
func findAmong(tx *db.Tx, hits search.Hits, list []lane, most int) ([]db.ID, error) {
	var texts []string
	args := []any{hits.Arg}
	for _, l := range list {
		texts, args = append(texts, l.cond), append(args, l.args...)
	}
	return readIDs(tx, `SELECT `+hits.ID+` FROM `+hits.From+` WHERE `+hits.Where+` AND `+hits.ID+` IN (`+strings.Join(texts, ` UNION `)+`)
		ORDER BY `+hits.ID+` DESC LIMIT ?`, append(args, most))
}

// race goes through what is somebody's, newest first, for the newest hits among it, in one of two ways. Either the index
// is walked beside the list, which is quick where the list is long or the word rare; or the matters of the list are read
// for the word, which is quick where the list is short and the word stands in every second document. Which of them it is
// shows when both have gone a little way: the one that costs less for each matter of the list goes on.
func (e *Engine) race(tx *db.Tx, r *runner) (err error) {
	if r.rare, r.exact, err = r.words.Rarest(tx, rareTerms); err != nil {
		return err
	}
	walked := e.Reach.Walked
	var ofWalk, ofRead time.Duration // what a way last cost for each matter of the list; nothing before it was tried
	for !r.home() {
		began, before := time.Now(), len(r.left)
		if ofWalk <= ofRead {
			err = e.walk(tx, r, walked)
			walked *= 2 // to begin again is not free
			ofWalk = time.Since(began) / time.Duration(max(1, before-len(r.left)))
		} else {
			err = e.read(tx, r, e.Reach.Read)
			ofRead = time.Since(began) / time.Duration(max(1, before-len(r.left)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rareTerms is by how many of its terms a question is walked through.
const rareTerms = 2

// runner is how far a race is.
type runner struct {
	words search.Query
	rare  search.Query // by what the index is walked
	exact bool         // that is the whole question
	left  []db.ID      // of the list, newest first
	most  int
	found []db.ID
}

func (r *runner) home() bool { return len(r.left) == 0 || len(r.found) >= r.most }

// pass holds a hit, the next older one, against the list and tells whether it stands there.
func (r *runner) pass(hit db.ID) bool {
	for len(r.left) > 0 && r.left[0] > hit {
		r.left = r.left[1:]
	}
	if len(r.left) == 0 || r.left[0] != hit {
		return false
	}
	r.left = r.left[1:]
	return true
}

var errEnough = errors.New("enough hits")

// walk passes some hits of the index and what is newer of the list.
func (e *Engine) walk(tx *db.Tx, r *runner, most int) error {
	hits := r.rare.Hits(tx.Dialect())
	n, met := 0, []db.ID(nil)
	err := tx.Query(`SELECT `+hits.ID+` FROM `+hits.From+` WHERE `+hits.Where+` AND `+hits.ID+` <= ? ORDER BY `+hits.ID+` DESC`, []any{hits.Arg, r.left[0]},
		func(scan func(...any) error) error {
			var hit db.ID
			if err := scan(&hit); err != nil {
				return err
			}
			if r.pass(hit) {
				met = append(met, hit)
			}
			if n++; n == most || len(r.left) == 0 || len(r.found)+len(met) >= r.most {
				return errEnough
			}
			return nil
		})
	switch {
	case err == nil:
		r.left = nil // there are no older hits
	case !errors.Is(err, errEnough):
		return err
	}
	if r.exact {
		r.found = append(r.found, met...)
		return nil
	}
	return e.confirm(tx, r, met)
}

// read looks for the words in the next matters of the list themselves.
func (e *Engine) read(tx *db.Tx, r *runner, most int) error {
	next := r.left[:min(most, len(r.left))]
	r.left = r.left[len(next):]
	return e.confirm(tx, r, next)
}

// confirm finds those of some matters whose text holds the words.
func (e *Engine) confirm(tx *db.Tx, r *runner, some []db.ID) error {
	list, err := readThese(tx, some)
	if err != nil {
		return err
	}
	for _, m := range list {
		text, err := e.indexed(tx, m)
		if err != nil {
			return err
		}
		if r.words.HeldBy(text) {
			r.found = append(r.found, m.ID)
		}
	}
	return nil
}

// newestFirst sorts ids and leaves each once.
func newestFirst(ids []db.ID) []db.ID {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	slices.Reverse(ids)
	return ids
}

// lane is a kind, or the units, of which somebody sees everything that is not sealed; its condition is on matters m.
type lane struct {
	cond string
	args []any
}

// lanes are what a person sees whole, of one kind if it is named.
func (e *Engine) lanes(who *org.Person, w World, kind string) []lane {
	if who == nil {
		return nil
	}
	var out []lane
	for _, k := range e.kindsSeen(w.Dir, who) {
		if kind == "" || kind == k {
			out = append(out, lane{`m.agency_id = ? AND m.kind = ?`, []any{who.Agency, k}})
		}
	}
	if headed := w.headed(who); len(headed) > 0 {
		kinds := []string{kind}
		if kind == "" {
			kinds = kinds[:0]
			for _, p := range e.Catalogue().Kept() {
				kinds = append(kinds, p.Kind)
			}
		}
		of, args := db.In(kinds)
		in, units := db.In(headed)
		out = append(out, lane{`m.agency_id = ? AND m.kind IN ` + of + ` AND m.unit_id IN ` + in, slices.Concat([]any{who.Agency}, args, units)})
	}
	return out
}

// small tells whether a lane is soon listed.
func (l lane) small(tx *db.Tx, most int) (bool, error) {
	n := 0
	_, err := tx.Row(`SELECT COUNT(*) FROM (SELECT 1 FROM matters m WHERE `+l.cond+` LIMIT ?) few`, append(slices.Clone(l.args), most+1), &n)
	return n <= most, err
}
