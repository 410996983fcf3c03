package db

// Watch shows fn every question that is put to the database from now on, so that a test can hold how it is answered to
// account; nil ends it.
func (d *DB) Watch(fn func(q string, args []any)) {
	if fn == nil {
		d.watch.Store(nil)
		return
	}
	d.watch.Store(&fn)
}

func (t *Tx) watched(q string, args []any) {
	if fn := t.db.watch.Load(); fn != nil {
		(*fn)(q, args)
	}
}
