package demo

import "github.com/chengqi-oa/chengqi/internal/record/org"

// seat 人员名册 is one line of the staff list: a person and the post they hold, in rank order.
type seat struct {
	number string // 工号, the login name
	name   string
	sex    string
	unit   string // code of the unit
	post   string
	backup string // B岗, ORG-24: staff number of the colleague
	phone  string
	duties []org.Duty
	hint   string // why a visitor may want to try this person
}

// The duties that several seats share.
var (
	principal = []org.Duty{org.Leader, org.Principal, org.Staff}
	leader    = []org.Duty{org.Leader, org.Staff}
	deputy    = []org.Duty{org.DeputyDirector, org.Staff}
	staff     = []org.Duty{org.Staff}
)

func headAnd(more ...org.Duty) []org.Duty {
	return append([]org.Duty{org.UnitHead, org.Staff}, more...)
}

func staffAnd(more ...org.Duty) []org.Duty { return append([]org.Duty{org.Staff}, more...) }

// liaison is the one person of an outer agency: receives, drafts, heads and signs there.
func liaison() []org.Duty { return headAnd(org.Clerk, org.Director) }

// seats is the staff list in rank order: the order of circulation, of seating and of every list of names.
func seats() []seat {
	return append(append(leaders(), partyOffice()...), append(governmentOffice(), outside()...)...)
}

func leaders() []seat {
	return []seat{
		{"1001", "沈伯言", "男", "WB", "县委书记", "1005", "0000-6210001", principal, "主要领导：在手机上批示、签发"},
		{"1002", "陆怀谦", "男", "ZF", "县委副书记、县长", "1006", "0000-6210002", principal, ""},
		{"1003", "顾长松", "男", "RD", "县人大常委会主任", "", "0000-6210003", leader, ""},
		{"1004", "谢敏岚", "女", "ZX", "县政协主席", "", "0000-6210004", leader, ""},
		{"1005", "秦以宁", "男", "WB", "县委副书记", "1007", "0000-6210005", leader, ""},
		{"1006", "郑跃川", "男", "ZF", "县委常委、常务副县长", "1008", "0000-6210006", leader, ""},
		{
			"1007", "贺庭山", "男", "WBB", "县委常委、县委办公室主任", "2001", "0000-6210007",
			[]org.Duty{org.Director, org.Leader, org.Staff},
			"办公室主任：拟办，看全局",
		},
		{"1008", "唐季白", "男", "ZF", "副县长（农业农村、水利、交通）", "1009", "0000-6210008", leader, ""},
		{"1009", "罗清禾", "女", "ZF", "副县长（教育、卫生健康、供热）", "1008", "0000-6210009", leader, ""},
		{"1010", "马骁原", "男", "ZFB", "县政府办公室主任", "2003", "0000-6210010", []org.Duty{org.Director, org.Staff}, ""},
		{"2001", "蒋牧云", "男", "WBB", "副主任（文字、信息、督查）", "2002", "0000-6210021", deputy, ""},
		{"2002", "邵嘉树", "男", "WBB", "副主任（秘书、机要保密、值班）", "2001", "0000-6210022", deputy, ""},
		{"2003", "覃文远", "男", "ZFB", "副主任（文电、档案、印信）", "2004", "0000-6210023", deputy, ""},
		{"2004", "卓海宁", "女", "ZFB", "副主任（行政、接待、应急信访、保卫）", "2003", "0000-6210024", deputy, ""},
	}
}

func partyOffice() []seat {
	return []seat{
		{"2101", "闻子衡", "男", "MS", "科长（会务）", "2102", "0000-6210031", headAnd(), "会务：会议通知、座次、领导日程"},
		{"2102", "叶知夏", "女", "MS", "科员（会议室、纪要分送）", "2101", "0000-6210032", staff, ""},
		{"2201", "卢见山", "男", "ZH", "科长（文稿、校核）", "2202", "0000-6210033", headAnd(org.Reviewer), ""},
		{"2202", "池若溪", "女", "ZH", "科员（校核、核稿人）", "2201", "0000-6210034", staffAnd(org.Reviewer), ""},
		{"2301", "江晚晴", "女", "XX", "科长（签发前审核）", "2302", "0000-6210035", headAnd(), ""},
		{"2302", "石一磊", "男", "XX", "科员（采编、积分）", "2301", "0000-6210036", staff, "信息：采编、积分、刊物"},
		{"2401", "韩敬之", "男", "DC", "科长", "2402", "0000-6210037", headAnd(org.Supervisor), "督查：立项、催办、销号"},
		{"2402", "傅小满", "女", "DC", "科员（督查登记、建议提案）", "2401", "0000-6210038", staffAnd(org.Supervisor), ""},
		{"2501", "彭守静", "男", "JB", "科长（机要）", "2502", "0000-6210039", headAnd(org.SecrecyOfficer), "机要保密：涉密载体台账"},
		{"2502", "安如絮", "女", "JB", "保密员（载体台账）", "2501", "0000-6210040", staffAnd(org.SecrecyOfficer), ""},
		{"2601", "丁望北", "男", "ZB", "主任", "2602", "0000-6210041", headAnd(org.DutyOfficer), ""},
		{"2602", "祝云帆", "男", "ZB", "值班员", "2601", "0000-6210042", staffAnd(org.DutyOfficer), "值班：电话记录、交接班"},
	}
}

