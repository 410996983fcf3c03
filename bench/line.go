package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// patience is how long an answer is waited for.
const patience = time.Minute

// line is one person's connection to the server, as a browser holds it. The standard client hands every request to two
// more goroutines; here that would be counted against the server, which works on the same two cores.
type line struct {
	conn net.Conn
	in   *bufio.Reader
	out  *bufio.Writer
}

// ask sends a request and gives the head of the answer; the body is to be read to its end before the next.
func (l *line) ask(ctx context.Context, req *http.Request) (*http.Response, error) {
	fresh := l.conn == nil
	res, err := l.once(ctx, req)
	if err != nil && !fresh && ctx.Err() == nil && req.GetBody != nil { // the server has closed what lay idle
		if req.Body, err = req.GetBody(); err == nil {
			res, err = l.once(ctx, req)
		}
	}
	return res, err
}

func (l *line) once(ctx context.Context, req *http.Request) (*http.Response, error) {
	if l.conn == nil {
		conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", req.URL.Host)
		if err != nil {
			return nil, err
		}
		l.conn, l.in, l.out = conn, bufio.NewReader(conn), bufio.NewWriter(conn)
	}
	err := errors.Join(l.conn.SetDeadline(time.Now().Add(patience)), req.Write(l.out), l.out.Flush())
	if err == nil {
		var res *http.Response
		if res, err = http.ReadResponse(l.in, req); err == nil {
			return res, nil
		}
	}
	l.hangUp()
	return nil, err
}

func (l *line) hangUp() {
	if l.conn != nil {
		_ = l.conn.Close() // nothing was left unsaid
	}
	l.conn = nil
}

// unpacked is the body of an answer as it was before it was packed for the way.
func unpacked(res *http.Response) (io.Reader, error) {
	if strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip") {
		return gzip.NewReader(res.Body)
	}
	return res.Body, nil
}
