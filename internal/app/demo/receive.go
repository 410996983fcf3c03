package demo

import (
	"fmt"
	"time"
)

// The people through whose hands the history passes.
const (
	clerkNumber        = "3102" // 何映雪
	partyDirector      = "1007" // 贺庭山, director for what the Party committee receives
	governmentDirector = "1010" // 马骁原, for what the government receives
)

var reviewed = picks{"属本机关办理", "符合行文规则", "文种格式正确", "已协商会签", "附件齐全"}

// arrival 来文 is one incoming document of the history as it lies on the clerk's table.
type arrival struct {
	plan
	h        *history
	at       time.Time
	sender   sender
	theme    theme
	director string
	urgency  string
	took     time.Duration
}

// receive writes the course of one incoming document from its arrival at an instant.
func (h *history) receive(name string, at time.Time) []deed {
	s := h.senders[h.rng.IntN(len(h.senders))]
	a := &arrival{plan: plan{matter: name}, h: h, at: at, sender: s, theme: h.theme(at.Month(), s.themes), director: governmentDirector, urgency: "平件"}
	if s.issuer == "临委" {
		a.director = partyDirector
	}
	if a.theme.unit == s.unit {
		a.theme.unit = "ZH" // nobody handles what they have sent themselves
	}
	limit := "7 workdays"
	if h.chance(15) {
		a.urgency, limit = "加急", "2 workdays"
	}
	a.took = h.span(at, limit)
	a.sign()
	switch roll := h.rng.IntN(100); {
	case s.relation == below && roll < 6 && h.year == present.Year():
		a.register(false)
		a.giveBack()
	case a.urgency == "平件" && s.relation == above && roll < 16:
		a.register(false)
		a.circulate()
	case roll < 50:
		reply := s.relation != above && h.chance(40)
		a.register(reply)
		a.pass()
		a.instruct()
		a.handle(reply)
	default:
		reply := s.relation == beside
		a.register(reply)
		a.pass()
		a.assign()
		a.handle(reply)
	}
	return a.deeds
}

func (a *arrival) sign() {
	f := fields{
		"received_at": a.at.Format(time.RFC3339), "channel": a.sender.channel, "sender": a.sender.name, "addressee": issuer(a.sender.issuer),
		"copies_ok": true, "routing_ok": true, "seal_ok": true,
	}
	if a.sender.relation == above && a.h.chance(40) {
		f["channel"], f["transfer_number"] = "电子传输", a.h.transfer(a.at)
		f["origin_ok"], f["complete_ok"], f["format_ok"] = true, true, true
	}
	a.begin(a.at.Add(time.Minute), clerkNumber, "incoming", f)
	a.do(a.at.Add(4*time.Minute), clerkNumber, "sign", nil)
}

// transfer is the next number that the transmission channel gives on a day.
func (h *history) transfer(at time.Time) string {
	day := "CS" + at.Format("20060102")
	h.counts[day]++
	return fmt.Sprintf("%s%03d", day, h.counts[day])
}

func (a *arrival) register(reply bool) {
	h := a.h
	f := fields{
		"type": "报批", "title": filled(a.sender.title, a.at, a.theme.name), "sender": a.sender.name, "relation": a.sender.relation,
		"sender_number": h.number(a.sender.series, a.at), "doc_date": h.cal.Add(dayOf(a.at), -1-h.rng.IntN(3)).String(),
		"copies": 1 + h.rng.IntN(3), "pages": 2 + h.rng.IntN(9), "attachment_number": "无", "secrecy": "无", "urgency": a.urgency,
	}
	if h.chance(30) {
		f["attachment_number"] = "1"
	}
	if reply {
		f["needs_reply"], f["reply_by"] = true, h.cal.Add(dayOf(a.at), 12).String()
	}
	a.do(a.at.Add(11*time.Minute), clerkNumber, "register", f)
}

func (a *arrival) pass() {
	a.do(a.at.Add(17*time.Minute), clerkNumber, "pass", fields{"review": reviewed})
}

// proposed is the moment of the director's proposal, still within the half day (DOC-IN-20).
func (a *arrival) proposed() time.Time { return a.at.Add(17*time.Minute + a.h.minutes(8, 22)) }

