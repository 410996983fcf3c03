package engine

import (
	"math"
	"strings"
)

// capital writes an amount of money in the capital figures of vouchers (票据法 8: 中文大写): 2000 → 贰仟元整, 105.6 →
// 壹佰零伍元陆角整. Amounts of a trillion and more are not written.
func capital(amount float64) string {
	cents := int64(math.Round(amount * 100))
	if cents <= 0 || cents >= 1e14 {
		return ""
	}
	yuan, jiao, fen := cents/100, cents/10%10, cents%10
	text := ""
	if yuan > 0 {
		text = capitalWhole(yuan) + "元"
	}
	if jiao == 0 && fen == 0 {
		return text + "整"
	}
	if jiao > 0 {
		text += digit(jiao) + "角"
	} else if yuan > 0 {
		text += "零"
	}
	if fen == 0 {
		return text + "整"
	}
	return text + digit(fen) + "分"
}

// capitalNumber writes a whole number in the same figures, as letters of introduction tell their days: 15 → 壹拾伍.
// What is not a whole number from 1 to under a trillion is not written.
func capitalNumber(n float64) string {
	if n < 1 || n >= 1e12 || n != math.Trunc(n) {
		return ""
	}
	return capitalWhole(int64(n))
}

func digit(n int64) string { return string([]rune("零壹贰叁肆伍陆柒捌玖")[n]) }

// capitalWhole writes groups of four digits, each followed by its unit; noughts between are one 零.
func capitalWhole(n int64) string {
	var b strings.Builder
	gap := false
	for _, place := range []struct {
		size int64
		name string
	}{{1e8, "亿"}, {1e4, "万"}, {1, ""}} {
		group := n / place.size % 1e4
		if group == 0 {
			gap = b.Len() > 0
			continue
		}
		for _, d := range []struct {
			size int64
			name string
		}{{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}} {
			v := group / d.size % 10
			if v == 0 {
				gap = b.Len() > 0
				continue
			}
			if gap {
				b.WriteString("零")
				gap = false
			}
			b.WriteString(digit(v) + d.name)
		}
		gap = false
		b.WriteString(place.name)
	}
	return b.String()
}
