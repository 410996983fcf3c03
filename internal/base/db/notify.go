package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// MaxNotice is how many bytes a notification may have; PostgreSQL takes less than 8000.
const MaxNotice = 7900

// Shared tells whether other processes may work on this database at the same time.
func (d *DB) Shared() bool { return d.dialect == Postgres }

// Notify passes a text on to every process that listens on the channel. It is told outside the transactions it speaks
// of, after them: within, PostgreSQL would let their commits wait for each other. An embedded database has nobody to
// tell.
func (d *DB) Notify(ctx context.Context, channel, text string) error {
	if d.dialect != Postgres {
		return nil
	}
	ctx, stop := context.WithTimeoutCause(ctx, pgPatience, errSilent)
	defer stop()
	_, err := d.pool.ExecContext(ctx, `SELECT pg_notify($1, $2)`, channel, text)
	return failedWrite(err)
}

// Listen calls heard for every text told on the channel until the context ends. It makes a lost connection again by
// itself and then calls resumed: what was told meanwhile is lost.
func (d *DB) Listen(ctx context.Context, channel string, heard func(string), resumed func()) {
	if d.dialect != Postgres {
		return
	}
	for again := false; ctx.Err() == nil; again = true {
		_ = d.listen(ctx, channel, heard, func() { // whatever ended it, it begins anew
			if again {
				resumed()
			}
		})
		select {
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}

func (d *DB) listen(ctx context.Context, channel string, heard func(string), ready func()) error {
	conn, err := pgx.ConnectConfig(ctx, d.postgres.Copy())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	begin, stop := context.WithTimeout(ctx, silence)
	defer stop()
	// Who listens serves: the lock that Occupy took may have gone with a connection that broke.
	if _, err := conn.Exec(begin, `SELECT pg_advisory_lock_shared($1)`, int64(occupied)); err != nil {
		return err
	}
	if _, err := conn.Exec(begin, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	ready()
	for {
		n, err := waitFor(ctx, conn)
		if err != nil {
			return err
		}
		if n != "" {
			heard(n)
		}
	}
}

// silence is how long a connection may say nothing before we ask whether it is still there.
const silence = 30 * time.Second

func waitFor(ctx context.Context, conn *pgx.Conn) (string, error) {
	wait, stop := context.WithTimeout(ctx, silence)
	defer stop()
	n, err := conn.WaitForNotification(wait)
	if err == nil {
		return n.Payload, nil
	}
	if ctx.Err() != nil || wait.Err() == nil {
		return "", err
	}
	ask, stopAsking := context.WithTimeout(ctx, silence)
	defer stopAsking()
	return "", conn.Ping(ask)
}
