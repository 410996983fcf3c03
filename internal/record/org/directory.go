package org

import (
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Directory 通讯录 is the organisation at one revision. It is immutable and safe to share.
type Directory struct {
	Revision int64
	agencies map[db.ID]*Agency
	units    map[db.ID]*Unit
	posts    map[db.ID]*Post
	people   map[db.ID]*Person
	issuers  map[db.ID]*Issuer
	byName   map[string]*Person
	byDuty   map[db.ID]map[Duty][]db.ID // agency → duty → people in rank order
	duties   map[db.ID]map[Duty]bool    // person → duties
	leaderOf map[db.ID]db.ID            // unit → leader in charge
	leads    map[db.ID][]db.ID          // person → those whose posts they lead
	ledBy    map[db.ID][]db.ID          // person → those who lead their posts
	division map[db.ID][]Division       // agency → the edition in force
	away     map[db.ID][]Away           // person → absences
	standing map[db.ID][]db.ID          // stand-in → those who named them
}

// NewDirectory puts the rows together.
func NewDirectory(revision int64, rows Rows) *Directory {
	d := &Directory{
		Revision: revision,
		agencies: map[db.ID]*Agency{}, units: map[db.ID]*Unit{}, posts: map[db.ID]*Post{},
		people: map[db.ID]*Person{}, issuers: map[db.ID]*Issuer{}, byName: map[string]*Person{},
		byDuty: map[db.ID]map[Duty][]db.ID{}, duties: map[db.ID]map[Duty]bool{},
		leaderOf: map[db.ID]db.ID{}, leads: map[db.ID][]db.ID{}, ledBy: map[db.ID][]db.ID{}, division: map[db.ID][]Division{},
		away: map[db.ID][]Away{}, standing: map[db.ID][]db.ID{},
	}
	for i := range rows.Agencies {
		d.agencies[rows.Agencies[i].ID] = &rows.Agencies[i]
	}
	for i := range rows.Units {
		d.units[rows.Units[i].ID] = &rows.Units[i]
	}
	for i := range rows.Posts {
		d.posts[rows.Posts[i].ID] = &rows.Posts[i]
	}
	for i := range rows.Issuers {
		d.issuers[rows.Issuers[i].ID] = &rows.Issuers[i]
	}
	d.addPeople(rows.People)
	d.addLeads()
	d.addDivisions(rows.Divisions)
	for _, a := range rows.Away {
		d.away[a.Person] = append(d.away[a.Person], a)
		if a.StandIn != 0 && !slices.Contains(d.standing[a.StandIn], a.Person) {
			d.standing[a.StandIn] = append(d.standing[a.StandIn], a.Person)
		}
	}
	return d
}

func (d *Directory) addPeople(people []Person) {
	for i := range people {
		p := &people[i]
		d.people[p.ID] = p
		d.byName[p.Username] = p
		d.duties[p.ID] = map[Duty]bool{}
		if d.byDuty[p.Agency] == nil {
			d.byDuty[p.Agency] = map[Duty][]db.ID{}
		}
		if !p.Active {
			continue
		}
		for _, post := range p.Posts {
			if !d.posts[post].Active {
				continue
			}
			for _, duty := range d.posts[post].Duties {
				if !d.duties[p.ID][duty] {
					d.duties[p.ID][duty] = true
					d.byDuty[p.Agency][duty] = append(d.byDuty[p.Agency][duty], p.ID)
				}
			}
		}
	}
	for _, duties := range d.byDuty {
		for duty, ids := range duties {
			duties[duty] = d.Ranked(ids)
		}
	}
}

func (d *Directory) addDivisions(all []Division) {
	newest := map[db.ID]int{}
	for _, v := range all {
		newest[v.Agency] = max(newest[v.Agency], v.Edition)
	}
	for _, v := range all {
		if v.Edition != newest[v.Agency] {
			continue
		}
		d.division[v.Agency] = append(d.division[v.Agency], v)
		if v.Unit != 0 {
			d.leaderOf[v.Unit] = v.Leader
		}
	}
}

// Agency returns an agency or nil.
func (d *Directory) Agency(id db.ID) *Agency { return d.agencies[id] }

// Unit returns a unit or nil.
func (d *Directory) Unit(id db.ID) *Unit { return d.units[id] }

// Post returns a post or nil.
func (d *Directory) Post(id db.ID) *Post { return d.posts[id] }

// Person returns a person or nil.
func (d *Directory) Person(id db.ID) *Person { return d.people[id] }

// ByUsername returns a person or nil.
func (d *Directory) ByUsername(name string) *Person { return d.byName[name] }

// Issuer returns an issuing name or nil.
func (d *Directory) Issuer(id db.ID) *Issuer { return d.issuers[id] }

// Agencies lists all agencies by id.
func (d *Directory) Agencies() []*Agency {
	return sorted(d.agencies, func(a *Agency) (int, db.ID) { return 0, a.ID })
}

// Units lists an agency's units in order.
func (d *Directory) Units(agency db.ID) []*Unit {
	return d.of(agency, sorted(d.units, func(u *Unit) (int, db.ID) { return u.Order, u.ID }))
}

func (d *Directory) of(agency db.ID, all []*Unit) []*Unit {
	return slices.DeleteFunc(all, func(u *Unit) bool { return u.Agency != agency })
}

// Posts lists an agency's posts in order.
func (d *Directory) Posts(agency db.ID) []*Post {
	all := sorted(d.posts, func(p *Post) (int, db.ID) { return p.Order, p.ID })
	return slices.DeleteFunc(all, func(p *Post) bool { return p.Agency != agency })
}

// People lists an agency's people in rank order.
func (d *Directory) People(agency db.ID) []*Person {
	all := sorted(d.people, func(p *Person) (int, db.ID) { return p.Order, p.ID })
	return slices.DeleteFunc(all, func(p *Person) bool { return p.Agency != agency })
}

// Issuers lists an agency's issuing names in order.
func (d *Directory) Issuers(agency db.ID) []*Issuer {
	all := sorted(d.issuers, func(i *Issuer) (int, db.ID) { return i.Order, i.ID })
	return slices.DeleteFunc(all, func(i *Issuer) bool { return i.Agency != agency })
}

// Divisions lists the division of work in force.
func (d *Directory) Divisions(agency db.ID) []Division { return d.division[agency] }

// Holders lists who holds a duty in an agency, in rank order.
func (d *Directory) Holders(agency db.ID, duty Duty) []db.ID { return d.byDuty[agency][duty] }

// Has tells whether a person holds a duty.
func (d *Directory) Has(person db.ID, duty Duty) bool { return d.duties[person][duty] }

// IsAdmin tells whether a person is one of the three administrators, who do none of the office's work (OA-27).
func (d *Directory) IsAdmin(person db.ID) bool {
	return d.Has(person, SystemAdmin) || d.Has(person, SecurityAdmin) || d.Has(person, AuditAdmin)
}

// Duties lists a person's duties in display order.
func (d *Directory) Duties(person db.ID) []Duty {
	var out []Duty
	for _, n := range DutyNames {
		if d.duties[person][n.Duty] {
			out = append(out, n.Duty)
		}
	}
	return out
}

// Head is the person who heads a unit, or 0.
func (d *Directory) Head(unit db.ID) db.ID {
	if u := d.units[unit]; u != nil {
		return u.Head
	}
	return 0
}

// LeaderOf is the leader in charge of a unit: its own, else its parents', or 0.
func (d *Directory) LeaderOf(unit db.ID) db.ID {
	for seen := 0; unit != 0 && seen < 8; seen++ {
		if l := d.leaderOf[unit]; l != 0 {
			return l
		}
		u := d.units[unit]
		if u == nil {
			return 0
		}
		unit = u.Parent
	}
	return 0
}

// Ranked puts people in rank order, each once.
func (d *Directory) Ranked(ids []db.ID) []db.ID {
	out := slices.Clone(ids)
	slices.SortStableFunc(out, func(a, b db.ID) int {
		pa, pb := d.people[a], d.people[b]
		if pa == nil || pb == nil {
			return int(a - b)
		}
		if pa.Order != pb.Order {
			return pa.Order - pb.Order
		}
		return int(pa.ID - pb.ID)
	})
	return slices.Compact(out)
}

// AwayAt is the person's absence at an instant, or nil.
func (d *Directory) AwayAt(person db.ID, at time.Time) *Away {
	for i := range d.away[person] {
		if d.away[person][i].Covers(at) {
			return &d.away[person][i]
		}
	}
	return nil
}

// StandsInFor lists those for whom the person stands in at an instant, ORG-24.
func (d *Directory) StandsInFor(person db.ID, at time.Time) []db.ID {
	var out []db.ID
	for _, absent := range d.standing[person] {
		if a := d.AwayAt(absent, at); a != nil && a.StandIn == person {
			out = append(out, absent)
		}
	}
	return out
}

// PostName is the first post of a person as printed behind the name.
func (d *Directory) PostName(person db.ID) string {
	p := d.people[person]
	if p == nil || len(p.Posts) == 0 {
		return ""
	}
	return d.posts[p.Posts[0]].Name
}

// Name is a person's name, or "系统" for nobody.
func (d *Directory) Name(person db.ID) string {
	if p := d.people[person]; p != nil {
		return p.Name
	}
	return "系统"
}

func sorted[T any](m map[db.ID]*T, key func(*T) (int, db.ID)) []*T {
	out := make([]*T, 0, len(m))
	for _, v := range m {
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b *T) int {
		ao, ai := key(a)
		bo, bi := key(b)
		if ao != bo {
			return ao - bo
		}
		return int(ai - bi)
	})
	return out
}
