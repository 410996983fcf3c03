package sheet

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestWorkbookHasTheColumnsOfThePrint(t *testing.T) {
	b := incomingBook(6)
	b.Rows[1].Cells[4] = `=HYPERLINK("http://example.invalid")`
	b.Rows[2].Cells[2] = "0012"
	var out bytes.Buffer
	if err := b.WriteXLSX(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("收文登记簿")
	if err != nil {
		t.Fatal(err)
	}
	columns, printed := b.table()
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	if rows[0][0] != "收文登记簿" || rows[1][0] != "临溪县人民政府办公室　2026年度　（样例）" || !slices.Equal(rows[2], names) {
		t.Errorf("表头 %q", rows[:3])
	}
	if len(rows) != 3+len(printed) {
		t.Fatalf("%d行，应为%d行", len(rows), 3+len(printed))
	}
	for i, want := range printed {
		for c, text := range want.Cells {
			if c < len(rows[3+i]) && rows[3+i][c] != text || c >= len(rows[3+i]) && text != "" {
				t.Errorf("第%d行第%d栏不同：%q，应为%q", i+1, c+1, rows[3+i], text)
			}
		}
	}
	if formula, _ := f.GetCellFormula("收文登记簿", "E5"); formula != "" {
		t.Errorf("用户写的字成了公式：%s", formula)
	}
	if kind, _ := f.GetCellType("收文登记簿", "H4"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("份数应存为数字，得%v", kind)
	}
	day, _ := excelize.CoordinatesToCellName(slices.Index(printed[0].Cells, "2026年11月13日")+1, 4)
	if raw, _ := f.GetCellValue("收文登记簿", day, excelize.Options{RawCellValue: true}); raw != "46339" {
		t.Errorf("日期应存为日期，%s里是%q", day, raw)
	}
	id, _ := f.GetCellStyle("收文登记簿", "A7")
	if style, err := f.GetStyle(id); err != nil || !style.Font.Strike {
		t.Errorf("作废号应划线：%v", err)
	}
}

func TestSheetName(t *testing.T) {
	for title, want := range map[string]string{"发文簿（发放）": "发文簿（发放）", "a/b:[c]": "abc", "'": "登记簿"} {
		if got := sheetName(title); got != want {
			t.Errorf("%q → %q", title, got)
		}
	}
}

func BenchmarkWorkbook(b *testing.B) {
	book := incomingBook(1000)
	for b.Loop() {
		var out bytes.Buffer
		if err := book.WriteXLSX(&out); err != nil {
			b.Fatal(err)
		}
	}
}
