package org

import "github.com/chengqi-oa/chengqi/internal/base/db"

// Superior 上一级 is whom a person reports to, one step up and never past it (RPT-01); 0 for the first in an agency. Staff
// report to the head of their unit. A head reports to whoever leads their post (ORG-02, ORG-03), or else to the leader in
// charge of the unit. The director of an office reports to the principal leader of its organ.
func (d *Directory) Superior(person db.ID) db.ID {
	p := d.people[person]
	if p == nil {
		return 0
	}
	if head := d.Head(p.Unit); head != 0 && head != person {
		return head
	}
	if led := d.ledBy[person]; len(led) > 0 {
		return led[0]
	}
	if l := d.LeaderOf(p.Unit); l != 0 && l != person {
		return l
	}
	for _, i := range d.Issuers(p.Agency) {
		if i.Director == person && i.Principal != person {
			return i.Principal
		}
	}
	return 0
}

// OfficeOf 所属单位 is the topmost unit that a unit belongs to: the office of a section, a unit itself if nothing is
// above it.
func (d *Directory) OfficeOf(unit db.ID) db.ID {
	for seen := 0; seen < 8; seen++ {
		u := d.units[unit]
		if u == nil || u.Parent == 0 {
			break
		}
		unit = u.Parent
	}
	return unit
}
