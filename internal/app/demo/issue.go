package demo

import "time"

// issueMonth writes the documents issued in a month.
func (h *history) issueMonth(time.Month, int) []deed { return nil }
