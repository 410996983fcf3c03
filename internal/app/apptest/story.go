package apptest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Create begins a matter in the name of a staff number and gives its id.
func (o *Office) Create(who, kind string, fields Fields) db.ID {
	o.t.Helper()
	m, err := o.Engine.Create(context.Background(), o.id(who), kind, fields, "")
	if err != nil {
		o.t.Fatalf("%s没有立成“%s”%s", o.name(who), kind, reasonLines(err))
	}
	return m.ID
}

// Do carries out an action and gives the matter as it is then. The opinion may be left out.
func (o *Office) Do(who string, m db.ID, action string, fields Fields, opinion ...string) *engine.Matter {
	o.t.Helper()
	after, err := o.Try(who, m, action, fields, opinion...)
	if err != nil {
		o.t.Fatalf("%s没有办成“%s”%s\n%s", o.name(who), action, reasonLines(err), o.situation(who, m))
	}
	return after
}

// Try is Do without the certainty: the caller judges the answer.
func (o *Office) Try(who string, m db.ID, action string, fields Fields, opinion ...string) (*engine.Matter, error) {
	o.t.Helper()
	return o.Engine.Do(context.Background(), o.id(who), engine.Command{
		Matter: m, Action: action, Version: o.Matter(m).Version, Fields: fields, Opinion: strings.Join(opinion, "\n"),
	})
}

// Refused lets somebody try what must not succeed and gives the reasons; the matter must be untouched after.
func (o *Office) Refused(who string, m db.ID, action string, fields Fields, opinion ...string) []errs.Reason {
	o.t.Helper()
	before := o.Matter(m)
	after, err := o.Try(who, m, action, fields, opinion...)
	if err == nil {
		o.t.Fatalf("%s本不该办成“%s”，却到了“%s”环节", o.name(who), action, after.Step)
	}
	if errs.KindOf(err) == errs.Internal {
		o.t.Fatalf("%s办“%s”出了内部错误：%v", o.name(who), action, err)
	}
	if now := o.Matter(m); now.Version != before.Version {
		o.t.Errorf("被拒绝的“%s”仍改动了事项：第%d版成了第%d版", action, before.Version, now.Version)
	}
	var e *errs.Error
	if !errors.As(err, &e) || len(e.Reasons) == 0 {
		return []errs.Reason{{Text: err.Error()}}
	}
	return e.Reasons
}

// RefusedBecause is Refused, and one of the reasons must cite the clause or hold the words.
func (o *Office) RefusedBecause(clauseOrWords, who string, m db.ID, action string, fields Fields, opinion ...string) {
	o.t.Helper()
	reasons := o.Refused(who, m, action, fields, opinion...)
	for _, r := range reasons {
		if r.Clause == clauseOrWords || strings.Contains(r.Text, clauseOrWords) {
			return
		}
	}
	o.t.Errorf("%s办“%s”被拒绝，但没有说到“%s”：%v", o.name(who), action, clauseOrWords, reasons)
}

// Open lets a holder look at their task: from then on it cannot be withdrawn under their hands.
func (o *Office) Open(who string, m db.ID) {
	o.t.Helper()
	if err := o.Engine.Opened(context.Background(), m, o.id(who)); err != nil {
		o.t.Fatalf("%s没有打开此件：%v", o.name(who), err)
	}
}

// Offers lists what a person is shown to be possible with a matter, by action key; absent means not offered.
func (o *Office) Offers(who string, id db.ID) map[string]engine.Offer {
	o.t.Helper()
	out := map[string]engine.Offer{}
	o.read(func(tx *db.Tx) error {
		m, p, w, err := o.Engine.Look(tx, o.id(who), id)
		if err != nil {
			return err
		}
		offers, err := o.Engine.Offers(tx, p, m, o.id(who), w)
		for _, offer := range offers {
			out[offer.Action.Key] = offer
		}
		return err
	})
	return out
}

// Sees tells whether the matter exists for a person.
func (o *Office) Sees(who string, id db.ID) bool {
	o.t.Helper()
	err := o.DB.Read(context.Background(), func(tx *db.Tx) error {
		_, _, _, err := o.Engine.Look(tx, o.id(who), id)
		return err
	})
	if err != nil && errs.KindOf(err) != errs.NotFound {
		o.t.Fatal(err)
	}
	return err == nil
}

// Begun finds the one matter of a kind that another has started.
func (o *Office) Begun(from db.ID, kind string) db.ID {
	o.t.Helper()
	var found []db.ID
	o.read(func(tx *db.Tx) error {
		return tx.Query(`SELECT l.to_id FROM links l JOIN matters m ON m.id = l.to_id WHERE l.from_id = ? AND m.kind = ? ORDER BY l.to_id`,
			[]any{from, kind}, func(scan func(...any) error) error {
				var id db.ID
				err := scan(&id)
				found = append(found, id)
				return err
			})
	})
	if len(found) == 0 {
		o.t.Fatalf("没有由它启动的“%s”", kind)
	}
	return found[len(found)-1]
}

func (o *Office) name(number string) string {
	o.t.Helper()
	return fmt.Sprintf("%s（%s）", o.Directory().Name(o.id(number)), number)
}

func reasonLines(err error) string {
	var e *errs.Error
	if !errors.As(err, &e) || len(e.Reasons) == 0 {
		return "：" + err.Error()
	}
	var b strings.Builder
	b.WriteString("：" + e.Text)
	for _, r := range e.Reasons {
		fmt.Fprintf(&b, "\n  · %s", r.Text)
		if r.Clause != "" {
			fmt.Fprintf(&b, "（%s）", r.Clause)
		}
		if r.Field != "" {
			fmt.Fprintf(&b, " [%s]", r.Field)
		}
	}
	return b.String()
}

// situation tells where a matter is and what the person could have done instead.
func (o *Office) situation(who string, id db.ID) string {
	o.t.Helper()
	m := o.Matter(id)
	text := fmt.Sprintf("  现在：%s %s《%s》第%d版，环节%s，在办人%v", m.Kind, m.State, m.Title, m.Version, m.Step, o.Names(m.Holders()...))
	if !o.Sees(who, id) {
		return text + "；此人看不到此件"
	}
	for key, offer := range o.Offers(who, id) {
		if offer.Allowed {
			text += "\n  可办：" + key + " " + offer.Action.Name
			for _, e := range offer.Entries {
				text += " " + e.Field
				if e.Required {
					text += "!"
				}
			}
		}
	}
	return text
}
