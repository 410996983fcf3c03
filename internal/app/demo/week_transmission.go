package demo

import "github.com/chengqi-oa/chengqi/internal/engine"

// transmissionWeek: the channel's lists of October and of these days held against the ledgers, and papers printed from the
// transmission server (OA-06, ARCH-27).
func (s *stage) transmissionWeek() []deed {
	october := s.compared("S-TRANS-01", "11-02", "2026-10-01", "2026-10-31", nil)
	october.then("11-02 10:20", clerkNumber, "settled", nil).
		then("11-02 15:30", "3101", "agree", nil, "同意。")
	november := s.compared("S-TRANS-02", "11-17", "2026-11-01", "2026-11-16", fields{
		"direction": "收", "at": s.days.date("2026-11-12") + "T10:20:00+08:00", "party": "安澜市应急管理局", "doc_number": "安应急〔2026〕31号",
		"title": "关于做好寒潮天气安全防范工作的通知", "transfer_number": "CS20261112031",
	})
	prints := s.tell("S-TRANS-03").
		starts("11-17 14:10", "3302", "transmission-consent", fields{
			"direction": "发出的", "issued": named("S-OUT-01"), "treatment": "打印", "copies": 2, "reason": "供暖调度会上传达",
		}).
		then("11-17 14:12", "3302", "submit", nil).
		then("11-17 14:40", "3101", "agree", nil, "同意。").
		then("11-17 15:05", "3104", "done", fields{"taker": person("3302")})
	asked := s.tell("S-TRANS-04").
		starts("11-18 08:35", "3302", "transmission-consent", fields{
			"direction": "发出的", "issued": named("S-OUT-01"), "treatment": "打印", "copies": 1, "reason": "存科室值守资料夹",
		}).
		then("11-18 08:36", "3302", "submit", nil)
	var out []deed
	for _, t := range []*said{october, november, prints, asked} {
		out = append(out, t.deeds...)
	}
	return out
}

// compared holds the channel's list of a span against the ledgers: it has what they have, and perhaps one line more.
func (s *stage) compared(name, day, since, until string, more fields) *said {
	t := s.tell(name).
		starts(day+" 09:10", clerkNumber, "transmission-check", fields{"since": s.days.date(since), "until": s.days.date(until)}).
		then(day+" 09:15", clerkNumber, "compare", nil).
		then(day+" 09:50", clerkNumber, "again", nil)
	t.deeds[2].compute = func(m *engine.Matter) map[string]any {
		var list []any
		for _, r := range m.Rows("lines") {
			delete(r, "found")
			delete(r, "source")
			list = append(list, r)
		}
		if more != nil {
			list = append(list, map[string]any(more))
		}
		return map[string]any{"lines": list}
	}
	return t
}
