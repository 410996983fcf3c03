package demo

// body 机关 is a separate office of the deployment: it sees only its own matters.
type body struct{ code, name string }

// home is the county's own Party and government offices, which work as one house.
const home = "LX"

func bodies() []body {
	return []body{
		{home, "临溪县党政机关"},
		{"FD", "枫渡镇人民政府"},
		{"WT", "苇汀乡人民政府"},
		{"SL", "临溪县水利局"},
		{"JY", "临溪县教育局"},
		{"CZ", "临溪县财政局"},
	}
}

// section 单位、科室 with the person who heads it; codes are unique over all agencies of the sample.
type section struct {
	code, name, body, parent, head, tasks string
}

func sections() []section {
	return []section{
		{"WB", "县委", home, "", "1001", ""},
		{"ZF", "县政府", home, "", "1002", ""},
		{"RD", "县人大", home, "", "1003", ""},
		{"ZX", "县政协", home, "", "1004", ""},
		{"WBB", "县委办公室", home, "", "1007", "承办县委、县委办公室发文"},
		{"ZFB", "县政府办公室", home, "", "1010", "承办县政府、县政府办公室发文"},
		{"MS", "秘书科", home, "WBB", "2101", "会务、会议室、领导日程、纪要分送"},
		{"ZH", "综合科", home, "WBB", "2201", "文件和讲话起草、校核、通知"},
		{"XX", "信息科", home, "WBB", "2301", "信息采编、刊物、积分、大事记"},
		{"DC", "督查科", home, "WBB", "2401", "督查督办、目标台账、建议提案"},
		{"JB", "机要保密科", home, "WBB", "2501", "机要、保密、涉密载体台账"},
		{"ZB", "值班室", home, "WBB", "2601", "值班、电话、来客、会中呈报"},
		{"WD", "文电科", home, "ZFB", "3101", "收发文、传阅、印信、档案、文印"},
		{"XZ", "行政科", home, "ZFB", "3201", "接待、车辆、用品、资产、财务、食堂"},
		{"YX", "应急信访科", home, "ZFB", "3301", "应急、信访、公开电话、政务公开"},
		{"BW", "保卫科", home, "ZFB", "3401", "门卫、巡逻、消防、收发室"},
		{"FD", "枫渡镇党政办公室", "FD", "", "4001", ""},
		{"WT", "苇汀乡党政办公室", "WT", "", "4002", ""},
		{"SL", "县水利局办公室", "SL", "", "4003", ""},
		{"JY", "县教育局办公室", "JY", "", "4004", ""},
		{"CZ", "县财政局办公室", "CZ", "", "4005", ""},
	}
}

// name 发文机关 is a name in which documents are received and issued. The county's yearly ceiling of 340
// documents (DOC-OUT-35) is shared out among its four names.
type name struct {
	body, full, code, fonds, side string
	office                        bool
	principal, director           string
	quota                         int
}

func names() []name {
	return []name{
		{home, "中共临溪县委员会", "临委", "L001", "党委", false, "1001", "1007", 10},
		{home, "中共临溪县委办公室", "临委办", "L001", "党委", true, "1001", "1007", 142},
		{home, "临溪县人民政府", "临政", "L002", "政府", false, "1002", "1010", 118},
		{home, "临溪县人民政府办公室", "临政办", "L002", "政府", true, "1002", "1010", 70},
		{"FD", "枫渡镇人民政府", "枫政", "", "政府", false, "4001", "4001", 0},
		{"WT", "苇汀乡人民政府", "苇政", "", "政府", false, "4002", "4002", 0},
		{"SL", "临溪县水利局", "临水", "", "政府", false, "4003", "4003", 0},
		{"JY", "临溪县教育局", "临教", "", "政府", false, "4004", "4004", 0},
		{"CZ", "临溪县财政局", "临财", "", "政府", false, "4005", "4005", 0},
	}
}

// charge 分管: a leader in charge of a unit, or of a subject that no unit of the house stands for (ORG-12).
type charge struct{ leader, unit, subject string }

const (
	divisionEdition = 2
	divisionSince   = "2026-03-09"
	divisionBasis   = "领导分工第2版"
)

func charges() []charge {
	return []charge{
		{"1001", "WB", "县委全面工作"},
		{"1002", "ZF", "县政府全面工作"},
		{"1003", "RD", "县人大常委会工作"},
		{"1004", "ZX", "县政协工作"},
		{"1007", "WBB", "县委办公室工作"},
		{"1010", "ZFB", "县政府办公室工作"},
		{"1005", "", "党建"},
		{"1005", "", "信访"},
		{"1006", "CZ", "财政"},
		{"1006", "", "发改"},
		{"1006", "", "应急"},
		{"1008", "SL", "水利"},
		{"1008", "", "农业农村"},
		{"1008", "", "交通"},
		{"1009", "JY", "教育"},
		{"1009", "", "卫生健康"},
		{"1009", "", "供热"},
		{"2001", "ZH", "文字"},
		{"2001", "XX", "信息"},
		{"2001", "DC", "督查"},
		{"2002", "MS", "秘书"},
		{"2002", "JB", "机要保密"},
		{"2002", "ZB", "值班"},
		{"2003", "WD", "文电、档案、印信"},
		{"2004", "XZ", "行政、接待"},
		{"2004", "YX", "应急信访"},
		{"2004", "BW", "保卫"},
	}
}
