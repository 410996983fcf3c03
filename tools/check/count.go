package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// goEvent 测试事件 is a line of `go test -json`, as far as we read it.
type goEvent struct {
	Action, Package, Test, Output string
	ImportPath, FailedBuild       string // what did not build, and whose tests it kept from running
	Elapsed                       float64
}

// goCounter counts the tests of `go test -json` and shows a line per package, and in full what failed.
func goCounter() counter {
	output := map[string][]string{} // of running tests and packages, shown only if they fail
	failedIn := map[string]int{}
	return func(r *run, line []byte) bool {
		var e goEvent
		if json.Unmarshal(line, &e) != nil || e.Action == "" {
			return true // not ours: the go command itself speaks
		}
		key := e.Package + " " + e.Test
		switch e.Action {
		case "build-output":
			key = e.ImportPath
			fallthrough
		case "output":
			output[key] = append(output[key], e.Output)
			return false
		case "pass", "fail", "skip":
		default:
			return false
		}
		if e.Action == "fail" && (e.Test != "" || failedIn[e.Package] == 0) {
			said := slices.Concat(output[e.FailedBuild], output[key])
			r.failed++
			failedIn[e.Package]++
			fmt.Print("--- 没有通过：", key, "\n", strings.Join(said, ""))
			r.fault(strings.TrimSpace(key), said...)
		} else if e.Test != "" && e.Action == "pass" {
			r.passed++
		} else if e.Test != "" && e.Action == "skip" {
			r.skipped++
		}
		if e.Test == "" && e.Action != "skip" {
			fmt.Printf("%-5s %s %.1fs\n", e.Action, e.Package, e.Elapsed)
		}
		delete(output, key)
		return false
	}
}

var (
	vitestLine = regexp.MustCompile(`^\s*Tests\s+(.*)`)
	vitestPart = regexp.MustCompile(`(\d+) (passed|failed|skipped)`)
	nodeLine   = regexp.MustCompile(`^(?:ℹ|#) (pass|fail|cancelled|skipped) (\d+)`)
)

// vitestCounter reads "Tests  1 failed | 41 passed (42)", and of each failure the part from " FAIL " to the next.
func vitestCounter() counter {
	var of *fault
	return func(r *run, line []byte) bool {
		text := plain(line)
		switch title, failed := strings.CutPrefix(text, " FAIL  "); {
		case failed:
			of = r.fault(title)
		case strings.HasPrefix(text, " Test Files "):
			of = nil
		case of != nil:
			of.add(text)
		}
		return countVitest(r, []byte(text))
	}
}

func countVitest(r *run, line []byte) bool {
	if m := vitestLine.FindSubmatch(line); m != nil {
		for _, part := range vitestPart.FindAllSubmatch(m[1], -1) {
			r.add(string(part[2]), string(part[1]))
		}
	}
	return true
}

// nodeCounter reads the last lines of Node's own test runner: "ℹ pass 12", and what it tells again at the end of each
// test that failed, after "✖ failing tests:".
func nodeCounter() counter {
	var of *fault
	telling := false
	return func(r *run, line []byte) bool {
		text := plain(line)
		title, failed := strings.CutPrefix(strings.TrimSpace(text), "✖ ")
		switch {
		case failed && title == "failing tests:":
			telling = true
		case failed && telling:
			of = r.fault(title)
		case strings.HasPrefix(text, "test at "):
			of = nil
		case of != nil:
			of.add(text)
		}
		return countNode(r, line)
	}
}

func countNode(r *run, line []byte) bool {
	if m := nodeLine.FindSubmatch(line); m != nil {
		r.add(string(m[1]), string(m[2]))
	}
	return true
}

var colour = regexp.MustCompile("\x1b\\[[0-9;]*m")

// plain is a line without colours and its end.
func plain(line []byte) string {
	return strings.TrimRight(colour.ReplaceAllString(string(line), ""), " \r\n")
}

func (r *run) add(what, n string) {
	k, _ := strconv.Atoi(n) // the patterns let only digits through
	switch what {
	case "pass", "passed":
		r.passed += k
	case "fail", "failed", "cancelled":
		r.failed += k
	case "skipped":
		r.skipped += k
	}
}
