package org

import (
	"encoding/json"
	"sync"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Rows is everything the Directory is made of.
type Rows struct {
	Agencies  []Agency
	Units     []Unit
	Posts     []Post
	People    []Person
	Issuers   []Issuer
	Divisions []Division
	Away      []Away
}

// Book 组织名册 caches the Directory by revision.
type Book struct {
	mu  sync.Mutex
	now *Directory
}

// Directory returns the organisation as this transaction sees it.
func (b *Book) Directory(tx *db.Tx) (*Directory, error) {
	var revision int64
	if _, err := tx.Row(`SELECT number FROM revisions WHERE name = 'org'`, nil, &revision); err != nil {
		return nil, err
	}
	b.mu.Lock()
	cached := b.now
	b.mu.Unlock()
	if cached != nil && cached.Revision == revision {
		return cached, nil
	}
	rows, err := load(tx)
	if err != nil {
		return nil, err
	}
	d := NewDirectory(revision, rows)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = d
	return d, nil
}

// Changed raises the revision; every writer of this package calls it.
func Changed(tx *db.Tx) error {
	// A number that never repeats even after a rollback: ids grow.
	_, err := tx.Exec(`UPDATE revisions SET number = ? WHERE name = 'org'`, int64(tx.NewID()))
	return err
}

func load(tx *db.Tx) (Rows, error) {
	var r Rows
	for _, read := range []func(*db.Tx, *Rows) error{
		loadAgencies, loadUnits, loadPosts, loadPeople, loadIssuers, loadDivisions, loadAway,
	} {
		if err := read(tx, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

func loadAgencies(tx *db.Tx, r *Rows) error {
	return tx.Query(`SELECT id, code, name, sample FROM agencies ORDER BY id`, nil, func(scan func(...any) error) error {
		var a Agency
		err := scan(&a.ID, &a.Code, &a.Name, &a.Sample)
		r.Agencies = append(r.Agencies, a)
		return err
	})
}

func loadUnits(tx *db.Tx, r *Rows) error {
	return tx.Query(`SELECT id, agency_id, COALESCE(parent_id,0), code, name, tasks, COALESCE(head_id,0), ord, active
		FROM units ORDER BY ord, id`, nil, func(scan func(...any) error) error {
		var u Unit
		err := scan(&u.ID, &u.Agency, &u.Parent, &u.Code, &u.Name, &u.Tasks, &u.Head, &u.Order, &u.Active)
		r.Units = append(r.Units, u)
		return err
	})
}

func loadPosts(tx *db.Tx, r *Rows) error {
	return tx.Query(`SELECT id, agency_id, unit_id, name, duties, led_by, ord, active FROM posts ORDER BY ord, id`, nil,
		func(scan func(...any) error) error {
			var p Post
			var duties string
			if err := scan(&p.ID, &p.Agency, &p.Unit, &p.Name, &duties, &p.LedBy, &p.Order, &p.Active); err != nil {
				return err
			}
			r.Posts = append(r.Posts, p)
			return json.Unmarshal([]byte(duties), &r.Posts[len(r.Posts)-1].Duties)
		})
}

func loadPeople(tx *db.Tx, r *Rows) error {
	index := map[db.ID]int{}
	err := tx.Query(`SELECT id, agency_id, unit_id, username, name, sex, phone, ord, leader, COALESCE(backup_id,0), hint, active
		FROM people ORDER BY ord, id`, nil, func(scan func(...any) error) error {
		var p Person
		err := scan(&p.ID, &p.Agency, &p.Unit, &p.Username, &p.Name, &p.Sex, &p.Phone, &p.Order, &p.Leader, &p.Backup, &p.Hint, &p.Active)
		index[p.ID] = len(r.People)
		r.People = append(r.People, p)
		return err
	})
	if err != nil {
		return err
	}
	return tx.Query(`SELECT h.person_id, h.post_id FROM holdings h JOIN posts p ON p.id = h.post_id ORDER BY h.person_id, p.ord, p.id`, nil,
		func(scan func(...any) error) error {
			var person, post db.ID
			err := scan(&person, &post)
			r.People[index[person]].Posts = append(r.People[index[person]].Posts, post)
			return err
		})
}

func loadIssuers(tx *db.Tx, r *Rows) error {
	return tx.Query(`SELECT id, agency_id, name, code, fonds, side, office, principal_id, director_id, quota, ord
		FROM issuers ORDER BY ord, id`, nil, func(scan func(...any) error) error {
		var i Issuer
		err := scan(&i.ID, &i.Agency, &i.Name, &i.Code, &i.Fonds, &i.Side, &i.Office, &i.Principal, &i.Director, &i.Quota, &i.Order)
		r.Issuers = append(r.Issuers, i)
		return err
	})
}

func loadDivisions(tx *db.Tx, r *Rows) error {
	return tx.Query(`SELECT id, agency_id, edition, since, leader_id, COALESCE(unit_id,0), subject, basis
		FROM divisions ORDER BY id`, nil, func(scan func(...any) error) error {
		var v Division
		err := scan(&v.ID, &v.Agency, &v.Edition, &v.Since, &v.Leader, &v.Unit, &v.Subject, &v.Basis)
		r.Divisions = append(r.Divisions, v)
		return err
	})
}

func loadAway(tx *db.Tx, r *Rows) error {
	return tx.Query(`SELECT id, person_id, from_at, until_at, COALESCE(stand_in_id,0), reason, ended_at
		FROM away ORDER BY id`, nil, func(scan func(...any) error) error {
		var a Away
		var from, until, ended int64
		err := scan(&a.ID, &a.Person, &from, &until, &a.StandIn, &a.Reason, &ended)
		a.From, a.Until, a.Ended = db.Time(from), db.Time(until), db.Time(ended)
		r.Away = append(r.Away, a)
		return err
	})
}
