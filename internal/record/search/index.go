package search

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Put makes the text findable under the id, in place of what was there, in the transaction of the change itself.
func Put(tx *db.Tx, id db.ID, text string) error {
	if tx.Dialect() == db.Postgres {
		_, err := tx.Exec(`INSERT INTO matter_text (id, tokens) VALUES (?, array_to_tsvector(string_to_array(CAST(? AS text), ' ')))
			ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens`, id, Tokens(text))
		return err
	}
	if _, err := tx.Exec(`DELETE FROM matter_text WHERE rowid = ?`, id); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO matter_text (rowid, tokens) VALUES (?, ?)`, id, Tokens(text))
	return err
}

// Clear empties the index before it is built anew.
func Clear(tx *db.Tx) error {
	if tx.Dialect() == db.Postgres {
		_, err := tx.Exec(`DELETE FROM matter_text`)
		return err
	}
	_, err := tx.Exec(`INSERT INTO matter_text (matter_text) VALUES ('delete-all')`)
	return err
}

// Prune takes out what belongs to no matter any more.
func Prune(tx *db.Tx) error {
	key := "rowid"
	if tx.Dialect() == db.Postgres {
		key = "id"
	}
	_, err := tx.Exec(`DELETE FROM matter_text WHERE ` + key + ` NOT IN (SELECT id FROM matters)`)
	return err
}

// Mark 词印 stands for a set of terms: equal sets have equal marks, in whatever order they are read.
type Mark struct {
	terms int
	sum   uint64
}

func (m *Mark) add(term string) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(term)) // never fails
	m.terms++
	m.sum += h.Sum64()
}

// MarkOf is the mark of a text's terms.
func MarkOf(text string) Mark {
	var m Mark
	for term := range strings.FieldsSeq(Tokens(text)) {
		m.add(term)
	}
	return m
}

// Marks reads the whole index and gives the mark of every entry.
func Marks(tx *db.Tx) (map[db.ID]Mark, error) {
	all := map[db.ID]Mark{}
	err := tx.Query(`SELECT doc, term FROM matter_text_terms`, nil, func(scan func(...any) error) error {
		var id db.ID
		var term string
		if err := scan(&id, &term); err != nil {
			return err
		}
		m := all[id]
		m.add(term)
		all[id] = m
		return nil
	})
	return all, err
}

// Where is the condition that the text of the matter whose id a column holds has every word of the query, and its
// argument. A column written with a plus before it is only compared: the index is read once and held against the rows
// found by other means.
func (q Query) Where(dialect db.Dialect, column string) (string, any) {
	h := q.Hits(dialect)
	return column + ` IN (SELECT ` + h.ID + ` FROM ` + h.From + ` WHERE ` + h.Where + `)`, h.Arg
}

// Hits 命中 is the index as a table to be joined: its rows that hold every word of a query. The id grows with time, and
// SQLite gives the rows in its order, in either direction, without sorting.
type Hits struct {
	From, ID, Where string
	Arg             any
}

// Hits names what the query finds.
func (q Query) Hits(dialect db.Dialect) Hits {
	if dialect == db.Postgres {
		return Hits{`matter_text f`, `f.id`, `f.tokens @@ CAST(CAST(? AS text) AS tsquery)`, q.TSQuery()}
	}
	return Hits{`matter_text f`, `f.rowid`, `f.matter_text MATCH ?`, q.FTS5()}
}

// How a beginning is spelt out: terms are read from the index some at a time, as far as there are not more of them than
// are quickly asked for side by side.
const (
	speltAtOnce = 40
	speltAtMost = 3_000
)

// Spelt is the question with every beginning spelt out in the terms of the index, for one who wants the newest hits
// only: SQLite gathers all hits of a beginning before it gives the first, a third of a second for a common character,
// but walks through those of many terms side by side. PostgreSQL has no need of it.
func (q Query) Spelt(tx *db.Tx) (Query, error) {
	if tx.Dialect() == db.Postgres {
		return q, nil
	}
	out := Query{words: q.words, terms: slices.Clone(q.terms)}
	for i := range out.terms {
		t := &out.terms[i]
		if !t.prefix {
			continue
		}
		all, err := beginning(tx, t.text)
		if err != nil {
			return q, err
		}
		if len(all) <= speltAtMost {
			t.spelt = all
		}
	}
	return out, nil
}

// beginning lists the terms that begin with a text. The index holds them in their order, each as often as there are
// documents with it: of one that has many the rest are passed over.
func beginning(tx *db.Tx, text string) ([]string, error) {
	var all []string
	from, to := text, text+string(utf8.MaxRune)
	for {
		n, last := 0, ""
		err := tx.Query(`SELECT term FROM matter_text_terms WHERE term >= ? AND term <= ? LIMIT ?`, []any{from, to, speltAtOnce}, func(scan func(...any) error) error {
			var term string
			err := scan(&term)
			if n++; term != last {
				all, last = append(all, term), term
			}
			return err
		})
		if err != nil || n < speltAtOnce || len(all) > speltAtMost {
			return all, err
		}
		from = last + "\x01" // no term holds such a character: the next one
	}
}

// rareness is how many hits back it is looked to tell how rare a term is.
const rareness = 200

// Rarest is the question by few of its terms alone, those that are rarest among what is new. The words of a long phrase
// stand in every second document each: SQLite walks through few of them side by side in a fraction of the time. What it
// finds is still to be held against the question itself. PostgreSQL has no need of it.
func (q Query) Rarest(tx *db.Tx, few int) (rare Query, whole bool, err error) {
	if tx.Dialect() == db.Postgres || len(q.terms) <= few {
		return q, true, nil
	}
	reach := map[string]db.ID{} // a term → its hit so far back; nought when it has fewer
	for _, t := range q.terms {
		if reach[t.text] = math.MaxInt64; t.prefix {
			continue
		}
		hits := Query{terms: []term{t}}.Hits(tx.Dialect())
		id := db.ID(0)
		if _, err := tx.Row(`SELECT `+hits.ID+` FROM `+hits.From+` WHERE `+hits.Where+` ORDER BY `+hits.ID+` DESC LIMIT 1 OFFSET ?`,
			[]any{hits.Arg, rareness}, &id); err != nil {
			return q, true, err
		}
		reach[t.text] = id
	}
	rare = Query{words: q.words, terms: slices.Clone(q.terms)}
	slices.SortStableFunc(rare.terms, func(a, b term) int { return cmp.Compare(reach[a.text], reach[b.text]) })
	rare.terms = rare.terms[:few]
	return rare, false, nil
}
