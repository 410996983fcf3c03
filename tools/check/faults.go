package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Whoever reads of a run only its end, as of a run elsewhere, must learn from it what broke: each failed test by its
// name with the first lines of what it said.
const (
	namedFaults = 30
	linesOfEach = 15
	longestLine = 240 // runes
)

// fault 没有通过的试验 is a test that failed, and how its output begins.
type fault struct {
	name  string
	lines []string
	more  int // lines left out
}

// fault adds a failed test with its output.
func (r *run) fault(name string, output ...string) *fault {
	f := &fault{name: name}
	for _, line := range output {
		f.add(plain([]byte(line)))
	}
	r.faults = append(r.faults, f)
	return f
}

// noise is what test programs say of themselves, and what the tested program noted while it worked.
var noise = regexp.MustCompile(`^\s*($|=== |--- (PASS|FAIL|SKIP)|(PASS|FAIL)$|FAIL\t|⎯|at .*node:internal|\d{4}/\d\d/\d\d [\d:]+ (DEBUG|INFO|WARN) )`)

func (f *fault) add(line string) {
	switch {
	case noise.MatchString(line):
	case len(f.lines) == linesOfEach:
		f.more++
	default:
		if said := []rune(line); len(said) > longestLine {
			line = string(said[:longestLine]) + "……"
		}
		f.lines = append(f.lines, line)
	}
}

// name writes the failed tests; a test that says nothing itself stands for its parts, which are named.
func (r *run) name(w io.Writer) {
	var told []*fault
	for _, f := range r.faults {
		part := func(of *fault) bool { return strings.HasPrefix(of.name, f.name+"/") }
		if len(f.lines) > 0 || !slices.ContainsFunc(r.faults, part) {
			told = append(told, f)
		}
	}
	for i, f := range told {
		if i == namedFaults {
			fmt.Fprintf(w, "✖ 另有 %d 个\n", len(told)-namedFaults)
			break
		}
		fmt.Fprintf(w, "✖ %s\n", f.name)
		for _, line := range f.lines {
			fmt.Fprintf(w, "    %s\n", strings.TrimLeft(line, " \t"))
		}
		if f.more > 0 {
			fmt.Fprintf(w, "    ……还有 %d 行\n", f.more)
		}
	}
}
