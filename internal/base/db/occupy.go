package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// occupied is the advisory lock of a PostgreSQL database: whoever serves holds it together with others who serve, whoever
// fills the database holds it alone. The server lets go of it with the connection, however the process ends.
const occupied = 0x6368656e67 // "cheng"

// Occupy 占用 keeps the database for those who serve, or for one alone, until it is released; it waits for nobody. An
// embedded database is kept by its folder (app.Config.Hold).
func (d *DB) Occupy(ctx context.Context, alone bool) (release func(), err error) {
	if d.dialect != Postgres {
		return func() {}, nil
	}
	begin, stop := context.WithTimeout(ctx, pgPatience)
	defer stop()
	conn, err := pgx.ConnectConfig(begin, d.postgres.Copy())
	if err != nil {
		return nil, failedRead(err)
	}
	lock := `SELECT pg_try_advisory_lock_shared($1)`
	if alone {
		lock = `SELECT pg_try_advisory_lock($1)`
	}
	var ours bool
	err = conn.QueryRow(begin, lock, int64(occupied)).Scan(&ours)
	release = func() {
		end, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		_ = conn.Close(end) // which unlocks it
	}
	switch {
	case err != nil:
		release()
		return nil, failedRead(err)
	case !ours && alone:
		release()
		return nil, errs.New(errs.Refused, "有服务正在这个数据库上运行（或正在装入、恢复、搬入），没有动它。请先停下所有服务器上的服务，再做一次")
	case !ours:
		release()
		return nil, errs.New(errs.Refused, "这个数据库正在装入样例、恢复或搬入数据，请等它做完再启动")
	}
	return release, nil
}
