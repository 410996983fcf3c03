package setup

import (
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// A new office finds its sections and posts ready made, to be renamed, added to and closed as it is really staffed. Nobody
// holds a post yet: the system administrator enters the people, the security administrator changes what a post may do.

// office is the unit that everything else of the office lies under.
const office = "办公室"

// units are the nine sections (ORG-06), in order, with what they do.
var units = []struct{ name, tasks string }{
	{"政研室", "调查研究，起草综合文稿，提出决策建议"},
	{"机要局", "密码通信，电报的收发、送阅和回收"},
	{"保密办", "保密管理、教育和检查，涉密载体台账"},
	{"值班室", "全天值班，上传下达，突发事件报告"},
	{"督查科", "督促检查决定事项和领导批示的落实"},
	{"信息科", "信息的收集、编报，办公系统的使用和维护"},
	{"文秘科", "公文的收发、传阅、核稿、印制、用印和归档"},
	{"行政科", "经费、采购、车辆、接待和后勤服务"},
	{"保卫科", "门卫、治安、消防和安全检查"},
}

// The posts that lead others.
const (
	director = "主任"
	deputy   = "副主任"
)

// posts are the eighteen posts (ORG-01), in order, with the section they belong to, who leads them — the director seven
// (ORG-02), the deputy eight (ORG-03), either may be changed — and the duties they begin with. The
// accountant and the cashier are two posts, as are drafting and sealing.
var posts = []struct {
	name, unit, ledBy string
	duties            []org.Duty
}{
	{director, office, "", []org.Duty{org.Director, org.Staff}},
	{deputy, office, "", []org.Duty{org.DeputyDirector, org.Staff}},
	{"内勤", "文秘科", deputy, []org.Duty{org.Clerk, org.Dispatcher, org.Printer, org.Staff}},
	{"干管", office, director, []org.Duty{org.Staff}},
	{"教育", office, director, []org.Duty{org.Staff}},
	{"纪检", "督查科", director, []org.Duty{org.Supervisor, org.Staff}},
	{"法制", "文秘科", director, []org.Duty{org.Reviewer, org.Staff}},
	{"宣传", "信息科", deputy, []org.Duty{org.Staff}},
	{"调研", "政研室", deputy, []org.Duty{org.Staff}},
	{"会计", "行政科", director, []org.Duty{org.Accountant, org.Staff}},
	{"出纳", "行政科", director, []org.Duty{org.Cashier, org.Staff}},
	{"后勤", "行政科", deputy, []org.Duty{org.Storekeeper, org.CanteenKeeper, org.Staff}},
	{"档案", "文秘科", deputy, []org.Duty{org.Archivist, org.Staff}},
	{"系统", "信息科", deputy, []org.Duty{org.Transmitter, org.Staff}},
	{"保密", "保密办", director, []org.Duty{org.SecrecyOfficer, org.SealKeeper, org.Staff}},
	{"车辆", "行政科", deputy, []org.Duty{org.FleetKeeper, org.Staff}},
	{"信访", office, deputy, []org.Duty{org.PetitionClerk, org.Staff}},
	{"接待", "行政科", "", []org.Duty{org.Receptionist, org.Staff}},
}

// furnish puts the sections and the posts in, and gives the unit they lie under.
func furnish(tx *db.Tx, agency db.ID) (db.ID, error) {
	root := &org.Unit{Agency: agency, Name: office, Order: 1, Active: true}
	if err := org.Put(tx, root); err != nil {
		return 0, err
	}
	ids := map[string]db.ID{office: root.ID}
	for i, u := range units {
		row := &org.Unit{Agency: agency, Parent: root.ID, Name: u.name, Tasks: u.tasks, Order: 10 * (i + 1), Active: true}
		if err := org.Put(tx, row); err != nil {
			return 0, err
		}
		ids[u.name] = row.ID
	}
	leading := map[string]db.ID{}
	for i, p := range posts {
		row := &org.Post{Agency: agency, Unit: ids[p.unit], Name: p.name, Duties: p.duties, LedBy: leading[p.ledBy], Order: 10 * (i + 1), Active: true}
		if err := org.Put(tx, row); err != nil {
			return 0, err
		}
		leading[p.name] = row.ID // the director and the deputy come first
	}
	return root.ID, nil
}
