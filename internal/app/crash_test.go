package app_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// crashes is how often the office is killed: at least two hundred times.
const crashes = 200

// child says, in the environment, that this process is the office to be killed.
const child = "CHENGQI_TEST_CRASH_DATA"

func TestMain(m *testing.M) {
	if data := os.Getenv(child); data != "" {
		work(data)
		return
	}
	if setup := os.Getenv(nodeEnv); setup != "" {
		serveNode(setup)
		return
	}
	os.Exit(m.Run())
}

// work registers documents from eight desks at once and prints each number it has been promised, until it is killed.
func work(data string) {
	ctx := context.Background()
	a, err := app.Open(ctx, app.Config{Data: data})
	if err != nil {
		fmt.Println("fail", err)
		os.Exit(1)
	}
	var clerk db.ID
	var issuer string
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := a.Book.Directory(tx)
		if err != nil {
			return err
		}
		p := dir.ByUsername("3102")
		clerk, issuer = p.ID, dir.Issuers(p.Agency)[0].ID.String()
		return nil
	})
	if err != nil {
		fmt.Println("fail", err)
		os.Exit(1)
	}
	var out sync.Mutex
	for desk := range 8 {
		go func() {
			for n := 0; ; n++ {
				m, err := register(ctx, a, clerk, issuer, fmt.Sprintf("第%d桌第%d件", desk, n))
				if err != nil {
					fmt.Println("fail", err)
					os.Exit(1)
				}
				out.Lock()
				fmt.Printf("ack %s %s %d\n", m.ID, m.Number, m.Version)
				out.Unlock()
			}
		}()
	}
	select {}
}

func register(ctx context.Context, a *app.App, clerk db.ID, issuer, title string) (*engine.Matter, error) {
	m, err := a.Engine.Create(ctx, clerk, "incoming", map[string]any{"sender": "安澜市水利局", "addressee": issuer}, "")
	if err != nil {
		return nil, err
	}
	m, err = a.Engine.Do(ctx, clerk, engine.Command{Matter: m.ID, Action: "sign", Version: m.Version, Fields: map[string]any{
		"copies_ok": true, "routing_ok": true, "seal_ok": true,
	}})
	if err != nil {
		return nil, err
	}
	return a.Engine.Do(ctx, clerk, engine.Command{Matter: m.ID, Action: "register", Version: m.Version, Fields: map[string]any{
		"title": title, "doc_date": "2026-01-05", "copies": 1.0, "pages": 2.0, "attachment_number": "无",
	}})
}

// people makes an office with its people and no matters, and closes it.
func people(t *testing.T) (data string) {
	t.Helper()
	data = t.TempDir()
	a, err := app.Open(t.Context(), app.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Write(t.Context(), func(tx *db.Tx) error {
		return demo.Organisation(tx, func(p string) (string, error) { return p, nil }, "x")
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// Whatever the office has acknowledged before it is killed is there afterwards, once; numbers have no gap and no
// twin; the journal's chain holds.
func Test被杀两百次也不丢一件不重一号(t *testing.T) {
	if testing.Short() || os.Getenv("CHENGQI_TEST_POSTGRES") != "" {
		t.Skip("the long test of the embedded database")
	}
	data := people(t)
	promised := map[string]string{} // matter → number
	for range crashes {
		killOnce(t, data, promised)
	}
	if len(promised) < crashes {
		t.Fatalf("only %d registrations were acknowledged in %d lives", len(promised), crashes)
	}
	t.Logf("被杀 %d 次，应答 %d 件", crashes, len(promised))
	verify(t, data, promised)
}

func killOnce(t *testing.T, data string, promised map[string]string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), child+"="+data)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var once sync.Once
	for lines.Scan() {
		once.Do(func() {
			time.AfterFunc(time.Duration(rand.IntN(120))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		})
		word := strings.Fields(lines.Text())
		if len(word) != 4 || word[0] != "ack" {
			if strings.HasPrefix(lines.Text(), "fail") {
				_ = cmd.Process.Kill()
				t.Fatalf("the office failed by itself: %s", lines.Text())
			}
			continue // the line it was killed in
		}
		promised[word[1]] = word[2]
	}
	_ = cmd.Wait() // killed, as meant
}

func verify(t *testing.T, data string, promised map[string]string) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	err = a.DB.Read(t.Context(), func(tx *db.Tx) error {
		if _, err := journal.Verify(tx); err != nil {
			return err
		}
		kept := map[string]string{}
		var last int64
		err := tx.Query(`SELECT n.matter_id, n.text, n.seq, m.version, (SELECT COUNT(*) FROM journal j WHERE j.matter_id = m.id)
			FROM numbers n JOIN matters m ON m.id = n.matter_id AND m.number = n.text ORDER BY n.seq`, nil, func(scan func(...any) error) error {
			var id db.ID
			var number string
			var seq, version, entries int64
			if err := scan(&id, &number, &seq, &version, &entries); err != nil {
				return err
			}
			if seq != last+1 {
				t.Errorf("after number %d comes %d", last, seq)
			}
			if version != entries {
				t.Errorf("%s: version %d, %d entries in the journal", number, version, entries)
			}
			last, kept[id.String()] = seq, number
			return nil
		})
		if err != nil {
			return err
		}
		for id, number := range promised {
			if kept[id] != number {
				t.Errorf("promised %s for matter %s, kept %q", number, id, kept[id])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Somebody tidies up after a crash and takes away the file in which the latest work lies.
func Test被杀以后丢了最近办的事说得出(t *testing.T) {
	if os.Getenv("CHENGQI_TEST_POSTGRES") != "" {
		t.Skip("the embedded database")
	}
	data := people(t)
	promised := map[string]string{}
	for len(promised) == 0 {
		killOnce(t, data, promised)
	}
	wal := filepath.Join(data, "chengqi.db-wal")
	if err := os.Rename(wal, wal+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), app.Config{Data: data}); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "chengqi.db-wal 不见了") {
		t.Fatalf("丢了 %d 件，却是 %v", len(promised), err)
	}
	if err := os.Rename(wal+".away", wal); err != nil {
		t.Fatal(err)
	}
	verify(t, data, promised)
}
