// Package stock 库存 keeps running balances of registered things: supplies, canteen goods.
//
// Definitions call it by name: stock-in(item,quantity), stock-out(item,quantity) and stock-count(item,counted), each
// argument a field of the matter, or table.item,table.quantity for every row of a table; stock-balance(item,field)
// writes what the book says into the field, and stock-adjust(item,counted,book) books what a count differs from that,
// whatever has moved since. Invariants: a balance is the sum of its moves and never negative; a count that differs is
// itself a move, so balance and count agree.
package stock

import (
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"stock-in":    {Act: each(func(_, q int64) int64 { return q })},
		"stock-out":   {Act: each(func(_, q int64) int64 { return -q })},
		"stock-count": {Act: each(func(balance, q int64) int64 { return q - balance })},

		"stock-adjust":  {Act: each(func(_, q int64) int64 { return q })},
		"stock-balance": {Act: fillBalances},
	}
}

// line 分录 is one thing and how much of it.
type line struct {
	thing    db.ID
	quantity int64
	field    string
}

// each applies a change to every line: change says by how much, from the balance and the quantity entered.
func each(change func(balance, quantity int64) int64) func(*db.Tx, *engine.Case, string) error {
	return func(tx *db.Tx, c *engine.Case, arg string) error {
		lines, err := linesOf(c, arg)
		if err != nil {
			return err
		}
		var reasons []errs.Reason
		for _, l := range lines {
			reason, err := move(tx, c, l, change)
			if err != nil {
				return err
			}
			if reason != nil {
				reasons = append(reasons, *reason)
			}
		}
		if len(reasons) > 0 {
			return errs.Refuse("库存不够", reasons...)
		}
		return nil
	}
}

func move(tx *db.Tx, c *engine.Case, l line, change func(int64, int64) int64) (*errs.Reason, error) {
	name := ""
	if _, err := tx.Row(`SELECT title FROM matters WHERE id = ?`+tx.ForUpdate(), []any{l.thing}, &name); err != nil {
		return nil, err
	}
	balance, err := balanceOf(tx, l.thing)
	if err != nil {
		return nil, err
	}
	by := change(balance, l.quantity)
	if balance+by < 0 {
		return &errs.Reason{Text: fmt.Sprintf("“%s”现存 %d，不够发 %d", name, balance, -by), Field: l.field}, nil
	}
	_, err = tx.Exec(`INSERT INTO stock_moves (id, agency_id, thing_id, matter_id, quantity, balance, at) VALUES (?,?,?,?,?,?,?)`,
		tx.NewID(), c.Matter.Agency, l.thing, c.Matter.ID, by, balance+by, tx.Now)
	return nil, err
}

func balanceOf(tx *db.Tx, thing db.ID) (int64, error) {
	var balance int64
	_, err := tx.Row(`SELECT balance FROM stock_moves WHERE thing_id = ? ORDER BY id DESC LIMIT 1`, []any{thing}, &balance)
	return balance, err
}

// fillBalances writes the balance of every line into the field that the second part of the argument names.
func fillBalances(tx *db.Tx, c *engine.Case, arg string) error {
	lines, err := linesOf(c, arg)
	if err != nil {
		return err
	}
	_, target, _ := strings.Cut(arg, ",")
	table, column, inTable := strings.Cut(target, ".")
	if !inTable {
		for _, l := range lines {
			balance, err := balanceOf(tx, l.thing)
			if err != nil {
				return err
			}
			c.Matter.Fields[target] = float64(balance)
		}
		return nil
	}
	rows := c.Matter.Rows(table)
	for n, l := range lines {
		balance, err := balanceOf(tx, l.thing)
		if err != nil {
			return err
		}
		rows[n][column] = float64(balance)
	}
	c.Matter.SetRows(table, rows)
	return nil
}

// linesOf reads item,quantity or item,counted,book: the quantity then is the difference.
func linesOf(c *engine.Case, arg string) ([]line, error) {
	parts := strings.Split(arg, ",")
	if len(parts) < 2 {
		return nil, fmt.Errorf("stock(%s): want item,quantity", arg)
	}
	table, _, inTable := strings.Cut(parts[0], ".")
	if !inTable {
		return oneLine(c.Matter.Fields, parts, parts[0])
	}
	columns := make([]string, len(parts))
	for i, part := range parts {
		_, columns[i], _ = strings.Cut(part, ".")
	}
	var out []line
	for _, row := range c.Matter.Rows(table) {
		l, err := oneLine(row, columns, table)
		if err != nil {
			return nil, err
		}
		out = append(out, l...)
	}
	return out, nil
}

func oneLine(values map[string]any, names []string, field string) ([]line, error) {
	text, _ := values[names[0]].(string)
	thing, err := db.ParseID(text)
	if err != nil || thing == 0 {
		return nil, errs.Refuse("没有办成", errs.Reason{Text: "请选择物品", Field: field})
	}
	n, _ := values[names[1]].(float64)
	if len(names) == 3 {
		less, _ := values[names[2]].(float64)
		n -= less
	}
	return []line{{thing, int64(n), field}}, nil
}
