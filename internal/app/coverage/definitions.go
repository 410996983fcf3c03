package coverage

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// clauseID is how a clause is numbered: DOC-IN-07, SEC-31.
var clauseID = regexp.MustCompile(`\b[A-Z][A-Z0-9]*(?:-[A-Z]+)*-\d{2,3}\b`)

// reading is an expression that reads a clause's figure.
var reading = regexp.MustCompile(`\b(?:param|figure)\(`)

// gather adds what every YAML file of the source cites. Comments are not read: what a comment says holds nobody.
func (s Source) gather(into map[string][]Place) error {
	return fs.WalkDir(s.Files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		raw, err := fs.ReadFile(s.Files, name)
		if err != nil {
			return err
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(raw, &doc); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		r := reader{file: path.Join(s.Name, name), into: into}
		for _, n := range doc.Content {
			r.read(n, nil, nil)
		}
		return nil
	})
}

// reader walks one file, knowing the keys that lead to where it is and the names of the parts it is in.
type reader struct {
	file string
	into map[string][]Place
}

func (r *reader) read(n *yaml.Node, keys, names []string) {
	switch n.Kind {
	case yaml.ScalarNode:
		for _, id := range clauseID.FindAllString(n.Value, -1) {
			r.add(id, Place{File: r.file, Line: n.Line, Name: strings.Join(names, "·"), Way: wayOf(keys, n.Value)})
		}
	case yaml.MappingNode:
		if own := valueOf(n, "name"); own != "" {
			names = append(slices.Clip(names), own)
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			r.read(n.Content[i+1], append(slices.Clip(keys), n.Content[i].Value), names)
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			r.read(c, keys, names)
		}
	}
}

func (r *reader) add(id string, p Place) {
	if !slices.Contains(r.into[id], p) {
		r.into[id] = append(r.into[id], p)
	}
}

func valueOf(mapping *yaml.Node, key string) string {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if v := mapping.Content[i+1]; mapping.Content[i].Value == key && v.Kind == yaml.ScalarNode {
			return v.Value
		}
	}
	return ""
}

// wayOf tells by the keys that lead to a word how it is meant.
func wayOf(keys []string, text string) Way {
	last := keys[len(keys)-1]
	switch {
	case last == "limit":
		return ByLimit
	case slices.Contains(keys, "checks"):
		return ByCheck
	case slices.Contains(keys, "needs"):
		return ByNeed
	case reading.MatchString(text):
		return ByParam
	case keys[0] == "number":
		return ByNumber
	case keys[0] == "duties":
		return ByDuty
	case keys[0] == "fields":
		return ByField
	case len(keys) == 1:
		return ByHead
	}
	return ByStep
}