func governmentOffice() []seat {
	return []seat{
		{"3101", "苏砚秋", "女", "WD", "科长", "3103", "0000-6210051", headAnd(), ""},
		{"3102", "何映雪", "女", "WD", "文书（收文、传阅、清退）", "3103", "0000-6210052", staffAnd(org.Clerk), "文书：收文登记、传阅、归档"},
		{"3103", "倪承远", "男", "WD", "文书、监印员（发文、用印）", "3102", "0000-6210053", staffAnd(org.Dispatcher, org.SealKeeper), "发文编号、用印、分发"},
		{"3104", "古素华", "女", "WD", "档案员、文印派单、公文传输", "3102", "0000-6210054", staffAnd(org.Archivist, org.Printer, org.Transmitter), ""},
		{"3201", "龚大有", "男", "XZ", "科长", "3204", "0000-6210055", headAnd(), ""},
		{"3202", "易书宁", "女", "XZ", "会计", "3201", "0000-6210056", staffAnd(org.Accountant), "会计：报销、借款"},
		{"3203", "尤佳音", "女", "XZ", "出纳", "3204", "0000-6210057", staffAnd(org.Cashier), ""},
		{"3204", "汤乐平", "男", "XZ", "采购保管、资产", "3205", "0000-6210058", staffAnd(org.Storekeeper), ""},
		{"3205", "康志远", "男", "XZ", "车管", "3206", "0000-6210059", staffAnd(org.FleetKeeper), ""},
		{"3206", "柴卫冬", "男", "XZ", "驾驶员", "3205", "0000-6210060", staffAnd(org.Driver), ""},
		{"3207", "柏依依", "女", "XZ", "接待员", "2102", "0000-6210061", staffAnd(org.Receptionist), ""},
		{"3208", "俞秀梅", "女", "XZ", "食堂管理员", "3204", "0000-6210062", staffAnd(org.CanteenKeeper), ""},
		{"3301", "雷振声", "男", "YX", "科长", "3302", "0000-6210063", headAnd(), ""},
		{"3302", "阮清如", "女", "YX", "信访接待、公开电话", "3301", "0000-6210064", staffAnd(org.PetitionClerk), ""},
		{"3401", "熊立岩", "男", "BW", "科长", "3402", "0000-6210065", headAnd(), ""},
		{"3402", "佟有田", "男", "BW", "门卫、收发", "3401", "0000-6210066", staffAnd(org.Guard), ""},
	}
}

// outside lists the people of the other agencies, and last the three administrators, who do no business (OA-27).
func outside() []seat {
	return []seat{
		{"4001", "梅景川", "男", "FD", "党政办主任、信息员", "", "0000-6220101", liaison(), ""},
		{"4002", "骆行舟", "男", "WT", "党政办主任、信息员", "", "0000-6220102", liaison(), ""},
		{"4003", "项临渊", "男", "SL", "办公室主任、信息员", "", "0000-6220103", liaison(), ""},
		{"4004", "庄静姝", "女", "JY", "办公室主任、文秘", "", "0000-6220104", liaison(), ""},
		{"4005", "柯远航", "男", "CZ", "办公室主任", "", "0000-6220105", liaison(), ""},
		{"9001", "史明哲", "", "ZFB", "系统管理员", "", "", []org.Duty{org.SystemAdmin}, ""},
		{"9002", "卜晓晨", "", "ZFB", "安全管理员", "", "", []org.Duty{org.SecurityAdmin}, ""},
		{"9003", "靳和", "", "ZFB", "审计管理员", "", "", []org.Duty{org.AuditAdmin}, ""},
	}
}
