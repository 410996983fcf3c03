package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/pelletier/go-toml/v2"
)

const configEnv = "CHENGQI_CONFIG"

// usualConfig are the files looked for when none is named.
var usualConfig = []string{"chengqi.toml", "/etc/chengqi/chengqi.toml"}

// configFile 配置文件 holds the settings of the service under the names of its flags; a key in a table is joined to the
// table's name: [oidc] issuer is oidc-issuer. What the command line says counts first, then the environment, then the
// file.
type configFile struct {
	path   string
	values map[string]any
	lines  map[string]int
	faults []string // why it could not be read
	alone  bool     // tried by itself: the environment does not stand before it
}

// readConfig reads the file that the command line, the environment or custom names; without one it holds nothing.
func readConfig(args []string) *configFile {
	f := &configFile{values: map[string]any{}, lines: map[string]int{}}
	named := true
	if f.path = namedConfig(args); f.path == "" {
		named = false
		for _, usual := range usualConfig {
			if _, err := os.Stat(usual); err == nil {
				f.path = usual
				break
			}
		}
	}
	if f.path == "" {
		return f
	}
	raw, err := os.ReadFile(f.path)
	if err != nil {
		if named || !errors.Is(err, fs.ErrNotExist) {
			f.faults = append(f.faults, fmt.Sprintf("配置文件 %s 读不出：%s", f.path, whyUnread(err)))
		}
		return f
	}
	tree := map[string]any{}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // as Windows begins a text
	if err := toml.Unmarshal(raw, &tree); err != nil {
		f.faults = append(f.faults, malformedTOML(f.path, raw, err))
		return f
	}
	f.flatten("", tree)
	f.locate(string(raw))
	return f
}

// whyUnread says why a file could not be read and what to do.
func whyUnread(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "没有这个文件"
	case errors.Is(err, fs.ErrPermission):
		return "没有权限，请以服务账号运行（sudo -u chengqi），并让文件属于服务账号"
	}
	return rootCause(err).Error()
}

func namedConfig(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--config="); ok {
			return v
		}
		if a == "--config" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv(configEnv)
}

func (f *configFile) flatten(prefix string, tree map[string]any) {
	for key, value := range tree {
		name := prefix + strings.ReplaceAll(key, "_", "-")
		if table, is := value.(map[string]any); is {
			f.flatten(name+"-", table)
			continue
		}
		f.values[name] = plain(value)
	}
}

// plain is a value as the command line would have it.
func plain(value any) any {
	list, is := value.([]any)
	if !is {
		return fmt.Sprint(value)
	}
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ",")
}

// locate finds the line of each key.
func (f *configFile) locate(text string) {
	table, n := "", 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			table = joined(strings.TrimRight(name, "] ")) + "-"
			continue
		}
		key, _, ok := strings.Cut(line, "=")
		if name := table + joined(key); ok && f.values[name] != nil && f.lines[name] == 0 {
			f.lines[name] = n
		}
	}
}

// joined is a key as the command line would have it.
func joined(key string) string {
	return strings.NewReplacer(".", "-", "_", "-", `"`, "", "'", "", " ", "").Replace(strings.TrimSpace(key))
}

// Validate finds nothing amiss: whether the keys are known is the business of config check and of serve.
func (f *configFile) Validate(*kong.Application) error { return nil }

// Resolve gives a flag its value from the file unless the environment has one.
func (f *configFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if !f.alone && environmentOf(flag) != "" {
		return nil, nil
	}
	return f.values[flag.Name], nil
}

func environmentOf(flag *kong.Flag) string {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return name
		}
	}
	return ""
}

// origin says where a value comes from.
func (f *configFile) origin(flag *kong.Flag) string {
	if name := environmentOf(flag); name != "" {
		return "环境变量 " + name
	}
	if _, set := f.values[flag.Name]; set {
		return fmt.Sprintf("配置文件第 %d 行", f.lines[flag.Name])
	}
	return "默认"
}
