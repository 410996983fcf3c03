package api

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// onDutyView is a shift that was signed in and not taken over yet.
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

// onDuty tells everybody in the agency whom to call now (DUTY-01). What a shift wrote down is for those who may see its
// matter; who sits there, and under which leader, is no secret in the house.
func onDuty(tx *db.Tx, dir *org.Directory, agency db.ID) ([]onDutyView, error) {
	out := []onDutyView{}
	err := tx.Query(`SELECT m.fields FROM matters m WHERE m.agency_id = ? AND m.kind = 'duty-shift' AND m.step IN ('on-duty','take-over')
		AND m.state IN ('open','suspended')`, []any{agency}, func(scan func(...any) error) error {
		var text string
		if err := scan(&text); err != nil {
			return err
		}
		var f struct {
			Day     string `json:"day"`
			Shift   string `json:"shift"`
			Officer string `json:"officer"`
			Leader  string `json:"head_of_shift"`
		}
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			return err
		}
		out = append(out, onDutyView{f.Day, f.Shift, callOf(dir, f.Officer), callOf(dir, f.Leader)})
		return nil
	})
	slices.SortStableFunc(out, func(a, b onDutyView) int { return cmp.Compare(b.Day, a.Day) })
	return out[:min(len(out), mostShifts)], err
}

func callOf(dir *org.Directory, text string) *callView {
	id, err := db.ParseID(text)
	if err != nil || dir.Person(id) == nil {
		return nil
	}
	p := dir.Person(id)
	return &callView{p.ID, p.Name, p.Phone}
}
