package demo

// genre 一类发文 of the history.
type genre struct {
	issuer, kind, direction string
	title                   string // %s stands for the theme; {单位} for the unit it answers
	recipients              string
	body                    string
	theme, drafter          string // fixed, if not left to chance
}

// How many documents of each genre the year holds before the week of the present: they bring the series to the
// numbers that the documents of the week bear.
func genres() []struct {
	genre
	times int
} {
	const (
		towns    = "各乡镇人民政府，县政府各部门、各直属单位"
		everyone = "各乡镇党委、政府，县委各部门、县政府各部门，各人民团体"
	)
	return []struct {
		genre
		times int
	}{
		{genre{issuer: "临政办", kind: "通知", direction: "下行", title: "临溪县人民政府办公室关于做好%s工作的通知", recipients: towns, body: noticeBody}, 42},
		{genre{issuer: "临政", kind: "批复", direction: "下行", title: "临溪县人民政府关于{单位}%s请示的批复", recipients: "{单位}", body: replyBody}, 110},
		{genre{issuer: "临委办", kind: "通报", direction: "下行", title: "中共临溪县委办公室关于%s情况的通报", recipients: everyone, body: circularBody}, 133},
		{genre{issuer: "临政办", kind: "便函", direction: "平行", title: "临溪县人民政府办公室关于%s有关事项的函", recipients: "清禾县人民政府办公室", body: letterBody}, 18},
	}
}

const (
	noticeBody = `为切实做好我县%[1]s工作，现就有关事项通知如下。
一、明确责任。各乡镇、各部门要把%[1]s列入重要日程，逐项明确责任单位和完成时间。
二、抓好落实。对照年度安排逐项检查，存在的问题立即整改，不能立即整改的限期办结。
三、及时报告。工作进展按月报送县政府办公室，重要情况随时报告。`
	replyBody = `你单位关于%[1]s的请示收悉。经研究，现批复如下：
一、原则同意所报方案，由你单位组织实施。
二、所需经费按预算安排和有关规定办理，专款专用。
三、实施过程中遇有重要情况，及时向县政府报告。`
	circularBody = `近期，县委办公室对全县%[1]s情况进行了检查，现通报如下。
一、基本情况。各乡镇、各部门总体重视，任务分解到位，进度符合要求。
二、存在问题。个别单位责任不够具体，台账更新不及时。
三、下步要求。存在问题的单位要在10个工作日内完成整改，结果报县委办公室。`
	letterBody = `为做好%[1]s工作，现就有关事项函商如下。
一、请将贵县相关工作安排和联系人告知我办，以便衔接。
二、涉及两县交界地段的事项，建议建立定期会商机制。
请予函复。`
)

// What reviewers and the dispatcher tick when all is well.
var (
	checklist = picks{
		"报批程序完备", "确需行文", "合政策法规并与前文衔接", "措施可行", "部门已协商一致", "人名地名时间数字引文准确",
		"文种格式密级缓急和印发范围正确", "发布形式恰当",
	}
	points    = picks{"行文关系与格式", "标题与内容相符", "密级与范围", "层次逻辑", "文词标点"}
	rechecked = picks{"审批手续", "文种", "密级", "格式"}
	inspected = picks{"字迹清晰", "版面整洁", "装订齐整", "印章骑年压月", "内容与原稿一致"}
)
