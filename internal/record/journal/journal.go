// Package journal 留痕 is the append-only record of every action (OA-04, OA-29). Each entry's hash covers the hash before
// it and the very bytes stored, by SM3 (GB/T 32905-2016), so a changed, removed or reordered entry shows.
//
// It does not judge or interpret what it is given. Invariant: entries of a chain are numbered 1, 2, 3 … without
// gaps, are written in the transaction of the change they record, and are never rewritten.
package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Entry 留痕条目 is one thing that happened.
type Entry struct {
	Chain   db.ID           `json:"chain"` // the agency, or 0 for the deployment
	Seq     int64           `json:"seq"`
	At      time.Time       `json:"at"`
	Topic   string          `json:"topic"` // "matter", "login", "admin", "file" …
	Actor   db.ID           `json:"actor"`
	For     db.ID           `json:"for,omitempty"` // the person stood in for, ORG-24
	Matter  db.ID           `json:"matter,omitempty"`
	Action  string          `json:"action"`
	From    string          `json:"from,omitempty"` // the address it was done from, where it is not part of the content
	Content json.RawMessage `json:"content,omitempty"`
}

// Append adds an entry at the end of the transaction, when it gets its number: whoever adds one holds the chain of the whole
// agency until all is kept. content is encoded as it is now.
func Append(tx *db.Tx, e Entry, content any) error {
	e.At = tx.Now
	if content != nil {
		var err error
		if e.Content, err = json.Marshal(content); err != nil {
			return err
		}
	}
	tx.Last(func() error { return enter(tx, e) })
	return nil
}

// enter takes the head of the chain and hangs the entry on it.
func enter(tx *db.Tx, e Entry) error {
	var head []byte
	known, err := tx.Row(`SELECT seq, hash FROM chains WHERE chain = ?`+tx.ForUpdate(), []any{e.Chain}, &e.Seq, &head)
	if err != nil {
		return err
	}
	e.Seq++
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	hash := link(head, body)
	if _, err := tx.Exec(`INSERT INTO journal (chain, seq, at, topic, actor_id, matter_id, body, hash) VALUES (?,?,?,?,?,?,?,?)`,
		e.Chain, e.Seq, e.At, e.Topic, e.Actor, e.Matter, body, hash); err != nil {
		return err
	}
	if known {
		_, err = tx.Exec(`UPDATE chains SET seq = ?, hash = ? WHERE chain = ?`, e.Seq, hash, e.Chain)
	} else {
		_, err = tx.Exec(`INSERT INTO chains (chain, seq, hash) VALUES (?,?,?)`, e.Chain, e.Seq, hash)
	}
	return err
}

func link(before, body []byte) []byte {
	h := sm3.New()
	h.Write(before)
	h.Write(body)
	return h.Sum(nil)
}

// OfMatter lists a matter's entries, oldest first, with their hashes.
func OfMatter(tx *db.Tx, matter db.ID, each func(Entry, []byte) error) error {
	return tx.Query(`SELECT body, hash FROM journal WHERE matter_id = ? ORDER BY seq`, []any{matter}, decode(each))
}

func decode(each func(Entry, []byte) error) func(func(...any) error) error {
	return func(scan func(...any) error) error {
		var body, hash []byte
		if err := scan(&body, &hash); err != nil {
			return err
		}
		var e Entry
		if err := json.Unmarshal(body, &e); err != nil {
			return err
		}
		return each(e, hash)
	}
}

// Broken 断链 names the first entry that does not hold.
type Broken struct {
	Chain db.ID
	Seq   int64
	Why   string
}

func (b *Broken) Error() string {
	return fmt.Sprintf("留痕链断裂：第 %d 链第 %d 条，%s", int64(b.Chain), b.Seq, b.Why)
}

// Verify walks every chain and returns the number of entries, or *Broken for the first fault.
func Verify(tx *db.Tx) (int64, error) {
	var count, seq int64
	var chain db.ID
	var head []byte
	ends := map[db.ID]end{}
	err := tx.Query(`SELECT chain, seq, at, topic, actor_id, matter_id, body, hash FROM journal ORDER BY chain, seq`, nil,
		func(scan func(...any) error) error {
			var r row
			if err := scan(&r.chain, &r.seq, &r.at, &r.topic, &r.actor, &r.matter, &r.body, &r.hash); err != nil {
				return err
			}
			if r.chain != chain || count == 0 {
				chain, seq, head = r.chain, 0, nil
			}
			seq++
			if why := r.fault(seq, head); why != "" {
				return &Broken{r.chain, seq, why}
			}
			head, ends[chain] = r.hash, end{seq, r.hash}
			count++
			return nil
		})
	if err != nil {
		return count, err
	}
	return count, verifyHeads(tx, ends)
}

// end 链尾 is the last entry of a chain.
type end struct {
	seq  int64
	hash []byte
}

// verifyHeads finds entries cut off at the end of a chain, and a last one that was written anew with its hash.
func verifyHeads(tx *db.Tx, seen map[db.ID]end) error {
	err := tx.Query(`SELECT chain, seq, hash FROM chains ORDER BY chain`, nil, func(scan func(...any) error) error {
		var chain db.ID
		var seq int64
		var hash []byte
		if err := scan(&chain, &seq, &hash); err != nil {
			return err
		}
		last := seen[chain]
		delete(seen, chain)
		switch {
		case last.seq != seq:
			return &Broken{chain, min(last.seq, seq) + 1, fmt.Sprintf("应有 %d 条，只找到 %d 条", seq, last.seq)}
		case seq > 0 && !bytes.Equal(last.hash, hash):
			return &Broken{chain, seq, "与链尾登记的校验值不符"}
		}
		return nil
	})
	for chain, last := range seen {
		if err == nil {
			err = &Broken{chain, last.seq, "这一条链没有登记链尾"}
		}
	}
	return err
}

type row struct {
	chain, actor, matter db.ID
	seq, at              int64
	topic                string
	body, hash           []byte
}

func (r row) fault(want int64, head []byte) string {
	if r.seq != want {
		return "缺少这一条"
	}
	if !bytes.Equal(link(head, r.body), r.hash) {
		return "内容与校验值不符"
	}
	var e Entry
	if err := json.Unmarshal(r.body, &e); err != nil {
		return "内容不能读出"
	}
	if e.Chain != r.chain || e.Seq != r.seq || db.Millis(e.At) != r.at || e.Topic != r.topic || e.Actor != r.actor || e.Matter != r.matter {
		return "检索栏与内容不符"
	}
	return ""
}
