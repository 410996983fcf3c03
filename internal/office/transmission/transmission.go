// Package transmission 公文传输 holds the list of the transmission channel against the office's ledgers: every document the
// channel has delivered stands once among the incoming ones, every one it has sent once on a list of distribution (OA-06).
//
// Definitions call it by name: reconcile(lines,since,until) takes the lines of the channel from the table "lines", finds each
// in the ledgers between the two days, and adds what the ledgers have and the channel has not; with a fourth word, explained,
// it refuses while a line that does not agree has nothing written beside it. It keeps no books of its own and changes nothing
// in the ledgers: what is missing there is registered by whoever ought to.
// Invariant: a line of the channel and a line of a ledger stand for each other or for nothing; no line is counted twice.
package transmission

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{"reconcile": {Act: reconcile}}
}

// What a line turns out to be, in its column "found".
const (
	agrees   = "相符"
	differs  = "内容不符"
	unlisted = "台账没有"
	untraced = "渠道没有"
	repeated = "渠道重复"
	received = "收"
	sent     = "发"
	clause   = "OA-06"
)

// line 传输行 is a document as the channel or a ledger tells of it.
type line struct {
	direction, party, number, title, transfer string
	at                                        string     // RFC 3339, or empty
	matter                                    db.ID      // of a ledger
	row                                       engine.Row // of the channel
}

func reconcile(tx *db.Tx, c *engine.Case, arg string) error {
	names := strings.Split(arg, ",")
	if len(names) != 3 && !(len(names) == 4 && names[3] == "explained") {
		return fmt.Errorf("reconcile(%s): want table,since,until and perhaps explained", arg)
	}
	since, sinceErr := workday.ParseDay(c.Text(names[1]))
	until, untilErr := workday.ParseDay(c.Text(names[2]))
	if sinceErr != nil || untilErr != nil || until < since {
		return errs.Refuse("没有核对", errs.Reason{Text: "请填写起止日期，止不能早于起", Clause: clause, Field: names[2]})
	}
	channel, notes, reasons := channelLines(c.Before.Rows(names[0]), c.Matter.Rows(names[0]), names[0])
	if len(reasons) > 0 {
		return errs.Refuse("没有核对", reasons...)
	}
	ledger, err := ledgerLines(tx, c.Matter.Agency, since, until)
	if err != nil {
		return err
	}
	rest := pair(channel, ledger)
	rows := make([]engine.Row, 0, len(channel)+len(rest))
	for _, l := range channel {
		rows = append(rows, l.row)
	}
	for _, l := range rest {
		rows = append(rows, l.missing(notes[l.key()]))
	}
	c.Matter.SetRows(names[0], rows)
	if len(names) == 4 {
		return explained(rows, names[0])
	}
	return nil
}

