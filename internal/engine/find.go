package engine

import (
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

const (
	counted  = 3_000  // newest hits that are counted one by one
	examined = 20_000 // newest hits that are looked through for one who may see little
	rareKind = 5_000  // a kind of so few matters is held against the hits, not the hits against the kind
)

// Find lists the newest matters whose text holds the words, among those the person may see. The index gives its hits
// newest first and is read only as far as the page needs. A word that stands in every second document is not counted
// to its end: nobody reads so far, and to ask of each hit whether the reader may see it would take longer than the
// rest of the search.
func (e *Engine) Find(tx *db.Tx, a Actor, w World, words search.Query, kind string, offset, limit int) (Found, error) {
	if kind != "" {
		s := e.shelf(kind, a, w)
		few, err := s.few(tx)
		if err != nil {
			return Found{}, err
		}
		if few {
			return findIn(tx, s, words, offset, limit)
		}
	}
	hits := words.Hits(tx.Dialect())
	seen, args := e.Seen(a, w)
	if kind != "" {
		seen, args = seen+` AND m.kind = ?`, append(args, kind)
	}
	var out Found
	var hit int
	_, err := tx.Row(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN `+seen+` THEN 1 ELSE 0 END), 0) FROM
		(SELECT `+hits.ID+` AS id FROM `+hits.From+` WHERE `+hits.Where+` ORDER BY `+hits.ID+` DESC LIMIT ?) h CROSS JOIN matters m WHERE m.id = h.id`,
		slices.Concat(args, []any{hits.Arg, counted}), &hit, &out.Total)
	if err != nil || hit == 0 {
		return out, err
	}
	out.More = hit == counted
	floor := db.ID(0)
	if out.More && out.Total < offset+limit {
		if floor, err = hits.Floor(tx, examined); err != nil {
			return out, err
		}
	}
	ids, err := readIDs(tx, `SELECT m.id FROM `+hits.From+` CROSS JOIN matters m WHERE `+hits.Where+` AND `+hits.ID+` >= ? AND m.id = `+hits.ID+` AND `+seen+`
		ORDER BY `+hits.ID+` DESC LIMIT ? OFFSET ?`, slices.Concat([]any{hits.Arg, floor}, args, []any{limit, offset}))
	if err != nil {
		return out, err
	}
	if len(ids) > 0 {
		out.Total = max(out.Total, offset+len(ids))
	}
	out.Matters, err = readThese(tx, ids)
	return out, err
}

// findIn looks for the words in a shelf of few matters.
func findIn(tx *db.Tx, s shelf, words search.Query, offset, limit int) (Found, error) {
	where, arg := words.Where(tx.Dialect(), "+m.id")
	cond, args := ` FROM `+s.from+` WHERE `+s.cond+` AND `+where, append(slices.Clone(s.args), arg)
	var out Found
	if _, err := tx.Row(`SELECT COUNT(*)`+cond, args, &out.Total); err != nil || out.Total == 0 {
		return out, err
	}
	ids, err := readIDs(tx, `SELECT m.id`+cond+` ORDER BY m.id DESC LIMIT ? OFFSET ?`, append(args, limit, offset))
	if err != nil {
		return out, err
	}
	out.Matters, err = readThese(tx, ids)
	return out, err
}

// few tells whether a shelf holds so few matters that they are soon held against anything.
func (s shelf) few(tx *db.Tx) (bool, error) {
	n := 0
	_, err := tx.Row(`SELECT COUNT(*) FROM (SELECT m.id FROM `+s.from+` WHERE `+s.cond+` LIMIT ?) few`, append(slices.Clone(s.args), rareKind+1), &n)
	return n <= rareKind, err
}

// SearchText is what a matter is found by, for snippets.
func (e *Engine) SearchText(tx *db.Tx, p *Procedure, m *Matter) (string, error) {
	return searchText(tx, p, m)
}

// Things lists the registered things of a kind that may be named now, by part of their name. Their names are no secret
// within the agency; who may see the entries themselves is another question.
func (e *Engine) Things(tx *db.Tx, p *Procedure, agency db.ID, part string, limit int) ([]*Matter, error) {
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
