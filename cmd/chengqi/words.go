package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// The command line speaks Chinese: the library that reads it knows only English, so its help and its refusals are put
// into the words of the house here, in one place.

// helpWords are the fixed words of the library's help.
var helpWords = strings.NewReplacer(
	"Usage: ", "用法：", "Arguments:", "要写的：", "Flags:", "参数：", "Commands:", "命令：",
	"[flags]", "[参数]", "<command>", "<命令>",
	`Run "chengqi <command> --help" for more information on a command.`, `每条命令的参数：chengqi <命令> --help`,
)

func chineseHelp(options kong.HelpOptions, ctx *kong.Context) error {
	var page bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &page
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	_, err = helpWords.WriteString(out, page.String())
	return err
}

// helpOnValue is what a flag is for, and the variable of the environment that sets it too.
func helpOnValue(v *kong.Value) string {
	if len(v.Tag.Envs) == 0 {
		return v.Help
	}
	return fmt.Sprintf("%s（环境变量 %s）", v.Help, strings.Join(v.Tag.Envs, "、"))
}

// newParser is the command line in Chinese.
func newParser(cli *commands, options ...kong.Option) (*kong.Kong, error) {
	parser, err := kong.New(cli, append([]kong.Option{
		kong.Name("chengqi"), kong.Description("承启：党政机关办公系统"), kong.Help(chineseHelp), kong.ValueFormatter(helpOnValue),
	}, options...)...)
	if err != nil {
		return nil, err
	}
	parser.Model.HelpFlag.Help = "列出用法和全部参数"
	err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		if f, is := node.(*kong.Flag); is && f.PlaceHolder == "" && !f.HasDefault {
			f.PlaceHolder = "…"
		}
		return next(nil)
	})
	return parser, err
}

// refusals are what the library says to a command line it does not understand. What is not among them is given as the
// library says it: English words are better than none.
var refusals = []struct {
	said *regexp.Regexp
	say  string
}{
	{regexp.MustCompile(`^unknown flag (\S+?)(?:, did you mean (?:one of )?(.+)\?)?$`), "没有参数 $1〔，是不是 $2〕"},
	{regexp.MustCompile(`^unexpected (?:argument|token|flag argument) (.+?)(?:, did you mean (?:one of )?(.+)\?)?$`), "多了“$1”〔，是不是 $2〕"},
	{regexp.MustCompile(`^missing flags: (.+)$`), "还要写 $1"},
	{regexp.MustCompile(`^missing positional arguments (.+)$`), "还要写 $1"},
	{regexp.MustCompile(`^expected one of (.+)$`), "还要写做什么，如 $1"},
	{regexp.MustCompile(`^expected (".+")$`), "还要写 $1"},
	{regexp.MustCompile(`^(?:(\S+?)(?:=\S*)?: )?expected \w+ value but got "EOL" .*$`), "$1 后面没有写内容"},
	{regexp.MustCompile(`^(\S+?)(?:=\S*)?: expected \w+ value but got "(.+?)" \(.*$`), "$1 后面没有写内容，接着的是 $2"},
	{regexp.MustCompile(`^(\S+?)(?:=\S*)? must be one of (.+) but got "(.*)"$`), "$1 只能是 $2，写的是“$3”"},
	{regexp.MustCompile(`^(\S+?)(?:=\S*)?: expected an? (?:float|int) but got "(.*)" \(.*\)$`), "$1 要写数，写的是“$2”"},
	{regexp.MustCompile(`^(\S+?)(?:=\S*)?: bool value must be .* but got "(.*)"$`), "$1 只能是 true 或 false，写的是“$2”"},
	{regexp.MustCompile(`^(\S+?)(?:=\S*)?: expected "<key>=<value>" but got "(.*)"$`), "$1 要写成“名称=内容”，写的是“$2”"},
}

var (
	ofEnvironment = regexp.MustCompile(` \(from envar (\w+)=".*"\)$`)
	ifGiven       = regexp.MustCompile(`〔，是不是 ?(.*?)〕`)
	quoted        = regexp.MustCompile(`"([^"]*)"`)
)

// inChinese says why a command line or a setting is not taken.
func inChinese(err error) string {
	text, where := err.Error(), ""
	if m := ofEnvironment.FindStringSubmatchIndex(text); m != nil {
		where = "（环境变量 " + text[m[2]:m[3]] + "）"
		text = text[:m[0]]
	}
	for _, r := range refusals {
		m := r.said.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		said := string(r.said.ExpandString(nil, r.say, text, m))
		said = ifGiven.ReplaceAllStringFunc(said, func(guess string) string {
			if one := ifGiven.FindStringSubmatch(guess)[1]; one != "" {
				return "，是不是 " + one
			}
			return ""
		})
		said = strings.NewReplacer(", ", "、", ",\"", "、\"").Replace(said)
		return strings.TrimSpace(quoted.ReplaceAllString(said, "$1")) + where
	}
	return text + where
}

// refuse tells whoever typed a command what is wrong with it and where to look; without any command it shows them all.
func refuse(out io.Writer, typed []string, err error) exitCode {
	var parse *kong.ParseError
	if !errors.As(err, &parse) {
		fmt.Fprintln(out, inChinese(err))
		return exitUnusable
	}
	if len(typed) == 0 {
		parse.Context.Stdout = out
		_ = parse.Context.PrintUsage(false)
		return exitUnusable
	}
	command := "chengqi"
	if node := parse.Context.Selected(); node != nil {
		command = node.FullPath()
	}
	fmt.Fprintf(out, "命令写得不对：%s\n用法见 %s --help\n", inChinese(err), command)
	return exitUnusable
}
