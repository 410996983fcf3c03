package org_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// An office under an organ: section 3 in office 2, organ 1; people by rank.
const (
	secretary db.ID = 10 + iota
	director
	deputy
	head
	member
)

func house() *org.Directory {
	return org.NewDirectory(1, org.Rows{
		Agencies: []org.Agency{{ID: 9}},
		Units: []org.Unit{
			{ID: 1, Agency: 9, Head: secretary, Active: true},
			{ID: 2, Agency: 9, Head: director, Active: true},
			{ID: 3, Agency: 9, Parent: 2, Head: head, Active: true},
		},
		People: []org.Person{
			{ID: secretary, Agency: 9, Unit: 1, Active: true},
			{ID: director, Agency: 9, Unit: 2, Active: true},
			{ID: deputy, Agency: 9, Unit: 2, Active: true},
			{ID: head, Agency: 9, Unit: 3, Active: true},
			{ID: member, Agency: 9, Unit: 3, Active: true},
		},
		Issuers: []org.Issuer{{ID: 20, Agency: 9, Principal: secretary, Director: director}},
		Divisions: []org.Division{
			{ID: 31, Agency: 9, Edition: 1, Leader: director, Unit: 2},
			{ID: 32, Agency: 9, Edition: 1, Leader: deputy, Unit: 3},
			{ID: 33, Agency: 9, Edition: 1, Leader: secretary, Unit: 1},
		},
	})
}

// A report climbs one step at a time: member, head of section, deputy, director, principal leader (RPT-01).
func TestReportsClimbOneStepAtATime(t *testing.T) {
	d := house()
	chain := []db.ID{member, head, deputy, director, secretary, 0}
	for i := range len(chain) - 1 {
		if got := d.Superior(chain[i]); got != chain[i+1] {
			t.Errorf("the superior of %d is %d, want %d", chain[i], got, chain[i+1])
		}
	}
	if got := d.Superior(99); got != 0 {
		t.Errorf("a stranger has superior %d", got)
	}
}

func TestOfficeOfASection(t *testing.T) {
	d := house()
	for unit, want := range map[db.ID]db.ID{3: 2, 2: 2, 1: 1, 99: 99} {
		if got := d.OfficeOf(unit); got != want {
			t.Errorf("unit %d belongs to %d, want %d", unit, got, want)
		}
	}
}
