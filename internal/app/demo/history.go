package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
)

// history 历史 writes closed matters month by month: as many as the sample says, the same every time.
type history struct {
	days    days
	rng     *rand.Rand
	cal     workday.Calendar
	senders []sender
	themes  []theme
	counts  map[string]int // number series, and days of the transmission channel → numbers used
	year    int
	last    workday.Day // written day before which everything arrives
}

func (s *stage) newHistory(year int, last workday.Day) *history {
	return &history{
		days: s.days, rng: rand.New(rand.NewPCG(uint64(year), 1118)), cal: s.days.cal,
		senders: senders(), themes: themes(), counts: map[string]int{}, year: year, last: last,
	}
}

// history gives the deeds of the year before the week of the present.
func (s *stage) history() []deed {
	h := s.newHistory(present.Year(), present)
	var out []deed
	genres := h.repertoire()
	for i, m := range year2026() {
		name := time.Month(i + 1)
		if name == presentMonth {
			m.received -= registeredInWeek
			m.issued -= issuedInWeek
		}
		out = append(out, h.month(name, m.received, genres[:m.issued])...)
		genres = genres[m.issued:]
	}
	return out
}

// month writes what arrived, and what got its number, in a month.
func (h *history) month(m time.Month, received int, issued []genre) []deed {
	var out []deed
	for i, at := range h.spread(m, received) {
		out = append(out, h.receive(fmt.Sprintf("H-IN-%d-%02d-%03d", h.year, m, i+1), at)...)
	}
	return append(out, h.issueMonth(m, issued)...)
}

// workdays lists a month's working days before the last day.
func (h *history) workdays(m time.Month) []workday.Day {
	var out []workday.Day
	for day := workday.Date(h.year, m, 1); day < workday.Date(h.year, m+1, 1) && day < h.last; day++ {
		if h.cal.IsWorkday(day) {
			out = append(out, day)
		}
	}
	return out
}

// spread lays n arrivals evenly over a month's working days, in the hours in which post comes.
func (h *history) spread(m time.Month, n int) []time.Time {
	open := h.workdays(m)
	out := make([]time.Time, n)
	for i := range out {
		start := clock("08:40")
		if h.chance(45) {
			start = clock("14:05")
		}
		day := h.days.moved(open[i*len(open)/n])
		out[i] = day.At(start + workday.Clock(h.rng.IntN(100)))
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

const presentMonth = time.November

// presentYearDay is which day of its year the present is.
var presentYearDay = int(present-workday.Date(present.Year(), time.January, 1)) + 1

// chance is true so many times in a hundred.
func (h *history) chance(percent int) bool { return h.rng.IntN(100) < percent }

// minutes is a span between two numbers of minutes.
func (h *history) minutes(from, to int) time.Duration {
	return time.Duration(from+h.rng.IntN(to-from)) * time.Minute
}

// theme picks what is written about in a month; of a few, one of them in or out of season.
func (h *history) theme(m time.Month, of []string) theme {
	for {
		t := h.themes[h.rng.IntN(len(h.themes))]
		if of == nil && t.inSeason(m) || slices.Contains(of, t.name) {
			return t
		}
	}
}

// span is the working time a matter takes: 30 to 100 in a hundred of its limit, and in a few cases up to 110. What
// arrived before the week of the present is closed before it.
func (h *history) span(at time.Time, limit string) time.Duration {
	whole := h.cal.Elapsed(at, h.cal.Due(at, workday.MustLimit(limit)).At)
	share := 30 + h.rng.IntN(68)
	if h.rng.IntN(1000) < 22 {
		share = 101 + h.rng.IntN(9)
	}
	took := whole * time.Duration(share) / 100
	monday := h.days.moved(present - workday.Day(present.Weekday()-time.Monday))
	if workday.DayOf(at) < monday {
		took = min(took, h.cal.Elapsed(at, monday.At(clock("17:00"))))
	}
	return took
}

// number is the next of a sender's series that has not reached its ceiling too early in the year.
func (h *history) number(list []series, at time.Time) string {
	year := at.Year()
	for _, s := range list {
		used := h.counts[s.form]
		if h.year == present.Year() && s.ceiling > 0 && used >= s.ceiling*at.YearDay()/presentYearDay {
			continue
		}
		h.counts[s.form]++
		return fmt.Sprintf(s.form, year, used+1)
	}
	return ""
}

func filled(title string, at time.Time, theme string) string {
	return strings.ReplaceAll(fmt.Sprintf(title, theme), "{年}", fmt.Sprint(at.Year()))
}

// plan 安排 collects the deeds of one matter.
type plan struct {
	matter string
	deeds  []deed
}

func (p *plan) begin(at time.Time, who, kind string, f fields) {
	p.deeds = append(p.deeds, deed{at: at, who: who, matter: p.matter, kind: kind, fields: f})
}

func (p *plan) do(at time.Time, who, action string, f fields, opinion ...string) {
	p.deeds = append(p.deeds, deed{at: at, who: who, matter: p.matter, action: action, fields: f, opinion: strings.Join(opinion, "")})
}

// one picks one of several wordings.
func (h *history) one(of ...string) string { return of[h.rng.IntN(len(of))] }

func dayOf(at time.Time) workday.Day { return workday.DayOf(at) }

func headOf(code string) string {
	for _, s := range sections() {
		if s.code == code {
			return s.head
		}
	}
	return ""
}