// explained asks for a word on every line that does not agree.
func explained(rows []engine.Row, table string) error {
	var reasons []errs.Reason
	for _, r := range rows {
		if r["found"] != agrees && strings.TrimSpace(engine.TextIn(r, "note")) == "" {
			reasons = append(reasons, errs.Reason{
				Text:   fmt.Sprintf("%s%s“%s”%s，要写处理情况", r["direction"], r["party"], cmp.Or(engine.TextIn(r, "title"), engine.TextIn(r, "doc_number")), r["found"]),
				Clause: clause, Field: table,
			})
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("没有核对完", reasons...)
	}
	return nil
}

// channelLines reads what was typed or pasted. Lines that an earlier comparison added from the ledgers are told by what stood
// in the table before, whatever anybody has made of them since; they are left out, and what was written beside them is kept
// by their key.
func channelLines(before, rows []engine.Row, table string) ([]*line, map[string]any, []errs.Reason) {
	added := map[string]bool{}
	for _, r := range before {
		if r["found"] == untraced {
			added[read(r).key()] = true
		}
	}
	var lines []*line
	var reasons []errs.Reason
	notes := map[string]any{}
	for i, r := range rows {
		l := read(r)
		if l.matter != 0 && added[l.key()] {
			notes[l.key()] = r["note"]
			continue
		}
		if l.direction == "" || l.party == "" || l.number == "" && l.title == "" {
			reasons = append(reasons, errs.Reason{
				Text: fmt.Sprintf("渠道清单第 %d 行没有写全收发、对方单位和文号（没有文号的写标题）", i+1), Clause: clause, Field: table,
			})
		}
		lines = append(lines, l)
	}
	return lines, notes, reasons
}

// read takes a line of the table as it stands.
func read(r engine.Row) *line {
	l := &line{
		direction: engine.TextIn(r, "direction"), party: engine.TextIn(r, "party"), number: engine.TextIn(r, "doc_number"),
		title: engine.TextIn(r, "title"), transfer: engine.TextIn(r, "transfer_number"), at: engine.TextIn(r, "at"), row: r,
	}
	if id, err := db.ParseID(engine.TextIn(r, "source")); err == nil {
		l.matter = id
	}
	return l
}

// key tells lines of the ledgers apart: a document goes to a unit once.
func (l *line) key() string { return l.direction + l.matter.String() + l.party + l.transfer }

// missing is a line of a ledger that the channel does not know.
func (l *line) missing(note any) engine.Row {
	r := engine.Row{"direction": l.direction, "party": l.party, "found": untraced, "source": l.matter.String()}
	for key, v := range map[string]string{"doc_number": l.number, "title": l.title, "transfer_number": l.transfer, "at": l.at} {
		if v != "" {
			r[key] = v
		}
	}
	if note != nil {
		r["note"] = note
	}
	return r
}

// pair finds for each line of the channel its line in the ledgers, the surest sign first, and gives the lines of the
// ledgers that are left over.
func pair(channel, ledger []*line) []*line {
	seen := map[string]bool{}
	var open []*line
	for _, l := range channel {
		delete(l.row, "source")
		l.row["found"] = unlisted
		if sign := l.direction + l.transfer; l.transfer != "" {
			if seen[sign] {
				l.row["found"] = repeated
				continue
			}
			seen[sign] = true
		}
		open = append(open, l)
	}
	for _, same := range []func(a, b *line) bool{sameTransfer, sameNumber, sameTitle} {
		open, ledger = pass(open, ledger, same)
	}
	return ledger
}

// pass marks the lines that have the sign in common, and gives those of both sides that are still alone.
func pass(open, ledger []*line, same func(a, b *line) bool) (alone, rest []*line) {
	taken := map[*line]bool{}
	for _, l := range open {
		i := slices.IndexFunc(ledger, func(o *line) bool { return !taken[o] && l.direction == o.direction && same(l, o) })
		if i < 0 {
			alone = append(alone, l)
			continue
		}
		mate := ledger[i]
		taken[mate] = true
		l.row["source"] = mate.matter.String()
		l.row["found"] = agrees
		if !l.tells(mate) {
			l.row["found"] = differs
		}
	}
	for _, l := range ledger {
		if !taken[l] {
			rest = append(rest, l)
		}
	}
	return alone, rest
}

func sameTransfer(a, b *line) bool { return a.transfer != "" && plain(a.transfer) == plain(b.transfer) }

func sameNumber(a, b *line) bool {
	return a.number != "" && plain(a.number) == plain(b.number) && plain(a.party) == plain(b.party) && !apart(a.transfer, b.transfer)
}

func sameTitle(a, b *line) bool {
	return a.title != "" && plain(a.title) == plain(b.title) && plain(a.party) == plain(b.party) &&
		!apart(a.number, b.number) && !apart(a.transfer, b.transfer)
}

// tells whether two lines of one document say the same of it.
func (l *line) tells(o *line) bool {
	return plain(l.party) == plain(o.party) && !apart(l.number, o.number)
}

// apart: both are known, and they are not the same.
func apart(a, b string) bool { return a != "" && b != "" && plain(a) != plain(b) }

// plain takes away how a number or a name is typed: spaces, and the kinds of brackets.
var brackets = strings.NewReplacer(" ", "", "　", "", "[", "〔", "]", "〕", "［", "〔", "］", "〕", "【", "〔", "】", "〕", "(", "（", ")", "）")

func plain(s string) string { return brackets.Replace(s) }
