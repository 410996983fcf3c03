package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

type configCmd struct {
	Check configCheckCmd `cmd:"" help:"检查配置文件、环境变量和它们指的东西，全部问题一次列出；有问题退出码为1"`
	Show  configShowCmd  `cmd:"" help:"列出服务实际用的各项配置和来历，密码不显示"`
}

type configShowCmd struct{}

// Run lists what serve would work with, and where each value comes from.
func (c *configShowCmd) Run(k *kong.Context, file *configFile) error {
	if file.path != "" {
		fmt.Fprintf(k.Stdout, "# 配置文件 %s\n", file.path)
	}
	_, flags, err := effective(file)
	if err != nil {
		return err
	}
	for _, f := range flags {
		fmt.Fprintf(k.Stdout, "%-14s = %s\t# %s\n", f.Name, masked(f), file.origin(f))
	}
	return nil
}

// effective is serve as file and environment would start it.
func effective(file *configFile) (*serveCmd, []*kong.Flag, error) {
	cli, parser, err := grammar(file)
	if err != nil {
		return nil, nil, err
	}
	if _, err := parser.Parse([]string{"serve"}); err != nil {
		return nil, nil, errs.New(errs.Refused, "配置有错：%s。请用 chengqi config check 查看", err)
	}
	return &cli.Serve, serveFlags(parser), nil
}

// grammar is the command line, fed from a file; it prints nothing and does not end the program.
func grammar(file *configFile) (*commands, *kong.Kong, error) {
	cli := &commands{}
	parser, err := kong.New(cli, kong.Name("chengqi"), kong.Exit(func(int) {}), kong.Resolvers(file))
	return cli, parser, err
}

// serveFlags are the settings of the service, in the order of its help.
func serveFlags(parser *kong.Kong) []*kong.Flag {
	for _, node := range parser.Model.Children {
		if node.Name == "serve" {
			return slices.DeleteFunc(slices.Clone(node.Flags), func(f *kong.Flag) bool { return f.Hidden || f.Name == "help" })
		}
	}
	return nil
}

// masked is a value as it may be shown.
func masked(f *kong.Flag) string {
	text := fmt.Sprint(f.Target.Interface())
	switch u, err := url.Parse(text); {
	case text == "":
		return "（空）"
	case secret(f.Name):
		return "（不显示）"
	case err == nil && u.User != nil:
		return u.Redacted()
	}
	return text
}

type configCheckCmd struct{}

// Run finds everything that is amiss with the configuration.
func (c *configCheckCmd) Run(ctx context.Context, k *kong.Context, file *configFile) error {
	faults := append(slices.Clone(file.faults), file.strangers()...)
	faults = append(faults, file.misfits()...)
	faults = append(faults, file.exposed()...)
	if serve, _, err := effective(file); err == nil {
		faults = append(faults, serve.faults(ctx)...)
	}
	for _, f := range faults {
		fmt.Fprintln(k.Stdout, f)
	}
	if len(faults) > 0 {
		fmt.Fprintf(k.Stdout, "配置有 %d 处问题\n", len(faults))
		return exitFindings
	}
	where := "没有配置文件，用环境变量和默认值"
	if file.path != "" {
		where = file.path
	}
	fmt.Fprintf(k.Stdout, "配置没有问题（%s）\n", where)
	return nil
}

// strangers are keys that no setting has.
func (f *configFile) strangers() (faults []string) {
	_, parser, err := grammar(&configFile{})
	if err != nil {
		return []string{err.Error()}
	}
	var names []string
	for _, flag := range serveFlags(parser) {
		names = append(names, flag.Name)
	}
	for _, key := range slices.Sorted(maps.Keys(f.values)) {
		if !slices.Contains(names, key) {
			faults = append(faults, fmt.Sprintf("%s第 %d 行：没有“%s”这项配置%s", f.path, f.lines[key], key, nearest(key, names)))
		}
	}
	return faults
}

