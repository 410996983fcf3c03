package archive

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// The ways a document goes from one custody into another, as definitions name them: custody(file). They are the only ones
// there are (ARCH-13). The word and what follows from it are one: a document that is filed or set apart stands nowhere else.
var ways = map[string]func(*engine.Case) (engine.Custody, error){
	"file":    toArchive,
	"condemn": toCondemned,
	"spare":   backFromList,
	"destroy": func(*engine.Case) (engine.Custody, error) { return engine.Destroyed, nil },
}

func keepIn(_ *db.Tx, c *engine.Case, way string) error {
	to := ways[way]
	if to == nil {
		return fmt.Errorf("custody(%s): want file, condemn, spare or destroy", way)
	}
	if c.Matter.Custody == "" {
		return nil // what hangs on a document is kept with it and has no custody of its own
	}
	custody, err := to(c)
	c.Matter.Custody = custody
	return err
}

func toArchive(c *engine.Case) (engine.Custody, error) {
	if c.Matter.Custody == engine.InUse {
		return engine.InArchive, nil
	}
	return c.Matter.Custody, errs.Refuse("没有归档", filedAs(c.Matter.Called(c.Procedure), c.Matter.Custody))
}

// filedAs is why a document that is not in use cannot be filed.
func filedAs(title string, custody engine.Custody) errs.Reason {
	text := map[engine.Custody]string{
		engine.InArchive: "已经归档，不能再归一次",
		engine.Condemned: "已列入销毁清单，不能归档；确需归档的，先退回销毁清单，把它划去",
		engine.Destroyed: "已按销毁清单销毁，不能归档",
	}[custody]
	return errs.Reason{Text: "《" + title + "》" + text, Clause: "ARCH-13", Field: "items"}
}

// toCondemned takes a document out of use, and one of the archive out of it: its list says by which appraisal (DESTROY-06).
func toCondemned(c *engine.Case) (engine.Custody, error) {
	refuse := func(text string) (engine.Custody, error) {
		reason := errs.Reason{Text: "《" + c.Matter.Called(c.Procedure) + "》" + text, Clause: "ARCH-13", Field: "items"}
		return c.Matter.Custody, errs.Refuse("没有列入销毁清单", reason)
	}
	switch c.Matter.Custody {
	case engine.InUse:
		return engine.Condemned, nil
	case engine.InArchive:
		if !appraised(c.Child, c.Matter.ID) {
			return refuse("在档案室里，要先经鉴定退出档案室：原因选“鉴定销毁”，写明鉴定报告")
		}
		return engine.Condemned, nil
	}
	return refuse(string("现在是“" + c.Matter.Custody + "”，不能再列入另一份销毁清单"))
}

// appraised tells whether the line of a list of destruction that names a document says by which appraisal it leaves the
// archive.
func appraised(list *engine.Matter, document db.ID) bool {
	if list == nil {
		return false
	}
	for _, r := range list.Rows("items") {
		if engine.TextIn(r, "source") == document.String() {
			return engine.TextIn(r, "ground") == "鉴定销毁" && engine.TextIn(r, "appraisal") != ""
		}
	}
	return false
}

// backFromList gives a document back to where it was before it was listed.
func backFromList(c *engine.Case) (engine.Custody, error) {
	if c.Matter.Custody != engine.Condemned {
		return c.Matter.Custody, nil
	}
	if c.Text("archive_number") != "" {
		return engine.InArchive, nil
	}
	return engine.InUse, nil
}
