package db

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// ID is a row's identity: 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of sequence, so that ids
// grow with time and several processes on one database never meet. In JSON it is a string, because a browser's
// numbers are exact only to 53 bits.
type ID int64

var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

// MarshalJSON writes the id as a string.
func (id ID) MarshalJSON() ([]byte, error) { return json.Marshal(id.String()) }

// UnmarshalJSON reads the string form.
func (id *ID) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	parsed, err := ParseID(s)
	*id = parsed
	return err
}

func (id ID) String() string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// ParseID reads an id as the interface sends it; the empty string is no id.
func ParseID(s string) (ID, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("not an id: %q", s)
	}
	return ID(n), nil
}

const (
	nodeBits = 10
	seqBits  = 12
)

type idMaker struct {
	mu    sync.Mutex
	node  int64
	until time.Time // of the node's lease; zero: the number is our own guess
	last  int64
	seq   int64
}

func newIDMaker() *idMaker {
	var b [2]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return &idMaker{node: int64(binary.BigEndian.Uint16(b[:]) & (1<<nodeBits - 1))}
}

// become makes ids under another number from the next millisecond on.
func (m *idMaker) become(node int64, until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.node, m.until = node, until
	m.last, m.seq = max(m.last, time.Now().UnixMilli()-epoch), 1<<seqBits-1
}

func (m *idMaker) extend(until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.until = until
}

func (m *idMaker) number() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.node
}

func (m *idMaker) valid(now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return now.Before(m.until)
}

// next uses the real clock even when the office's clock is set back for sample data: ids only have to be unique
// and roughly in order of writing.
func (m *idMaker) next() ID {
	m.mu.Lock()
	defer m.mu.Unlock()
	ms := time.Now().UnixMilli() - epoch
	if ms <= m.last {
		ms = m.last
		m.seq++
		if m.seq == 1<<seqBits {
			ms, m.seq = ms+1, 0
		}
	} else {
		m.seq = 0
	}
	m.last = ms
	return ID(ms<<(nodeBits+seqBits) | m.node<<seqBits | m.seq)
}
