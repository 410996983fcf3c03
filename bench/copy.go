package main

import (
	"fmt"
	"strings"
)

// helpers are tables that live while the set grows: the plan, who stands for whom, and the sample's rows in order.
var helpers = []string{
	`CREATE TABLE bench_plan (i INTEGER PRIMARY KEY, src BIGINT, id BIGINT, k INTEGER, created BIGINT, year INTEGER, seq BIGINT, number TEXT,
		title TEXT, party TEXT, party_number TEXT, holder BIGINT, due BIGINT, day TEXT)`,
	`CREATE TABLE bench_cast (k INTEGER, was BIGINT, person BIGINT, PRIMARY KEY (was, k))`,
	`CREATE TABLE bench_tasks AS SELECT t.*, ROW_NUMBER() OVER (PARTITION BY matter_id ORDER BY id) AS n FROM tasks t`,
	`CREATE INDEX bench_tasks_src ON bench_tasks (matter_id, n)`,
	`CREATE TABLE bench_journal AS SELECT j.*, ROW_NUMBER() OVER (PARTITION BY matter_id ORDER BY seq) AS n FROM journal j WHERE matter_id <> 0`,
	`CREATE INDEX bench_journal_src ON bench_journal (matter_id, n)`,
	`CREATE TABLE bench_access AS SELECT a.*, ROW_NUMBER() OVER (PARTITION BY matter_id ORDER BY person_id) AS n FROM access a`,
	`CREATE INDEX bench_access_src ON bench_access (matter_id, n)`,
	`CREATE TABLE bench_numbers AS SELECT n.* FROM numbers n JOIN matters m ON m.id = n.matter_id AND m.number = n.text`,
	`CREATE INDEX bench_numbers_src ON bench_numbers (matter_id)`,
	`CREATE TABLE bench_files AS SELECT id FROM files`,
	`CREATE TABLE bench_matters AS SELECT * FROM matters`,
	`CREATE UNIQUE INDEX bench_matters_id ON bench_matters (id)`,
}

var dropHelpers = []string{
	`DELETE FROM settings WHERE name = 'figures-kept'`, `DROP TABLE bench_plan`, `DROP TABLE bench_cast`, `DROP TABLE bench_tasks`, `DROP TABLE bench_journal`, `DROP TABLE bench_access`, `DROP TABLE bench_numbers`, `DROP TABLE bench_files`, `DROP TABLE bench_matters`,
}

const planInsert = `INSERT INTO bench_plan (i, src, id, k, created, year, seq, number, title, party, party_number, holder, due, day)`

// sharePost is how many share a post, as in a large office: what comes in lies before so many clerks. Others of their
// section hold a post without a duty of its own, and a section has one head.
const sharePost = 4

// plainPost lies between the id of a section and that of the post without a duty in it.
const plainPost = int64(99) << 40

// multiply makes an office of hundreds: staff get colleagues; leaders, who are few in every office, get predecessors, who
// hold no post and see only what they had a part in.
func multiply(office int64) []string {
	steps := []string{
		`INSERT INTO bench_cast (k, was, person) SELECT 0, id, id FROM people`,
		fmt.Sprintf(`INSERT INTO posts (id, agency_id, unit_id, name, duties) SELECT id + %d, agency_id, id, '科员', '["staff"]' FROM units
			WHERE agency_id = %d`, plainPost, office),
	}
	for k := 1; k < copies; k++ {
		shift := int64(k) << 40
		of := fmt.Sprintf(`FROM people p WHERE p.agency_id = %d AND p.username < '9'`, office)
		originals := of + ` AND p.username NOT LIKE '%%-%%'` // a format of what follows
		steps = append(steps,
			fmt.Sprintf(`INSERT INTO people (id, agency_id, unit_id, username, name, sex, ord) SELECT p.id + %d, p.agency_id, p.unit_id,
				p.username || '-%d', p.name || '%s', p.sex, p.ord + %d `+originals, shift, k, []string{"", "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"}[k], 100*k),
			fmt.Sprintf(`INSERT INTO holdings (person_id, post_id) SELECT DISTINCT h.person_id + %d,
				CASE WHEN %d < %d AND o.duties NOT LIKE '%%unit-head%%' THEN h.post_id ELSE p.unit_id + %d END
				FROM holdings h JOIN people p ON p.id = h.person_id JOIN posts o ON o.id = h.post_id
				WHERE p.agency_id = %d AND p.username NOT LIKE '%%-%%' AND p.username > '2100' AND p.username < '4'`, shift, k, sharePost, plainPost, office),
			fmt.Sprintf(`INSERT INTO accounts (person_id, password) SELECT p.id + %d, a.password FROM accounts a JOIN people p ON p.id = a.person_id
				WHERE p.agency_id = %d AND p.username < '9' AND p.username NOT LIKE '%%-%%'`, shift, office),
			fmt.Sprintf(`INSERT INTO bench_cast (k, was, person) SELECT %d, p.id, p.id + %d `+originals, k, shift),
			fmt.Sprintf(`INSERT INTO bench_cast (k, was, person) SELECT %d, p.id, p.id FROM people p WHERE p.username NOT LIKE '%%-%%' AND
				NOT (p.agency_id = %d AND p.username < '9')`, k, office))
	}
	return steps
}

// copyStep fills one table from the plan, in the order of the plan so that rows lie as they would have come.
type copyStep struct {
	name string
	sql  func(g *grower) string
}

