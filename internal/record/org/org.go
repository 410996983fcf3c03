// Package org keeps who acts: agencies, units, posts, people, who leads what and who stands in for whom.
//
// Rights belong to posts (through their duties), never to a person by name. The whole organisation is read into
// one immutable Directory, so that who must act can be decided without touching the database. Invariant: a person
// holds posts of their own agency only, and every change of the organisation raises its revision.
package org

import (
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Agency 机关 is one deployment-wide separate office: it sees only its own matters.
type Agency struct {
	ID     db.ID
	Code   string
	Name   string
	Sample bool
}

// Unit 科室 is a division of an agency; a leading body such as 县委 is a unit too.
type Unit struct {
	ID     db.ID
	Agency db.ID
	Parent db.ID
	Code   string
	Name   string
	Tasks  string
	Head   db.ID
	Order  int
	Active bool
}

// Post 岗位 carries the duties that give rights.
type Post struct {
	ID     db.ID
	Agency db.ID
	Unit   db.ID
	Name   string
	Duties []Duty
	LedBy  db.ID // 分管: the post of the director or a deputy that leads this one, ORG-02, ORG-03
	Order  int
	Active bool
}

// Person 人员 is somebody with an account. Username is the staff number (工号); Order is the rank in lists.
type Person struct {
	ID       db.ID
	Agency   db.ID
	Unit     db.ID
	Username string
	Name     string
	Sex      string
	Phone    string
	Order    int
	Leader   bool
	Backup   db.ID // B岗, ORG-24
	Hint     string
	Active   bool
	Posts    []db.ID
}

// Issuer 发文机关 is a name in which the agency receives and issues documents.
type Issuer struct {
	ID        db.ID
	Agency    db.ID
	Name      string
	Code      string // 机关代字
	Fonds     string // 全宗号
	Side      string // 党委 or 政府: who organises a joint issue, DOC-OUT-27
	Office    bool   // issued in the office's name, signed by its director, DOC-OUT-16
	Principal db.ID  // 主要领导
	Director  db.ID  // 办公室主任
	Quota     int    // 年度发文控制数, DOC-OUT-35; 0 means none set
	Order     int
}

// Responsible is who heads the name a document goes out in: of an office its director (DOC-OUT-16), else the principal
// leader of the organ.
func (i Issuer) Responsible() db.ID {
	if i.Office {
		return i.Director
	}
	return i.Principal
}

// Division 分工 says which leader is in charge of which unit or subject, ORG-12.
type Division struct {
	ID      db.ID
	Agency  db.ID
	Edition int
	Since   string
	Leader  db.ID
	Unit    db.ID
	Subject string
	Basis   string
}

// Away 外出 is an absence with the colleague who stands in.
type Away struct {
	ID      db.ID
	Person  db.ID
	From    time.Time
	Until   time.Time
	StandIn db.ID
	Reason  string
	Ended   time.Time
}

// Covers tells whether the absence holds at an instant.
func (a Away) Covers(at time.Time) bool {
	return !at.Before(a.From) && at.Before(a.Until) && (a.Ended.IsZero() || at.Before(a.Ended))
}

// Duty 职责 is a key that definitions name and posts carry.
type Duty string

// The duties the shipped definitions use.
const (
	Clerk          Duty = "clerk"           // 收文文书：收发、登记、传阅、清退
	Dispatcher     Duty = "dispatcher"      // 发文文书：编号、登记、分发
	Transmitter    Duty = "transmitter"     // 公文传输员：专管存放电子公文的服务器
	Director       Duty = "director"        // 办公室主任
	DeputyDirector Duty = "deputy-director" // 办公室副主任
	Leader         Duty = "leader"          // 领导
	Principal      Duty = "principal"       // 主要领导
	UnitHead       Duty = "unit-head"       // 科室负责人
	Reviewer       Duty = "reviewer"        // 核稿人
	SealKeeper     Duty = "seal-keeper"     // 监印员
	Printer        Duty = "printer"         // 文印员
	Archivist      Duty = "archivist"       // 档案员
	SecrecyOfficer Duty = "secrecy-officer" // 保密员
	DutyOfficer    Duty = "duty-officer"    // 值班员
	Supervisor     Duty = "supervisor"      // 督查员
	FleetKeeper    Duty = "fleet-keeper"    // 车管
	Driver         Duty = "driver"          // 驾驶员
	Storekeeper    Duty = "storekeeper"     // 采购保管员
	Accountant     Duty = "accountant"      // 会计
	Cashier        Duty = "cashier"         // 出纳
	Receptionist   Duty = "receptionist"    // 接待员
	Guard          Duty = "guard"           // 门卫
	CanteenKeeper  Duty = "canteen-keeper"  // 食堂管理员
	PetitionClerk  Duty = "petition-clerk"  // 信访接待员
	Staff          Duty = "staff"           // 工作人员
	SystemAdmin    Duty = "system-admin"    // 系统管理员
	SecurityAdmin  Duty = "security-admin"  // 安全管理员
	AuditAdmin     Duty = "audit-admin"     // 审计管理员
)

// DutyNames lists every duty with the word users see, in display order.
var DutyNames = []struct {
	Duty Duty
	Name string
}{
	{Clerk, "收文文书"},
	{Dispatcher, "发文文书"},
	{Transmitter, "公文传输员"},
	{Director, "办公室主任"},
	{DeputyDirector, "办公室副主任"},
	{Leader, "领导"},
	{Principal, "主要领导"},
	{UnitHead, "科室负责人"},
	{Reviewer, "核稿人"},
	{SealKeeper, "监印员"},
	{Printer, "文印员"},
	{Archivist, "档案员"},
	{SecrecyOfficer, "保密员"},
	{DutyOfficer, "值班员"},
	{Supervisor, "督查员"},
	{FleetKeeper, "车管"},
	{Driver, "驾驶员"},
	{Storekeeper, "采购保管员"},
	{Accountant, "会计"},
	{Cashier, "出纳"},
	{Receptionist, "接待员"},
	{Guard, "门卫"},
	{CanteenKeeper, "食堂管理员"},
	{PetitionClerk, "信访接待员"},
	{Staff, "工作人员"},
	{SystemAdmin, "系统管理员"},
	{SecurityAdmin, "安全管理员"},
	{AuditAdmin, "审计管理员"},
}

// Name is the word users see; empty for a duty that is none of ours.
func (d Duty) Name() string {
	for _, n := range DutyNames {
		if n.Duty == d {
			return n.Name
		}
	}
	return ""
}

// Known tells whether a duty is one of ours.
func (d Duty) Known() bool { return d.Name() != "" }

// Admin tells whether the duty is one of the three administrators, who do no business, OA-27.
func (d Duty) Admin() bool { return d == SystemAdmin || d == SecurityAdmin || d == AuditAdmin }