// nearest says which name was probably meant.
func nearest(key string, names []string) string {
	best := slices.MinFunc(names, func(a, b string) int { return distance(key, a) - distance(key, b) })
	if distance(key, best) > max(2, len(key)/3) {
		return "，可用的有 " + strings.Join(names, "、")
	}
	return "，是不是“" + best + "”"
}

// distance is how many letters must be changed to make one word of another.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner, row[j+1] = row[j+1], min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// misfits are values, of the environment and of the file, that their settings do not take. Each is tried by itself, so
// that one does not hide another.
func (f *configFile) misfits() (faults []string) {
	_, parser, err := grammar(&configFile{})
	if err != nil {
		return []string{err.Error()}
	}
	if _, err := parser.Parse([]string{"serve"}); err != nil {
		return []string{"环境变量有错：" + err.Error()}
	}
	for _, flag := range serveFlags(parser) {
		value, set := f.values[flag.Name]
		if !set {
			continue
		}
		one := &configFile{values: map[string]any{flag.Name: value}, alone: true}
		_, parser, err := grammar(one)
		if err == nil {
			_, err = parser.Parse([]string{"serve"})
		}
		if err != nil {
			faults = append(faults, fmt.Sprintf("%s第 %d 行：%s 的值不对：%s", f.path, f.lines[flag.Name], flag.Name, err))
		}
	}
	return faults
}

// exposed finds a file that others can read although it holds what they must not know.
func (f *configFile) exposed() []string {
	info, err := os.Stat(f.path)
	if f.path == "" || err != nil || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	for key, value := range f.values {
		u, err := url.Parse(fmt.Sprint(value))
		password := false
		if err == nil && u.User != nil {
			_, password = u.User.Password()
		}
		if secret(key) || password {
			return []string{fmt.Sprintf("%s里有密码（%s），别的账号也能读到，请改为只有服务账号可读（chmod 600）", f.path, key)}
		}
	}
	return nil
}

// faults finds what is amiss with what the settings point to.
func (c *serveCmd) faults(ctx context.Context) (faults []string) {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		faults = append(faults, fmt.Sprintf("listen：“%s”不是监听地址，应如 127.0.0.1:8080", c.Listen))
	}
	faults = append(faults, folderFaults(c.Data)...)
	if c.DB != "" && !strings.HasPrefix(c.DB, "postgres://") && !strings.HasPrefix(c.DB, "postgresql://") {
		return append(faults, "db：数据库地址应以 postgres:// 开头；不填就用数据目录里的 SQLite")
	}
	if _, err := os.Stat(c.config().SQLite()); c.DB == "" && err != nil {
		return faults // the first start makes it
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	d, err := db.Open(ctx, c.config().DSN(), db.Options{})
	if err != nil {
		return append(faults, fmt.Sprintf("db：数据库连不上：%v", rootCause(err)))
	}
	defer func() { _ = d.Close() }() // only read
	if _, err := d.Pending(ctx, schema.Files); err != nil {
		faults = append(faults, "db："+err.Error())
	}
	return faults
}

func folderFaults(data string) (faults []string) {
	info, err := os.Stat(data)
	if errors.Is(err, fs.ErrNotExist) {
		if parent, err := os.Stat(filepath.Dir(data)); err != nil || !parent.IsDir() {
			return []string{fmt.Sprintf("data：上一级文件夹 %s 不存在，数据目录建不了", filepath.Dir(data))}
		}
		return nil // the first start makes it
	}
	if err != nil || !info.IsDir() {
		return []string{fmt.Sprintf("data：%s 打不开，或不是文件夹", data)}
	}
	if info.Mode().Perm()&0o077 != 0 {
		faults = append(faults, fmt.Sprintf("data：数据目录 %s 别的账号也能进，请改为只有服务账号可读（chmod 700）", data))
	}
	probe, err := os.CreateTemp(data, ".probe-")
	if err != nil {
		return append(faults, fmt.Sprintf("data：数据目录 %s 写不进去，请检查服务账号的权限", data))
	}
	_, _ = probe.Close(), os.Remove(probe.Name())
	return faults
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
