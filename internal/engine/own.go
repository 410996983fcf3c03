package engine

import (
	"context"
	"io/fs"
	"log/slog"
	"maps"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
)

// An office's own definitions are kept in editions: publishing one puts it in force for new matters, those under way
// keep the one they began with. The folders named shipped are those of the program and of the office, which the own
// definitions stand over.

// OwnProcedure 本单位办理程序 is an edition written in the browser.
type OwnProcedure struct {
	Kind    string
	Edition int
	Source  string
	Active  bool
}

// Own reads the editions in force.
func Own(tx *db.Tx) ([]OwnProcedure, error) {
	var out []OwnProcedure
	err := tx.Query(`SELECT kind, edition, source, active FROM own_procedures o WHERE active = 1 AND edition =
		(SELECT MAX(edition) FROM own_procedures x WHERE x.kind = o.kind) ORDER BY kind`, nil, func(scan func(...any) error) error {
		var p OwnProcedure
		err := scan(&p.Kind, &p.Edition, &p.Source, &p.Active)
		out = append(out, p)
		return err
	})
	return out, err
}

// Check proves a definition as it would stand among the others.
func (e *Engine) Check(tx *db.Tx, shipped []fs.FS, kind, source string) (*Procedure, []Fault, error) {
	own, err := Own(tx)
	if err != nil {
		return nil, nil, err
	}
	kept := []OwnProcedure{{Kind: kind, Source: source}}
	for _, p := range own {
		if p.Kind != kind {
			kept = append(kept, p)
		}
	}
	catalogue, faults := loadWith(Proof{Rules: e.Rules(), Effects: e.effects}, shipped, kept)
	return catalogue.Kind(kind), faults, nil
}

// Publish puts an edition in force, after it has been proved.
func (e *Engine) Publish(tx *db.Tx, shipped []fs.FS, kind, source string, by db.ID) (*Procedure, error) {
	p, faults, err := e.Check(tx, shipped, kind, source)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 || p == nil {
		reasons := make([]errs.Reason, len(faults))
		for i, f := range faults {
			reasons[i] = errs.Reason{Text: f.String()}
		}
		if p == nil && len(faults) == 0 {
			reasons = []errs.Reason{{Text: "文件里的 kind 与要发布的程序代号不一致"}}
		}
		return nil, errs.Refuse("没有发布，请改正后再试", reasons...)
	}
	var edition int
	if _, err := tx.Row(`SELECT COALESCE(MAX(edition), 0) FROM own_procedures WHERE kind = ?`, []any{kind}, &edition); err != nil {
		return nil, err
	}
	if _, err := tx.Exec(`INSERT INTO own_procedures (kind, edition, source, active, at, by_id) VALUES (?,?,?,1,?,?)`,
		kind, edition+1, source, tx.Now, by); err != nil {
		return nil, err
	}
	return p, e.changed(tx, shipped)
}

// Withdraw takes an own definition out of force; a shipped one of the same kind takes its place again.
func (e *Engine) Withdraw(tx *db.Tx, shipped []fs.FS, kind string) error {
	n, err := tx.Exec(`UPDATE own_procedures SET active = 0 WHERE kind = ?`, kind)
	if err != nil {
		return err
	}
	if n == 0 {
		return errs.New(errs.NotFound, "本单位没有发布过“%s”", kind)
	}
	return e.changed(tx, shipped)
}

func (e *Engine) changed(tx *db.Tx, shipped []fs.FS) error {
	_, err := tx.Exec(`UPDATE revisions SET number = ? WHERE name = 'procedures'`, int64(tx.NewID()))
	e.refreshAfter(tx, shipped)
	return err
}

// Amend puts the office's own edition of a clause in force from a day on.
func (e *Engine) Amend(tx *db.Tx, shipped []fs.FS, edition rulebook.Edition) (rulebook.Edition, error) {
	e.refreshAfter(tx, shipped)
	return e.Rules().Amend(tx, edition)
}

// refreshAfter puts what was changed in force, here and on other servers, as soon as it stands.
func (e *Engine) refreshAfter(tx *db.Tx, shipped []fs.FS) {
	tx.AfterCommit(func() {
		if err := e.Refresh(context.WithoutCancel(tx.Context()), shipped); err != nil {
			slog.Error("published definitions do not load", "err", err)
		}
		e.tell(Event{Rules: true})
	})
}

// Refresh loads rules and catalogue again when another server, or this one, has changed them, or a new day has begun.
func (e *Engine) Refresh(ctx context.Context, shipped []fs.FS) error {
	return e.db.Read(ctx, func(tx *db.Tx) error {
		if err := e.refreshRules(tx); err != nil {
			return err
		}
		var revision int64
		if _, err := tx.Row(`SELECT number FROM revisions WHERE name = 'procedures'`, nil, &revision); err != nil {
			return err
		}
		e.mu.RLock()
		same := e.revision == revision
		e.mu.RUnlock()
		if same {
			return e.retire(tx)
		}
		own, err := Own(tx)
		if err != nil {
			return err
		}
		catalogue, faults := loadWith(Proof{Rules: e.Rules(), Effects: e.effects}, shipped, own)
		if err := Faulty(faults); err != nil {
			return err
		}
		e.mu.Lock()
		e.current, e.revision = catalogue, revision
		e.mu.Unlock()
		return e.retire(tx)
	})
}

// retire keeps beside the catalogue the last version of every kind that is defined no more but has matters: their
// register stays open to whoever could read it.
func (e *Engine) retire(tx *db.Tx) error {
	current := e.Catalogue()
	known := map[string]bool{}
	for _, p := range current.Kept() {
		known[p.Kind] = true
	}
	last := map[string]*Matter{}
	err := tx.Query(`SELECT kind, version FROM procedures ORDER BY kind, loaded_at`, nil, func(scan func(...any) error) error {
		m := &Matter{}
		err := scan(&m.Kind, &m.Definition)
		if !known[m.Kind] {
			last[m.Kind] = m
		}
		return err
	})
	if err != nil || len(last) == 0 {
		return err
	}
	kept := &Catalogue{byKind: current.byKind, order: current.order, retired: slices.Clone(current.retired)}
	for _, kind := range slices.Sorted(maps.Keys(last)) {
		p, err := e.Procedure(tx, last[kind])
		if err != nil {
			return err
		}
		kept.retired = append(kept.retired, p)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.current == current { // published in between: the next refresh sees to it
		e.current = kept
	}
	return nil
}

// refreshRules puts the clauses in force today in place: an amendment may begin on a later day.
func (e *Engine) refreshRules(tx *db.Tx) error {
	editions, err := rulebook.Editions(tx)
	if err != nil {
		return err
	}
	now := e.model.With(editions, tx.Today())
	e.mu.Lock()
	e.rules = now
	e.mu.Unlock()
	return nil
}

// Rules is the rulebook in force.
func (e *Engine) Rules() *rulebook.Rulebook {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.rules
}

// Model is the rulebook as shipped.
func (e *Engine) Model() *rulebook.Rulebook { return e.model }
