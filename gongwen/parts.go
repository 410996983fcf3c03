package gongwen

import "strings"

// IsZero reports a document without a secrecy level.
func (s Secrecy) IsZero() bool { return s.Level == "" && s.Term == "" }

// String gives the level and term as printed: 机密★5年.
func (s Secrecy) String() string {
	if s.Term == "" {
		return s.Level
	}
	return s.Level + "★" + s.Term
}

// MarkText 发文机关标志: what is printed in red, one line per organ. A letter, an order and minutes carry their
// own form of it (GB/T 9704-2012 7.2.4, 10.1, 10.2, 10.3).
func (d *Document) MarkText() []string {
	if d.Mark != "" {
		return strings.Split(d.Mark, "\n")
	}
	if len(d.Issuers) == 0 {
		return nil
	}
	switch d.Layout {
	case General, Upward:
		if len(d.Issuers) == 1 {
			return []string{d.Issuers[0] + "文件"}
		}
		return d.Issuers
	case Letter: // a joint letter carries the lead organ alone
		return d.Issuers[:1]
	case Order:
		return []string{d.Issuers[0] + "令"}
	case Minutes:
		return []string{d.Issuers[0] + "会议纪要"}
	}
	return nil
}

// KindOf 文种: the kind said in the document, or else what its title ends with.
func (d *Document) KindOf() Kind {
	if d.Kind != "" {
		return d.Kind
	}
	return KindOfTitle(d.Title)
}

// KindOfTitle gives the statutory kind a title ends with, or "".
func KindOfTitle(title string) Kind {
	title = strings.ReplaceAll(title, "\n", "")
	for _, tail := range []string{"（试行）", "（暂行）"} {
		title = strings.TrimSuffix(title, tail)
	}
	if strings.HasSuffix(title, "令") {
		return Command
	}
	for _, k := range Kinds() {
		if strings.HasSuffix(title, string(k)) {
			return k
		}
	}
	return ""
}

// Sealed reports whether the document is signed with seals rather than by name alone.
func (d *Document) Sealed() bool { return len(d.Seals) > 0 }

// Stamped reports whether it is signed by the name stamp of its signer (GB/T 9704-2012 7.3.5.3).
func (d *Document) Stamped() bool {
	for _, s := range d.Signatures {
		if s.Name != "" {
			return true
		}
	}
	return false
}

// Organs 机关名单: the organs of a list such as Recipients or CopiesTo, split at its separators but never
// inside parentheses.
func Organs(list string) []string {
	var out []string
	depth, start := 0, 0
	flush := func(end int) {
		if s := strings.Trim(list[start:end], " 　。：:"); s != "" {
			out = append(out, s)
		}
	}
	for i, r := range list {
		switch r {
		case '（', '(', '《', '“':
			depth++
		case '）', ')', '》', '”':
			depth--
		case '、', '，', '；', ',', ';', '\n':
			if depth <= 0 {
				flush(i)
				start = i + len(string(r))
			}
		}
	}
	flush(len(list))
	return out
}

// PlainText gives the words of a block alone, as counted and searched.
func (b Block) PlainText() string {
	switch {
	case b.Table != nil:
		var rows []string
		if b.Table.Caption != "" {
			rows = append(rows, b.Table.Caption)
		}
		for _, r := range b.Table.Rows {
			rows = append(rows, strings.Join(r, "\t"))
		}
		return strings.Join(rows, "\n")
	case len(b.Items) > 0:
		return strings.Join(b.Items, "\n")
	}
	return b.Text
}
