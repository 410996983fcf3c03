package api

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// Text that no database keeps alike is not let in: PostgreSQL takes neither the character NUL nor bytes that are no UTF-8,
// SQLite takes both. Nobody types either.

var errUnclean = errors.New("the text holds NUL or is no UTF-8")

// takeCleanText puts the check before what is sent as JSON.
func takeCleanText(config *huma.Config) {
	formats := map[string]huma.Format{}
	for name, f := range config.Formats {
		read := f.Unmarshal
		f.Unmarshal = func(data []byte, v any) error {
			if !utf8.Valid(data) || escapesNUL(data) {
				return errUnclean
			}
			return read(data, v)
		}
		formats[name] = f
	}
	config.Formats = formats
}

// escapesNUL tells whether a JSON text holds the escape of NUL, and not a backslash followed by the same letters.
func escapesNUL(data []byte) bool {
	const escape = `\u0000`
	for {
		at := bytes.Index(data, []byte(escape))
		if at < 0 {
			return false
		}
		before := len(data[:at]) - len(bytes.TrimRight(data[:at], `\`))
		if before%2 == 0 {
			return true
		}
		data = data[at+len(escape):]
	}
}

// cleanAddress tells whether the address of a request is text.
func cleanAddress(r *http.Request) bool {
	query, err := url.QueryUnescape(r.URL.RawQuery)
	if err != nil {
		query = "" // a stray percent sign in a search; the parameters are read one by one
	}
	text := r.URL.Path + query
	return utf8.ValidString(text) && !strings.Contains(text, "\x00")
}