func (a *arrival) instruct() {
	at := a.proposed()
	a.do(at, a.director, "instruct", fields{"leaders": people{a.theme.leader}, "lead_unit": unit(a.theme.unit)}, "拟请主办单位办理，请领导批示。")
	at = at.Add(a.h.minutes(8, 20))
	a.do(at, a.theme.leader, "instruct", nil, a.h.one("同意，请主办单位按要求办理并报结果。", "请抓紧办理。", "请认真落实，重要情况及时报告。", "同意。"))
	a.do(at.Add(a.h.minutes(4, 10)), clerkNumber, "hand-out", fields{"lead_unit": unit(a.theme.unit)})
}

func (a *arrival) assign() {
	at := a.proposed()
	a.do(at, a.director, "assign", fields{"lead_unit": unit(a.theme.unit)}, a.h.one("请按要求办理。", "请阅处。", "请主办单位牵头办理。"))
	a.do(at.Add(a.h.minutes(6, 15)), clerkNumber, "hand-out", nil)
}

// handle ends the matter when its time is used up: result, answer where one is asked for, the original taken back.
func (a *arrival) handle(reply bool) {
	head := headOf(a.theme.unit)
	after := func(before time.Duration) time.Time { return worked(a.h.cal, a.at, a.took-before) }
	result := a.h.one("已按要求部署%s工作，有关情况已书面报告。", "已研究落实%s有关要求，责任到科室和人。", "%s有关事项已办理完毕，材料已报送。")
	f := fields{"result": filled(result, a.at, a.theme.name)}
	if !reply {
		a.do(after(time.Hour), head, "finish", f)
	} else {
		a.do(after(90*time.Minute), head, "finish", f)
		a.do(after(45*time.Minute), head, "reply", fields{"reply_way": a.h.one("电话", "当面", "电子传输")})
	}
	a.do(after(0), clerkNumber, "close", fields{"original_back": true})
}

// giveBack returns a document to its sender: DOC-IN-13, DOC-IN-35.
func (a *arrival) giveBack() {
	at := a.at.Add(20 * time.Minute)
	reason := a.h.one("无手续", "格式不符", "一文多事", "报告夹带请示")
	a.do(at, clerkNumber, "return-document", fields{
		"review": picks{"属本机关办理"}, "return_reason": reason, "return_note": "请按行文规则补正后重新报送。",
	})
	a.do(at.Add(a.h.minutes(10, 30)), a.director, "agree", nil, "同意退文。")
	a.do(at.Add(a.h.minutes(40, 70)), clerkNumber, "hand", fields{"return_receiver": a.sender.name + "经办人"})
}

// circulate sends a document round four readers, each time back through the clerk's hands (DOC-CIR-02).
func (a *arrival) circulate() {
	a.pass()
	at := a.proposed()
	readers := append(people{"1002", "1006", "1008"}, "1009")
	if a.sender.issuer == "临委" {
		readers = people{"1001", "1002", "1005", "1007"}
	}
	a.do(at, a.director, "circulate", fields{"leaders": readers}, "送领导阅。")
	round := &plan{matter: a.matter + "/circulation"}
	round.do(at.Add(5*time.Minute), clerkNumber, "arrange", fields{"way": "传阅", "readers": readers, "scope_basis": "办公室主任拟办意见"})
	stay := min(a.took/time.Duration(len(readers)), 11*time.Hour) // well within the two days of DOC-CIR-07
	out := at.Add(10 * time.Minute)
	for _, reader := range readers {
		round.do(out, clerkNumber, "hand-out", nil)
		read := worked(a.h.cal, out, stay)
		round.do(read, reader, "sign", nil, a.h.one("已阅。", "阅。", "已阅，请有关科室阅研。"))
		round.do(read.Add(4*time.Minute), clerkNumber, "hand-in", fields{"condition": "完好"})
		out = read.Add(7 * time.Minute)
	}
	round.do(out, clerkNumber, "close", nil)
	a.deeds = append(a.deeds, round.deeds...)
	a.do(out.Add(5*time.Minute), clerkNumber, "close", fields{"original_back": true})
}
