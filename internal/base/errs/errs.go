// Package errs is the one error type of the program: a kind the transport can map, a Chinese sentence for the
// user written where the refusal is decided, and all the reasons at once, each with the clause that asks for it.
package errs

import (
	"errors"
	"fmt"
	"strings"
)

// Kind 错误种类 says what the caller can do about an error.
type Kind int

// The kinds, few on purpose.
const (
	Internal     Kind = iota // our fault; the user can only try again or call the administrator
	Refused                  // the request is understood and not allowed as it stands; Reasons say why
	NotFound                 // absent, or not for this reader's eyes: the two are never told apart
	Conflict                 // somebody acted first; reload and decide again
	Unauthorized             // not logged in
	Denied                   // logged in, but not this person's work
	Locked                   // the account is locked for a while
	Unavailable              // the store cannot take a write now; nothing was changed
	TooMany                  // asked too often; later it will do
)

// Reason 理由 is one cause of a refusal.
type Reason struct {
	Text   string `json:"text"`
	Clause string `json:"clause,omitempty"`
	Field  string `json:"field,omitempty"`
	Cells  []Cell `json:"cells,omitempty"` // of a field that is a table: where in it
}

// Cell 格 is one cell of a table as it was filled in: the line, counted from nought, and the column; without a column, the
// whole line.
type Cell struct {
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
}

// Error is what every layer returns for an expected failure.
type Error struct {
	Kind    Kind
	Text    string
	Reasons []Reason
	cause   error
}

func (e *Error) Error() string {
	if len(e.Reasons) == 0 {
		return e.Text
	}
	texts := make([]string, len(e.Reasons))
	for i, r := range e.Reasons {
		texts[i] = r.Text
		if r.Clause != "" {
			texts[i] += "（" + r.Clause + "）"
		}
	}
	return e.Text + "：" + strings.Join(texts, "；")
}

func (e *Error) Unwrap() error { return e.cause }

// New makes an error of a kind with the sentence the user reads.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// Refuse makes a refusal that carries every reason.
func Refuse(text string, reasons ...Reason) *Error {
	return &Error{Kind: Refused, Text: text, Reasons: reasons}
}

// Because keeps a technical cause for the log; the user never sees it.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

// KindOf tells the kind of any error; unknown errors are Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
