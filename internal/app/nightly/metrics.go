package nightly

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Runs counts the backups made since the program began, by how they ended.
var Runs = promauto.NewCounterVec(prometheus.CounterOpts{Name: "chengqi_backups_total", Help: "Backups made, by how they ended."}, []string{"state"})
