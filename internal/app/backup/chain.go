package backup

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// archive 备份文件 is one opened file of a backup.
type archive struct {
	path, name string
	size       int64
	seal       string
	zip        *zip.ReadCloser
	manifest   Manifest
	pages      pages
	parts      map[string]Part
	entries    map[string]bool
}

// chain 备份链 is a backup and what it stands on, the newest first.
type chain struct{ archives []*archive }

// deepest is how long a chain may be; longer ones are a mistake or malice.
const deepest = 1000

// standOn opens a backup with everything it stands on; no name, nothing to stand on.
func standOn(file string) (_ *chain, err error) {
	b := &chain{}
	defer func() {
		if err != nil {
			b.close()
		}
	}()
	wanted := ""
	for file != "" && len(b.archives) < deepest {
		if _, err := os.Stat(file); err != nil && len(b.archives) > 0 {
			return nil, errs.New(errs.Refused, "找不到基础备份 %s，增量备份 %s 离不开它，请把它们放在同一个文件夹里",
				filepath.Base(file), b.archives[0].name).Because(err)
		}
		a, err := open(file)
		if err != nil {
			return nil, err
		}
		b.archives = append(b.archives, a)
		if wanted != "" && a.seal != wanted {
			return nil, errs.New(errs.Refused, "%s 不是增量备份 %s 的那份基础备份，请找回原来的文件", a.name, b.archives[0].name)
		}
		if a.manifest.Base == nil {
			return b, nil
		}
		file, wanted = filepath.Join(filepath.Dir(file), filepath.Base(a.manifest.Base.File)), a.manifest.Base.Seal
	}
	return b, nil
}

func (b *chain) close() {
	for _, a := range b.archives {
		_ = a.zip.Close() // only read
	}
}

// base is what an increment on this chain says of it; none if there is nothing to stand on.
func (b *chain) base() *Base {
	if len(b.archives) == 0 {
		return nil
	}
	return &Base{File: b.archives[0].name, Seal: b.archives[0].seal}
}

// pages are the digests of all pages that the chain holds.
func (b *chain) pages() map[sum]bool {
	known := map[sum]bool{}
	for _, a := range b.archives {
		for _, s := range a.pages {
			known[s] = true
		}
	}
	return known
}

// find looks for a part that the chain holds.
func (b *chain) find(name string) (Part, bool) {
	for _, a := range b.archives {
		if p, there := a.part(name); there {
			return p, b.holder(p) != nil
		}
	}
	return Part{}, false
}

// holder is the archive of the chain that stores a part.
func (b *chain) holder(p Part) *archive {
	for _, a := range b.archives {
		if own, listed := a.part(p.Name); listed && own == p && a.holds(p.Name) {
			return a
		}
	}
	return nil
}

func (a *archive) part(name string) (Part, bool) {
	p, there := a.parts[name]
	return p, there
}

func (a *archive) holds(name string) bool { return a.entries[name] }

// open opens one file and reads its list and the digests of its pages.
func open(file string) (_ *archive, err error) {
	broken := func(cause error) error {
		return errs.New(errs.Refused, "备份文件打不开或已损坏：%s", file).Because(cause)
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, errs.New(errs.NotFound, "没有这个备份文件：%s", file).Because(err)
	}
	a := &archive{path: file, name: filepath.Base(file), size: info.Size(), parts: map[string]Part{}, entries: map[string]bool{}}
	if a.zip, err = zip.OpenReader(file); err != nil {
		return nil, broken(err)
	}
	defer func() {
		if err != nil {
			_ = a.zip.Close() // only read
		}
	}()
	for _, f := range a.zip.File {
		a.entries[f.Name] = true
	}
	raw, err := a.whole(manifestName)
	if err != nil {
		return nil, damaged(a.name, manifestName).Because(err)
	}
	seal, err := a.whole(sealName)
	if a.seal = sealOf(raw); err != nil || string(seal) != a.seal {
		return nil, damaged(a.name, manifestName).Because(err)
	}
	if err := json.Unmarshal(raw, &a.manifest); err != nil || a.manifest.Format != format {
		return nil, errs.New(errs.Refused, "备份 %s 是别的版本的程序做的，本程序认不出它的格式", a.name).Because(err)
	}
	for _, p := range a.manifest.Parts {
		a.parts[p.Name] = p
	}
	return a, a.readMap()
}

func (a *archive) readMap() error {
	p, listed := a.part(mapName)
	if !listed {
		return damaged(a.name, mapName)
	}
	return a.read(p, func(r io.Reader) error {
		raw, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		var whole bool
		if a.pages, whole = readPages(raw); !whole {
			return damaged(a.name, mapName)
		}
		return nil
	})
}

func (a *archive) whole(name string) ([]byte, error) {
	f, err := a.zip.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(f)
}
