package i18n

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	tests := []struct {
		hour, minute    int
		english, french string
	}{
		{0, 5, "12:05 a.m.", "0\u00a0h\u00a005"},
		{9, 0, "9:00 a.m.", "9\u00a0h"},
		{12, 0, "12:00 p.m.", "12\u00a0h"},
		{17, 3, "5:03 p.m.", "17\u00a0h\u00a003"},
	}
	for _, tt := range tests {
		at := time.Date(2026, 12, 1, tt.hour, tt.minute, 59, 0, time.UTC)
		if got := Clock(English, at); got != tt.english {
			t.Errorf("%s is %q, want %q", at, got, tt.english)
		}
		if got := Clock(French, at); got != tt.french {
			t.Errorf("%s is %q, want %q", at, got, tt.french)
		}
	}
}
