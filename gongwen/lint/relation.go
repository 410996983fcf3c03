package lint

import (
	"regexp"
	"strings"
)

// tier 层级 of a place name, told by its last character; 市 is ambiguous (地级市 or 县级市) and 区 may be one of a
// city, so a comparison between different characters is made only where every reading agrees.
type organ struct {
	place string // name before the level, often empty in short names: 县财政局
	level string // 省 市 县 区 州 旗 镇 乡 街道, or empty
	body  string // what is left: 人民政府, 水利局 …
}

var organPattern = regexp.MustCompile(`^(?:中共)?(.*?)(省|自治区|自治州|市|县|区|州|旗|镇|乡|街道)(人民政府.*|政府.*|委员会|委办公室|委|[^省市县区州旗镇乡]{1,18}(?:局|厅|委员会|委|办公室|办|部|院))$`)

// readOrgan splits the name of an organ; ok is false for names it does not understand, such as 各乡镇人民政府.
func readOrgan(name string) (organ, bool) {
	if strings.HasPrefix(name, "各") || strings.Contains(name, "、") {
		return organ{}, false
	}
	m := organPattern.FindStringSubmatch(name)
	if m == nil {
		return organ{}, false
	}
	return organ{m[1], m[2], m[3]}, true
}

// principal reports the government or Party committee itself, not one of its departments.
func (o organ) principal() bool {
	switch o.body {
	case "人民政府", "政府", "委", "委员会":
		return true
	}
	return false
}

func (o organ) office() bool {
	return strings.HasSuffix(o.body, "政府办公室") || strings.HasSuffix(o.body, "委办公室") || o.body == "政府办"
}

// department reports a department that is neither the principal nor its office.
func (o organ) department() bool { return !o.principal() && !o.office() }

// samePlace reports organs of one place, or of places of which one is left unnamed (县财政局).
func (o organ) samePlace(q organ) bool {
	return o.level == q.level && (o.place == "" || q.place == "" || o.place == q.place)
}

// relation 行文关系 of a sender to a receiver.
type relation int

const (
	unknown   relation = iota
	superior           // the receiver is the sender's own superior
	peer               // departments of one place: not subordinate to one another
	sameTrade          // a department of a higher level
)

var rank = map[string]int{"省": 1, "自治区": 1, "县": 3, "旗": 3, "镇": 4, "乡": 4, "街道": 4}

func relate(sender, receiver string) relation {
	s, ok1 := readOrgan(sender)
	r, ok2 := readOrgan(receiver)
	switch {
	case !ok1 || !ok2:
		return unknown
	case s.samePlace(r) && s.department() && r.principal():
		return superior
	case s.samePlace(r) && s.department() && r.department() && s.body != r.body:
		return peer
	case s.department() && r.department() && higher(r.level, s.level):
		return sameTrade
	case s.principal() && r.principal() && higher(r.level, s.level):
		return superior
	}
	return unknown
}

// higher reports a level certainly above another.
func higher(a, b string) bool {
	if rank[a] > 0 && rank[b] > 0 {
		return rank[a] < rank[b]
	}
	return a == "市" && rank[b] == 3 || rank[a] == 1 && b == "市"
}

// sender gives the lead organ, from the head, the title or the signature.
func (p *paper) sender() string {
	if len(p.doc.Issuers) > 0 {
		return p.doc.Issuers[0]
	}
	if o := p.titleOrgans(); len(o) > 0 {
		return o[0]
	}
	if len(p.doc.Signatures) > 0 {
		return p.doc.Signatures[0].Organ
	}
	return ""
}
