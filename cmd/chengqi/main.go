// Command chengqi 承启 is the whole program: it serves the office, loads the sample, checks and saves what it keeps.
// Everything it does is done by packages; here are only the words of the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

type commands struct {
	ConfigFile string `name:"config" help:"配置文件；不填则找当前目录的 chengqi.toml，再找 /etc/chengqi/chengqi.toml" env:"CHENGQI_CONFIG" placeholder:"文件"`

	Serve      serveCmd      `cmd:"" help:"启动服务"`
	Demo       demoCmd       `cmd:"" help:"在空的数据目录中建立样例机关"`
	Setup      setupCmd      `cmd:"" help:"建立本单位：机关和三员账号"`
	Account    accountCmd    `cmd:"" help:"重设一个账号：新密码，去掉二次验证，解锁（管理员自己进不来时用）"`
	NewKey     newKeyCmd     `cmd:"" name:"new-key" help:"密钥文件丢了：作废全部二次验证，换新的密钥文件"`
	People     peopleCmd     `cmd:"" help:"列出人员账号"`
	Migrate    migrateCmd    `cmd:"" help:"升级数据表，说明做了什么"`
	Move       moveCmd       `cmd:"" help:"把一个机关搬到另一种数据库（SQLite、PostgreSQL 互搬）"`
	Reindex    reindexCmd    `cmd:"" help:"重建全文索引，重算统计数"`
	Config     configCmd     `cmd:"" help:"配置：检查、列出"`
	Version    versionCmd    `cmd:"" help:"程序的版本"`
	Verify     verifyCmd     `cmd:"" help:"校验留痕链，核对事项、编号、附件与留痕是否一致"`
	Backup     backupCmd     `cmd:"" help:"备份（服务运行中也可以）"`
	Restore    restoreCmd    `cmd:"" help:"从备份恢复到空的数据目录"`
	Procedures proceduresCmd `cmd:"" help:"办理程序定义"`
	Rulebook   rulebookCmd   `cmd:"" help:"制度库"`
	Gongwen    gongwenCmd    `cmd:"" help:"公文排版、核校、识别（不需要服务）"`
}

// exitCode lets a command choose its code without printing.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func main() { os.Exit(run()) }

// run gives the exit code, so that what it deferred is done before the program ends.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // told a second time, the program ends at once
	var cli commands
	typed := os.Args[1:]
	file := readConfig(typed)
	parser, err := newParser(&cli, kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(file), kong.Resolvers(file))
	if err != nil {
		report(err)
		return 1
	}
	command, err := parser.Parse(typed)
	if err != nil {
		if faults := file.misfits(); len(faults) > 0 { // not what was typed is wrong
			return int(misconfigured(slices.Concat(file.strangers(), faults)))
		}
		return int(refuse(os.Stderr, typed, err))
	}
	if onOffice(command) {
		syscall.Umask(0o077) // by hand as in the unit: what an office keeps is for its account alone
	}
	if faults := slices.Concat(file.faults, file.strangers()); len(faults) > 0 && onOffice(command) {
		// A setting that cannot be read or is misspelt would silently not be in force, and the command would work on
		// another office than the one that is meant.
		return int(misconfigured(faults))
	}
	if err := command.Run(); err != nil {
		var code exitCode
		if errors.As(err, &code) {
			return int(code)
		}
		report(err)
		return 1
	}
	return 0
}

// onOffice tells whether a command works on an office, so that the settings decide on which.
func onOffice(command *kong.Context) bool {
	for _, f := range command.Flags() {
		if f.Name == "data" {
			return true
		}
	}
	return false
}

// misconfigured says what is wrong with the settings.
func misconfigured(faults []string) exitCode {
	fmt.Fprintf(os.Stderr, "%s\n配置有 %d 处问题，没有执行。改好后用 chengqi config check 检查\n", strings.Join(faults, "\n"), len(faults))
	return 1
}

// report prints what the user should know, and the technical cause behind it.
func report(err error) {
	fmt.Fprintln(os.Stderr, err)
	var e *errs.Error
	if errors.As(err, &e) {
		if cause := errors.Unwrap(e); cause != nil {
			fmt.Fprintln(os.Stderr, "  原因：", cause)
		}
	}
}
