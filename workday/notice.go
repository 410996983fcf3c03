package workday

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem 问题 is something amiss in a notice being taken in. A warning may be accepted, anything else must be mended.
type Problem struct {
	Line    int // of the pasted text or file, 0 when it concerns the whole
	Text    string
	Warning bool
}

// String says where and what.
func (p Problem) String() string {
	if p.Line > 0 {
		return fmt.Sprintf("第%d行：%s", p.Line, p.Text)
	}
	return p.Text
}

// Usable tells whether a table with these problems may be put into force.
func Usable(problems []Problem) bool {
	return !slices.ContainsFunc(problems, func(p Problem) bool { return !p.Warning })
}

// ParseNotice reads a holiday notice into the year's table: the pasted text of the State Council's notice, CSV with
// the columns 日期, 安排 (放假 or 上班) and 节日, or JSON. It gives all it could read and everything amiss.
// The source may be left for the caller to fill in; only the text form names it.
func ParseNotice(data []byte) (Table, []Problem) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		return Table{}, []Problem{{Text: "文字编码不是UTF-8，请另存为UTF-8后再导入"}}
	}
	text := strings.TrimSpace(string(data))
	var t Table
	var problems []Problem
	switch {
	case text == "":
		return Table{}, []Problem{{Text: "没有内容"}}
	case text[0] == '{':
		t, problems = parseJSON(text)
	case strings.ContainsAny(firstLine(text), ",\t"):
		t, problems = parseCSV(text)
	default:
		t, problems = parseText(text)
	}
	return t, append(problems, t.Check()...)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// parseJSON reads our own form and the one day lists are commonly passed round in.
func parseJSON(text string) (Table, []Problem) {
	var file struct {
		Table
		Papers []string `json:"papers"`
		Days   []struct {
			Name string `json:"name"`
			Date Day    `json:"date"`
			Off  bool   `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		return Table{}, []Problem{{Text: "JSON读不懂：" + err.Error()}}
	}
	b := builder{table: file.Table}
	if b.table.Source == "" {
		b.table.Source = strings.Join(file.Papers, "；")
	}
	for _, d := range file.Days {
		b.add(d.Name, d.Date, !d.Off)
	}
	return b.table, nil
}

// The words of the second column of a CSV file.
var (
	offWords  = []string{"放假", "休", "休息", "假", "off", "0"}
	workWords = []string{"上班", "班", "调休上班", "补班", "work", "1"}
)

func parseCSV(text string) (Table, []Problem) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	if strings.Contains(firstLine(text), "\t") { // pasted from a spreadsheet
		r.Comma = '\t'
	}
	var b builder
	var problems []Problem
	for first := true; ; first = false {
		row, err := r.Read()
		if row == nil && err != nil {
			var wrong *csv.ParseError
			if errors.As(err, &wrong) {
				problems = append(problems, Problem{Line: wrong.Line, Text: "这一行不是CSV格式"})
			}
			break
		}
		line, _ := r.FieldPos(0)
		day, err := ParseDay(row[0])
		if err != nil {
			if !first { // the first line may be the heading
				problems = append(problems, Problem{Line: line, Text: err.Error()})
			}
			continue
		}
		if problem := b.row(day, row[1:]); problem != "" {
			problems = append(problems, Problem{Line: line, Text: problem})
		}
	}
	b.guessYear()
	return b.table, problems
}

// builder gathers days under their holidays.
type builder struct{ table Table }

// row takes the columns after the date, and says what is wrong with them.
func (b *builder) row(day Day, rest []string) string {
	if len(rest) == 0 {
		return "缺少“放假”或“上班”一栏"
	}
	kind, name := strings.ToLower(strings.TrimSpace(rest[0])), ""
	if len(rest) > 1 {
		name = strings.TrimSpace(rest[1])
	}
	switch {
	case slices.Contains(offWords, kind):
		b.add(name, day, false)
	case slices.Contains(workWords, kind):
		b.add(name, day, true)
	default:
		return fmt.Sprintf("“%s”应为“放假”或“上班”", rest[0])
	}
	return ""
}

func (b *builder) add(name string, day Day, work bool) {
	i := slices.IndexFunc(b.table.Holidays, func(h Holiday) bool { return h.Name == name })
	if i < 0 {
		i = len(b.table.Holidays)
		b.table.Holidays = append(b.table.Holidays, Holiday{Name: name})
	}
	h := &b.table.Holidays[i]
	if work {
		h.Work = append(h.Work, day)
	} else {
		h.Off = append(h.Off, day)
	}
}

// guessYear takes the year of the latest day: only a December before ever stands in another year's notice.
func (b *builder) guessYear() {
	for _, h := range b.table.Holidays {
		for _, d := range slices.Concat(h.Off, h.Work) {
			b.table.Year = max(b.table.Year, d.Year())
		}
	}
}
