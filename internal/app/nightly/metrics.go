package nightly

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

func init() { // from the start at nought: a figure that only appears with the first failure has no increase to be alarmed by
	for _, s := range []State{Good, Failed} {
		Runs.WithLabelValues(string(s))
	}
}

// Runs counts the backups made since the program began, by how they ended.
var Runs = promauto.NewCounterVec(prometheus.CounterOpts{Name: "chengqi_backups_total", Help: "Backups made, by how they ended."}, []string{"state"})
