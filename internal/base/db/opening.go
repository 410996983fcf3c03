package db

import (
	"errors"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// cannotOpen is what whoever starts the program reads: why the database does not let us in, and what to do.
func cannotOpen(err error) string {
	known := (*errs.Error)(nil)
	if errors.As(failure(err, ""), &known) {
		switch known.Text {
		case sayDamaged:
			return "数据库文件读不出来，可能已经损坏；请检查磁盘，从备份恢复"
		case sayFull:
			return "数据库打不开，服务器磁盘已满；请清出空间再启动"
		case sayBusy:
			return "数据库打不开，正被别的程序占用；请关掉它再启动"
		}
	}
	if why := turnedAway(err); why != "" {
		return "数据库连不上：" + why
	}
	return "数据库打不开，请检查数据目录或数据库地址"
}

// turnedAway says why a PostgreSQL did not let us in.
func turnedAway(err error) string {
	var (
		pg        *pgconn.PgError
		malformed *pgconn.ParseConfigError
	)
	switch {
	case errors.As(err, &malformed):
		return "地址写得不对，应如 postgres://用户:密码@主机:5432/库名；密码里的 @ : / # ? % 和空格要写成 %40 %3A %2F %23 %3F %25 %20"
	case errors.As(err, &pg):
		return pgRefusal(pg.Code)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, os.ErrNotExist):
		return "那里没有 PostgreSQL 在听，请看它起没起、主机和端口对不对"
	case strings.Contains(err.Error(), "server refused TLS"):
		return "PostgreSQL 没有开 TLS，请给它配证书，或者地址里不要写 sslmode=require"
	case strings.Contains(err.Error(), "x509:"):
		return "PostgreSQL 的证书不被信任或不是给这台主机的，请检查 sslmode、sslrootcert 和主机名"
	}
	why, _ := errs.Unreached(err)
	return why
}

func pgRefusal(code string) string {
	switch code {
	case "28P01":
		return "用户或密码不对；密码里有 @ : / # ? % 和空格的，要写成 %40 %3A %2F %23 %3F %25 %20"
	case "28000":
		return "PostgreSQL 不准这个用户从这里连，请检查有没有这个用户、pg_hba.conf 放行了没有"
	case "3D000":
		return "没有这个库，请先建好（createdb），或改正地址最后的库名"
	case "42501":
		return "这个用户没有权限，库要归它所有（createdb --owner）"
	case "53300":
		return "PostgreSQL 的连接满了，请调大 max_connections"
	case "57P03":
		return "PostgreSQL 正在启动或停止，请过一会儿再试"
	}
	return ""
}
