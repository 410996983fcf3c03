package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/ui"
)

// office are the flags every command on an office takes.
type office struct {
	Data  string `help:"数据目录" default:"data" env:"CHENGQI_DATA" type:"path"`
	DB    string `name:"db" help:"PostgreSQL 地址（postgres://…）；不填用数据目录里的 SQLite" env:"CHENGQI_DB"`
	Files string `help:"附件存放处：几台服务器共用的文件夹，或 s3://桶/前缀；不填用数据目录里的 files" env:"CHENGQI_FILES"`
	Key   string `name:"key-file" help:"密钥文件：封存二次验证的密钥；不填则存在数据库里。几台服务器共用一个数据库时用同一个文件" env:"CHENGQI_KEY_FILE" type:"path"`
}

func (o office) config() app.Config {
	return app.Config{Data: o.Data, Database: o.DB, Files: o.Files, KeyFile: o.Key}
}

// with opens the office, does something and closes it.
func (o office) with(ctx context.Context, fn func(*app.App) error) error {
	a, err := app.Open(ctx, o.config())
	if err != nil {
		return err
	}
	return errors.Join(fn(a), a.Close())
}

// existing is with for an office that must be there: a command with a wrong path is not to make an empty office and find
// it in order, and a newer program is not to change the tables under an older one that is serving.
func (o office) existing(ctx context.Context, fn func(*app.App) error) error {
	pending, err := o.pending(ctx)
	if err != nil {
		return err
	}
	if len(pending) > 0 {
		return errs.New(errs.Refused, "数据库是旧版程序的，或者还没有建，没有动它；升级请看管理手册“升级”：先备份，停下服务，再运行 chengqi migrate")
	}
	return o.with(ctx, fn)
}

// pending are the steps the database of an office is behind this program.
func (o office) pending(ctx context.Context) ([]string, error) {
	cfg := o.config()
	if path := cfg.SQLite(); path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, noOffice(o.Data, err)
		}
	}
	d, err := db.Open(ctx, cfg.DSN(), db.Options{})
	if err != nil {
		return nil, err
	}
	pending, err := d.Pending(ctx, schema.Files)
	return pending, errors.Join(err, d.Close())
}

// noOffice is the refusal to work on an office that is not there or cannot be reached.
func noOffice(data string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return errs.New(errs.Unavailable, "数据目录 %s 进不去，请以服务账号运行（sudo -u chengqi）", data)
	}
	return errs.New(errs.NotFound, "数据目录 %s 里还没有数据库，请看 --data 写得对不对", data)
}

type serveCmd struct {
	office
	logging
	security
	Listen string `help:"监听地址" default:"127.0.0.1:8080" env:"CHENGQI_LISTEN"`
}

// ownMemory is what the program's own data should stay within: near it, what is no longer needed is cleared away sooner.
// The database's pages come on top. GOMEMLIMIT in the environment says otherwise.
const ownMemory = 112 << 20

// clearedAt is how far the program's own data may grow before it is cleared, in per cent of what is needed: within
// ownMemory nothing is gained by clearing sooner, and whoever asks meanwhile waits. GOGC in the environment says otherwise.
const clearedAt = 400

// patience is how long requests under way may take when the program is told to stop.
const patience = 30 * time.Second

