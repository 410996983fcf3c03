package api

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/nightly"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// figures 指标 are counted when somebody asks, what costs a walk over a table at most once a minute.
type figures struct {
	app *app.App

	mu       sync.Mutex
	at       time.Time
	matters  map[string]float64
	sessions float64
	backup   float64
	backedUp bool
}

var (
	mattersFigure  = prometheus.NewDesc("chengqi_matters", "Matters by state.", []string{"state"}, nil)
	sessionsFigure = prometheus.NewDesc("chengqi_sessions", "Sessions that have not ended.", nil, nil)
	queueFigure    = prometheus.NewDesc("chengqi_writes_waiting", "Writes that wait for their turn.", nil, nil)
	backupFigure   = prometheus.NewDesc("chengqi_backup_age_seconds", "Age of the last backup that was restored on trial; absent if there is none.", nil, nil)
	placeFigure    = prometheus.NewDesc("chengqi_files_ready", "1 if attachments could be kept when last tried, a minute ago at most; else 0.", nil, nil)
	diskFigure     = prometheus.NewDesc("chengqi_disk_free_bytes", "Space left for the data folder.", nil, nil)
)

// Describe names the figures.
func (f *figures) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{mattersFigure, sessionsFigure, queueFigure, backupFigure, placeFigure, diskFigure} {
		out <- d
	}
}

// Collect gives the figures.
func (f *figures) Collect(out chan<- prometheus.Metric) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.at) > time.Minute {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := f.count(ctx); err != nil {
			slog.Error("the figures could not be counted", "err", err)
		}
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	for state, n := range f.matters {
		gauge(mattersFigure, n, state)
	}
	gauge(sessionsFigure, f.sessions)
	gauge(queueFigure, float64(f.app.DB.Queue()))
	if f.backedUp {
		gauge(backupFigure, f.backup+time.Since(f.at).Seconds())
	}
	serves := 0.0
	if f.app.PlaceServes() {
		serves = 1
	}
	gauge(placeFigure, serves)
	if free, ok := app.Free(f.app.Config.Data); ok {
		gauge(diskFigure, float64(free))
	}
}

func (f *figures) count(ctx context.Context) error {
	matters := map[string]float64{}
	err := f.app.DB.Read(ctx, func(tx *db.Tx) error {
		err := tx.Query(`SELECT state, COUNT(*) FROM matters GROUP BY state`, nil, func(scan func(...any) error) error {
			var state string
			var n float64
			err := scan(&state, &n)
			matters[state] = n
			return err
		})
		if err != nil {
			return err
		}
		if _, err := tx.Row(`SELECT COUNT(*) FROM sessions`, nil, &f.sessions); err != nil {
			return err
		}
		age, there, err := nightly.Age(tx)
		f.backup, f.backedUp = age.Seconds(), there
		return err
	})
	if err == nil {
		f.matters, f.at = matters, time.Now()
	}
	return err
}
