package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/chengqi-oa/chengqi/internal/app/sweep"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/office/periodic"
)

// Run does what the office does by itself until the context ends: it rings the clock, begins the duties that come
// round, makes archive packages, backs the office up, looks whether attachments can be kept, and passes what happened
// on to the pages open on other servers and from them to ours.
func (a *App) Run(ctx context.Context, every time.Duration) {
	var parts sync.WaitGroup
	parts.Go(func() { a.bus.send(ctx) })
	parts.Go(func() { a.bus.receive(ctx, a.refresh) })
	parts.Go(func() { a.runClock(ctx, every) })
	parts.Go(func() { a.pack(ctx, every) })
	parts.Go(func() { a.watchPlace(ctx, time.Minute) })
	parts.Go(func() { a.Nightly.Loop(ctx, time.Minute) })
	parts.Go(func() { a.sweep(ctx) })
	parts.Wait()
}

// runClock looks after the office at every tick. Each server looks whether the rules have changed; the work itself is
// done by one of them.
func (a *App) runClock(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		a.refresh(ctx)
		if err := a.Door.TellUnknown(ctx); err != nil && ctx.Err() == nil {
			slog.Error("log-ins under unknown numbers could not be entered", "err", err)
		}
		if err := a.Door.NoteUses(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("the use of sessions could not be written down", "err", err)
		}
		ran, err := a.DB.Alone(ctx, "clock", a.ring)
		if err != nil && ctx.Err() == nil {
			slog.Error("the clock could not ring", "err", err)
		}
		clockRuns.WithLabelValues(outcome(ran, err)).Inc()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// pack makes the archive packages that are wanted, one server at a time.
func (a *App) pack(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		_, err := a.DB.Alone(ctx, "packages", func(ctx context.Context) error { _, err := a.Packer.Work(ctx); return err })
		if err != nil && ctx.Err() == nil {
			slog.Error("archive packages could not be made", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// sweep lets go of uploads that came to nothing, every few hours and one server at a time: there is little to look at. It
// marks the place of the attachments as ours at once: an office restored for a drill may be pointed at it tomorrow.
func (a *App) sweep(ctx context.Context) {
	if _, err := a.Files.Mine(ctx, a.DB); err != nil && ctx.Err() == nil {
		slog.Error("the place of the attachments could not be marked", "err", err)
	}
	tick := time.NewTicker(4 * time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := a.DB.Alone(ctx, "unused-files", a.Sweep)
		if err != nil && ctx.Err() == nil {
			slog.Error("uploads that came to nothing could not be let go", "err", err)
		}
	}
}

// Sweep lets go of uploads that came to nothing.
func (a *App) Sweep(ctx context.Context) error {
	gone, err := sweep.Unused(ctx, a.DB, a.Files)
	if gone > 0 {
		slog.Info("uploads that came to nothing were let go", "files", gone)
	}
	return err
}

func (a *App) refresh(ctx context.Context) {
	if err := a.Engine.Refresh(ctx, a.Definitions()); err != nil && ctx.Err() == nil {
		slog.Error("definitions and rules could not be refreshed", "err", err)
	}
}

// ring does what has fallen due.
func (a *App) ring(ctx context.Context) error {
	if _, err := a.Engine.Ring(ctx); err != nil {
		return err
	}
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := periodic.Begin(tx, a.Engine, a.Duties)
		return err
	})
}

var clockRuns = promauto.NewCounterVec(prometheus.CounterOpts{
	Name: "chengqi_clock_runs_total", Help: "Rounds of the office's clock, by what came of them.",
}, []string{"outcome"})

func init() { // from the start at nought, so that the first failure shows as an increase
	for _, word := range []string{"done", "elsewhere", "failed"} {
		clockRuns.WithLabelValues(word)
	}
}

func outcome(ran bool, err error) string {
	switch {
	case err != nil:
		return "failed"
	case ran:
		return "done"
	}
	return "elsewhere" // another server had the turn
}
