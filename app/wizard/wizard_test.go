package wizard_test

import (
	"testing"

	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// modes are the ways in which a page is saved.
var modes = map[string]wizard.SaveMode{"continue": wizard.Continue, "leave": wizard.Leave, "autosave": wizard.Autosave}

func TestNewSaysWhichOptionIsMissing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	options := func(edit func(*wizard.Options)) wizard.Options {
		o := wizard.Options{Form: j.Form, Drafts: j.Drafts, Access: j.Access, Now: j.Now, TTL: j.DraftTTL}
		edit(&o)
		return o
	}
	tests := map[string]struct {
		edit func(*wizard.Options)
		want string
	}{
		"nothing":   {func(*wizard.Options) {}, ""},
		"the form":  {func(o *wizard.Options) { o.Form = nil }, "wizard: there is no form definition"},
		"drafts":    {func(o *wizard.Options) { o.Drafts = nil }, "wizard: a store is missing"},
		"access":    {func(o *wizard.Options) { o.Access = nil }, "wizard: a store is missing"},
		"the clock": {func(o *wizard.Options) { o.Now = nil }, "wizard: there is no clock"},
		"the time":  {func(o *wizard.Options) { o.TTL = 0 }, "wizard: a draft has no time to live"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got string
			if _, err := wizard.New(options(tt.edit)); err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("New: %q, want %q", got, tt.want)
			}
		})
	}
}
