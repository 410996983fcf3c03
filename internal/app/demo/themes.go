package demo

import "time"

// theme 事项 is what a document of the history is about, with who answers for it in the house.
type theme struct {
	name   string
	from   time.Month // the season in which it comes up most; it may run over the turn of the year
	until  time.Month
	leader string // staff number of the leader in charge
	unit   string // code of the unit that handles it
	assist string // code of a unit that is asked
}

func themes() []theme {
	return []theme{
		{"春耕备耕", 2, 5, "1008", "ZH", "SL"},
		{"防汛备汛", 5, 9, "1008", "SL", "YX"},
		{"森林防火", 9, 4, "1006", "YX", "BW"},
		{"安全生产", 1, 12, "1006", "YX", "DC"},
		{"义务教育", 8, 12, "1009", "JY", "CZ"},
		{"乡村道路", 4, 10, "1008", "YX", "CZ"},
		{"饮水安全", 6, 10, "1008", "SL", "CZ"},
		{"供热保障", 9, 3, "1009", "YX", "DC"},
		{"预算执行", 1, 12, "1006", "CZ", "DC"},
		{"档案整理", 12, 6, "1007", "WD", "ZH"},
	}
}

func (t theme) inSeason(m time.Month) bool {
	if t.from <= t.until {
		return t.from <= m && m <= t.until
	}
	return m >= t.from || m <= t.until
}

// sender 来文单位 of the history with the number series it writes under. What reaches the week of the present is
// numbered in the sample itself, so a series may only run up to a ceiling before then.
type sender struct {
	name     string
	series   []series
	relation string
	channel  string
	issuer   string   // 机关代字 of the name that receives it
	title    string   // %s stands for the theme; {年} for the year
	unit     string   // its own code, if it is one of the county's
	themes   []string // what it writes about; nil: anything
}

type series struct {
	form    string // %d stands for the year, then the number
	ceiling int    // 0: none
}

const (
	above  = "上级来文"
	below  = "下级来文"
	beside = "平级来文"
)

// senders are weighted by repetition: the city writes most, then the county's own units.
func senders() []sender {
	cityGovernment := sender{
		"安澜市人民政府办公室",
		[]series{{"安政办〔%d〕%d号", 60}, {"安政办函〔%d〕%d号", 0}, {"安政办明电〔%d〕%d号", 0}},
		above, "机要交换", "临政", "安澜市人民政府办公室关于做好{年}年%s工作的通知", "", nil,
	}
	cityParty := sender{
		"安澜市委办公室",
		[]series{{"安委办〔%d〕%d号", 87}, {"安委办函〔%d〕%d号", 0}, {"安委办明电〔%d〕%d号", 0}},
		above, "机要交换", "临委", "安澜市委办公室关于%s情况的通报", "", nil,
	}
	neighbour := sender{
		"清禾县人民政府办公室",
		[]series{{"清政办函〔%d〕%d号", 29}, {"清政办便函〔%d〕%d号", 0}},
		beside, "邮寄", "临政办", "清禾县人民政府办公室关于商请协助%s工作的函", "",
		[]string{"森林防火", "乡村道路", "防汛备汛", "安全生产"},
	}
	out := []sender{cityGovernment, cityGovernment, cityGovernment, cityParty, cityParty, cityParty, neighbour}
	for _, u := range []struct {
		name, code, unit string
		ceiling          int
		themes           []string
	}{
		{"枫渡镇人民政府", "枫政", "FD", 33, nil},
		{"苇汀乡人民政府", "苇政", "WT", 40, nil},
		{"县水利局", "临水", "SL", 0, []string{"防汛备汛", "饮水安全", "春耕备耕"}},
		{"县教育局", "临教", "JY", 14, []string{"义务教育", "安全生产"}},
		{"县财政局", "临财", "CZ", 0, []string{"预算执行", "档案整理"}},
	} {
		numbers := []series{{u.code + "〔%d〕%d号", u.ceiling}, {u.code + "报〔%d〕%d号", 0}}
		out = append(
			out,
			sender{u.name, numbers, below, "专人送达", "临政", u.name + "关于%s资金的请示", u.unit, u.themes},
			sender{u.name, numbers, below, "专人送达", "临政", u.name + "关于%s情况的报告", u.unit, u.themes},
		)
	}
	return out
}

// month is one row of the year's figures: what was received and issued.
type month struct{ received, issued int }

// year2026 holds January to November; November counts to the present, the documents of the week included.
func year2026() []month {
	return []month{
		{168, 31},
		{121, 22},
		{175, 34},
		{160, 28},
		{152, 29},
		{158, 30},
		{171, 27},
		{164, 26},
		{182, 33},
		{178, 30},
		{92, 15},
	}
}

// Of 2025 only the sums of January to October are known; they serve the comparison with the year before.
const (
	received2025 = 1690
	issued2025   = 316
)
