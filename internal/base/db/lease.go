package db

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Several processes may work on one database. What only one of them may have at a time (a job, a number among the
// nodes) it has by a lease: a row with its holder and its end, by the database's clock alone, so that clocks of
// machines need not agree. A holder that dies loses it when it ends.

// jobLease is how long a job stays with a process that died; one that lives renews.
const jobLease = time.Minute

// ErrLeaseLost is why a job's context ends when its lease could not be renewed.
var ErrLeaseLost = errors.New("the lease of this job was lost")

// lease gives or renews a lease and tells whether the holder has it.
func (d *DB) lease(ctx context.Context, name, holder string, span time.Duration) (bool, error) {
	var n int64
	err := d.transact(ctx, func(tx *Tx) error {
		now := tx.clock()
		var err error
		n, err = tx.Exec(`INSERT INTO leases (name, holder, until_at) VALUES (?, ?, `+now+` + CAST(? AS BIGINT))
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
			WHERE leases.holder = excluded.holder OR leases.until_at < `+now, name, holder, span.Milliseconds())
		return err
	})
	return n == 1, err
}

// clock is the database's own clock in milliseconds, as SQL.
func (t *Tx) clock() string {
	if t.db.dialect == Postgres {
		return `CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)`
	}
	return `CAST(unixepoch('subsec') * 1000 AS INTEGER)`
}

// Alone runs a job unless another process, or this one, is at it: then it does nothing and says so. The job's context
// ends when the lease cannot be kept.
func (d *DB) Alone(ctx context.Context, job string, do func(context.Context) error) (ran bool, err error) {
	name, holder := "job/"+job, rand.Text()
	if ran, err = d.lease(ctx, name, holder, jobLease); err != nil || !ran {
		return false, err
	}
	work, stop := context.WithCancelCause(ctx)
	renewing := make(chan struct{})
	go func() {
		defer close(renewing)
		d.keepLease(work, name, holder, stop)
	}()
	err = do(work)
	stop(nil)
	<-renewing
	gone := context.WithoutCancel(ctx) // given back also when we are told to end
	return true, errors.Join(err, d.transact(gone, func(tx *Tx) error {
		_, err := tx.Exec(`DELETE FROM leases WHERE name = ? AND holder = ?`, name, holder)
		return err
	}))
}

// keepLease renews a job's lease until the work ends, and ends the work when it cannot.
func (d *DB) keepLease(work context.Context, name, holder string, stop context.CancelCauseFunc) {
	until := time.Now().Add(jobLease)
	for {
		select {
		case <-work.Done():
			return
		case <-time.After(jobLease / 4):
		}
		asked := time.Now()
		ours, err := d.lease(work, name, holder, jobLease)
		if err == nil && ours {
			until = asked.Add(jobLease)
		} else if err == nil || time.Now().After(until.Add(-jobLease/4)) {
			stop(ErrLeaseLost)
			return
		}
	}
}

const (
	nodes     = 1 << nodeBits
	nodeLease = 10 * time.Minute
)

// Enlist takes a number for this process that no other on the database has, for the ids it makes, and keeps it while
// the database is open. It is never given back but runs out: by then no clock among the machines is so far behind that
// its next holder could make an id of before. An embedded database has one process that writes, and needs none.
func (d *DB) Enlist(ctx context.Context) error {
	if d.dialect != Postgres {
		return nil
	}
	d.self = rand.Text()
	if err := d.takeNode(ctx); err != nil {
		return err
	}
	d.done.Add(1)
	go func() {
		defer d.done.Done()
		for {
			select {
			case <-d.closed:
				return
			case <-time.After(nodeLease / 10):
				if err := d.renewNode(context.Background()); err != nil {
					slog.Warn("the node's number could not be renewed yet", "err", err)
				}
			}
		}
	}()
	return nil
}

func nodeName(n int64) string { return fmt.Sprintf("node/%d", n) }

func (d *DB) takeNode(ctx context.Context) error {
	first, err := rand.Int(rand.Reader, big.NewInt(nodes)) // those who come at once do not queue for the same
	if err != nil {
		return err
	}
	for i := range int64(nodes) {
		n := (first.Int64() + i) % nodes
		asked := time.Now()
		ours, err := d.lease(ctx, nodeName(n), d.self, nodeLease)
		if err != nil {
			return err
		}
		if ours {
			d.ids.become(n, asked.Add(nodeLease*9/10))
			return nil
		}
	}
	return errs.New(errs.Unavailable, "同一个数据库上的进程太多（%d 个），请过十分钟再启动", nodes)
}

func (d *DB) renewNode(ctx context.Context) error {
	asked := time.Now()
	ours, err := d.lease(ctx, nodeName(d.ids.number()), d.self, nodeLease)
	if err != nil {
		return err
	}
	if !ours { // away too long: another has it
		return d.takeNode(ctx)
	}
	d.ids.extend(asked.Add(nodeLease * 9 / 10))
	return nil
}

// numbered makes sure that ids may be made: after a long absence of the database the number is asked for again.
func (d *DB) numbered(ctx context.Context) error {
	if d.self == "" || d.ids.valid(time.Now()) {
		return nil
	}
	return d.renewNode(ctx)
}
