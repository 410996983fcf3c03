package api

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// unitFaults says why a unit cannot be put as it is told: one that is closed must be cleared first, or its people would
// stand in a unit that no list shows; and none belongs to itself, or both would be found nowhere.
func unitFaults(dir *org.Directory, u *org.Unit) (reasons []errs.Reason) {
	if u.Parent != 0 {
		if above := dir.Unit(u.Parent); above == nil || above.Agency != u.Agency {
			reasons = append(reasons, errs.Reason{Text: "所属的科室不在本机关，请另选", Field: "parent"})
		} else if beneath(dir, u.Parent, u.ID) {
			reasons = append(reasons, errs.Reason{Text: "不能归到自己或自己的下级，请另选", Field: "parent"})
		}
	}
	if old := dir.Unit(u.ID); old != nil && old.Active && !u.Active {
		if left := leftIn(dir, u); left != "" {
			reasons = append(reasons, errs.Reason{Text: u.Name + "还有 " + left + "，请先把人调到别的科室，把岗位和下级科室撤停或改到别处，再撤销", Clause: "ORG-06", Field: "active"})
		}
	}
	return reasons
}

// beneath tells whether a unit is another one or stands beneath it.
func beneath(dir *org.Directory, id, above db.ID) bool {
	for seen := map[db.ID]bool{}; id != 0 && above != 0 && !seen[id]; {
		if id == above {
			return true
		}
		seen[id] = true
		u := dir.Unit(id)
		if u == nil {
			return false
		}
		id = u.Parent
	}
	return false
}

// leftIn counts what is still at work in a unit.
func leftIn(dir *org.Directory, unit *org.Unit) string {
	people, posts, below := 0, 0, 0
	for _, p := range dir.People(unit.Agency) {
		if p.Active && p.Unit == unit.ID {
			people++
		}
	}
	for _, p := range dir.Posts(unit.Agency) {
		if p.Active && p.Unit == unit.ID {
			posts++
		}
	}
	for _, u := range dir.Units(unit.Agency) {
		if u.Active && u.Parent == unit.ID {
			below++
		}
	}
	var said []string
	for _, one := range []struct {
		n    int
		text string
	}{{people, "%d 人"}, {posts, "%d 个岗位"}, {below, "%d 个下级科室"}} {
		if one.n > 0 {
			said = append(said, fmt.Sprintf(one.text, one.n))
		}
	}
	return strings.Join(said, "、")
}

// postFaults says why a post cannot be put as it is told. Who holds one that is stopped would lose its duties without a
// word; who is in the three administrators' posts is not one administrator's to say (OA-27).
func postFaults(dir *org.Directory, p *org.Post) (reasons []errs.Reason) {
	old := dir.Post(p.ID)
	if old == nil || !old.Active || p.Active {
		return nil
	}
	if adminPost(p) {
		return []errs.Reason{{Text: "管理员岗位不能停用；先由安全管理员撤下它的职责", Clause: "OA-27", Field: "active"}}
	}
	if names := strings.Join(holders(dir, p), "、"); names != "" {
		reasons = append(reasons, errs.Reason{Text: names + "还在这个岗位上，停了就没有它的职责；请先在“人员”里改任，再停", Clause: "ORG-01", Field: "active"})
	}
	return reasons
}

// holders are those at work in a post.
func holders(dir *org.Directory, post *org.Post) (names []string) {
	for _, p := range dir.People(post.Agency) {
		if p.Active && slices.Contains(p.Posts, post.ID) {
			names = append(names, p.Name)
		}
	}
	return names
}
