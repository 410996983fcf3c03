package search

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/chengqi-oa/chengqi/internal/base/pgserver"
)

// postgres connects to a server of its own.
func postgres(t *testing.T) *pgx.Conn {
	t.Helper()
	if testing.Short() {
		t.Skip("不起 PostgreSQL")
	}
	server, err := pgserver.Start(t.Context(), false)
	if errors.Is(err, pgserver.ErrNotInstalled) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	conn, err := pgx.Connect(t.Context(), server.Address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// The same tokens and questions find the same things in PostgreSQL.
func TestPostgresFindsTheSame(t *testing.T) {
	conn := postgres(t)
	for _, c := range []struct {
		text, typed string
		want        bool
	}{
		{"关于做好防汛工作的通知", "防汛 通知", true},
		{"关于做好防汛工作的通知", "知", true},
		{"关于做好防汛工作的通知", "抗旱", false},
		{"临政办〔2026〕１２号", "2026 12号", true},
		{"Café 𠮷田", "CAFÉ 𠮷田", true},
		{"", "通知", false},
	} {
		var found bool
		err := conn.QueryRow(t.Context(),
			`SELECT array_to_tsvector(string_to_array(CAST($1 AS text), ' ')) @@ CAST(CAST($2 AS text) AS tsquery)`,
			Tokens(c.text), ParseQuery(c.typed).TSQuery()).Scan(&found)
		if err != nil || found != c.want {
			t.Errorf("“%s”中找“%s”：%v %v", c.text, c.typed, found, err)
		}
	}
}
