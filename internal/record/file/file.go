// Package file keeps attachments: the bytes in a folder or a storage bucket by digest, what they are in the database.
//
// Who may read a file follows from the matter it is tied to; this package only says which matter that is. Invariants:
// a stored file is never changed; its row exists only after its bytes are safe; bytes are
// given out only if they are still what was registered; text that bears a secrecy
// mark never gets in (SEC-09).
package file

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/emmansun/gmsm/sm3"
	"github.com/gabriel-vasile/mimetype"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/search"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
)

// MaxSize is the largest file taken, in bytes.
const MaxSize = 100 << 20

// kinds are the file types an office exchanges, by extension, with the type the bytes must show.
var kinds = map[string][]string{
	".pdf": {"application/pdf"}, ".ofd": {"application/zip", "application/ofd"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/zip"},
	".doc":  {"application/msword", "application/x-ole-storage"}, ".wps": {"application/x-ole-storage", "application/msword"},
	".xls": {"application/vnd.ms-excel", "application/x-ole-storage"}, ".et": {"application/x-ole-storage", "application/vnd.ms-excel"},
	".ppt": {"application/vnd.ms-powerpoint", "application/x-ole-storage"},
	".jpg": {"image/jpeg"}, ".jpeg": {"image/jpeg"}, ".png": {"image/png"}, ".tif": {"image/tiff"}, ".tiff": {"image/tiff"},
	".txt": {"text/plain"},
}

// File 附件 is what the register knows of an attachment: size in bytes, media type as found in the bytes, SM3 digest in
// hexadecimal. Matter is 0 while it belongs to none yet.
type File struct {
	ID       db.ID  `json:"id"`
	Agency   db.ID  `json:"-"`
	Uploader db.ID  `json:"-"`
	Matter   db.ID  `json:"-"`
	Name     string `json:"name"`
	Mime     string `json:"mime"`
	Size     int64  `json:"size"`
	Digest   string `json:"-"`
}

// Put takes a file in: writes the bytes, checks type and content, and records it for its uploader.
func (s Store) Put(ctx context.Context, d *db.DB, agency, uploader db.ID, name string, r io.Reader) (*File, error) {
	name = cleanName(name)
	if err := room(ctx, d, uploader, 0); err != nil {
		return nil, err
	}
	tmp, digest, size, err := s.spool(upload(r))
	if err != nil {
		return nil, unsaved(err)
	}
	defer func() { _ = os.Remove(tmp) }() // already gone when it was moved into place
	mime, err := accepted(name, tmp)
	if err != nil {
		return nil, err
	}
	text, err := readText(ctx, mime, tmp)
	if err != nil {
		return nil, err
	}
	if marks := secrecy.Marks(text); len(marks) > 0 {
		refused := secrecy.Refused("文件没有上传", secrecy.Refusal{Place: secrecy.Upload}, []errs.Reason{{
			Text: "文件中有国家秘密标志“" + strings.Join(marks, "、") + "”，不得存入本系统；请立即删除本机上的副本并报告保密员", Clause: "SEC-09",
		}})
		return nil, secrecy.Note(ctx, d, uploader, refused)
	}
	if err := room(ctx, d, uploader, size); err != nil {
		return nil, err
	}
	if err := wantedBy(ctx, d, digest); err != nil {
		return nil, err
	}
	if err := s.shelf().keep(ctx, tmp, digest); err != nil {
		return nil, unsaved(err)
	}
	f := &File{Agency: agency, Uploader: uploader, Name: name, Mime: mime, Size: size, Digest: digest}
	return f, d.Write(ctx, func(tx *db.Tx) error {
		f.ID = tx.NewID()
		_, err := tx.Exec(`INSERT INTO files (id, agency_id, uploader_id, name, mime, size, digest, text, at) VALUES (?,?,?,?,?,?,?,?,?)`,
			f.ID, agency, uploader, name, mime, size, digest, text, tx.Now)
		return err
	})
}

// Keep takes in what the office itself made for a matter, within the transaction that makes it: f says what it is and
// gets its id. The same bytes under the same name are kept once for a matter.
func (s Store) Keep(tx *db.Tx, f *File, data []byte) error {
	tmp, digest, size, err := s.spool(copied(bytes.NewReader(data)))
	if err != nil {
		return unsaved(err)
	}
	defer func() { _ = os.Remove(tmp) }() // already gone when it was moved into place
	f.Digest, f.Size = digest, size
	found, err := tx.Row(`SELECT id FROM files WHERE matter_id = ? AND name = ? AND digest = ?`, []any{f.Matter, f.Name, digest}, &f.ID)
	if found || err != nil {
		return err
	}
	if err := wanted(tx, digest); err != nil {
		return err
	}
	if err := s.shelf().keep(tx.Context(), tmp, digest); err != nil {
		return unsaved(err)
	}
	return Enter(tx, f)
}

// Enter registers a file whose bytes are on the shelf and gives it its id.
func Enter(tx *db.Tx, f *File) error {
	if err := wanted(tx, f.Digest); err != nil {
		return err
	}
	f.ID = tx.NewID()
	_, err := tx.Exec(`INSERT INTO files (id, agency_id, uploader_id, matter_id, name, mime, size, digest, at) VALUES (?,?,?,?,?,?,?,?,?)`,
		f.ID, f.Agency, f.Uploader, f.Matter, f.Name, f.Mime, f.Size, f.Digest, tx.Now)
	return err
}

// Write puts on the shelf what the program itself writes, however large, as it is written, and gives its digest and size.
// It is a file of the office once it is entered.
func (s Store) Write(ctx context.Context, write func(io.Writer) error) (digest string, size int64, err error) {
	tmp, digest, size, err := s.spool(write)
	if err != nil {
		return "", 0, unsaved(err)
	}
	defer func() { _ = os.Remove(tmp) }() // already gone when it was moved into place
	return digest, size, unsaved(s.shelf().keep(ctx, tmp, digest))
}

// Bring takes in bytes that were registered already, as from a backup, and refuses what is not the digest's.
func (s Store) Bring(ctx context.Context, digest string, r io.Reader) error {
	tmp, found, _, err := s.spool(copied(r))
	if err != nil {
		return unsaved(err)
	}
	defer func() { _ = os.Remove(tmp) }() // already gone when it was moved into place
	if found != digest {
		return errs.New(errs.Refused, "附件 %s 的内容与登记的不同，没有存放", digest).Because(ErrLost)
	}
	return unsaved(s.shelf().keep(ctx, tmp, digest))
}

func cleanName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		// Marks of writing direction make 通知exe.txt of a name that ends otherwise.
		if r < 0x20 || r == 0x7f || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 120 {
		ext := filepath.Ext(name)
		name = string(r[:120-len([]rune(ext))]) + ext
	}
	return name
}

