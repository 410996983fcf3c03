package main

import (
	"fmt"
	"math/rand/v2"
)

// The words of the grown data set. A title is put together from several lists of different length, so that some words
// stand in nearly half of all titles (通知), some in one of fifty (供热) and some in one of thousands (a village in a
// year): what a search costs depends on how often its words occur.
var (
	places = []string{
		"枫渡镇", "苇汀乡", "青禾镇", "石桥镇", "云岭乡", "柳湾镇", "白沙镇", "松坪乡", "永宁镇", "长亭镇", "双河乡", "金谷镇",
		"临江镇", "竹溪乡", "凤台镇", "东皋镇", "南浦镇", "西陂乡", "北原镇", "清泉乡",
	}
	bodies = []string{
		"安澜市人民政府", "安澜市人民政府办公室", "安澜市委办公室", "安澜市水利局", "安澜市教育局", "安澜市财政局", "安澜市应急管理局", "安澜市信访局",
		"县水利局", "县教育局", "县财政局", "县农业农村局", "县卫生健康局", "县住房和城乡建设局", "县交通运输局", "县民政局", "县审计局", "县统计局",
		"县自然资源局", "县林业局", "县供销合作社", "县残疾人联合会",
	}
	topics = []string{
		"防汛抗旱", "森林防火", "安全生产", "义务教育", "乡村道路", "饮水安全", "供热保障", "预算执行", "档案整理", "春耕备耕", "秋粮收购", "河道治理",
		"水库除险", "地质灾害防治", "食品安全", "药品监管", "养老服务", "残疾人就业", "退役军人安置", "低保核查", "医疗保障", "疫苗接种", "校园安全",
		"职业教育", "营商环境", "招商引资", "项目用地", "土地复垦", "违法建设", "老旧小区改造", "垃圾分类", "污水处理", "大气治理", "秸秆禁烧", "公路养护",
		"客运站建设", "农村电网", "燃气安全", "消防演练", "应急物资", "值班值守", "信访积案", "法律援助", "人民调解", "保密检查", "网络安全", "政务公开",
		"电子证照", "统计调查", "人口普查", "经济普查", "审计整改", "国有资产", "政府采购", "公务用车", "会议精简", "作风建设", "干部培训", "节假日安排",
		"文物保护", "非遗传承", "全民健身", "图书下乡", "旅游公路", "古树名木", "湿地保护", "鱼类增殖", "蔬菜基地", "生猪稳产", "农机补贴", "种子监管",
	}
	doings   = []string{"做好", "进一步加强", "切实抓好", "开展", "协助推进", "规范", "统筹", "调整", "落实", "报送", "核查", "总结"}
	whens    = []string{"", "", "春季", "汛期", "今冬明春", "上半年", "第三季度", "节日期间", "年度"}
	genres   = []string{"通知", "通知", "通知", "通知", "请示", "请示", "报告", "报告", "函", "函", "批复", "意见", "通报", "方案"}
	letters  = []string{"函", "人", "县", "水", "通", "大", "安", "工", "年", "镇"}
	phrases  = []string{"人民政府", "人民政府关于开展", "做好年度", "工作的通知", "人民政府办公室 报告", "2026", "县财政局关于"}
	hamlets  = []string{"东", "西", "南", "北", "上", "下", "前", "后", "大", "小", "新", "老"}
	surnames = []string{"桥", "湾", "坪", "岗", "渡", "冲", "营", "塘", "坝", "店", "屯", "沟", "岭", "洼", "圩", "寨", "堡", "庄"}
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// title makes what a document is about and who sent it.
func title(r *rand.Rand, year int) (text, party string) {
	party = pick(r, bodies)
	if r.IntN(3) == 0 {
		party = pick(r, places) + "人民政府"
	}
	about := pick(r, whens) + pick(r, topics)
	switch r.IntN(4) {
	case 0:
		about = fmt.Sprintf("%d年%s", year, about)
	case 1:
		about = pick(r, places) + pick(r, hamlets) + pick(r, surnames) + "村" + about
	}
	return party + "关于" + pick(r, doings) + about + "工作的" + pick(r, genres), party
}

// code is the sender's short form in a document number.
func code(party string) string { return string([]rune(party)[:2]) + "发" }
