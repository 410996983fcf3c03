package main

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// The library that reads the configuration file says in English what is wrong with its form. What people get wrong is
// little, for a setting is a name, an equals sign and a text, a number or true and false; each kind of slip is put into
// words here, with what to write instead. The line itself is not shown: a password may stand in it.

var slips = []struct {
	said *regexp.Regexp
	say  string
}{
	{regexp.MustCompile(`U\+000A at start of value|not end of input|U\+000D at start of value`), "等号后面没有写内容；不用这一项的，整行删掉或在行首加 #"},
	{regexp.MustCompile(`at start of value|strings must be quoted|expected value`), `等号后面的文字要放在英文双引号里，如 listen = "127.0.0.1:8080"；数和 true、false（小写）不用引号`},
	{regexp.MustCompile(`cannot have new lines|not terminated|unterminated`), "引号没有成对，这一行少了后面一个"},
	{regexp.MustCompile(`invalid escape|unicode escape`), `双引号里的反斜线 \ 要写成两个 \\，或者改用单引号把内容括起来`},
	{regexp.MustCompile(`expected '=' after key`), `名字后面要有一个英文的等号，如 data = "/var/lib/chengqi"`},
	{regexp.MustCompile(`at start of key|expected key`), "一行要以配置的名字开头，名字是英文小写，见样本；说明要写在 # 后面"},
	{regexp.MustCompile(`to close (array )?table name`), "表名的方括号没有成对，如 [ldap]"},
	{regexp.MustCompile(`expected newline`), `内容后面多了东西：文字要整个放在英文双引号里，一行只写一项，说明要写在 # 后面`},
	{regexp.MustCompile(`array|after inline table|inline table`), `一组内容写成 ["甲", "乙"]，用英文逗号隔开，方括号要成对`},
	{regexp.MustCompile(`key (\S+) (?:is already defined|already exists)`), "“$1”写了两遍，请只留一处"},
	{regexp.MustCompile(`table (\S+) already exists`), "表“[$1]”写了两遍，请并在一起"},
	{regexp.MustCompile(`key (\S+) should be a table`), "“$1”前面已经写成一项，不能再写成表；表里的各项请写成 $1-某某 = …"},
	{regexp.MustCompile(`UTF-8`), "文件里有不是 UTF-8 编码的字，请用 UTF-8 编码另存一遍"},
	{regexp.MustCompile(`control characters|carriage return`), "有看不见的控制字符，请删掉这一行重新打一遍"},
	{regexp.MustCompile(`number|digit|integer|float|leading zero|date|time|hour|minute|second`), `数写得不对；不是数的内容要放在英文双引号里`},
}

// fullWidth are signs typed with the Chinese keyboard on that a setting needs in English.
var (
	fullWidth = regexp.MustCompile(`[“”‘’＂＇＝［］]`)
	inQuotes  = regexp.MustCompile(`"[^"]*("|$)`) // where they are as good as any
)

// malformedTOML says where and how a file is not as TOML has it.
func malformedTOML(path string, raw []byte, err error) string {
	var where *toml.DecodeError
	if !errors.As(err, &where) {
		return fmt.Sprintf("%s写得不合 TOML 格式：请对照样本 chengqi.toml 检查", path)
	}
	row, column := where.Position()
	lines := bytes.Split(raw, []byte("\n"))
	line := lines[min(row, len(lines))-1]
	before := line[:min(column-1, len(line))]
	what := "这里写得不对，请对照样本 chengqi.toml 检查"
	for _, s := range slips {
		if m := s.said.FindStringSubmatchIndex(err.Error()); m != nil {
			what = string(s.said.ExpandString(nil, s.say, err.Error(), m))
			break
		}
	}
	code, _, _ := strings.Cut(inQuotes.ReplaceAllString(string(line), ""), "#")
	if sign := fullWidth.FindString(code); sign != "" {
		what = fmt.Sprintf("用了中文的 %s 号，引号、等号、方括号都要用英文的", sign)
	}
	return fmt.Sprintf("%s第 %d 行第 %d 个字：%s", path, row, utf8.RuneCount(before)+1, what)
}
