package lint

import "strings"

// presence 字词索引 knows which characters and which neighbouring pairs occur in a document, so that a rule
// whose words cannot occur costs two look-ups instead of a search through the text.
type presence struct {
	single [1 << 10]uint64
	pair   [1 << 12]uint64
	digit  bool
}

func (x *presence) learn(segs []segment) {
	for i := range segs {
		var before rune
		for _, r := range segs[i].text {
			set(x.single[:], uint32(r))
			set(x.pair[:], mix(before, r))
			if r >= '0' && r <= '9' {
				x.digit = true
			}
			before = r
		}
	}
}

func mix(a, b rune) uint32 { return uint32(a)*2654435761 ^ uint32(b)*40503 }

func set(bits []uint64, h uint32) {
	h %= uint32(len(bits) * 64)
	bits[h/64] |= 1 << (h % 64)
}

func has(bits []uint64, h uint32) bool {
	h %= uint32(len(bits) * 64)
	return bits[h/64]&(1<<(h%64)) != 0
}

// may reports false only if the hint certainly does not occur. The hint "0" stands for any digit.
func (x *presence) may(hint string) bool {
	if hint == "0" {
		return x.digit
	}
	var before rune
	for i, r := range hint {
		if !has(x.single[:], uint32(r)) || i > 0 && !has(x.pair[:], mix(before, r)) {
			return false
		}
		before = r
	}
	return true
}

// indexHint gives the first place of a hint at or after byte i, or -1.
func indexHint(text, hint string, i int) int {
	var at int
	if hint == "0" {
		at = strings.IndexAny(text[i:], "0123456789")
	} else {
		at = strings.Index(text[i:], hint)
	}
	if at < 0 {
		return -1
	}
	return i + at
}
