package coverage

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// most places of a clause in the table; the JSON has them all.
const mostPlaces = 3

// WriteTable writes the clauses for reading: where each is enforced, which test proves it, and the sums by chapter.
// Of the clauses it writes all, or only those that nothing enforces yet; the sums are always of all.
func (r *Report) WriteTable(out io.Writer, onlyOpen bool) error {
	w := bufio.NewWriter(out)
	for _, c := range r.Chapters {
		if onlyOpen && c.Covered == c.Total {
			continue
		}
		fmt.Fprintf(w, "【%s】\n", c.Name)
		for i := range c.Clauses {
			if !onlyOpen || !c.Clauses[i].Covered() {
				c.Clauses[i].write(w)
			}
		}
		fmt.Fprintln(w)
	}
	r.sums(w)
	return w.Flush()
}

func (c *Clause) write(w io.Writer) {
	fmt.Fprintf(w, "%-12s %s  %s\n", c.ID, c.Weight, shorten(c.Text, 46))
	if !c.Covered() {
		fmt.Fprintln(w, "                未落实")
	}
	for i, p := range c.Where {
		if i == mostPlaces {
			fmt.Fprintf(w, "                还有 %d 处\n", len(c.Where)-mostPlaces)
			break
		}
		fmt.Fprintf(w, "                落实 %s\n", p)
	}
	for i, p := range c.Tests {
		if i == mostPlaces {
			fmt.Fprintf(w, "                还有 %d 个试验\n", len(c.Tests)-mostPlaces)
			break
		}
		fmt.Fprintf(w, "                试验 %s %s\n", p.File, p.Name)
	}
}

// sums writes one line a chapter and one for all. Numbers come first: names in Chinese are of uneven width.
func (r *Report) sums(w io.Writer) {
	fmt.Fprintln(w, "A 类落实/共有   全部落实/共有   仅列名   有试验   章")
	var all Chapter
	line := func(c *Chapter) {
		fmt.Fprintf(w, "%6d/%-6d    %6d/%-6d   %6d   %6d   %s\n", c.A, c.ATotal, c.Covered, c.Total, c.Listed, c.Tested, c.Name)
	}
	for i := range r.Chapters {
		c := &r.Chapters[i]
		line(c)
		all.A, all.ATotal, all.Covered, all.Total = all.A+c.A, all.ATotal+c.ATotal, all.Covered+c.Covered, all.Total+c.Total
		all.Listed, all.Tested = all.Listed+c.Listed, all.Tested+c.Tested
	}
	all.Name = "合计"
	line(&all)
	fmt.Fprintln(w, "“仅列名”是只写在程序开头的依据里、没有具体落实到环节、校验、期限或填写项的条款。")
}

func shorten(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
