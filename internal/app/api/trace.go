package api

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// trace 请求 is what the log says of a request: its id, who asked, what came of it. Never the question itself or the
// answer: passwords, cookies and the texts of documents do not enter the log, nor what somebody searched for.
type trace struct {
	id     string
	person db.ID
}

type traceKey struct{}

// requestID is the header by which a proxy in front names the request, and we name it to whoever asks.
const requestID = "X-Request-Id"

var plainID = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// traced gives a request its id, the proxy's if it has one.
func traced(w http.ResponseWriter, r *http.Request) (*http.Request, *trace) {
	t := &trace{id: r.Header.Get(requestID)}
	if !plainID.MatchString(t.id) {
		t.id = rand.Text()
	}
	w.Header().Set(requestID, t.id)
	return r.WithContext(context.WithValue(r.Context(), traceKey{}, t)), t
}

// seen notes who asks.
func seen(ctx context.Context, person db.ID) {
	if t, ok := ctx.Value(traceKey{}).(*trace); ok {
		t.person = person
	}
}

// log writes a line about a request that has been answered: of the interface's own files and of probes only when asked
// for in detail.
func (t *trace) log(r *http.Request, status int, took time.Duration) {
	level := slog.LevelInfo
	if len(r.URL.Path) < 5 || r.URL.Path[:5] != "/api/" {
		level = slog.LevelDebug
	}
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	slog.Log(r.Context(), level, "request", "method", r.Method, "path", r.URL.Path, "status", max(status, http.StatusOK), "ms", took.Milliseconds(), "person", t.person, "from", from)
}

// Tracing adds the id of the request to whatever is logged on its behalf.
func Tracing(h slog.Handler) slog.Handler { return tracing{h} }

type tracing struct{ slog.Handler }

func (h tracing) Handle(ctx context.Context, r slog.Record) error {
	if t, ok := ctx.Value(traceKey{}).(*trace); ok {
		r.AddAttrs(slog.String("request", t.id))
	}
	return h.Handler.Handle(ctx, r)
}

func (h tracing) WithAttrs(a []slog.Attr) slog.Handler { return tracing{h.Handler.WithAttrs(a)} }
func (h tracing) WithGroup(name string) slog.Handler   { return tracing{h.Handler.WithGroup(name)} }
