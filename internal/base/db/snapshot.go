package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// pagesAtOnce is how many pages are copied between two words about it.
const pagesAtOnce = 2048

// Snapshot writes the whole SQLite database, as of one moment, into a new file and tells how many pages it has copied;
// work goes on meanwhile. Page stays page, so that two snapshots differ only where something was written between them.
func (d *DB) Snapshot(ctx context.Context, path string, tell func(done, whole int64)) (err error) {
	pool, err := sqlitePool(d.path)
	if err != nil {
		return unavailable(err)
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return unavailable(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	// The open transaction holds the moment: without it a write in between would start the copy anew, for ever.
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return unavailable(err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to keep
	var tables int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master`).Scan(&tables); err != nil {
		return unavailable(err)
	}
	return conn.Raw(func(driver any) error {
		source, able := driver.(interface {
			NewBackup(target string) (*sqlite.Backup, error)
		})
		if !able {
			return errors.New("the database cannot be copied by pages")
		}
		// The copy is of no use until it is whole: it needs neither journal nor syncs of its own.
		copied, err := source.NewBackup("file:" + path + "?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)")
		if err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
		for more := true; more && err == nil; {
			if err = ctx.Err(); err == nil {
				more, err = copied.Step(pagesAtOnce)
				tell(int64(copied.PageCount()-copied.Remaining()), int64(copied.PageCount()))
			}
		}
		return errors.Join(err, copied.Finish())
	})
}
