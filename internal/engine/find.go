package engine

import (
	"errors"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// Found 检索结果 is a page of what a search found.
type Found struct {
	Matters []*Matter
	Total   int
	More    bool // there are older hits than were counted; Total is a lower bound
}

// Reach 检索范围 is how far a search goes before it stops counting.
type Reach struct {
	Counted  int // newest hits that are looked at one by one and counted; beyond them a search goes as far as the page it is asked for
	Small    int // a kind or unit of so few matters that it is listed
	Examined int // newest hits that are held against the large kinds and units somebody sees whole
	Walked   int // hits passed before it is asked whether to read the person's own matters would be quicker
	Read     int // of these, read at once
}

var usualReach = Reach{Counted: 1_000, Small: 5_000, Examined: 5_000, Walked: 2_000, Read: 25}

// Find lists the newest matters whose text holds the words, among those the person may see. The index gives its hits
// newest first. Most people fill their page from the newest of them; for one who may see little, what is theirs is gone
// through (findListed, findOwn). A word that stands in every second document is not counted to its end: nobody reads so far.
func (e *Engine) Find(tx *db.Tx, a Actor, w World, words search.Query, kind string, offset, limit int) (Found, error) {
	words, err := words.Spelt(tx)
	if err != nil {
		return Found{}, err
	}
	out, ids, err := Found{}, []db.ID(nil), error(nil)
	if mine, listed, failed := e.listed(tx, a, w, kind); failed != nil {
		return out, failed
	} else if listed {
		ids, out.More, err = e.findListed(tx, words, mine, offset+limit)
	} else {
		ids, out.More, err = e.findNewest(tx, a, w, words.Hits(tx.Dialect()), kind)
		if err == nil && out.More && len(ids) < offset+limit {
			ids, out.More, err = e.findOwn(tx, a, w, words, kind, offset+limit)
		}
	}
	if err != nil || len(ids) == 0 {
		return Found{More: out.More}, err
	}
	out.Total = len(ids)
	ids = ids[min(offset, len(ids)):]
	out.Matters, err = readThese(tx, ids[:min(limit, len(ids))])
	return out, err
}

// findNewest looks at the newest hits for those the person may see; more tells that there may be others.
func (e *Engine) findNewest(tx *db.Tx, a Actor, w World, hits search.Hits, kind string) (ids []db.ID, more bool, err error) {
	seen, args := e.Seen(a, w)
	if kind != "" {
		seen, args = `m.kind = ? AND (`+seen+`)`, append([]any{kind}, args...)
	}
	return among(tx, hits, lane{seen, args}, e.Reach.Counted, e.Reach.Counted)
}

// among looks at the newest hits one by one, no further than so many, for the first of those in a lane; more tells that
// there may be others.
func among(tx *db.Tx, hits search.Hits, of lane, far, most int) (ids []db.ID, more bool, err error) {
	hit := 0
	err = tx.Query(`SELECT m.id, CASE WHEN `+of.cond+` THEN 1 ELSE 0 END FROM
		(SELECT `+hits.ID+` AS id FROM `+hits.From+` WHERE `+hits.Where+` ORDER BY `+hits.ID+` DESC LIMIT ?) h CROSS JOIN matters m WHERE m.id = h.id
		ORDER BY h.id DESC`, slices.Concat(of.args, []any{hits.Arg, far}), func(scan func(...any) error) error {
		var id db.ID
		var in bool
		if err := scan(&id, &in); err != nil {
			return err
		}
		if in {
			ids = append(ids, id)
		}
		if hit++; len(ids) == most {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return ids, true, nil
	}
	return ids, hit == far, err
}

// SearchText is what a matter is found by, for snippets.
func (e *Engine) SearchText(tx *db.Tx, p *Procedure, m *Matter) (string, error) {
	return searchText(tx, p, m)
}

// things lists the registered things of a kind that stand ready to be named, by part of their name.
func (e *Engine) things(tx *db.Tx, p *Procedure, agency db.ID, part string, limit int) ([]*Matter, error) {
	return readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.agency_id = ? AND m.kind = ? AND m.state = 'open' AND m.step = ?
		AND m.sealed = 0 AND m.title LIKE ? ORDER BY m.title, m.id LIMIT ?`, []any{agency, p.Kind, p.Thing, "%" + part + "%", limit})
}

// Similar finds matters with the same number or title, to warn of a double registration while it is being typed.
func (e *Engine) Similar(tx *db.Tx, p *Procedure, a Actor, w World, title, number string, limit int) ([]*Matter, error) {
	who := w.Dir.Person(a.Person)
	var same []string
	var args []any
	for _, by := range []struct{ column, value string }{{"party_number", number}, {"title", title}} {
		if by.value != "" {
			same = append(same, `SELECT s.id FROM matters s WHERE s.agency_id = ? AND s.kind = ? AND s.`+by.column+` = ?`)
			args = append(args, who.Agency, p.Kind, by.value)
		}
	}
	if len(same) == 0 {
		return nil, nil
	}
	seen, seenArgs := e.Seen(a, w)
	return readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM (`+strings.Join(same, " UNION ")+`) v CROSS JOIN matters m
		WHERE m.id = v.id AND m.state <> 'void' AND `+seen+` ORDER BY m.id DESC LIMIT ?`, slices.Concat(args, seenArgs, []any{limit}))
}

// LinkOf 关联 is a matter tied to another.
type LinkOf struct {
	Relation string
	Matter   Matter
}

// Links lists the matters tied to one, in both directions, that the person may see.
func (e *Engine) Links(tx *db.Tx, a Actor, w World, id db.ID) ([]LinkOf, error) {
	if tied, err := tx.Row(`SELECT 1 FROM links WHERE from_id = ? UNION ALL SELECT 1 FROM links WHERE to_id = ?`, []any{id, id}, new(int)); !tied || err != nil {
		return nil, err // most stand alone, and asking who may see what is dear
	}
	seen, args := e.Seen(a, w)
	var out []LinkOf
	for _, q := range []string{
		`SELECT l.relation, ` + matterColumns + ` FROM links l JOIN matters m ON m.id = l.to_id WHERE l.from_id = ? AND ` + seen,
		`SELECT l.relation, ` + matterColumns + ` FROM links l JOIN matters m ON m.id = l.from_id WHERE l.to_id = ? AND ` + seen,
	} {
		err := tx.Query(q+` ORDER BY m.id`, append([]any{id}, args...), func(scan func(...any) error) error {
			var l LinkOf
			err := scanMatter(func(dest ...any) error { return scan(append([]any{&l.Relation}, dest...)...) }, &l.Matter)
			out = append(out, l)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
