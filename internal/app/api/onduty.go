package api

import (
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/office/duty"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

type onDutyView struct {
	Day     string    `json:"day"`
	Shift   string    `json:"shift"`
	Officer *callView `json:"officer"`
	Leader  *callView `json:"leader"`
}

type callView struct {
	ID    db.ID  `json:"id"`
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// mostShifts are shown, the latest: one that nobody ever handed over must not hide the one of today.
const mostShifts = 3

// onDuty tells everybody in the agency whom to call now (DUTY-01).
func onDuty(tx *db.Tx, dir *org.Directory, agency db.ID) ([]onDutyView, error) {
	shifts, err := duty.Now(tx, agency)
	out := []onDutyView{}
	for _, s := range shifts[:min(len(shifts), mostShifts)] {
		out = append(out, onDutyView{s.Day, s.Name, callOf(dir, s.Officer), callOf(dir, s.Leader)})
	}
	return out, err
}

func callOf(dir *org.Directory, id db.ID) *callView {
	p := dir.Person(id)
	if p == nil {
		return nil
	}
	return &callView{p.ID, p.Name, p.Phone}
}
