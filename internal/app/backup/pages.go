package backup

import (
	"archive/zip"
	"bufio"
	"encoding/hex"
	"errors"
	"io"
	"os"

	"github.com/emmansun/gmsm/sm3"
)

// pageSize is how much of the database file is compared at once: a page of SQLite. What is appended to a table or
// changed in it changes a few pages; the others are found in the base by their digest, wherever they stand.
const pageSize = 4096

type sum = [sm3.Size]byte

// pages 页图 is the digest of every page of a database file, in order.
type pages []sum

func (p pages) bytes() []byte {
	out := make([]byte, 0, len(p)*sm3.Size)
	for _, s := range p {
		out = append(out, s[:]...)
	}
	return out
}

func readPages(raw []byte) (pages, bool) {
	if len(raw)%sm3.Size != 0 {
		return nil, false
	}
	out := make(pages, len(raw)/sm3.Size)
	for i := range out {
		copy(out[i][:], raw[i*sm3.Size:])
	}
	return out, true
}

// difference reads a database file and writes the pages that are not known yet; every page written becomes known.
func difference(path string, known map[sum]bool, out io.Writer, tell func(done, whole int64)) (pages, Database, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, Database{}, err
	}
	defer func() { _ = in.Close() }() // only read
	info, err := in.Stat()
	if err != nil {
		return nil, Database{}, err
	}
	var all pages
	whole, d := sm3.New(), Database{Size: info.Size()}
	page, r := make([]byte, pageSize), bufio.NewReaderSize(in, 1<<20)
	for {
		n, err := io.ReadFull(r, page)
		if errors.Is(err, io.EOF) {
			d.Sum = hex.EncodeToString(whole.Sum(nil))
			return all, d, nil
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) { // the last page may be short
			return nil, d, err
		}
		whole.Write(page[:n])
		s := sm3.Sum(page[:n])
		all = append(all, s)
		if !known[s] {
			known[s] = true
			d.New++
			if _, err := out.Write(page[:n]); err != nil {
				return nil, d, err
			}
		}
		if len(all)%4096 == 0 {
			tell(int64(len(all)), (info.Size()+pageSize-1)/pageSize)
		}
	}
}

// assemble puts a database file together from the pages of a backup and of what it stands on.
func (b *chain) assemble(path string) error {
	top := b.archives[0]
	wanted := map[sum][]int64{}
	for i, s := range top.pages {
		wanted[s] = append(wanted[s], int64(i))
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = out.Close() }() // synced below
	for _, a := range b.archives {
		if err := a.placePages(out, wanted); err != nil {
			return err
		}
	}
	if len(wanted) > 0 {
		return damaged(top.name, pagesName)
	}
	if _, err := out.Seek(0, io.SeekStart); err != nil {
		return err
	}
	h := sm3.New()
	if n, err := io.Copy(h, out); err != nil || n != top.manifest.Database.Size || hex.EncodeToString(h.Sum(nil)) != top.manifest.Database.Sum {
		return damaged(top.name, databaseName).Because(err)
	}
	return out.Sync()
}

// placePages writes those of an archive's pages that are still wanted where they belong.
func (a *archive) placePages(out *os.File, wanted map[sum][]int64) error {
	part, known := a.part(pagesName)
	if !known {
		return damaged(a.name, pagesName)
	}
	return a.read(part, func(r io.Reader) error {
		page, in := make([]byte, pageSize), bufio.NewReaderSize(r, 1<<20)
		for {
			n, err := io.ReadFull(in, page)
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
				return err
			}
			s := sm3.Sum(page[:n])
			for _, at := range wanted[s] {
				if _, err := out.WriteAt(page[:n], at*pageSize); err != nil {
					return err
				}
			}
			delete(wanted, s)
			if n < pageSize { // the last page, or a stream that breaks off: the digest tells which
				return nil
			}
		}
	})
}

func deflated(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
}

func stored(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
}
