package engine

import (
	"slices"
	"strconv"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Effect 效果 is what is special to one business, offered to definitions by name. Check is asked also when actions
// are listed, so it only reads; Act may change the case's matter and write its own tables in the same transaction.
type Effect struct {
	Check func(tx *db.Tx, c *Case, arg string) ([]errs.Reason, error)
	Act   func(tx *db.Tx, c *Case, arg string) error
	Fill  func(c *Case, arg string) map[string]any // what the action's form is filled with beforehand, by field
	Sets  []string                                 // fields Act fills, so that the definition's proof knows them
}

// NumberEffect gives the matter the next number of its series.
const NumberEffect = "number"

// allocate takes the next number (DOC-OUT-51): the counter is raised in the transaction of the action itself, so no
// number is given twice and none is lost with a refused action.
func allocate(tx *db.Tx, c *Case, _ string) error {
	m, p := c.Matter, c.Procedure
	if m.Number != "" {
		return nil // returned and done again: it keeps its number
	}
	scope := c.scope()
	series, err := p.Number.Series.text(scope)
	if err != nil {
		return err
	}
	if series == "" {
		series = p.Kind
	}
	year := c.World.Now.Year()
	seq, err := nextInSeries(tx, m.Agency, series, year)
	if err != nil {
		return err
	}
	text, err := p.Number.Text.text(scope)
	if err != nil {
		return err
	}
	m.Year, m.Seq = year, seq
	m.Number = strings.ReplaceAll(text, "{seq}", strconv.FormatInt(seq, 10))
	_, err = tx.Exec(`INSERT INTO numbers (agency_id, series, year, seq, text, matter_id, state, given_at, given_by)
		VALUES (?,?,?,?,?,?,'used',?,?)`, m.Agency, series, year, seq, m.Number, m.ID, c.World.Now, c.Actor.Person)
	return err
}

func nextInSeries(tx *db.Tx, agency db.ID, series string, year int) (int64, error) {
	var next int64
	_, err := tx.Row(`INSERT INTO series (agency_id, name, year, next) VALUES (?,?,?,2)
		ON CONFLICT (agency_id, name, year) DO UPDATE SET next = series.next + 1
		RETURNING next - 1`, []any{agency, series, year}, &next)
	return next, err
}

// UsedNumbers counts the numbers used of some series by the year. A series runs from one without a gap (Numbered holds it to
// that), so these are the given ones less those struck out, and nobody need walk through a year of them.
func UsedNumbers(tx *db.Tx, agency db.ID, series []string, years ...int) (map[int]int, error) {
	names, args := db.In(series)
	in, of := db.In(years)
	used := map[int]int{}
	return used, tx.Query(`SELECT s.year, s.next - 1, (SELECT COUNT(*) FROM numbers n WHERE n.agency_id = s.agency_id AND n.series = s.name
		AND n.year = s.year AND n.state = 'void') FROM series s WHERE s.agency_id = ? AND s.name IN `+names+` AND s.year IN `+in,
		slices.Concat([]any{agency}, args, of), func(scan func(...any) error) error {
			var year, given, void int
			err := scan(&year, &given, &void)
			used[year] += given - void
			return err
		})
}

// voidNumbers keeps a voided matter's numbers in the register with the reason; they are never given again.
func voidNumbers(tx *db.Tx, m *Matter, reason string) error {
	_, err := tx.Exec(`UPDATE numbers SET state = 'void', reason = ? WHERE matter_id = ?`, reason, m.ID)
	return err
}
