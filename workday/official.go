package workday

import "time"

// Official gives the calendar of the published notices, 2024 to 2026. Later years join by [Calendar.With] when
// their notice is out (OA-31).
func Official() Calendar {
	return Calendar{}.With(official2024()).With(official2025()).With(official2026())
}

func official2024() Table {
	const y = 2024
	return Table{Year: y, Source: "国务院办公厅关于2024年部分节假日安排的通知（2023年10月25日）", Holidays: []Holiday{
		{Name: "元旦", Off: run(y, 1, 1, 1, 1)},
		{Name: "春节", Off: run(y, 2, 10, 2, 17), Work: days(y, 204, 218)},
		{Name: "清明节", Off: run(y, 4, 4, 4, 6), Work: days(y, 407)},
		{Name: "劳动节", Off: run(y, 5, 1, 5, 5), Work: days(y, 428, 511)},
		{Name: "端午节", Off: run(y, 6, 10, 6, 10)},
		{Name: "中秋节", Off: run(y, 9, 15, 9, 17), Work: days(y, 914)},
		{Name: "国庆节", Off: run(y, 10, 1, 10, 7), Work: days(y, 929, 1012)},
	}}
}

func official2025() Table {
	const y = 2025
	return Table{Year: y, Source: "国务院办公厅关于2025年部分节假日安排的通知（2024年11月）", Holidays: []Holiday{
		{Name: "元旦", Off: run(y, 1, 1, 1, 1)},
		{Name: "春节", Off: run(y, 1, 28, 2, 4), Work: days(y, 126, 208)},
		{Name: "清明节", Off: run(y, 4, 4, 4, 6)},
		{Name: "劳动节", Off: run(y, 5, 1, 5, 5), Work: days(y, 427)},
		{Name: "端午节", Off: run(y, 5, 31, 6, 2)},
		{Name: "国庆节、中秋节", Off: run(y, 10, 1, 10, 8), Work: days(y, 928, 1011)},
	}}
}

func official2026() Table {
	const y = 2026
	return Table{Year: y, Source: "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）", Holidays: []Holiday{
		{Name: "元旦", Off: run(y, 1, 1, 1, 3), Work: days(y, 104)},
		{Name: "春节", Off: run(y, 2, 15, 2, 23), Work: days(y, 214, 228)},
		{Name: "清明节", Off: run(y, 4, 4, 4, 6)},
		{Name: "劳动节", Off: run(y, 5, 1, 5, 5), Work: days(y, 509)},
		{Name: "端午节", Off: run(y, 6, 19, 6, 21)},
		{Name: "中秋节", Off: run(y, 9, 25, 9, 27)},
		{Name: "国庆节", Off: run(y, 10, 1, 10, 7), Work: days(y, 920, 1010)},
	}}
}

// run lists the days from one date to another, as a notice writes 「2月15日至23日」.
func run(year int, m1 time.Month, d1 int, m2 time.Month, d2 int) []Day {
	var list []Day
	for d := Date(year, m1, d1); d <= Date(year, m2, d2); d++ {
		list = append(list, d)
	}
	return list
}

// days lists single days written as month×100+day.
func days(year int, monthDays ...int) []Day {
	list := make([]Day, len(monthDays))
	for i, md := range monthDays {
		list[i] = Date(year, time.Month(md/100), md%100)
	}
	return list
}
