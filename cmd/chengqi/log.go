package main

import (
	"io"
	"log/slog"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/app/api"
)

// logging are the flags about the log, which goes to standard error: systemd keeps it.
type logging struct {
	Log      string `help:"日志格式：text 供人看，json 供程序读" enum:"text,json" default:"text" env:"CHENGQI_LOG"`
	LogLevel string `help:"日志详略：debug、info、warn、error" enum:"debug,info,warn,error" default:"info" env:"CHENGQI_LOG_LEVEL"`
}

// logger makes the log.
func (l logging) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(l.LogLevel)) // one of the four
	opts := &slog.HandlerOptions{Level: level, ReplaceAttr: conceal}
	var h slog.Handler = slog.NewTextHandler(w, opts)
	if l.Log == "json" {
		h = slog.NewJSONHandler(w, opts)
	}
	return slog.New(api.Tracing(h))
}

// secrets are parts of names whose values nobody is to read in a log or on a screen.
var secrets = []string{"password", "secret", "token", "cookie", "authorization", "credential"}

func secret(name string) bool {
	for _, s := range secrets {
		if strings.Contains(strings.ToLower(name), s) {
			return true
		}
	}
	return false
}

// conceal is the last net: nothing in this program logs a secret, and if somebody adds a line that does, its value does
// not get through.
func conceal(_ []string, a slog.Attr) slog.Attr {
	if secret(a.Key) {
		return slog.String(a.Key, "（不记）")
	}
	return a
}
