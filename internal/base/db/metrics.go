package db

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var (
	commitSeconds = promauto.NewHistogram(prometheus.HistogramOpts{
		Name: "chengqi_commit_seconds", Help: "Time from the beginning of a transaction that writes to its durable commit.",
		Buckets: []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10},
	})
	commitWrites = promauto.NewHistogram(prometheus.HistogramOpts{
		Name: "chengqi_commit_writes", Help: "Writes that shared a commit.", Buckets: []float64{1, 2, 4, 8, 16, 32, 64, 128},
	})
)

func measured(writes int, began time.Time) {
	commitSeconds.Observe(time.Since(began).Seconds())
	commitWrites.Observe(float64(writes))
}

// Queue is how many writes wait for their turn.
func (d *DB) Queue() int { return len(d.queue) }
