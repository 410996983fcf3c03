package org

import (
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// addLeads works out who leads whom: whoever holds the post that leads another's (ORG-02, ORG-03).
func (d *Directory) addLeads() {
	holders := map[db.ID][]db.ID{}
	for _, p := range d.people {
		if !p.Active {
			continue
		}
		for _, post := range p.Posts {
			if d.posts[post].Active {
				holders[post] = append(holders[post], p.ID)
			}
		}
	}
	for post, led := range holders {
		for _, leader := range holders[d.posts[post].LedBy] {
			for _, person := range led {
				if person != leader {
					d.leads[leader], d.ledBy[person] = append(d.leads[leader], person), append(d.ledBy[person], leader)
				}
			}
		}
	}
	for _, of := range []map[db.ID][]db.ID{d.leads, d.ledBy} {
		for person, all := range of {
			of[person] = d.Ranked(all)
		}
	}
}

// Leads lists whose posts a person leads, in rank order: their tasks, their figures and what they ask for are the leader's to
// see (ORG-02, ORG-03).
func (d *Directory) Leads(person db.ID) []db.ID { return d.leads[person] }

// LedBy lists who leads a person's posts, in rank order.
func (d *Directory) LedBy(person db.ID) []db.ID { return d.ledBy[person] }

// MayLead tells whether a post may lead others: the director's and the deputies' do, in their own agency.
func (p *Post) MayLead(agency db.ID) bool {
	return p.Agency == agency && p.Active && (slices.Contains(p.Duties, Director) || slices.Contains(p.Duties, DeputyDirector))
}
