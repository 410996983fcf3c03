package app

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// servingMark is locked by whoever serves an office on an embedded database. The system lets go of it with the process,
// however that ends. Its name is one that backups leave out.
const servingMark = "chengqi.db-serving"

// Hold 占用 makes this process the only one that serves the office in its data folder: two would not tell each other what
// happened, and would wait for each other with every write. Commands that change no table may work beside it. Of an
// office on PostgreSQL several may serve.
func (c Config) Hold() (release func(), err error) {
	if c.SQLite() == "" {
		return func() {}, nil
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, errs.New(errs.Unavailable, "数据目录 %s 不能建立，请检查路径和权限", c.Data).Because(err)
	}
	mark, err := os.OpenFile(filepath.Join(c.Data, servingMark), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, errs.New(errs.Unavailable, "数据目录 %s 不能写入，请检查权限和磁盘", c.Data).Because(err)
	}
	err = syscall.Flock(int(mark.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errs.New(errs.Refused, "数据目录 %s 正由另一个 chengqi 在用（服务、升级或搬库）。请先停下它；要几台服务器一起跑，请换用 PostgreSQL", c.Data)
	} else if err != nil {
		err = errs.New(errs.Unavailable, "数据目录 %s 锁不上，请放在本机磁盘上", c.Data).Because(err)
	}
	if err != nil {
		return nil, errors.Join(err, mark.Close())
	}
	return func() { _ = mark.Close() }, nil // which unlocks it
}
