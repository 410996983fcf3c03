package api

import (
	"net"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

var requestSeconds = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "chengqi_request_seconds", Help: "Time to answer a request.", Buckets: []float64{.001, .005, .02, .1, .5, 2, 10},
}, []string{"method", "status"})

// operationRoutes are for those who run the program: health for anyone, figures for this machine only.
func (s *Server) operationRoutes() {
	s.plain(http.MethodGet, "/healthz", "探活", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var one int
		err := s.app.DB.Read(r.Context(), func(tx *db.Tx) error {
			_, err := tx.Row(`SELECT 1`, nil, &one)
			return err
		})
		if err != nil {
			http.Error(w, "database", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n")) // the asker may be gone
	}))
	metrics := promhttp.Handler()
	s.plain(http.MethodGet, "/metrics", "指标，只给本机", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
			http.NotFound(w, r)
			return
		}
		metrics.ServeHTTP(w, r)
	}))
}

// bookSuffix turns /registers/incoming.xlsx, as people write it, into the route that serves it: the pattern language
// has no word for a suffix.
func bookSuffix(path string) string {
	const base = "/api/v1/registers/"
	for _, suffix := range []string{".xlsx", ".pdf"} {
		if name, ok := strings.CutSuffix(path, suffix); ok && strings.HasPrefix(name, base) && !strings.Contains(name[len(base):], "/") {
			return name + "/book" + suffix
		}
	}
	return path
}
