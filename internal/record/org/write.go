package org

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Put writes one row of the organisation, new (no ID yet) or changed, and raises the revision.
// It accepts *Agency, *Unit, *Post, *Person, *Issuer, *Division and *Away and fills in a missing ID.
func Put(tx *db.Tx, row any) error {
	var err error
	switch r := row.(type) {
	case *Agency:
		r.ID = fresh(tx, r.ID)
		err = upsert(tx, "agencies", r.ID, "code, name, sample", r.Code, r.Name, r.Sample)
	case *Unit:
		r.ID = fresh(tx, r.ID)
		err = upsert(tx, "units", r.ID, "agency_id, parent_id, code, name, tasks, head_id, ord, active",
			r.Agency, none(r.Parent), r.Code, r.Name, r.Tasks, none(r.Head), r.Order, r.Active)
	case *Post:
		r.ID = fresh(tx, r.ID)
		if r.Duties == nil {
			r.Duties = []Duty{}
		}
		duties, encodeErr := json.Marshal(r.Duties)
		if encodeErr != nil {
			return encodeErr
		}
		err = upsert(tx, "posts", r.ID, "agency_id, unit_id, name, duties, led_by, ord, active",
			r.Agency, r.Unit, r.Name, string(duties), r.LedBy, r.Order, r.Active)
	case *Person:
		err = putPerson(tx, r)
	case *Issuer:
		r.ID = fresh(tx, r.ID)
		err = upsert(tx, "issuers", r.ID, "agency_id, name, code, fonds, side, office, principal_id, director_id, quota, ord",
			r.Agency, r.Name, r.Code, r.Fonds, r.Side, r.Office, r.Principal, r.Director, r.Quota, r.Order)
	case *Division:
		r.ID = fresh(tx, r.ID)
		err = upsert(tx, "divisions", r.ID, "agency_id, edition, since, leader_id, unit_id, subject, basis",
			r.Agency, r.Edition, r.Since, r.Leader, none(r.Unit), r.Subject, r.Basis)
	case *Away:
		r.ID = fresh(tx, r.ID)
		err = upsert(tx, "away", r.ID, "person_id, from_at, until_at, stand_in_id, reason, ended_at",
			r.Person, r.From, r.Until, none(r.StandIn), r.Reason, r.Ended)
	default:
		return fmt.Errorf("org.Put: no such row %T", row)
	}
	if err != nil {
		return named(err)
	}
	return Changed(tx)
}

func putPerson(tx *db.Tx, p *Person) error {
	p.ID = fresh(tx, p.ID)
	err := upsert(tx, "people", p.ID, "agency_id, unit_id, username, name, sex, phone, ord, leader, backup_id, hint, active",
		p.Agency, p.Unit, p.Username, p.Name, p.Sex, p.Phone, p.Order, p.Leader, none(p.Backup), p.Hint, p.Active)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM holdings WHERE person_id = ?`, p.ID); err != nil {
		return err
	}
	for _, post := range p.Posts {
		if _, err := tx.Exec(`INSERT INTO holdings (person_id, post_id) VALUES (?, ?)`, p.ID, post); err != nil {
			return err
		}
	}
	return nil
}

func fresh(tx *db.Tx, id db.ID) db.ID {
	if id == 0 {
		return tx.NewID()
	}
	return id
}

func none(id db.ID) any {
	if id == 0 {
		return nil
	}
	return id
}

func upsert(tx *db.Tx, table string, id db.ID, columns string, values ...any) error {
	names := strings.Split(columns, ", ")
	sets := make([]string, len(names))
	for i, n := range names {
		sets[i] = n + " = excluded." + n
	}
	q := "INSERT INTO " + table + " (id, " + columns + ") VALUES (?" + strings.Repeat(", ?", len(values)) +
		") ON CONFLICT (id) DO UPDATE SET " + strings.Join(sets, ", ")
	_, err := tx.Exec(q, append([]any{id}, values...)...)
	return err
}

// named turns a broken constraint into the sentence it stands for, beside the field it speaks of.
func named(err error) error {
	for constraint, reason := range map[string]errs.Reason{
		"people.username": {Text: "工号已有人使用，请换一个", Field: "username"}, "username_once": {Text: "工号已有人使用，请换一个", Field: "username"},
		"units.agency_id, units.name": {Text: "本机关已有同名科室", Field: "name"}, "unit_name_once": {Text: "本机关已有同名科室", Field: "name"},
		"agencies.name": {Text: "已有同名机关", Field: "name"}, "agency_name_once": {Text: "已有同名机关", Field: "name"},
		"issuers.agency_id, issuers.name": {Text: "已有同名发文机关", Field: "name"}, "issuer_name_once": {Text: "已有同名发文机关", Field: "name"},
	} {
		if strings.Contains(err.Error(), constraint) {
			return errs.Refuse("没有保存", reason).Because(err)
		}
	}
	return err
}
