package api

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

const policy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; font-src 'self'; " +
	"connect-src 'self'; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

// protect wraps everything: headers, cross-origin protection, compression, a log line and recovery.
func (s *Server) protect(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	guarded := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !cleanAddress(r) {
			http.Error(w, "地址里有不能用的字符，请检查后再试", http.StatusBadRequest)
			return
		}
		r = s.trusted.settle(r)
		r.URL.Path = bookSuffix(r.URL.Path)
		h := w.Header()
		if isSecure(r.Context()) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		r, t := traced(w, r)
		defer func() { // the server clears up only after the request it handed over, and this is another
			if r.MultipartForm != nil {
				_ = r.MultipartForm.RemoveAll() // uploads that were laid aside on disk while they were read
			}
		}()
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				slog.ErrorContext(r.Context(), "a request panicked", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				http.Error(w, "系统出了差错，请再试一次", http.StatusInternalServerError)
			}
		}()
		cw := &compressing{ResponseWriter: w, able: strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")}
		defer cw.close()
		started := time.Now()
		guarded.ServeHTTP(cw, r)
		t.log(r, cw.status, time.Since(started))
		requestSeconds.WithLabelValues(verb(r.Method), class(cw.status)).Observe(time.Since(started).Seconds())
	})
}

// verb is a method as a figure knows it: anybody may invent methods, and each would be kept for good.
func verb(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete:
		return method
	}
	return "other"
}

func class(status int) string {
	switch {
	case status >= 500:
		return "5xx"
	case status >= 400:
		return "4xx"
	default:
		return "2xx"
	}
}

// compressing gzips text answers of some size.
type compressing struct {
	http.ResponseWriter
	able   bool
	status int
	gz     *gzip.Writer
	began  bool
}

var zippers = sync.Pool{New: func() any { w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed); return w }}

func (c *compressing) WriteHeader(status int) {
	c.status = status
	c.begin()
	c.ResponseWriter.WriteHeader(status)
}

func (c *compressing) begin() {
	if c.began {
		return
	}
	c.began = true
	kind := c.Header().Get("Content-Type")
	text := strings.HasPrefix(kind, "text/") && !strings.HasPrefix(kind, "text/event-stream") || strings.Contains(kind, "json") ||
		strings.Contains(kind, "javascript") || strings.Contains(kind, "svg")
	if c.able && text && c.Header().Get("Content-Encoding") == "" && c.status != http.StatusNotModified && c.status != http.StatusNoContent {
		c.Header().Set("Content-Encoding", "gzip")
		c.Header().Add("Vary", "Accept-Encoding")
		c.Header().Del("Content-Length")
		c.gz, _ = zippers.Get().(*gzip.Writer)
		c.gz.Reset(c.ResponseWriter)
	}
}

func (c *compressing) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
		if c.Header().Get("Content-Type") == "" {
			c.Header().Set("Content-Type", http.DetectContentType(b))
		}
		c.begin()
	}
	if c.gz != nil {
		return c.gz.Write(b)
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap lets a handler flush and set deadlines through the wrapper.
func (c *compressing) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *compressing) close() {
	if c.gz != nil {
		_ = c.gz.Close() // the peer may be gone; nothing to save
		zippers.Put(c.gz)
	}
}

// interfaceFiles serves the built interface; every path that is no file is the page itself, which routes by path.
func interfaceFiles(ui fs.FS) http.Handler {
	page, pageErr := fs.ReadFile(ui, "index.html")
	files := http.FileServerFS(ui)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			http.NotFound(w, r)
			return
		}
		built := strings.HasPrefix(name, "assets/")
		if info, err := fs.Stat(ui, name); err == nil && !info.IsDir() && name != "index.html" {
			if built {
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			files.ServeHTTP(w, r)
			return
		}
		if built { // of another version: a page that was open while the program was upgraded asks for it, and opens itself anew
			http.NotFound(w, r)
			return
		}
		if pageErr != nil {
			http.Error(w, "界面尚未构建：请先运行 make build", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "index.html", time.Time{}, bytes.NewReader(page))
	})
}
