package demo

import (
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

const (
	sampleAgencies = `SELECT id FROM agencies WHERE sample = 1`
	samplePeople   = `SELECT id FROM people WHERE agency_id IN (` + sampleAgencies + `)`
	sampleMatters  = `SELECT id FROM matters WHERE agency_id IN (` + sampleAgencies + `)`
)

// cleared lists what holds sample rows, each with the condition for them; what points at another table goes before it.
var cleared = []struct{ table, where string }{
	{"matter_text", `rowid IN (` + sampleMatters + `)`}, // of PostgreSQL: id
	{"bookings", `matter_id IN (` + sampleMatters + `)`},
	{"stock_moves", `matter_id IN (` + sampleMatters + `)`},
	{"recurrences", `agency_id IN (` + sampleAgencies + `)`},
	{"access", `matter_id IN (` + sampleMatters + `)`},
	{"links", `from_id IN (` + sampleMatters + `) OR to_id IN (` + sampleMatters + `)`},
	{"tasks", `matter_id IN (` + sampleMatters + `)`},
	{"figures", `agency_id IN (` + sampleAgencies + `)`},
	{"numbers", `agency_id IN (` + sampleAgencies + `)`},
	{"series", `agency_id IN (` + sampleAgencies + `)`},
	{"requests", `person_id IN (` + samplePeople + `)`},
	{"notices", `person_id IN (` + samplePeople + `)`},
	{"packages_due", `agency_id IN (` + sampleAgencies + `)`},
	{"packages", `agency_id IN (` + sampleAgencies + `)`},
	{"files", `agency_id IN (` + sampleAgencies + `)`},
	{"drafts", `person_id IN (` + samplePeople + `)`},
	{"views", `person_id IN (` + samplePeople + `)`},
	{"journal", `chain IN (` + sampleAgencies + `)`},
	{"chains", `chain IN (` + sampleAgencies + `)`},
	{"matters", `agency_id IN (` + sampleAgencies + `)`},
	{"old_passwords", `person_id IN (` + samplePeople + `)`},
	{"recovery_codes", `person_id IN (` + samplePeople + `)`},
	{"second_steps", `person_id IN (` + samplePeople + `)`},
	{"sessions", `person_id IN (` + samplePeople + `)`},
	{"accounts", `person_id IN (` + samplePeople + `)`},
	{"away", `person_id IN (` + samplePeople + `)`},
	{"divisions", `agency_id IN (` + sampleAgencies + `)`},
	{"issuers", `agency_id IN (` + sampleAgencies + `)`},
	{"holdings", `person_id IN (` + samplePeople + `)`},
	{"posts", `agency_id IN (` + sampleAgencies + `)`},
	{"people", `agency_id IN (` + sampleAgencies + `)`},
	{"units", `agency_id IN (` + sampleAgencies + `)`},
	{"settings", `name = '` + LastYearSetting + `'`},
	{"agencies", `sample = 1`},
}

// Clear 清空样例，建立本单位: takes the whole sample out, its journal included, so that numbers begin at one again.
// The rulebook, the procedures and the working calendar stay. That it was done is kept in the deployment's own chain.
func Clear(tx *db.Tx) error {
	_, err := tx.Exec(`INSERT INTO let_go (digest, at) SELECT DISTINCT digest, CAST(? AS BIGINT) FROM files WHERE agency_id IN (`+sampleAgencies+`) ON CONFLICT DO NOTHING`, tx.Now)
	if err != nil {
		return err
	}
	for _, c := range cleared {
		where := c.where
		if c.table == "matter_text" && tx.Dialect() == db.Postgres {
			where = `id IN (` + sampleMatters + `)`
		}
		if _, err := tx.Exec(`DELETE FROM ` + c.table + ` WHERE ` + where); err != nil {
			return err
		}
	}
	if err := org.Changed(tx); err != nil {
		return err
	}
	return journal.Append(tx, journal.Entry{Topic: "admin", Action: "clear-sample"}, map[string]string{"text": "清空样例，建立本单位"})
}
