package workday

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"time"
)

// Day 日 is a day of the civil calendar, not an instant: 1 is 1 January of year 1, and the zero Day is no day at all.
// Days may be compared, subtracted and advanced as the integers they are.
type Day int32

// unixEpoch is the Day of 1 January 1970.
const unixEpoch = 719163

// zone is Beijing time. China keeps UTC+8 the whole year, without summer time since 1992, so that no zone
// database need be at hand on the office's machine.
var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Zone gives Beijing time, in which every instant is read as a day of the office.
func Zone() *time.Location { return zone }

// Date makes a Day; values beyond their range carry over as in [time.Date].
func Date(year int, month time.Month, day int) Day {
	secs := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Day(secs/86400 + unixEpoch)
}

// DayOf gives the day an instant falls on in Beijing.
func DayOf(t time.Time) Day {
	y, m, d := t.In(zone).Date()
	return Date(y, m, d)
}

// ParseDay reads 2026-02-12, 2026/2/12, 2026.2.12, 20260212 and 2026年2月12日.
func ParseDay(s string) (Day, error) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2006年1月2日"} {
		if t, err := time.Parse(layout, s); err == nil {
			return Date(t.Date()), nil
		}
	}
	return 0, fmt.Errorf("“%s”不是日期，应写作2026-02-12或2026年2月12日", s)
}

// IsZero tells whether no day is given.
func (d Day) IsZero() bool { return d == 0 }

// Date takes the day apart.
func (d Day) Date() (year int, month time.Month, day int) { return d.utc().Date() }

// Year gives the year of the day.
func (d Day) Year() int { return d.utc().Year() }

// Weekday gives the day of the week; 1 January of year 1 was a Monday.
func (d Day) Weekday() time.Weekday { return time.Weekday((int(d)%7 + 7) % 7) }

// At gives the instant of a time of that day in Beijing.
func (d Day) At(c Clock) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, int(c), 0, 0, zone)
}

func (d Day) utc() time.Time { return time.Unix((int64(d)-unixEpoch)*86400, 0).UTC() }

// String writes the day as 2026-02-12, the form stored and exchanged; no day is empty.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2006-01-02")
}

// Chinese writes the day as documents do, without leading zeros (GB/T 9704-2012 7.3.5.4).
func (d Day) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2006年1月2日")
}

// ChineseMoment writes an instant as the office does, by Beijing time: 2026年11月18日 09:30; no instant is empty.
func ChineseMoment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006年1月2日 15:04")
}

// ChineseWeekday gives 周一 … 周日.
func (d Day) ChineseWeekday() string { return "周" + weekdayNames[d.Weekday()] }

// weekdayNames are the characters after 周, Sunday first as [time.Weekday] counts.
var weekdayNames = [7]string{"日", "一", "二", "三", "四", "五", "六"}

// MarshalText writes the day for JSON and forms.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote, and the other forms of [ParseDay].
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value stores the day as text, which sorts by date in every database; no day is NULL.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a stored day.
func (d *Day) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = 0
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time: // a DATE column arrives as midnight in the driver's own zone
		*d = Date(v.Date())
		return nil
	default:
		return fmt.Errorf("workday: cannot read a day from %T", src)
	}
}
