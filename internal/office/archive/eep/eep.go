// Package eep 电子文件封装包 writes and reads the encapsulated electronic record: one XML text that holds a document's
// files, what is known of them, what was done with it and by whom (DA/T 48-2009; the elements are those of DA/T 46-2009).
//
// It knows nothing of the office that makes the package. Files are passed through as they are written and read, however
// large. Invariant: the same Package gives the same bytes, and what Read finds in them is what was put in.
package eep

import (
	"io"
	"time"
)

// Namespace is that of every element (DA/T 48-2009).
const Namespace = "http://www.saac.gov.cn/standards/ERM/encapsulation"

// The standing texts of every package.
const (
	format  = "本EEP根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成"
	version = "2009"
)

// Type 封装包类型 tells whether a package is the first one made of a document (DA/T 48-2009).
type Type string

// The types: made first, or made anew after what it holds has changed.
const (
	Original Type = "原始型"
	Modified Type = "修改型"
)

// Package 封装包 is a document with its metadata, its course and its files, as one XML file (DA/T 48-2009).
type Package struct {
	Type    Type
	Note    string // 封装包类型描述
	Created time.Time
	Unit    string // 封装包创建单位
	Record  Record
	Acts    []Act
	Agents  []Agent
}

// Record 文件实体 is the document. What is empty is left out; the numbers in brackets are those of DA/T 46-2009.
type Record struct {
	Level     string // 聚合层次 M1
	FondsName string // 全宗名称 M5
	Filer     string // 立档单位名称 M6
	ID        string // 电子文件号 M7
	Code      Code
	Content   Content
	Form      Form
	Place     string // 当前位置 M66
	Access    Access
	Note      string // 附注 M75
	Documents []Document
}

// Code 档号 (M8) by its parts; but for the year they are empty until the archive has given it.
type Code struct {
	Fonds    string // 全宗号 M9
	Year     string // 年度 M11
	Term     string // 保管期限 M12
	Office   string // 机构或问题 M13
	Category string // 类别号 M14
	Item     string // 室编件号 M17
}

// Content 内容描述 (M21).
type Content struct {
	Title       string // 题名 M22
	Abstract    string // 摘要 M29
	Number      string // 文件编号 M31
	Responsible string // 责任者 M32
	Date        string // 日期 M33, 2026-11-18
	Kind        string // 文种 M34
	Urgency     string // 紧急程度 M35
	To          string // 主送 M36
	CopiesTo    string // 抄送 M37
	Secrecy     string // 密级 M38
}

// Form 形式特征 (M40).
type Form struct {
	Composition string // 文件组合类型 M41
	Pieces      int    // 件数 M42
	Pages       int    // 页数 M43
	Language    string // 语种 M44
	Draft       string // 稿本 M45
}

// Access 权限管理 (M70).
type Access struct {
	For     string // 授权对象 M72
	Act     string // 授权行为 M73
	Control string // 控制标识 M74
}

// Document 文档 is one file.
type Document struct {
	ID      string // 标识符
	Main    bool   // 主从声明
	Title   string
	Format  string // 格式信息 M47: its media type
	Name    string // 计算机文件名 M48
	Size    int64  // 计算机文件大小 M49, bytes
	Program string // 文档创建程序 M50
	System  string // 信息系统描述 M51
	Open    func() (io.ReadCloser, error)
}

// Act 业务实体 is one thing done.
type Act struct {
	State string    // 业务状态 M80
	Name  string    // 业务行为 M81
	At    time.Time // 行为时间 M82
	Basis string    // 行为依据 M83
	Note  string    // 行为描述 M84
}

// Agent 机构人员实体 is who did it, or the organ they did it for.
type Agent struct {
	Type string // 机构人员类型 M76
	Name string // 机构人员名称 M77
	Code string // 组织机构代码 M78
	Post string // 个人职位 M79
}

// instant is how times stand in a package.
func instant(at time.Time) string { return at.Format("2006-01-02T15:04:05-07:00") }
