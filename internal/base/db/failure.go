package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	driversqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
	"zombiezen.com/go/sqlite"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// What the user reads when the database itself could not: that nothing was saved, why, and what to do.
const (
	sayUnwritable = "数据库暂时不能写入，刚才的操作没有保存，请稍后再试；若反复出现，请联系系统管理员"
	sayUnreadable = "数据库暂时连不上，系统正在自动重连，请稍后再试；若反复出现，请联系系统管理员"
	sayFull       = "服务器磁盘已满，刚才的操作没有保存；请系统管理员清出磁盘空间，之后再办一次即可"
	sayBusy       = "数据库正被别的程序占用，刚才的操作没有保存；请过一分钟再办，若反复出现，请系统管理员关掉占用数据库的程序"
	sayDamaged    = "数据库文件读不出来，可能已经损坏，刚才的操作没有保存；请系统管理员停下服务，检查磁盘，从备份恢复"
	sayUncertain  = "保存时数据库断开，这一步可能已经办成；请刷新页面看一看，没有办成再办一次"
)

// failedWrite turns what the database could not do into an error for the user. What was refused, and our own faults,
// pass as they are.
func failedWrite(err error) error { return failure(err, sayUnwritable) }

// failedRead is failedWrite for what only looks.
func failedRead(err error) error { return failure(err, sayUnreadable) }

// unavailable is failedWrite for what cannot be anybody's own fault: no transaction began, or it did not end.
func unavailable(err error) error {
	err = failedWrite(err)
	if errs.KindOf(err) == errs.Unavailable {
		return err
	}
	return errs.New(errs.Unavailable, sayUnwritable).Because(fmt.Errorf("database: %w", err))
}

// uncertain is for a commit whose answer did not come: it may stand or not. One that was refused surely does not.
func uncertain(err error) error {
	if !lostConnection(err) {
		return err
	}
	return errs.New(errs.Unavailable, sayUncertain).Because(fmt.Errorf("database: commit: %w", err))
}

func failure(err error, otherwise string) error {
	var known *errs.Error
	var refused *pgconn.ConnectError
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &refused) { // the way to the server has a limit of its own
		return err
	}
	say := ""
	var lite *driversqlite.Error
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &lite): // of a migration or a snapshot
		say = liteFailure(lite.Code(), otherwise)
	case sqlite.ErrCode(err) != sqlite.ResultError:
		say = liteFailure(int(sqlite.ErrCode(err)), otherwise)
	case errors.As(err, &pg):
		say = pgFailure(pg.Code, otherwise)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		say = sayFull
	case lostConnection(err):
		say = otherwise
	}
	if say == "" {
		return err
	}
	return errs.New(errs.Unavailable, "%s", say).Because(fmt.Errorf("database: %w", err))
}

// liteFailure reads SQLite's result code, whose low byte is the kind.
func liteFailure(code int, otherwise string) string {
	switch code & 0xff {
	case sqlite3.SQLITE_FULL:
		return sayFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return sayBusy
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return sayDamaged
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL:
		return otherwise
	}
	return ""
}

// pgFailure reads PostgreSQL's code: the first two characters are the class.
func pgFailure(code, otherwise string) string {
	switch {
	case code == "53100":
		return sayFull
	case code == "55P03", code == "57014", code == "40001", code == "40P01": // lock or statement timeout, a race lost again and again
		return sayBusy
	case strings.HasPrefix(code, "XX"):
		return sayDamaged
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "53"), strings.HasPrefix(code, "57"), strings.HasPrefix(code, "58"),
		code == "25P03", code == "25006": // connection, resources, shutdown, system; idle too long, a standby
		return otherwise
	}
	return ""
}

// lostConnection tells whether an error means that the way to the database is cut.
func lostConnection(err error) bool {
	var n net.Error
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.SeverityUnlocalized == "FATAL" // the other word is in the language of the server
	}
	return errors.Is(err, errSilent) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.As(err, &n) || pgconn.SafeToRetry(err)
}
