package demo

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Organisation fills the sample agencies, units, posts, people, issuing names, divisions and accounts. Every account
// gets the same password; it is hashed once, because a good hash is slow on purpose.
func Organisation(tx *db.Tx, hashPassword func(string) (string, error), password string) error {
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	h := &house{tx: tx, agencies: map[string]db.ID{}, units: map[string]db.ID{}, people: map[string]db.ID{}}
	for _, s := range seats() {
		h.people[s.number] = tx.NewID() // before all rows: heads, deputies and backups point at one another
	}
	for _, fill := range []func() error{h.fillAgencies, h.fillUnits, h.fillPeople, h.fillIssuers, h.fillDivisions} {
		if err := fill(); err != nil {
			return err
		}
	}
	for _, s := range seats() {
		if err := access.SetPassword(tx, h.people[s.number], hash, false); err != nil {
			return err
		}
	}
	return nil
}

// house is the sample while it is being filled: codes and staff numbers to the rows' identities.
type house struct {
	tx       *db.Tx
	agencies map[string]db.ID
	units    map[string]db.ID
	people   map[string]db.ID
}

func (h *house) fillAgencies() error {
	for _, b := range bodies() {
		a := org.Agency{Code: b.code, Name: b.name, Sample: true}
		if err := org.Put(h.tx, &a); err != nil {
			return err
		}
		h.agencies[b.code] = a.ID
	}
	return nil
}

func (h *house) fillUnits() error {
	for i, s := range sections() {
		u := org.Unit{
			Agency: h.agencies[s.body], Parent: h.units[s.parent], Code: s.code, Name: s.name, Tasks: s.tasks,
			Head: h.people[s.head], Order: i + 1, Active: true,
		}
		if err := org.Put(h.tx, &u); err != nil {
			return err
		}
		h.units[s.code] = u.ID
	}
	return nil
}

func (h *house) fillPeople() error {
	agencyOf := map[string]db.ID{}
	for _, s := range sections() {
		agencyOf[s.code] = h.agencies[s.body]
	}
	for i, s := range seats() {
		post := org.Post{Agency: agencyOf[s.unit], Unit: h.units[s.unit], Name: s.post, Duties: s.duties, Order: i + 1, Active: true}
		if err := org.Put(h.tx, &post); err != nil {
			return err
		}
		p := org.Person{
			ID: h.people[s.number], Agency: agencyOf[s.unit], Unit: h.units[s.unit], Username: s.number, Name: s.name, Sex: s.sex,
			Phone: s.phone, Order: i + 1, Leader: s.leads(), Backup: h.people[s.backup], Hint: s.hint, Active: true,
			Posts: []db.ID{post.ID},
		}
		if err := org.Put(h.tx, &p); err != nil {
			return fmt.Errorf("sample person %s: %w", s.number, err)
		}
	}
	return nil
}

func (s seat) leads() bool {
	for _, d := range s.duties {
		if d == org.Leader {
			return true
		}
	}
	return false
}

func (h *house) fillIssuers() error {
	for i, n := range names() {
		row := org.Issuer{
			Agency: h.agencies[n.body], Name: n.full, Code: n.code, Fonds: n.fonds, Side: n.side, Office: n.office,
			Principal: h.people[n.principal], Director: h.people[n.director], Quota: n.quota, Order: i + 1,
		}
		if err := org.Put(h.tx, &row); err != nil {
			return err
		}
	}
	return nil
}

func (h *house) fillDivisions() error {
	for _, c := range charges() {
		row := org.Division{
			Agency: h.agencies[home], Edition: divisionEdition, Since: divisionSince, Leader: h.people[c.leader],
			Unit: h.units[c.unit], Subject: c.subject, Basis: divisionBasis,
		}
		if err := org.Put(h.tx, &row); err != nil {
			return err
		}
	}
	return nil
}
