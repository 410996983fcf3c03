package engine

import (
	"cmp"

	"github.com/expr-lang/expr/vm"

	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Procedure 办理程序 is the definition of one kind of matter. It is read from text, proved, and never changed after.
type Procedure struct {
	Kind    string   `yaml:"kind"`
	Name    string   `yaml:"name"`
	Group   string   `yaml:"group"`
	Order   int      `yaml:"order"`
	Summary string   `yaml:"summary"`
	Basis   []string `yaml:"basis"`

	// What the registers and lists show of any matter: names of fields.
	Title       string `yaml:"title"`
	Party       string `yaml:"party"`        // 来文单位、主送
	PartyNumber string `yaml:"party_number"` // 来文字号
	Secrecy     string `yaml:"secrecy"`
	WorkSecret  string `yaml:"work_secret"` // a flag: the matter is a 工作秘密, which is no level of secrecy (SEC-38)
	Urgency     string `yaml:"urgency"`
	Unit        string `yaml:"unit"` // 承办科室; empty: the starter's
	Keep        string `yaml:"keep"` // 保管期限: 永久, 30年, 10年

	Sealed    Expr     `yaml:"sealed"`     // true: only those it is addressed to may see it, DOC-IN-14
	Sees      []string `yaml:"sees"`       // duties that may see every matter of this kind
	Start     Expr     `yaml:"start"`      // who may begin one
	Limit     Expr     `yaml:"limit"`      // limit of the whole matter
	LimitFrom string   `yaml:"limit_from"` // datetime field the limit runs from; empty: creation
	Held      string   `yaml:"held"`       // date or datetime field: when it is held; it stands on that day of whom it names
	ForWhom   string   `yaml:"for"`        // person field: for whom it is asked; they have a part in it once it is sent on
	Number    Number   `yaml:"number"`
	Use       []string `yaml:"use"`      // common actions taken over
	Thing     string   `yaml:"thing"`    // the step at which an entry is a registered thing that other kinds may name
	KnownTo   string   `yaml:"known_to"` // people field: who else may name a thing whose name is not for everybody
	Correct   []string `yaml:"correct"`  // fields that may be corrected after registration
	Custody   Custody  `yaml:"custody"`  // in which a new one begins
	Closing   []Call   `yaml:"closing"`  // effects done whenever a matter is closed, and whenever a closed one changes

	// 只登编号: a ledger of carriers holds numbers, names and days, and no place for what they say (SEC-31, SEC-35).
	NumbersOnly bool `yaml:"numbers_only"`

	Fields   []Field  `yaml:"fields"`
	Steps    []Step   `yaml:"steps"`
	Always   []Action `yaml:"always"` // actions not bound to one step
	Register Register `yaml:"register"`
	Books    []Book   `yaml:"books"`
	Sheets   []Sheet  `yaml:"sheets"`
	Tallies  []Tally  `yaml:"tallies"`
	Rates    []Rate   `yaml:"rates"`

	Version string `yaml:"-"` // SM3 of the source
	Source  string `yaml:"-"`

	fields map[string]*Field
	steps  map[string]*Step
	lines  lines
}

// Field 字段 is something written down about a matter, and how it is asked for, checked and shown.
type Field struct {
	Key       string   `yaml:"-"`
	Name      string   `yaml:"name"`
	Type      Type     `yaml:"type"`
	Options   []string `yaml:"options"`
	Of        string   `yaml:"of"` // kind a matter field refers to
	Hint      string   `yaml:"hint"`
	Default   Expr     `yaml:"default"`
	Clause    string   `yaml:"clause"`
	Group     string   `yaml:"group"`
	Measure   string   `yaml:"measure"` // 量词: 份, 页
	Wide      bool     `yaml:"wide"`
	Search    bool     `yaml:"search"`    // its text is found by full-text search
	Hidden    bool     `yaml:"hidden"`    // kept by the engine, not shown in the matter's particulars
	Columns   []Field  `yaml:"columns"`   // of a table
	Leaders   bool     `yaml:"leaders"`   // people are chosen among the leaders
	Show      Expr     `yaml:"show"`      // shown when true
	Max       int      `yaml:"max"`       // characters, or the largest count
	AlsoAny   bool     `yaml:"also_any"`  // a choice that also takes free text
	Transient bool     `yaml:"transient"` // an input of one action: in the journal, not in the matter
}

// Type 字段类型 says what a field holds; how it is stored, Matter.Fields tells.
type Type string

// The field types.
const (
	Text     Type = "text"
	LongText Type = "longtext"
	Body     Type = "body"
	NumberOf Type = "number"
	Decimal  Type = "decimal"
	Money    Type = "money"
	Date     Type = "date"
	DateTime Type = "datetime"
	Choice   Type = "choice"
	Choices  Type = "choices"
	Flag     Type = "flag"
	Person   Type = "person"
	People   Type = "people"
	Unit     Type = "unit"
	Units    Type = "units"
	Issuer   Type = "issuer"
	Issuers  Type = "issuers"
	File     Type = "file"
	Files    Type = "files"
	MatterOf Type = "matter"
	Table    Type = "table"
)

// Mode 办理方式: what several people at one step owe.
type Mode string

// The modes (OA-10).
const (
	Any     Mode = "any"      // the first to act acts for all
	All     Mode = "all"      // everyone, in parallel
	InOrder Mode = "in-order" // everyone, one after the other
)

// Step 环节 is where a matter can be, who then owes something, by when, and what may be done there.
type Step struct {
	Key      string   `yaml:"-"`
	Name     string   `yaml:"name"`
	Who      Expr     `yaml:"who"`
	Mode     Mode     `yaml:"mode"`
	Limit    Expr     `yaml:"limit"`
	External bool     `yaml:"external"`  // the matter waits outside the office: its clock stands
	InPerson Expr     `yaml:"in_person"` // true: nobody may stand in for who handles it (DOC-IN-22)
	Basis    []string `yaml:"basis"`
	Hint     string   `yaml:"hint"`    // how it is done, for whoever is new to it (ORG-26)
	Owes     string   `yaml:"owes"`    // what its holder has to do, where the name only says how things stand: 归还 of 在借
	Overdue  string   `yaml:"overdue"` // automatic action done when the time is over, instead of an alarm
	Told     Expr     `yaml:"told"`    // who else is told when the time is over, besides the holder and the director (DOC-CIR-07)
	Actions  []Action `yaml:"actions"`
}

// Action 动作 is what may be done: by whom, with what entered, under which checks, with what effects, and where it leads.
type Action struct {
	Key     string   `yaml:"-"`
	Name    string   `yaml:"name"`
	To      []Branch `yaml:"to"`
	By      Expr     `yaml:"by"` // who besides the holder may; with only: instead of the holder
	Only    bool     `yaml:"only"`
	Fields  []Entry  `yaml:"fields"`
	Opinion string   `yaml:"opinion"` // none, optional, required
	Phrases []string `yaml:"phrases"`
	Needs   []Check  `yaml:"needs"`  // must hold before it is offered
	Checks  []Check  `yaml:"checks"` // must hold with what was entered
	Rules   []string `yaml:"rules"`  // common sets of checks that hold as well
	Set     []Assign `yaml:"set"`
	Do      []Call   `yaml:"do"`
	Begin   []Begin  `yaml:"begin"`
	Each    bool     `yaml:"each"`  // the step goes on when everyone has done it
	Final   bool     `yaml:"final"` // cannot be withdrawn
	Style   string   `yaml:"style"`
	Confirm string   `yaml:"confirm"`
	Basis   []string `yaml:"basis"`
	When    Expr     `yaml:"when"` // offered at all when true
	In      []string `yaml:"in"`   // of an always action: the states it is offered in; empty: open
	At      []string `yaml:"at"`   // of an always action: the steps it is offered at; empty: any
	Auto    bool     `yaml:"auto"` // done by the system, never offered

	wanted map[string]want // entry → what may ask for it (Needed)
	hangs  []string        // the entries on which it hangs which are needed

	cells map[string][]string // table → the columns wanted filled in each line (CellsWanted)
}

// Branch 去向: where an action leads; the first branch whose condition holds is taken.
type Branch struct {
	If Expr   `yaml:"if"`
	To string `yaml:"to"`
}

// Targets that are not steps.
const (
	ToClosed   = "closed"    // 办结
	ToStay     = "stay"      // stays where it is, the holder keeps the task
	ToChosen   = "chosen"    // back to the step chosen in return_to
	ToUndo     = "undo"      // back before the last action
	ToVoid     = "void"      // 作废
	ToSuspend  = "suspended" // 暂停
	ToResume   = "resumed"   // 恢复
	ToTransfer = "transfer"  // the task goes to to_person
	ToReaders  = "readers"   // reading tasks for add_readers
	ToRead     = "read"      // closes the actor's reading task
	ToUrge     = "urge"      // reminds the holders
	ToExtend   = "extend"    // a new due time from new_due
)

// Entry 填写项: a field offered by an action; required with "!" behind its key.
type Entry struct {
	Field    string
	Required bool
}

// Check 校验: when OK is false the action is refused with the sentence and the clause.
type Check struct {
	OK     Expr   `yaml:"ok"`
	Say    string `yaml:"say"`
	Clause string `yaml:"clause"`
	Field  string `yaml:"field"`
}

// Assign 赋值 puts the value of an expression into a field.
type Assign struct {
	Field string
	Value Expr
}

// Call 效果: a named effect of an office room, with an argument.
type Call struct {
	Name string
	Arg  string
}

// Begin 启动它事 starts another matter linked to this one.
type Begin struct {
	Kind     string   `yaml:"kind"`
	Rows     string   `yaml:"rows"` // a table field: one is begun for each of its rows, row.KEY is its value
	If       Expr     `yaml:"if"`
	Relation string   `yaml:"relation"`
	Holder   Expr     `yaml:"holder"`
	Fields   []Assign `yaml:"fields"`
	Closed   string   `yaml:"closed"` // action of this matter done when the other is closed
	Submit   string   `yaml:"submit"` // action of the other done at once
}

// Number 编号: series and text are expressions; {seq} stands for the number in turn.
type Number struct {
	Series Expr   `yaml:"series"`
	Text   Expr   `yaml:"text"`
	Clause string `yaml:"clause"`
}

// Register 登记簿 of this kind: one line a matter.
type Register struct {
	Name    string   `yaml:"name"`
	Paper   string   `yaml:"paper"`
	Since   []string `yaml:"since"` // steps before which a matter is not in the book
	Columns []Column `yaml:"columns"`
	Foot    string   `yaml:"foot"`
}

// Book 分簿: a further register with one line for each row of a table field.
type Book struct {
	Key     string   `yaml:"key"`
	Name    string   `yaml:"name"`
	Paper   string   `yaml:"paper"`
	Rows    string   `yaml:"rows"` // table field; in the columns its values are row.KEY
	When    Expr     `yaml:"when"` // only the rows for which it holds
	Columns []Column `yaml:"columns"`
	Foot    string   `yaml:"foot"`
}

// Column 栏目 is one column of a register, or of a table within a form.
type Column struct {
	Name  string `yaml:"name"`
	Value Expr   `yaml:"value"`
	Width int    `yaml:"width"` // mm on paper
	Align string `yaml:"align"`
	Sort  string `yaml:"sort"` // number, title, party, party_number, created, due, closed
}

// Sheet 单: a printed form.
type Sheet struct {
	Key   string     `yaml:"key"`
	Name  string     `yaml:"name"`
	Paper string     `yaml:"paper"` // A4竖 unless it says otherwise
	When  Expr       `yaml:"when"`
	Rows  []SheetRow `yaml:"rows"`
}

// SheetRow is one row of cells of a form.
type SheetRow struct {
	Height int         `yaml:"height"` // mm, at least
	Cells  []SheetCell `yaml:"cells"`
}

// SheetCell is a labelled cell: a value, the opinions given at steps, or a table within the form.
type SheetCell struct {
	Label    string   `yaml:"label"`
	Value    Expr     `yaml:"value"`
	Opinions []string `yaml:"opinions"` // steps whose opinions are printed, signed
	Rows     string   `yaml:"rows"`     // a table field: a line for each of its rows, across the whole form
	Columns  []Column `yaml:"columns"`  // of Rows
	Span     int      `yaml:"span"`     // twelfths of the width
	Align    string   `yaml:"align"`
}

// Expr 表达式 keeps its text, its place in the file and, after loading, its program.
type Expr struct {
	Text    string
	Line    int
	program *vm.Program
	asks    []string // the names it asks its scope for
	money   bool     // a sum of money as it stands in a field: shown with its cents
}

// IsZero tells whether there is no expression.
func (e Expr) IsZero() bool { return e.Text == "" }

// Field finds a field by key or returns nil.
func (p *Procedure) Field(key string) *Field { return p.fields[key] }

// Step finds a step by key or returns nil.
func (p *Procedure) Step(key string) *Step { return p.steps[key] }

// First is the step where a matter begins.
func (p *Procedure) First() *Step { return &p.Steps[0] }

// SeesAll tells whether a holder of the duties may see every matter of the kind, whatever section has it: the director
// all important documents (DOC-IN-25).
func (p *Procedure) SeesAll(dir *org.Directory, person org.Person) bool {
	for _, d := range p.Sees {
		if dir.Has(person.ID, org.Duty(d)) {
			return true
		}
	}
	return false
}

// Owed is what the holder of a step has to do, in a word for lists.
func (s *Step) Owed() string { return cmp.Or(s.Owes, s.Name) }

// ActionName is what an action of a step is called; what this edition does not know is called by the step.
func (p *Procedure) ActionName(step, key string) string {
	if a := p.action(step, key); a != nil {
		return a.Name
	}
	return p.stepName(step)
}

// ActionBasis are the clauses an action rests on: its own, else those of the step it is done at.
func (p *Procedure) ActionBasis(step, key string) []string {
	if a := p.action(step, key); a != nil && len(a.Basis) > 0 {
		return a.Basis
	}
	if s := p.steps[step]; s != nil {
		return s.Basis
	}
	return nil
}

// action finds an action offered at a step: the step's own or one that is always there.
func (p *Procedure) action(step, key string) *Action {
	if s := p.steps[step]; s != nil {
		for i := range s.Actions {
			if s.Actions[i].Key == key {
				return &s.Actions[i]
			}
		}
	}
	for i := range p.Always {
		if p.Always[i].Key == key {
			return &p.Always[i]
		}
	}
	return nil
}