// Run serves until it is told to stop, then lets the requests under way finish.
func (c *serveCmd) Run(ctx context.Context) error {
	slog.SetDefault(c.logger(os.Stderr))
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(ownMemory)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(clearedAt)
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	letGo, err := c.config().Hold()
	if err != nil {
		return err
	}
	defer letGo()
	return c.with(ctx, func(a *app.App) error {
		leave, err := a.DB.Occupy(ctx, false)
		if err != nil {
			return err
		}
		defer leave()
		if err := c.directory(a); err != nil {
			return err
		}
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
		if err != nil {
			return errs.New(errs.Unavailable, "监听不了 %s，可能端口已被占用，请换一个（--listen）", c.Listen).Because(err)
		}
		server := &http.Server{
			Handler: api.New(a, ui.Dist(), options), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 15 * time.Minute, IdleTimeout: 2 * time.Minute,
			ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
		}
		server.RegisterOnShutdown(a.Hub.End)
		var work sync.WaitGroup
		own, stopOwn := context.WithCancel(ctx)
		defer work.Wait() // what the office does by itself ends before the database is closed
		defer stopOwn()
		work.Go(func() { a.Run(own, 20*time.Second) })
		failed := make(chan error, 1)
		go func() { failed <- server.Serve(listener) }()
		debug.FreeOSMemory()                                  // what reading the definitions left behind
		if c.Log == "text" || os.Getenv(notifySocket) == "" { // in the journal there are only lines of the log
			fmt.Printf("承启已启动：http://%s\n", listener.Addr())
		}
		slog.Info("started", "listen", listener.Addr().String(), "version", release())
		tellSystemd("READY=1")
		select {
		case err := <-failed:
			return err
		case <-ctx.Done():
		}
		return stop(server)
	})
}

// stop lets the requests under way finish; what takes too long is cut off.
func stop(server *http.Server) error {
	slog.Info("stopping")
	tellSystemd("STOPPING=1")
	end, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := server.Shutdown(end)
	if errors.Is(err, context.DeadlineExceeded) {
		slog.Warn("requests that took too long were cut off")
		return server.Close()
	}
	slog.Info("stopped")
	return err
}

type demoCmd struct {
	office
	Password string `help:"全部样例账号的密码" required:""`
	IfEmpty  bool   `help:"已有机关时不做，也不报错"`
}

// Run loads the sample office with its history, with nobody else at work on the database: a serving program would do by
// itself what falls due in the middle of the year that is being played.
func (c *demoCmd) Run(ctx context.Context) error {
	letGo, err := c.config().Hold()
	if err != nil {
		return err
	}
	defer letGo()
	return c.with(ctx, func(a *app.App) error {
		leave, err := a.DB.Occupy(ctx, true)
		if err != nil {
			return err
		}
		defer leave()
		empty, err := a.Empty(ctx)
		if err != nil {
			return err
		}
		if !empty {
			if c.IfEmpty {
				return nil
			}
			return errs.New(errs.Refused, "数据目录 %s 里已有机关，样例只能建在空的目录里", c.Data)
		}
		loaded, err := demo.Load(ctx, demo.Parts{DB: a.DB, Engine: a.Engine, HashPassword: access.Hash, Files: a.Files}, c.Password)
		if err != nil {
			return err
		}
		fmt.Printf("样例机关已建立：%d 件，%d 次办理，基准日 %s，用时 %.1f 秒\n", loaded.Matters, loaded.Deeds, loaded.Day, loaded.Took.Seconds())
		return nil
	})
}

type peopleCmd struct {
	office
	JSON bool `name:"json" help:"以 JSON 列出"`
}

type account struct {
	Username string   `json:"username"`
	Name     string   `json:"name"`
	Agency   string   `json:"agency"`
	Unit     string   `json:"unit"`
	Posts    []string `json:"posts"`
}

// Run lists who may log in.
func (c *peopleCmd) Run(ctx context.Context) error {
	return c.existing(ctx, func(a *app.App) error {
		accounts := []account{}
		err := a.DB.Read(ctx, func(tx *db.Tx) error {
			dir, err := a.Book.Directory(tx)
			if err != nil {
				return err
			}
			for _, agency := range dir.Agencies() {
				for _, p := range dir.People(agency.ID) {
					posts := []string{}
					for _, id := range p.Posts {
						posts = append(posts, dir.Post(id).Name)
					}
					accounts = append(accounts, account{p.Username, p.Name, agency.Name, dir.Unit(p.Unit).Name, posts})
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if c.JSON {
			out := json.NewEncoder(os.Stdout)
			out.SetEscapeHTML(false)
			return out.Encode(accounts)
		}
		for _, p := range accounts {
			fmt.Printf("%s\t%s\t%s\t%v\n", p.Username, p.Name, p.Unit, p.Posts)
		}
		return nil
	})
}
