package workday

import "time"

// The statutory days off of 全国年节及纪念日放假办法. Since 2025 there are thirteen (New Year's Eve and 2 May joined
// the eleven of before). Where one falls on a weekend it is made up, but on which day only the notice says, so a
// provisional year does not guess: it counts the statutory days themselves.
const (
	statutoryDays       = 13
	statutoryDaysBefore = 11
	revised             = 2025
)

// lunar lists, per year, the dates as month×100+day of 正月初一, 端午 and 中秋. They are known far ahead, unlike the
// notice; beyond the list only the days of the solar calendar are known.
var lunar = map[int][3]int{
	2024: {210, 610, 917},
	2025: {129, 531, 1006},
	2026: {217, 619, 925},
	2027: {206, 609, 915},
	2028: {126, 528, 1003},
	2029: {213, 616, 922},
	2030: {203, 605, 912},
	2031: {123, 624, 1001},
	2032: {211, 612, 919},
	2033: {131, 601, 908},
	2034: {219, 620, 927},
	2035: {208, 610, 916},
}

// statutory names the statutory holiday a day is, or gives nothing.
func statutory(d Day) string {
	year, month, day := d.Date()
	md := int(month)*100 + day
	since2025 := year >= revised
	switch {
	case md == 101:
		return "元旦"
	case md == 501, md == 502 && since2025:
		return "劳动节"
	case md >= 1001 && md <= 1003:
		return "国庆节"
	case md == 400+qingming(year):
		return "清明节"
	}
	dates, ok := lunar[year]
	if !ok {
		return ""
	}
	spring := Date(year, time.Month(dates[0]/100), dates[0]%100)
	eve := spring
	if since2025 {
		eve-- // 除夕
	}
	switch {
	case d >= eve && d <= spring+2:
		return "春节"
	case md == dates[1]:
		return "端午节"
	case md == dates[2]:
		return "中秋节"
	}
	return ""
}

// qingming gives the day of April of 清明 in the twenty-first century, by the usual approximation of the solar term.
func qingming(year int) int {
	y := year % 100
	return (y*2422+48100)/10000 - y/4
}
