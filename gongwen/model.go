package gongwen

// Layout 版式: the form in which a document is set (GB/T 9704-2012 clauses 7, 10).
type Layout string

const (
	General Layout = "general" // 公文: 下行文、平行文 under a red head
	Upward  Layout = "upward"  // 上行文: number left, signers right (7.2.6)
	Letter  Layout = "letter"  // 信函 (10.1)
	Order   Layout = "order"   // 命令（令） (10.2)
	Minutes Layout = "minutes" // 纪要 (10.3)
	Plain   Layout = "plain"   // 白头: no red head, for drafts and internal papers
)

// Kind 文种: the kind of document. The list of 条例 art. 8 is open (“主要有”), so any word is possible.
type Kind string

// The fifteen kinds of 条例 art. 8.
const (
	Resolution   Kind = "决议"
	Decision     Kind = "决定"
	Command      Kind = "命令"
	Communique   Kind = "公报"
	Announcement Kind = "公告"
	PublicNotice Kind = "通告"
	Opinion      Kind = "意见"
	Notice       Kind = "通知"
	Circular     Kind = "通报"
	Report       Kind = "报告"
	Request      Kind = "请示"
	Reply        Kind = "批复"
	Motion       Kind = "议案"
	LetterKind   Kind = "函"
	MinutesKind  Kind = "纪要"
)

// Kinds lists the fifteen statutory kinds in the order of 条例 art. 8.
func Kinds() []Kind {
	return []Kind{
		Resolution, Decision, Command, Communique, Announcement, PublicNotice, Opinion, Notice,
		Circular, Report, Request, Reply, Motion, LetterKind, MinutesKind,
	}
}

// Document 公文: one official document with all its elements.
type Document struct {
	Layout  Layout  `json:"layout"`
	Kind    Kind    `json:"kind,omitempty"`    // 文种; what the title ends with unless said otherwise
	Profile Profile `json:"profile,omitempty"` // 字格

	// 版头
	CopyNumber string   `json:"copyNumber,omitempty"` // 份号, six digits
	Secrecy    Secrecy  `json:"secrecy,omitzero"`     // 密级和保密期限
	WorkSecret bool     `json:"workSecret,omitempty"` // 工作秘密: said in words of its own, no 密级 and no star
	Urgency    string   `json:"urgency,omitempty"`    // 紧急程度: 特急 or 加急
	Issuers    []string `json:"issuers,omitempty"`    // 发文机关, lead organ first
	Mark       string   `json:"mark,omitempty"`       // 发文机关标志 as printed; empty: made from Issuers and Layout
	Number     string   `json:"number,omitempty"`     // 发文字号, of an order 令号
	Signers    []string `json:"signers,omitempty"`    // 签发人, upward documents only

	// 主体
	Title           string       `json:"title"`                     // 标题; a line feed is a break the author wants
	Recipients      string       `json:"recipients,omitempty"`      // 主送机关 as typed, without the final colon
	Body            []Block      `json:"body,omitempty"`            // 正文
	AttachmentNotes []string     `json:"attachmentNotes,omitempty"` // 附件说明: the names, without their numbers
	Signatures      []Signature  `json:"signatures,omitempty"`      // 发文机关署名
	Date            string       `json:"date,omitempty"`            // 成文日期 as typed
	Seals           []Seal       `json:"seals,omitempty"`           // 印章, in the order of the organs
	Note            string       `json:"note,omitempty"`            // 附注, without its parentheses
	Attendance      []Roll       `json:"attendance,omitempty"`      // 出席、请假、列席 of minutes
	Attachments     []Attachment `json:"attachments,omitempty"`     // 附件

	// 版记
	CopiesTo       string `json:"copiesTo,omitempty"`       // 抄送机关 as typed, without the final full stop
	RecipientsLast bool   `json:"recipientsLast,omitempty"` // 主送机关移至版记
	Printer        string `json:"printer,omitempty"`        // 印发机关
	PrintDate      string `json:"printDate,omitempty"`      // 印发日期, without the word 印发
}

// Profile 字格: how the 22 × 28 cells are filled (see the package layout for the arithmetic).
type Profile string

const (
	Office Profile = "office" // 16 pt glyphs, the size office software calls 三号; the default
	Strict Profile = "strict" // 15.75 pt glyphs, the metal 三号 for which the figures of the standard hold
)

// Secrecy 密级和保密期限. Term is as typed: 5年, 解密 conditions, or empty.
type Secrecy struct {
	Level string `json:"level,omitempty"` // 绝密, 机密, 秘密
	Term  string `json:"term,omitempty"`
}

// WorkSecretMark 工作秘密 is how a document says that it is one; a work secret bears no level and no star.
const WorkSecretMark = "工作秘密"

// Signature 署名: one signing organ, or with Name the signer's name stamp 签名章 (GB/T 9704-2012 7.3.5.3).
type Signature struct {
	Organ string `json:"organ,omitempty"`
	Title string `json:"title,omitempty"` // 签发人职务
	Name  string `json:"name,omitempty"`  // 签名章
}

// Seal 印章: the seal of an organ. Image is PNG or JPEG; without it a placeholder of the right size is drawn.
type Seal struct {
	Organ    string  `json:"organ,omitempty"`
	Diameter float64 `json:"diameter,omitempty"` // mm; 0 means 42
	Image    []byte  `json:"image,omitempty"`
}

// Roll 名单: one line of the attendance of minutes, such as 出席：…
type Roll struct {
	Label string `json:"label"`
	Names string `json:"names"`
}

// Attachment 附件: set on a new page, bound with the document.
type Attachment struct {
	Title  string  `json:"title,omitempty"`
	Blocks []Block `json:"blocks,omitempty"`
}

// BlockKind 段落种类 tells what a piece of the body is; empty is a plain paragraph or a heading.
type BlockKind string

const (
	Paragraph  BlockKind = ""       // 正文段落或层次标题
	TableBlock BlockKind = "table"  // 表格
	ListBlock  BlockKind = "list"   // 不编号的逐项列举
	Quote      BlockKind = "quote"  // 引文, set in 楷体
	Centered   BlockKind = "center" // 居中: chapter names, names of roll lists
)

// Block 段落: one piece of the body. Text keeps its own numbering (“一、…”) as typed; Level says how deep
// it stands: 0 plain, 1 一、 2 （一） 3 1. 4 （1）.
type Block struct {
	Kind  BlockKind `json:"kind,omitempty"`
	Level int       `json:"level,omitempty"`
	Text  string    `json:"text,omitempty"`
	Items []string  `json:"items,omitempty"` // of a list
	Table *Table    `json:"table,omitempty"`
}

// Table 表格: the first row is the head and is repeated on every page.
type Table struct {
	Caption   string     `json:"caption,omitempty"`
	Landscape bool       `json:"landscape,omitempty"` // 横表: on turned A4 pages
	Rows      [][]string `json:"rows"`
}
