package main

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

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
		fmt.Fprintf(k.Stdout, "%-19s = %s\t# %s\n", f.Name, masked(f), file.origin(f))
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
		return nil, nil, errs.New(errs.Refused, "配置有错：%s。请用 chengqi config check 查看", inChinese(err))
	}
	return &cli.Serve, serveFlags(parser), nil
}

// grammar is the command line, fed from a file; it prints nothing and does not end the program.
func grammar(file *configFile) (*commands, *kong.Kong, error) {
	cli := &commands{}
	parser, err := newParser(cli, kong.Exit(func(int) {}), kong.Resolvers(file))
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
	serve, misfits := file.settle()
	faults := slices.Concat(file.faults, file.strangers(), misfits, file.exposed())
	var notices []string
	if len(file.faults) == 0 { // else it is not known what they point to
		more, less := serve.faults(ctx)
		faults, notices = append(faults, more...), less
	}
	for _, n := range notices {
		fmt.Fprintln(k.Stdout, "提醒："+n)
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

// misfits are values, of the environment and of the file, that their settings do not take.
func (f *configFile) misfits() []string {
	_, faults := f.settle()
	return faults
}

// settle gives the service as environment and file would start it, and every value that its setting does not take. Each
// is tried by itself, so that one does not hide another; the settings with wrong values are left at their defaults.
func (f *configFile) settle() (serve *serveCmd, faults []string) {
	good := map[string]any{}
	_, parser, err := grammar(&configFile{})
	if err != nil {
		return &serveCmd{}, []string{err.Error()}
	}
	for _, flag := range serveFlags(parser) {
		value, set := f.values[flag.Name]
		where := fmt.Sprintf("%s第 %d 行：%s 的值不对：", f.path, f.lines[flag.Name], flag.Name)
		if name := environmentOf(flag); name != "" {
			value, set, where = os.Getenv(name), true, "环境变量 "+name+" 的值不对："
		}
		if !set {
			continue
		}
		if _, err := started(map[string]any{flag.Name: value}); err != nil {
			faults = append(faults, where+inChinese(err))
			continue
		}
		good[flag.Name] = value
	}
	serve, err = started(good)
	if err != nil {
		faults = append(faults, inChinese(err))
	}
	return serve, faults
}

// started is the service as some values, and nothing else, would start it.
func started(values map[string]any) (*serveCmd, error) {
	cli, parser, err := grammar(&configFile{values: values, alone: true})
	if err != nil {
		return &serveCmd{}, err
	}
	err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		if v, is := node.(*kong.Value); is {
			v.Tag.Envs = nil // the environment does not stand before it
		}
		return next(nil)
	})
	if err == nil {
		_, err = parser.Parse([]string{"serve"})
	}
	return &cli.Serve, err
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
