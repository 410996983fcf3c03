// Package sampling 抽样 draws registered things for a check: which carriers are counted is not the choice of who keeps
// them (SEC-21).
//
// Definitions call it by name: draw(samples.carrier,carrier,size) fills the table "samples" with as many things of the kind
// "carrier" as the number field says, all of them when there are no more, a line each; draw(samples.carrier,carrier,size,whole)
// draws every one when the flag "whole" is set, as at the year's end. It keeps no books of its own.
// Invariant: every thing of the agency that stands in its register is as likely to be drawn as any other, none twice.
package sampling

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{"draw": {Act: draw}}
}

func draw(tx *db.Tx, c *engine.Case, arg string) error {
	parts := strings.Split(arg, ",")
	table, column, ok := strings.Cut(parts[0], ".")
	if len(parts) < 3 || len(parts) > 4 || !ok {
		return fmt.Errorf("draw(%s): want table.column,kind,size and perhaps whole", arg)
	}
	all, err := registered(tx, c.Matter.Agency, parts[1])
	if err != nil {
		return err
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	size, _ := c.Matter.Fields[parts[2]].(float64)
	drawn := all[:min(int(size), len(all))]
	if len(parts) == 4 && c.Matter.Fields[parts[3]] == true {
		drawn = all
	}
	slices.Sort(drawn)
	rows := make([]engine.Row, len(drawn))
	for i, id := range drawn {
		rows[i] = engine.Row{column: id.String()}
	}
	c.Matter.SetRows(table, rows)
	return nil
}

// registered lists what stands in the register of a kind: numbered and not ended, whoever has it in hand.
func registered(tx *db.Tx, agency db.ID, kind string) ([]db.ID, error) {
	var out []db.ID
	err := tx.Query(`SELECT id FROM matters WHERE agency_id = ? AND kind = ? AND state = 'open' AND number <> '' ORDER BY id`,
		[]any{agency, kind}, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			out = append(out, id)
			return err
		})
	return out, err
}
