package member

import (
	"os"
	"strings"
	"testing"

	"joinery/app/dbtest"
)

func TestPingFindsAFileThatWasDeleted(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/members.db"
	file := dbtest.Open(t, path)
	s := NewStore(file, dbtest.Ring(t, file))
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); err == nil || !strings.HasPrefix(err.Error(), "member: ping: ") {
		t.Errorf("Ping: %v, want an error that says that the file is gone", err)
	}
}