func (g *grower) insert(table, from string, changed map[string]string, alias string) string {
	columns := g.columns(table)
	values := make([]string, len(columns))
	for i, c := range columns {
		values[i] = alias + "." + c
		if v, ok := changed[c]; ok {
			values[i] = v
		}
	}
	return `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) SELECT ` + strings.Join(values, ", ") + ` FROM bench_plan c CROSS JOIN bench_matters m ` + from
}

func cast(column string) string {
	return `COALESCE((SELECT x.person FROM bench_cast x WHERE x.was = ` + column + ` AND x.k = c.k), ` + column + `)`
}

func later(column string) string {
	return `CASE WHEN ` + column + ` = 0 THEN 0 ELSE ` + column + ` + c.created - m.created_at END`
}

var copySteps = []copyStep{
	{"事项", func(g *grower) string {
		return g.insert("matters", `WHERE m.id = c.src`, map[string]string{
			"id": "c.id", "number": "c.number", "year": "c.year", "seq": "c.seq", "title": "c.title", "party": "c.party", "party_number": "c.party_number",
			"starter_id": cast("m.starter_id"), "created_at": "c.created", "changed_at": later("m.changed_at"), "closed_at": later("m.closed_at"),
			"due_at":  `CASE WHEN m.due_at = 0 THEN 0 WHEN m.state = 'open' THEN c.due ELSE m.due_at + c.created - m.created_at END`,
			"held_on": `CASE WHEN m.held_on = '' THEN '' ELSE c.day END`,
			"fields":  `REPLACE(CASE WHEN m.held_on = '' THEN m.fields ELSE REPLACE(m.fields, '"' || m.held_on, '"' || c.day) END, m.title, c.title)`,
		}, "m")
	}},
	{"待办", func(g *grower) string {
		return g.insert("tasks", `CROSS JOIN bench_tasks t WHERE m.id = c.src AND t.matter_id = c.src`, map[string]string{
			"id": "c.id + t.n", "matter_id": "c.id", "person_id": `CASE WHEN t.state = 'open' AND t.n % 4 < 3 THEN c.holder ELSE ` + cast("t.person_id") + ` END`,
			"arrived_at": later("t.arrived_at"), "opened_at": later("t.opened_at"), "warn_at": later("t.warn_at"), "alarm_at": "0", "done_at": later("t.done_at"),
			"due_at":  `CASE WHEN t.due_at = 0 THEN 0 WHEN t.state = 'open' THEN c.due ELSE t.due_at + c.created - m.created_at END`,
			"done_by": cast("t.done_by"), "given_by": cast("t.given_by"),
		}, "t")
	}},
	{"经办", func(g *grower) string {
		person := cast("a.person_id")
		return g.insert("access", `CROSS JOIN bench_access a WHERE m.id = c.src AND a.matter_id = c.src ORDER BY 2, 3, 1`,
			map[string]string{"matter_id": "c.id", "person_id": person, "kind": "m.kind"}, "a")
	}},
	{"持办人", func(g *grower) string {
		return g.insert("access", `CROSS JOIN bench_access a WHERE m.id = c.src AND m.state = 'open' AND a.matter_id = c.src AND a.n = 1 ON CONFLICT DO NOTHING`,
			map[string]string{"matter_id": "c.id", "person_id": "c.holder", "kind": "m.kind", "why": "m.step"}, "a")
	}},
	{"编号", func(g *grower) string {
		return g.insert("numbers", `CROSS JOIN bench_numbers n WHERE m.id = c.src AND n.matter_id = c.src AND c.seq > 0`, map[string]string{
			"year": "c.year", "seq": "c.seq", "text": "c.number", "matter_id": "c.id", "given_at": later("n.given_at"), "given_by": cast("n.given_by"),
		}, "n")
	}},
	{"留痕", func(g *grower) string {
		whole := fmt.Sprintf(` AND (j.n <= 2 OR c.i >= %d)`, g.matters-wholeJournal)
		return g.insert("journal", `CROSS JOIN bench_journal j WHERE m.id = c.src AND j.matter_id = c.src`+whole, map[string]string{
			"seq": fmt.Sprintf("1000000 + c.i * %d + j.n", idsOfEach), "at": later("j.at"), "matter_id": "c.id", "actor_id": cast("j.actor_id"),
		}, "j")
	}},
	{"留痕号", func(*grower) string {
		return `UPDATE chains SET seq = (SELECT MAX(j.seq) FROM journal j WHERE j.chain = chains.chain) WHERE chain <> 0`
	}},
	{"附件", func(g *grower) string {
		return g.insert("files", `CROSS JOIN files f WHERE f.id = (SELECT MIN(id) FROM bench_files) AND m.id = c.src AND c.i % 3 = 0`,
			map[string]string{"id": "c.id + 1", "matter_id": "c.id", "uploader_id": "c.holder", "at": "c.created", "text": "''"}, "f")
	}},
	{"提醒", func(*grower) string {
		return `INSERT INTO notices (id, person_id, at, text, clause, matter_id, read_at) SELECT c.id, c.holder, c.created, '《' || c.title || '》即将到期，请抓紧办理',
			'DOC-IN-09', c.id, CASE WHEN c.i % 400 = 0 THEN 0 ELSE c.created END FROM bench_plan c WHERE c.i % 4 = 0`
	}},
	{"关联", func(*grower) string {
		return fmt.Sprintf(`INSERT INTO links (from_id, to_id, relation) SELECT c.id - %d, c.id, '传阅' FROM bench_plan c CROSS JOIN bench_matters m
			WHERE m.id = c.src AND m.kind = 'circulation' AND c.i > 0`, idsOfEach)
	}},
}
