package engine

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Two files among the definitions are none: what they share, and the duties that come round (internal/office/periodic).
const (
	commonFile = "common.yaml"
	dutiesFile = "duties.yaml"
)

// texts are the definition files gathered, not yet read: by their kind, or by the name of the file where no kind can be
// made out. What is gathered later stands in place of what was gathered before.
type texts struct {
	common string            // what all share
	text   map[string]string // by kind
	files  map[string]string // where it stands, by kind
	faults []Fault
}

// gather collects the files of the roots, the later ones over the earlier, and the office's own procedures over them all.
func gather(roots []fs.FS, own []OwnProcedure) *texts {
	t := &texts{text: map[string]string{}, files: map[string]string{}}
	for _, root := range roots {
		t.folder(root)
	}
	here := map[string]string{}
	for _, p := range own {
		t.take(here, "own/"+p.Kind+".yaml", p.Source)
	}
	return t
}

func (t *texts) folder(root fs.FS) {
	here := map[string]string{}
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".yaml") || path.Base(name) == dutiesFile {
			return err
		}
		raw, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if path.Base(name) == commonFile {
			t.common = string(raw)
			return nil
		}
		t.take(here, name, string(raw))
		return nil
	})
	if err != nil {
		t.faults = append(t.faults, Fault{File: ".", Text: "读不出定义文件：" + err.Error()})
	}
}

// take takes up one file. here tells which file of the same folder has a kind: in one folder a kind is defined once.
func (t *texts) take(here map[string]string, file, text string) {
	kind := kindOf(text, file)
	if first := here[kind]; first != "" {
		t.faults = append(t.faults, Fault{file, 1, fmt.Sprintf("代号“%s”已在 %s 里用了，请另取一个", kind, first)})
	}
	t.text[kind], t.files[kind], here[kind] = text, file, file
}

// kindOf reads the kind without reading the rest, which may be faulty: a comment and quotes may stand beside it.
func kindOf(text, file string) string {
	for line := range strings.Lines(text) {
		if k, ok := strings.CutPrefix(line, "kind:"); ok {
			k, _, _ = strings.Cut(k, " #")
			return strings.Trim(strings.TrimSpace(k), `"'`)
		}
	}
	return file
}
