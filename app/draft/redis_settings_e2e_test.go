//go:build e2e

package draft

import (
	"strings"
	"testing"
	"time"

	"joinery/app/redistest"
)

func TestRedisSettings(t *testing.T) {
	plain := RedisSettings{Role: "master", MaxMemoryPolicy: "noeviction", AppendOnly: "no", AppendFsync: "everysec"}
	tests := []struct {
		name    string
		options []string // of the server
		ask     []string // a command for the server
		user    string
		want    func(*RedisSettings)
	}{
		{"neither file", nil, nil, "", func(*RedisSettings) {}},
		{"an append-only file", []string{"--appendonly", "yes", "--appendfsync", "always"}, nil, "", func(s *RedisSettings) { s.AppendOnly, s.AppendFsync = "yes", "always" }},
		{"snapshots", []string{"--save", "900 1"}, nil, "", func(s *RedisSettings) { s.Save = "900 1" }},
		{"eviction", []string{"--maxmemory-policy", "allkeys-lru"}, nil, "", func(s *RedisSettings) { s.MaxMemoryPolicy = "allkeys-lru" }},
		{"a replica", nil, []string{"REPLICAOF", "127.0.0.1", "1"}, "", func(s *RedisSettings) { s.Role = "slave" }},
		{"a user without CONFIG", nil, []string{"ACL", "SETUSER", "limited", "on", ">hush", "~*", "+@all", "-config"}, "limited:hush@",
			func(s *RedisSettings) { s.AppendOnly, s.AppendFsync = "", "" }},
		{"a Redis without CONFIG", []string{"--rename-command", "CONFIG", ""}, nil, "", func(s *RedisSettings) { s.AppendOnly, s.AppendFsync = "", "" }},
		{"a user without INFO", nil, []string{"ACL", "SETUSER", "limited", "on", ">hush", "~*", "+@all", "-info"}, "limited:hush@",
			func(s *RedisSettings) { s.Role, s.MaxMemoryPolicy = "", "" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := redistest.New(t, tt.options...)
			if tt.ask != nil {
				server.Ask(t, tt.ask...)
			}
			want := plain
			tt.want(&want)
			s := openRedis(t, strings.Replace(server.URL, "unix://", "unix://"+tt.user, 1), time.Now)
			if got, err := s.Settings(t.Context()); err != nil || got != want {
				t.Errorf("Settings = %+v, %v, want %+v", got, err, want)
			}
		})
	}
}

func TestRedisSettingsNeedRedis(t *testing.T) {
	_, err := openRedis(t, "unix:///nowhere/socket", time.Now).Settings(t.Context())
	wantDiscreet(t, "Settings", err)
}
