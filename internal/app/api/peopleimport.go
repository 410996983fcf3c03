package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/xuri/excelize/v2"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

var importColumns = []string{"工号", "姓名", "性别", "科室", "岗位", "电话", "次序", "领导（是/否）"}

func peopleTemplate(_ context.Context, _ caller, _ *none, w http.ResponseWriter, _ *http.Request) error {
	f := excelize.NewFile()
	for i, name := range importColumns {
		cell, err := excelize.CoordinatesToCellName(i+1, 1)
		if err != nil {
			return err
		}
		if err := f.SetCellValue("Sheet1", cell, name); err != nil {
			return err
		}
	}
	attach(w, "人员导入模板.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true)
	return f.Write(w)
}

type importForm struct {
	Dry     bool `query:"dry"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}

type importRow struct {
	Line     int      `json:"line"`
	OK       bool     `json:"ok"`
	Name     string   `json:"name"`
	Errors   []string `json:"errors"`
	Username string   `json:"username"`
	Password string   `json:"password,omitempty"`
	person   *org.Person
}

// mostTable is how large a table of people may be, in bytes.
const mostTable = 10 << 20

// importRoute takes people from an Excel table: first to look at (dry), then all or none.
func (s *Server) importRoute() {
	op := operation(http.MethodPost, "/admin/people/import", "导入人员", system)
	op.MaxBodyBytes = mostTable + formRoom
	huma.Register(s.api, op, func(ctx context.Context, in *importForm) (*answer[map[string]any], error) {
		c := callerOf(ctx)
		rows, err := s.importPeople(ctx, c, in)
		if err != nil {
			return nil, problemOf(err)
		}
		return &answer[map[string]any]{map[string]any{"rows": rows, "dry": in.Dry}}, nil
	})
}

func (s *Server) importPeople(ctx context.Context, c caller, in *importForm) ([]importRow, error) {
	// A list of people is small; a workbook that unpacks to more was made to fill the memory.
	f, err := excelize.OpenReader(in.RawBody.Data().File, excelize.Options{UnzipSizeLimit: 64 << 20, UnzipXMLSizeLimit: 32 << 20})
	if err != nil {
		return nil, errs.Refuse("没有导入", errs.Reason{Text: "读不出 Excel 文件，请用下载的模板填写"}).Because(err)
	}
	table, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(table) < 2 {
		return nil, errs.Refuse("没有导入", errs.Reason{Text: "表中没有人员，请从第二行起填写"}).Because(err)
	}
	rows := []importRow{}
	bad := false
	err = s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for i, cells := range table[1:] {
			if strings.TrimSpace(strings.Join(cells, "")) == "" {
				continue // a line left empty between others is nobody
			}
			r := readRow(dir, dir.Person(c.person).Agency, cells, i+2, seen)
			bad = bad || !r.OK
			rows = append(rows, r)
		}
		return nil
	})
	if err != nil || in.Dry {
		return rows, err
	}
	if bad {
		var reasons []errs.Reason
		for _, r := range rows {
			for _, e := range r.Errors {
				reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("第 %d 行：%s", r.Line, e)})
			}
		}
		return nil, errs.Refuse("没有导入，改正后再试", reasons...)
	}
	return rows, s.storePeople(ctx, c, rows)
}

func readRow(dir *org.Directory, agency db.ID, cells []string, line int, seen map[string]bool) importRow {
	get := func(i int) string {
		if i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	r := importRow{Line: line, Username: get(0), Name: get(1), Errors: []string{}}
	b := personBody{Username: get(0), Name: get(1), Sex: get(2), Phone: get(5), Leader: get(7) == "是", Order: 1000 + line}
	wrong := func(text string) { r.Errors = append(r.Errors, text) }
	if b.Sex != "" && b.Sex != "男" && b.Sex != "女" {
		wrong("性别应填男或女")
	}
	if order, err := strconv.Atoi(get(6)); err == nil && order > 0 {
		b.Order = order
	} else if get(6) != "" {
		wrong("次序应填 1 以上的整数")
	}
	if seen[b.Username] {
		wrong("工号 " + b.Username + " 前面的行已经用了")
	}
	seen[b.Username] = b.Username != ""
	for _, u := range dir.Units(agency) {
		if u.Name == get(3) {
			b.Unit = u.ID
		}
	}
	if b.Unit == 0 && get(3) != "" {
		wrong("没有科室“" + get(3) + "”")
	}
	for _, name := range strings.FieldsFunc(get(4), func(c rune) bool { return strings.ContainsRune("、，,；;", c) }) {
		if post := postNamed(dir, agency, b.Unit, strings.TrimSpace(name)); post != 0 {
			b.Posts = append(b.Posts, post)
		} else {
			wrong("没有岗位“" + name + "”")
		}
	}
	for _, reason := range personFaults(dir, agency, 0, b) {
		if reason.Field != "unit" || get(3) == "" || b.Unit != 0 { // of a unit not found its name is told
			wrong(reason.Text)
		}
	}
	r.OK = len(r.Errors) == 0
	r.person = &org.Person{Agency: agency, Unit: b.Unit, Username: b.Username, Name: b.Name, Sex: b.Sex, Phone: b.Phone, Order: b.Order, Leader: b.Leader, Posts: b.Posts, Active: true}
	return r
}

// postNamed finds a post by its name: the one of the person's own unit, else the first.
func postNamed(dir *org.Directory, agency, unit db.ID, name string) (first db.ID) {
	for _, post := range dir.Posts(agency) {
		switch {
		case post.Name != name:
		case post.Unit == unit:
			return post.ID
		case first == 0:
			first = post.ID
		}
	}
	return first
}

func (s *Server) storePeople(ctx context.Context, c caller, rows []importRow) error {
	hashes := make([]string, len(rows))
	for i := range rows {
		rows[i].Password = access.Random()
		var err error
		if hashes[i], err = access.Hash(rows[i].Password); err != nil {
			return err
		}
	}
	return s.administer(ctx, c, "import-people", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		for i := range rows {
			if err := org.Put(tx, rows[i].person); err != nil {
				return nil, err
			}
			if err := access.SetPassword(tx, rows[i].person.ID, hashes[i], true); err != nil {
				return nil, err
			}
		}
		return map[string]any{"count": len(rows)}, nil
	})
}
