package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// leastSpace is how much must be left on the disk of the data folder for the office to be ready: enough to finish what
// is under way and to be told in time.
const leastSpace = 256 << 20

var errProbe = errors.New("nothing is to be kept")

// Notices says what is amiss although the office works.
func (a *App) Notices() []string {
	if _, notice := a.placeFault(); notice != "" {
		return []string{notice}
	}
	return nil
}

// Faults says what keeps the office from working; nothing if it is ready.
func (a *App) Faults(ctx context.Context) []string {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var faults []string
	select {
	case <-a.Hub.Ending():
		faults = append(faults, "服务正在停止")
	default:
	}
	// A write that is taken back: the database must be able to take one, and nobody may hold the tables of every action.
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		for _, probe := range probes {
			if _, err := tx.Exec(probe); err != nil {
				return err
			}
		}
		return errProbe
	})
	if !errors.Is(err, errProbe) {
		return append(faults, unwritable(err))
	}
	if pending, err := a.DB.Pending(ctx, schema.Files); err != nil || len(pending) > 0 {
		faults = append(faults, "数据表与程序的版本不符")
	}
	if !takesFiles(a.Config.Data) {
		faults = append(faults, "数据目录不能写入，磁盘可能坏了或成了只读")
	}
	if free, ok := Free(a.Config.Data); ok && free < leastSpace {
		faults = append(faults, fmt.Sprintf("磁盘只剩 %d MB", free>>20))
	}
	if fault, _ := a.placeFault(); fault != "" {
		faults = append(faults, fault)
	}
	return faults
}

// probes change no row. Each needs the table's lock that an action needs.
var probes = []string{
	`UPDATE settings SET value = value WHERE name = 'ready-probe'`, `UPDATE matters SET version = version WHERE id = -1`,
	`UPDATE tasks SET state = state WHERE id = -1`, `UPDATE chains SET seq = seq WHERE chain = -1`,
}

// unwritable says why nothing can be written, as far as the database told: the first clause of what people read.
func unwritable(err error) string {
	const text = "数据库不能写入"
	known := (*errs.Error)(nil)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return text + "：没有及时应答，或正被别的程序占用"
	case !errors.As(err, &known) || strings.Contains(known.Text, "不能写入"):
		return text
	}
	why, _, _ := strings.Cut(known.Text, "，")
	return text + "：" + why
}

// takesFiles tries a folder: a disk that failed and became read-only lets a transaction begin, and what is read from the
// cache; only writing shows.
func takesFiles(folder string) bool {
	probe, err := os.CreateTemp(folder, ".ready-")
	if err != nil {
		return false
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name())) == nil
}

// Free is the space left for a folder, in bytes.
func Free(folder string) (uint64, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
