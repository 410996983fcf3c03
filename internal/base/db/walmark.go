package db

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// SQLite keeps the latest commits in a second file, the -wal, until it closes. When a program was killed they lie there,
// and whoever then removes that file, or puts an older one in its place, takes acknowledged work away without a trace: the
// database opens as it was some time ago. So a third file says that the database is open and which -wal it works with, and
// is gone when it was closed in order (docs/decisions/0061-open-mark.md).

// openMark 在用记号 is that file while we have the database open. The lock on it, shared, tells that somebody lives.
type openMark struct {
	path string // of the database
	file *os.File
	wal  *os.File
	salt uint32 // of the -wal as last noted; it rises by one each time the -wal is begun anew
}

func (m *openMark) name() string    { return m.path + "-open" }
func (m *openMark) walName() string { return m.path + "-wal" }

// examine refuses a database that was not closed in order and has lost its -wal since. It comes before anything opens the
// database, which would make a new one.
func (m *openMark) examine() error {
	f, err := os.Open(m.name())
	if err != nil {
		return nil // closed in order, or by an older program
	}
	defer func() { _ = f.Close() }() // which unlocks it
	if _, err := os.Stat(m.path); err != nil {
		return nil // there is no database: a new one is made
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil // somebody has it open, or it cannot be told
	}
	var noted [4]byte
	if n, _ := f.ReadAt(noted[:], 0); n < len(noted) {
		clear(noted[:])
	}
	if was := binary.BigEndian.Uint32(noted[:]); m.walFits(was) {
		return nil
	}
	base := filepath.Base(m.path)
	return errs.New(errs.Refused, "数据库上次没有正常关闭（被杀、断电或死机），而 %s 不见了或被换过：最近办的事在那个文件里，现在启动就丢了。"+
		"请找回 %s 放回 %s 再启动；找不回的，从最近的备份恢复；确实要按现在的样子用，先另存一份，再删去 %s，启动后对照纸面补录",
		base+"-wal", base+"-wal", filepath.Dir(m.path), base+"-open")
}

// walFits tells whether the -wal is the one noted or a later one; nothing noted fits any.
func (m *openMark) walFits(noted uint32) bool {
	wal, err := os.Open(m.walName())
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	defer func() { _ = wal.Close() }() // only read
	salt, begun := saltOf(wal)
	return noted == 0 || begun && int32(salt-noted) >= 0
}

// saltOf reads the first salt of a -wal, which has none before its first frame (sqlite.org/fileformat2.html 4.1).
func saltOf(wal *os.File) (salt uint32, begun bool) {
	var b [4]byte
	if n, err := wal.ReadAt(b[:], 16); err != nil || n < len(b) {
		return 0, false
	}
	return binary.BigEndian.Uint32(b[:]), true
}

// set puts the mark up once the -wal is there. A disk that takes nothing is no reason not to open.
func (m *openMark) set() {
	alone, err := m.put()
	if err == nil {
		return
	}
	slog.Warn("that the database is open could not be marked", "err", err)
	m.drop()
	if alone {
		_ = os.Remove(m.name()) // nobody would take it down
	}
}

func (m *openMark) put() (alone bool, err error) {
	if m.wal, err = os.Open(m.walName()); err != nil {
		return false, err
	}
	if m.file, err = os.OpenFile(m.name(), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return false, err
	}
	lock := int(m.file.Fd())
	if alone = syscall.Flock(lock, syscall.LOCK_EX|syscall.LOCK_NB) == nil; alone {
		// What a program that died has noted may be of another -wal than the one there is from now on.
		if _, err := m.file.WriteAt(make([]byte, 4), 0); err != nil {
			return true, err
		}
		if err := errors.Join(m.file.Sync(), syncFolder(filepath.Dir(m.path))); err != nil {
			return true, err
		}
	}
	return alone, syscall.Flock(lock, syscall.LOCK_SH|syscall.LOCK_NB)
}

// note takes down which -wal the commit just made lies in. It is not synced: it is to outlive the process, and after a
// power cut an older note does no harm.
func (m *openMark) note() {
	if m == nil || m.file == nil {
		return
	}
	salt, begun := saltOf(m.wal)
	if !begun || salt == m.salt {
		return
	}
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], salt)
	if _, err := m.file.WriteAt(b[:], 0); err == nil {
		m.salt = salt
	}
}

// release takes the mark down if nobody else has the database open and its -wal is gone, as it is when it was closed whole.
func (m *openMark) release() {
	defer m.drop()
	if m.file == nil {
		return
	}
	lock := int(m.file.Fd())
	// Let go first: of several who close at once the last one finds nobody.
	if syscall.Flock(lock, syscall.LOCK_UN) != nil || syscall.Flock(lock, syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return
	}
	if info, err := os.Stat(m.walName()); err == nil && info.Size() > 0 {
		return
	}
	_ = os.Remove(m.name()) // at worst the next opening asks about a -wal that is not needed
	_ = syncFolder(filepath.Dir(m.path))
}

func (m *openMark) drop() {
	for _, f := range []*os.File{m.file, m.wal} {
		if f != nil {
			_ = f.Close() // nothing in it that would be missed
		}
	}
	m.file, m.wal = nil, nil
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
