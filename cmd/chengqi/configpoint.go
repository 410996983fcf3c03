package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// faults finds what is amiss with what the settings point to; notices are what does not keep the service from starting.
func (c *serveCmd) faults(ctx context.Context) (faults, notices []string) {
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || !isPort(port) {
		faults = append(faults, fmt.Sprintf("listen：“%s”不是监听地址，应如 127.0.0.1:8080", c.Listen))
	}
	faults = append(faults, folderFaults("data", "数据目录", c.Data)...)
	placeFaults, notices := c.placeFaults(ctx)
	faults = append(faults, placeFaults...)
	faults = append(faults, c.keyFaults()...)
	doorFaults, away := c.doorFaults(ctx)
	faults = append(faults, doorFaults...)
	notices = append(notices, away...)
	return append(faults, c.databaseFaults(ctx)...), notices
}

func isPort(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return err == nil
}

// placeFaults are those of where attachments lie. A storage that does not answer is no reason not to start: the office
// works on without it, and it may be up again before anybody opens a file.
func (c *serveCmd) placeFaults(ctx context.Context) (faults, notices []string) {
	store, err := file.At(c.Files, filepath.Join(c.Data, "files"))
	if err == nil && c.Files != "" {
		err = store.Try(ctx)
	}
	switch {
	case err == nil:
		return nil, nil
	case errs.KindOf(err) == errs.Unavailable:
		return nil, []string{"files：" + err.Error() + "；服务照样启动，事项照办，附件要等它恢复"}
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return []string{"files：" + err.Error() + sandboxHint}, nil
	}
	return []string{"files：" + err.Error()}, nil
}

// keyFaults are those of the key that is kept apart.
func (c *serveCmd) keyFaults() (faults []string) {
	if c.Key == "" {
		return nil
	}
	switch _, err := os.ReadFile(c.Key); {
	case errors.Is(err, fs.ErrNotExist):
		faults = append(faults, firstFaults("key-file", "密钥文件", c.Key)...)
	case err != nil:
		faults = append(faults, fmt.Sprintf("key-file：密钥文件 %s 读不出，请检查服务账号的权限", c.Key))
	}
	return faults
}

// doorFaults are those of how people come in. Services elsewhere that do not answer keep nobody from starting: the three
// administrators come in without them.
func (c *serveCmd) doorFaults(ctx context.Context) (faults, notices []string) {
	if c.RequestsPerSecond < 0 {
		faults = append(faults, "requests-per-second：不能小于 0；0 为不限")
	}
	if _, err := api.ParseProxies(c.TrustedProxies); err != nil {
		faults = append(faults, "trusted-proxies："+err.Error())
	}
	const meanwhile = "；服务照样启动，三员用本系统的密码进得来"
	if p, err := c.provider(); err != nil {
		faults = append(faults, "oidc："+err.Error())
	} else if p != nil {
		if err := p.Try(ctx); err != nil {
			notices = append(notices, "oidc："+err.Error()+meanwhile)
		}
	}
	if d, err := c.directoryService(); err != nil {
		faults = append(faults, "ldap："+err.Error())
	} else if d != nil {
		if err := d.Try(ctx); err != nil {
			notices = append(notices, "ldap："+err.Error()+meanwhile)
		}
	}
	return faults, notices
}

func (c *serveCmd) databaseFaults(ctx context.Context) []string {
	if c.DB != "" && !strings.HasPrefix(c.DB, "postgres://") && !strings.HasPrefix(c.DB, "postgresql://") {
		return []string{"db：数据库地址应以 postgres:// 开头；不填就用数据目录里的 SQLite"}
	}
	if _, err := os.Stat(c.config().SQLite()); c.DB == "" && err != nil {
		return nil // the first start makes it
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	d, err := db.Open(ctx, c.config().DSN(), db.Options{})
	if err != nil {
		return []string{"db：" + err.Error()}
	}
	defer func() { _ = d.Close() }() // only read
	if _, err := d.Pending(ctx, schema.Files); err != nil {
		return []string{"db：" + err.Error()}
	}
	return nil
}

// sandboxHint is for the most usual reason why a folder cannot be written although its owner is right.
const sandboxHint = "；由 systemd 启动的，还要在单元里加 ReadWritePaths="

func folderFaults(setting, what, folder string) (faults []string) {
	info, err := os.Stat(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return firstFaults(setting, what, folder)
	}
	if err != nil || !info.IsDir() {
		return []string{fmt.Sprintf("%s：%s %s 打不开，或不是文件夹", setting, what, folder)}
	}
	if info.Mode().Perm()&0o077 != 0 {
		faults = append(faults, fmt.Sprintf("%s：%s %s 别的账号也能进，请改为只有服务账号可读（chmod 700）", setting, what, folder))
	}
	if !writable(folder) {
		faults = append(faults, fmt.Sprintf("%s：%s %s 写不进去，请检查服务账号的权限%s", setting, what, folder, sandboxHint))
	}
	return faults
}

// firstFaults are those of something that the first start is to make.
func firstFaults(setting, what, path string) []string {
	parent := filepath.Dir(path)
	if info, err := os.Stat(parent); err != nil || !info.IsDir() {
		return []string{fmt.Sprintf("%s：上一级文件夹 %s 不存在，%s建不了", setting, parent, what)}
	}
	if !writable(parent) {
		return []string{fmt.Sprintf("%s：%s %s 还没有，上一级文件夹又写不进去，请先建好并交给服务账号%s", setting, what, path, sandboxHint)}
	}
	return nil
}

func writable(folder string) bool {
	probe, err := os.CreateTemp(folder, ".probe-")
	if err != nil {
		return false
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name())) == nil
}

// rootCause is the technical reason behind a refusal: whoever sets the program up needs it.
func rootCause(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}
