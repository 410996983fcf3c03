package stories_test

import (
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// printable: wherever a matter stands, its line in every book and every cell of its sheets can be written.
func (w *walk) printable(p *engine.Procedure, m *engine.Matter) {
	w.Helper()
	read(w.T, w.o, func(tx *db.Tx) error {
		world, err := w.o.Engine.World(tx)
		if err != nil {
			return err
		}
		if world.Refs, err = engine.Named(tx, p, []*engine.Matter{m}); err != nil {
			return err
		}
		if _, err := p.Values(p.Register.Columns, m, nil, world); err != nil {
			w.fail("登记簿写不出来：%v", err)
		}
		for _, b := range p.Books {
			for _, row := range m.Rows(b.Rows) {
				if _, err := p.Values(b.Columns, m, row, world); err != nil {
					w.fail("%s写不出来：%v", b.Name, err)
				}
			}
		}
		for _, s := range p.Sheets {
			if _, err := p.Holds(s.When, m, world); err != nil {
				w.fail("%s写不出来：%v", s.Name, err)
			}
			for _, r := range s.Rows {
				for _, c := range r.Cells {
					if _, err := p.Value(c.Value, m, world); err != nil {
						w.fail("%s的“%s”写不出来：%v", s.Name, c.Label, err)
					}
					for _, row := range m.Rows(c.Rows) {
						if _, err := p.Values(c.Columns, m, row, world); err != nil {
							w.fail("%s的“%s”写不出来：%v", s.Name, c.Label, err)
						}
					}
				}
			}
		}
		return nil
	})
}
