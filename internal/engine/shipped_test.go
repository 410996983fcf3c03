package engine_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// Every definition we ship is proved: reachable, ending, with known fields, actors, clauses and effects.
func TestShippedDefinitionsHold(t *testing.T) {
	book, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	cat, faults := engine.Load(engine.Proof{Rules: book, Effects: engine.WithBuiltIn(office.Effects(file.Store{}))}, procedures.Files)
	for _, f := range faults {
		t.Error(f)
	}
	if len(cat.All()) < 2 {
		t.Fatalf("only %d definitions loaded", len(cat.All()))
	}
}
