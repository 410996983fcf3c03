package workday

import (
	"fmt"
	"time"
)

// Clock 时刻 is a time of day in minutes after midnight; 24:00 closes the day.
type Clock int

const (
	midnight Clock = 24 * 60
	// dayEnd is the last minute of 「当日」 for what arrives after office hours: still the same day.
	dayEnd = midnight - 1
)

// ParseClock reads 08:30, up to 24:00.
func ParseClock(s string) (Clock, error) {
	if s == midnight.String() {
		return midnight, nil
	}
	t, err := time.Parse("15:4", s)
	if err != nil {
		return 0, fmt.Errorf("“%s”不是时刻，应写作08:30", s)
	}
	return Clock(t.Hour()*60 + t.Minute()), nil
}

// String writes 08:30.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes the time for JSON.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (c *Clock) UnmarshalText(text []byte) error {
	parsed, err := ParseClock(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// OfficeHours 办公时间 are the two halves of an office day. Every office sets its own; the zero value means [DefaultHours].
type OfficeHours struct {
	Open      Clock `json:"open"`      // 上午上班
	Noon      Clock `json:"noon"`      // 上午下班, the 12 o'clock of DOC-IN-20
	Afternoon Clock `json:"afternoon"` // 下午上班
	Close     Clock `json:"close"`     // 下午下班, when day limits end
}

// DefaultHours is 08:30–12:00 and 14:00–17:30, the commonest timetable of offices.
func DefaultHours() OfficeHours {
	return OfficeHours{Open: 8*60 + 30, Noon: 12 * 60, Afternoon: 14 * 60, Close: 17*60 + 30}
}

// Check names what is wrong with a timetable, or nil.
func (h OfficeHours) Check() error {
	if h.Open < 0 || h.Open >= h.Noon || h.Noon > h.Afternoon || h.Afternoon >= h.Close || h.Close > midnight {
		return fmt.Errorf("办公时间%v至%v、%v至%v次序不对", h.Open, h.Noon, h.Afternoon, h.Close)
	}
	return nil
}

// perDay is the working time of one office day.
func (h OfficeHours) perDay() time.Duration {
	return time.Duration(h.Noon-h.Open+h.Close-h.Afternoon) * time.Minute
}

// span is one stretch of work within a day.
type span struct{ from, to time.Time }

// spans gives the two stretches of work of a day, in order.
func (h OfficeHours) spans(d Day) [2]span {
	return [2]span{
		{d.At(h.Open), d.At(h.Noon)},
		{d.At(h.Afternoon), d.At(h.Close)},
	}
}
