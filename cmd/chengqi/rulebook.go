package main

import (
	"encoding/json"
	"os"

	"github.com/chengqi-oa/chengqi/internal/app/coverage"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

type rulebookCmd struct {
	Coverage coverageCmd `cmd:"" help:"逐条列出制度落实在哪里、由哪个试验证明"`
}

type coverageCmd struct {
	JSON bool `help:"输出 JSON" name:"json"`
	Open bool `help:"只列还没有落实的条款"`
}

// Run goes through the rulebook as it is built in.
func (c *coverageCmd) Run() error {
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		return err
	}
	index, err := coverage.Cited()
	if err != nil {
		return err
	}
	report, err := coverage.Compute(clauses, index, coverage.Shipped()...)
	if err != nil {
		return err
	}
	if !c.JSON {
		return report.WriteTable(os.Stdout, c.Open)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(report)
}