// upload copies what a person sends, which must be something and not too much.
func upload(r io.Reader) func(io.Writer) error {
	return func(w io.Writer) error {
		size, err := io.Copy(w, io.LimitReader(r, MaxSize+1))
		switch {
		case err != nil:
			return err
		case size > MaxSize:
			return errs.Refuse("文件没有上传", errs.Reason{Text: "文件超过 100 MB，请压缩或分开上传"})
		case size == 0:
			return errs.Refuse("文件没有上传", errs.Reason{Text: "文件是空的，请重新选择"})
		}
		return nil
	}
}

// copied copies what we had already, however large.
func copied(r io.Reader) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	}
}

// spool writes into a file of ours and gives its digest and size.
func (s Store) spool(write func(io.Writer) error) (path, digest string, size int64, err error) {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return "", "", 0, err
	}
	tmp, err := os.CreateTemp(s.Dir, passing+"*")
	if err != nil {
		return "", "", 0, err
	}
	defer func() {
		if err = errors.Join(err, tmp.Close()); err != nil {
			_ = os.Remove(tmp.Name()) // of a file cut short nothing stays, least of all on a full disk
		}
	}()
	h := sm3.New()
	if err = write(io.MultiWriter(tmp, h)); err == nil {
		size, err = tmp.Seek(0, io.SeekCurrent)
	}
	if err == nil {
		err = tmp.Sync()
	}
	return tmp.Name(), hex.EncodeToString(h.Sum(nil)), size, err
}

// accepted checks that the extension is one an office uses and that the bytes are what the extension says.
func accepted(name, path string) (string, error) {
	ext := strings.ToLower(filepath.Ext(name))
	want, ok := kinds[ext]
	if !ok {
		return "", errs.Refuse("文件没有上传", errs.Reason{Text: "不收“" + ext + "”类型的文件；可用 PDF、OFD、Word、Excel、PPT、WPS、图片和文本"})
	}
	found, err := mimetype.DetectFile(path)
	if err != nil {
		return "", err
	}
	if reasons := harmful(ext, path, found); len(reasons) > 0 {
		return "", errs.Refuse("文件没有上传", reasons...)
	}
	for m := found; m != nil; m = m.Parent() {
		base, _, _ := strings.Cut(m.String(), ";")
		if slices.Contains(want, base) {
			if ext == ".ofd" {
				return "application/ofd", nil
			}
			return want[0], nil
		}
	}
	return "", errs.Refuse("文件没有上传", errs.Reason{Text: "文件内容与“" + ext + "”类型不符，可能改过扩展名，请用原文件"})
}

func readText(ctx context.Context, mime, path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	text, err := search.Extract(ctx, mime, raw)
	if err != nil { // a picture or a damaged file: kept, only not searchable
		slog.Debug("no text taken from a file", "mime", mime, "err", err)
		return "", nil
	}
	return text, nil
}

// Get reads what a file is, or nil.
func Get(tx *db.Tx, id db.ID) (*File, error) {
	f := &File{}
	found, err := tx.Row(`SELECT id, agency_id, uploader_id, matter_id, name, mime, size, digest FROM files WHERE id = ?`, []any{id},
		&f.ID, &f.Agency, &f.Uploader, &f.Matter, &f.Name, &f.Mime, &f.Size, &f.Digest)
	if err != nil || !found {
		return nil, err
	}
	return f, nil
}
