package rulebook

import (
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/workday"
)

// Edition 条款版本 is a clause as the office itself worded it from a day on. The model text is edition 0.
type Edition struct {
	ID      string      `json:"id"`
	Edition int         `json:"edition"`
	Text    string      `json:"text"`
	Params  []Param     `json:"params"`
	Since   workday.Day `json:"since"`
	Reason  string      `json:"reason"`
	At      time.Time   `json:"at"`
	By      db.ID       `json:"by"`
}

// With is the rulebook as it stands on a day: of each clause the latest edition in force by then.
func (r *Rulebook) With(editions []Edition, day workday.Day) *Rulebook {
	out := &Rulebook{byID: map[string]*Clause{}, order: slices.Clone(r.order)}
	for i, c := range out.order {
		own := *c
		for _, e := range editions { // in order of edition
			if e.ID == c.ID && e.Since <= day {
				own.Text, own.Params = e.Text, own.with(e.Params)
			}
		}
		out.order[i], out.byID[c.ID] = &own, &own
	}
	return out
}

// with is the parameters of the clause with the office's figures; what came into the model later keeps the model's.
func (c *Clause) with(figures []Param) []Param {
	out := slices.Clone(c.Params)
	for i := range out {
		if at := slices.IndexFunc(figures, func(p Param) bool { return p.Key == out[i].Key }); at >= 0 {
			out[i].Value = figures[at].Value
		}
	}
	return out
}

// Editions reads every edition the office made, oldest first.
func Editions(tx *db.Tx) ([]Edition, error) {
	var out []Edition
	err := tx.Query(`SELECT id, edition, text, params, since, reason, at, by_id FROM own_clauses ORDER BY id, edition`, nil, func(scan func(...any) error) error {
		var e Edition
		var params, since string
		var at int64
		if err := scan(&e.ID, &e.Edition, &e.Text, &params, &since, &e.Reason, &at, &e.By); err != nil {
			return err
		}
		e.At = db.Time(at)
		var err error
		if e.Since, err = workday.ParseDay(since); err != nil {
			return err
		}
		out = append(out, e)
		return json.Unmarshal([]byte(params), &out[len(out)-1].Params)
	})
	return out, err
}

// Amend stores a new edition of a clause. Parameters may be changed, not invented or dropped: the procedures read them.
func (r *Rulebook) Amend(tx *db.Tx, e Edition) (Edition, error) {
	c := r.Clause(e.ID)
	if c == nil {
		return e, errs.New(errs.NotFound, "制度库没有条款 %s", e.ID)
	}
	if reasons := c.faults(e); len(reasons) > 0 {
		return e, errs.Refuse("条款没有修改", reasons...)
	}
	if _, err := tx.Row(`SELECT COALESCE(MAX(edition), 0) + 1 FROM own_clauses WHERE id = ?`, []any{e.ID}, &e.Edition); err != nil {
		return e, err
	}
	params, err := json.Marshal(e.Params)
	if err != nil {
		return e, err
	}
	e.At = tx.Now
	if _, err := tx.Exec(`INSERT INTO own_clauses (id, edition, text, params, since, reason, at, by_id) VALUES (?,?,?,?,?,?,?,?)`,
		e.ID, e.Edition, e.Text, string(params), e.Since, e.Reason, e.At, e.By); err != nil {
		return e, err
	}
	_, err = tx.Exec(`UPDATE revisions SET number = ? WHERE name = 'rules'`, int64(tx.NewID()))
	return e, err
}

// figure is how a parameter begins that is reckoned with: 5000 of “5000 chars”, 30 of “<=30 days”.
var figure = regexp.MustCompile(`^[<>= ]*\d`)

func (c *Clause) faults(e Edition) []errs.Reason {
	var out []errs.Reason
	if e.Text == "" {
		out = append(out, errs.Reason{Text: "请填写条款内容", Field: "text"})
	}
	if e.Reason == "" {
		out = append(out, errs.Reason{Text: "请写明修改的依据", Field: "reason"})
	}
	if len(e.Params) != len(c.Params) {
		out = append(out, errs.Reason{Text: "参数不能增加或减少，只能改数值", Field: "params"})
		return out
	}
	for i, p := range c.Params {
		if e.Params[i].Key != p.Key {
			out = append(out, errs.Reason{Text: "参数“" + e.Params[i].Key + "”不属于本条款", Field: "params"})
			continue
		}
		if _, err := workday.ParseLimit(p.Value); err == nil {
			if _, err := workday.ParseLimit(e.Params[i].Value); err != nil {
				out = append(out, errs.Reason{Text: "参数“" + p.Key + "”要写成期限，如 7 workdays 或 7个工作日", Field: "params"})
			}
		} else if figure.MatchString(p.Value) && !figure.MatchString(e.Params[i].Value) { // it is reckoned with
			out = append(out, errs.Reason{Text: "参数“" + p.Key + "”要用数字写，如 " + p.Value, Field: "params"})
		}
	}
	return out
}
