package demo

// out06 is issued by both offices: one has signed, the organising one has yet to.
func (s *stage) out06() *said {
	const everyone = "各乡镇党委、政府，县委各部门、县政府各部门，各人民团体"
	return s.tell("S-OUT-06").starts("11-11 09:00", "2101", "joint-issue", fields{
		"issuer": issuer("临委办"), "joint_with": issuers{"临政办"}, "joint_reason": "涉及党委、政府两个系统的文件会议管理", "major": true,
		"matter_side": "党委方面", "doc_kind": "通知", "direction": "下行", "importance": "重要", "secrecy": "无", "urgency": "平件",
		"scope": everyone, "public": "公开", "copies": 120, "breadth": "综合性文件",
		"title":      "中共临溪县委办公室　临溪县人民政府办公室关于印发《临溪县文件会议精简控制办法（试行）》的通知",
		"recipients": everyone, "body": text("economy-notice"),
	}).
		then("11-12 15:30", "2101", "submit", nil).
		then("11-13 09:30", "2002", "agree", nil, "同意，请校核。").
		then("11-13 16:50", reviewerNumber, "pass", fields{"merge_answer": "不能合并也不能再精简", "checklist": checklist, "points": points}, "已核，请审。").
		then("11-16 09:20", partyDirector, "agree", nil, "请县政府办公室会签。").
		then("11-17 09:00", governmentDirector, "agree", nil, "同意，请主办机关签发。").
		then("11-17 09:05", governmentDirector, "extend", fields{"new_due": s.days.date("2026-11-20")}, "请于11月20日前签发。")
}
