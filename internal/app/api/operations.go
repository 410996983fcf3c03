package api

import (
	"net"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var requestSeconds = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "chengqi_request_seconds", Help: "Time to answer a request.", Buckets: []float64{.001, .005, .02, .1, .5, 2, 10},
}, []string{"method", "status"})

// operationRoutes are for those who run the program: whether it lives and is ready, for anyone; figures, for this
// machine only.
func (s *Server) operationRoutes() {
	s.plain(http.MethodGet, "/healthz", "探活", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("ok\n")) // the asker may be gone
	}))
	s.plain(http.MethodGet, "/readyz", "能否办公：数据库、数据表、磁盘", http.HandlerFunc(s.ready))
	own := prometheus.NewRegistry()
	own.MustRegister(&figures{app: s.app})
	metrics := promhttp.HandlerFor(prometheus.Gatherers{prometheus.DefaultGatherer, own}, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
	s.plain(http.MethodGet, "/metrics", "指标，只给本机", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
			http.NotFound(w, r)
			return
		}
		metrics.ServeHTTP(w, r)
	}))
}

// ready answers 200 when the office can work, else 503 and what is amiss, a line each.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	faults := s.app.Faults(r.Context())
	if len(faults) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(strings.Join(faults, "\n") + "\n")) // the asker may be gone
		return
	}
	_, _ = w.Write([]byte(strings.Join(append([]string{"ok"}, s.app.Notices()...), "\n") + "\n"))
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
