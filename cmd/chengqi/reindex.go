package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

type reindexCmd struct {
	office
	Check bool `help:"只核对索引、统计数与各件是否一致，不改动；不一致则退出码为1"`
	Anew  bool `help:"先清空再建：索引本身损坏、逐件替换不了时用，建完以前检索不全"`
}

// Run makes anew what is made from the matters, the full-text index, the figures of the statistics and the days of what is held, or says whether
// that is needed.
func (c *reindexCmd) Run(ctx context.Context) error {
	show := &screen{}
	if _, err := c.pending(ctx); err != nil {
		return err
	}
	if !c.Check {
		return reindex(ctx, c.config(), show, c.Anew)
	}
	return c.existing(ctx, func(a *app.App) error {
		found, err := a.Engine.CheckIndex(ctx, func(done, whole int) { show.step("核对索引", int64(done), int64(whole)) })
		show.end()
		if err != nil {
			return errs.New(errs.Internal, "索引读不下去，可能已经损坏，数据不受影响；请用 chengqi reindex --anew 重建").Because(err)
		}
		wrong, err := a.Engine.CheckFigures(ctx)
		if err != nil {
			return err
		}
		if wrong > 0 {
			fmt.Printf("统计数与各件不一致：%d 行；请用 chengqi reindex 重算\n", wrong)
		}
		if found.Sound() {
			fmt.Printf("索引与各件一致：%d 件\n", found.Matters)
			if wrong > 0 {
				return exitFindings
			}
			return nil
		}
		fmt.Printf("索引与各件不一致：%d 件中缺 %d 件，词不对 %d 件，多出 %d 条；数据不受影响，请用 chengqi reindex 重建\n",
			found.Matters, found.Missing, found.Wrong, found.Orphaned)
		return exitFindings
	})
}

func reindex(ctx context.Context, cfg app.Config, show *screen, anew bool) error {
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	if anew {
		err = a.Engine.ClearIndex(ctx)
	}
	n := 0
	if err == nil {
		err = a.Engine.Reindex(ctx, func(done, whole int) {
			n = done
			show.step("全文索引", int64(done), int64(whole))
		})
	}
	show.end()
	if err == nil {
		err = a.Engine.Recount(ctx)
	}
	if err == nil {
		err = a.Engine.FillHeld(ctx)
	}
	if err == nil {
		fmt.Printf("全文索引已重建，统计数已重算：%d 件\n", n)
	} else {
		err = errs.New(errs.Internal, "全文索引或统计数没有建完，数据不受影响，请用 chengqi reindex 重建").Because(err)
	}
	return errors.Join(err, a.Close())
}
