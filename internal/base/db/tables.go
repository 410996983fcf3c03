package db

import (
	"slices"
	"strings"
)

// Table is one table as the database itself tells of it.
type Table struct {
	Name    string
	Columns []string // by name
	Key     []string // the primary key
	Index   bool     // holds a full-text index: made from the other tables, not carried

	refers []string
}

// Tables lists the office's tables, a table after those it refers to. The book of migrations is not among them, nor who
// works on this very database now.
func (t *Tx) Tables() ([]Table, error) {
	tables := t.tablesPostgres
	if t.db.dialect == SQLite {
		tables = t.tablesSQLite
	}
	all, err := tables()
	if err != nil {
		return nil, err
	}
	for i := range all {
		slices.Sort(all[i].Columns)
	}
	return ordered(all), nil
}

func (t *Tx) tablesSQLite() ([]Table, error) {
	var all []Table
	err := t.Query(`SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('goose_db_version', 'leases')
		AND type IN ('table', 'virtual') ORDER BY name`, nil, func(scan func(...any) error) error {
		var name, kind string
		err := scan(&name, &kind)
		all = append(all, Table{Name: name, Index: kind == "virtual"})
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		one := &all[i]
		err := t.Query(`SELECT name, pk FROM pragma_table_info(?) ORDER BY pk, cid`, []any{one.Name}, func(scan func(...any) error) error {
			var name string
			var key int
			err := scan(&name, &key)
			one.Columns = append(one.Columns, name)
			if key > 0 {
				one.Key = append(one.Key, name)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		err = t.Query(`SELECT DISTINCT "table" FROM pragma_foreign_key_list(?)`, []any{one.Name}, one.refer)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (t *Tx) tablesPostgres() ([]Table, error) {
	var all []Table
	at := map[string]int{}
	err := t.Query(`SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables
		USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT IN ('goose_db_version', 'leases')
		ORDER BY table_name, column_name`, nil, func(scan func(...any) error) error {
		var table, column, kind string
		if err := scan(&table, &column, &kind); err != nil {
			return err
		}
		i, known := at[table]
		if !known {
			i, at[table] = len(all), len(all)
			all = append(all, Table{Name: table})
		}
		all[i].Columns = append(all[i].Columns, column)
		all[i].Index = all[i].Index || kind == "tsvector"
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		one := &all[i]
		err := t.Query(`SELECT a.attname FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(attnum, ord)
			JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
			WHERE c.contype = 'p' AND c.conrelid = CAST(? AS regclass) ORDER BY k.ord`, []any{one.Name}, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			one.Key = append(one.Key, name)
			return err
		})
		if err != nil {
			return nil, err
		}
		err = t.Query(`SELECT DISTINCT r.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid
			WHERE c.contype = 'f' AND c.conrelid = CAST(? AS regclass)`, []any{one.Name}, one.refer)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (t *Table) refer(scan func(...any) error) error {
	var name string
	err := scan(&name)
	t.refers = append(t.refers, name)
	return err
}

// ordered puts a table after those it refers to; of a circle, any order.
func ordered(all []Table) []Table {
	out := make([]Table, 0, len(all))
	begun := map[string]bool{}
	var put func(name string)
	put = func(name string) {
		i := slices.IndexFunc(all, func(t Table) bool { return t.Name == name })
		if i < 0 || begun[name] {
			return
		}
		begun[name] = true
		for _, before := range all[i].refers {
			put(before)
		}
		out = append(out, all[i])
	}
	for _, t := range all {
		put(t.Name)
	}
	return out
}

// Rows calls each for every row of a table, its columns in order, in the order of its key.
func (t *Tx) Rows(table Table, each func([]any) error) error {
	q := `SELECT ` + strings.Join(table.Columns, ", ") + ` FROM ` + table.Name
	if len(table.Key) > 0 {
		q += ` ORDER BY ` + strings.Join(table.Key, ", ")
	}
	return t.Query(q, nil, func(scan func(...any) error) error {
		row, into := make([]any, len(table.Columns)), make([]any, len(table.Columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := scan(into...); err != nil {
			return err
		}
		return each(row)
	})
}

// Insert puts rows into a table by one statement; at most as many as the database takes arguments for.
func (t *Tx) Insert(table Table, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	one := `(?` + strings.Repeat(",?", len(table.Columns)-1) + `)`
	args := make([]any, 0, len(rows)*len(table.Columns))
	for _, row := range rows {
		args = append(args, row...)
	}
	_, err := t.Exec(`INSERT INTO `+table.Name+` (`+strings.Join(table.Columns, ", ")+`) VALUES `+one+strings.Repeat(","+one, len(rows)-1), args...)
	return err
}

// MostArguments is how many arguments either database takes in one statement.
const MostArguments = 30_000

// Count is how many rows a table holds.
func (t *Tx) Count(table Table) (n int64, err error) {
	_, err = t.Row(`SELECT COUNT(*) FROM `+table.Name, nil, &n)
	return n, err
}
