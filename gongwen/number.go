package gongwen

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const chineseDigits = "一二三四五六七八九十百零〇"

var (
	levelPatterns = [...]*regexp.Regexp{ // 层次序数, GB/T 9704-2012 7.3.3
		regexp.MustCompile(`^[` + chineseDigits + `]+、`),
		regexp.MustCompile(`^[（(][` + chineseDigits + `]+[）)]`),
		regexp.MustCompile(`^[0-9]{1,3}(?:[.．]|、)(?:[^0-9]|$)`),
		regexp.MustCompile(`^[（(][0-9]{1,3}[）)]`),
	}
	articlePattern = regexp.MustCompile(`^第[` + chineseDigits + `千]+条(?:[　 ]|$)`)
	chapterPattern = regexp.MustCompile(`^第[` + chineseDigits + `千]+[编章节](?:[　 ]|$)`)
)

// LevelOf 层次: the depth of the numbering a paragraph begins with, 0 for none: 一、 （一） 1. （1）.
func LevelOf(text string) int {
	for i, p := range levelPatterns {
		if p.MatchString(text) {
			return i + 1
		}
	}
	return 0
}

// IsChapter reports a chapter name of rules attached to a notice: 第一章　总则.
func IsChapter(text string) bool {
	return chapterPattern.MatchString(text) && utf8.RuneCountInString(text) <= 30
}

// ArticleLabel gives the 第×条 a paragraph of rules begins with, or "".
func ArticleLabel(text string) string {
	return strings.TrimRight(articlePattern.FindString(text), "　 ")
}

// Heading splits a numbered paragraph into its heading and the text that runs on after it: a heading ends
// with its line, or at the first full stop when text follows on the same line. A paragraph that is one long
// sentence has none.
func Heading(text string) (heading, rest string) {
	if LevelOf(text) == 0 {
		return "", text
	}
	stop := strings.Index(text, "。")
	if stop < 0 {
		if utf8.RuneCountInString(text) > 56 { // more than two lines without a full stop is text, not a heading
			return "", text
		}
		return text, ""
	}
	stop += len("。")
	if stop == len(text) && utf8.RuneCountInString(text) > 26 { // a whole paragraph of one sentence is no heading
		return "", text
	}
	return text[:stop], text[stop:]
}
