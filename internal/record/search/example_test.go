package search_test

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/record/search"
)

func Example() {
	fmt.Println(search.Tokens("防汛工作的通知"))
	q := search.ParseQuery("防汛 通知")
	fmt.Println(q.FTS5())
	fmt.Println(q.TSQuery())
	for _, piece := range search.Snippet("关于做好防汛工作的通知", q, 40) {
		fmt.Print(piece.Text, " ")
	}
	// Output:
	// 防汛 汛工 工作 作的 的通 通知 知
	// "防汛" AND "通知"
	// '防汛' & '通知'
	// 关于做好 防汛 工作的 通知
}
