package demo

import (
	"encoding/json"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// LastYearSetting is the row of the settings that holds the figures of the year before the sample's, for comparison
// (同比); they are figures only, no matters stand behind them.
const LastYearSetting = "statistics.last-year"

// LastYear 上年同期 figures, January first.
type LastYear struct {
	Year   int             `json:"year"`
	Months []LastYearMonth `json:"months"`
}

// LastYearMonth is one month of it.
type LastYearMonth struct {
	Month    time.Month `json:"month"`
	Received int        `json:"received"`
	Issued   int        `json:"issued"`
}

func keepLastYear(tx *db.Tx) error {
	text, err := json.Marshal(lastYear())
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		LastYearSetting, string(text))
	return err
}

// lastYear shares the known sums of ten months out in the proportions of this year's months, so that they add up.
func lastYear() LastYear {
	months := year2026()[:10]
	y := LastYear{Year: present.Year() - 1}
	var received, issued, doneReceived, doneIssued, sumReceived, sumIssued int
	for _, m := range months {
		sumReceived += m.received
		sumIssued += m.issued
	}
	for i, m := range months {
		received, issued = received+m.received, issued+m.issued
		upToReceived, upToIssued := received2025*received/sumReceived, issued2025*issued/sumIssued
		y.Months = append(y.Months, LastYearMonth{time.Month(i + 1), upToReceived - doneReceived, upToIssued - doneIssued})
		doneReceived, doneIssued = upToReceived, upToIssued
	}
	return y
}
