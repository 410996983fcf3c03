package engine

import (
	"context"
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Numbered 核对编号 tells of every number that is missing in the books, given past the counter, or on a matter but in no book
// (DOC-OUT-51), and counts those that are there.
func (e *Engine) Numbered(ctx context.Context, found func(text string)) (numbers int64, err error) {
	return numbers, e.db.Still(ctx, func(tx *db.Tx) error {
		type series struct {
			agency db.ID
			name   string
			year   int
		}
		given := map[series]int64{}
		err := tx.Query(`SELECT agency_id, series, year, seq FROM numbers ORDER BY agency_id, series, year, seq`, nil, func(scan func(...any) error) error {
			var s series
			var seq int64
			err := scan(&s.agency, &s.name, &s.year, &seq)
			numbers++
			missing(s.name, s.year, given[s]+1, seq-1, found)
			given[s] = seq
			return err
		})
		if err != nil {
			return err
		}
		err = tx.Query(`SELECT agency_id, name, year, next FROM series`, nil, func(scan func(...any) error) error {
			var s series
			var next int64
			err := scan(&s.agency, &s.name, &s.year, &next)
			missing(s.name, s.year, given[s]+1, next-1, found)
			if given[s] >= next {
				found(fmt.Sprintf("编号 %s %d 年已到第 %d 号，计数却是第 %d 号", s.name, s.year, given[s], next-1))
			}
			return err
		})
		if err != nil {
			return err
		}
		return numbersOfMatters(tx, found)
	})
}

// numbersOfMatters holds the numbers against the matters they were given to: a matter that is void keeps its own struck out,
// and only that.
func numbersOfMatters(tx *db.Tx, found func(text string)) error {
	err := tx.Query(`SELECT m.id, m.number FROM matters m WHERE m.number <> '' AND NOT EXISTS
		(SELECT 1 FROM numbers n WHERE n.matter_id = m.id AND n.text = m.number) ORDER BY m.id`, nil, func(scan func(...any) error) error {
		var id db.ID
		var number string
		err := scan(&id, &number)
		found(fmt.Sprintf("事项 %s（%s）的编号不在编号簿里", number, id))
		return err
	})
	if err != nil {
		return err
	}
	return tx.Query(`SELECT n.text, n.matter_id FROM numbers n LEFT JOIN matters m ON m.id = n.matter_id
		WHERE m.id IS NULL OR (n.state = 'void') <> (m.state = 'void') ORDER BY n.matter_id, n.text`, nil, func(scan func(...any) error) error {
		var id db.ID
		var number string
		err := scan(&number, &id)
		found(fmt.Sprintf("编号簿里 %s 的状态与事项 %s 不符", number, id))
		return err
	})
}

func missing(name string, year int, from, until int64, found func(string)) {
	switch {
	case from == until:
		found(fmt.Sprintf("编号 %s %d 年缺第 %d 号", name, year, from))
	case from < until:
		found(fmt.Sprintf("编号 %s %d 年缺第 %d 至 %d 号", name, year, from, until))
	}
}
