package apptest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"os"
	"testing"
)

// postgresEnv names the environment variable with the address of a PostgreSQL server on which databases may be made,
// for instance postgres://user@127.0.0.1:5432/postgres.
const postgresEnv = "CHENGQI_TEST_POSTGRES"

// Database is the address of a fresh database on the server that the environment names; empty, and so a file in the
// data folder, if it names none.
func Database(t testing.TB) string {
	t.Helper()
	server := os.Getenv(postgresEnv)
	if server == "" {
		return ""
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s is no address: %v", postgresEnv, err)
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/postgres"
	}
	admin, err := sql.Open("pgx", u.String())
	if err != nil {
		t.Fatal(err)
	}
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		t.Fatal(err)
	}
	name := "chengqi_test_" + hex.EncodeToString(b[:]) // safe to put into a statement as it is
	ctx := context.Background()
	if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatalf("no test database could be made: %v", err)
	}
	t.Cleanup(func() { // runs after the office has closed its own connections
		if _, err := admin.ExecContext(ctx, "DROP DATABASE "+name); err != nil {
			t.Errorf("the test database stays behind: %v", err)
		}
		if err := admin.Close(); err != nil {
			t.Error(err)
		}
	})
	u.Path = "/" + name
	return u.String()
}
